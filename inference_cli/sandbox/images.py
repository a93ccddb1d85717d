"""Pictures at once: generate and edit, in both generations of the API."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inference_cli.sandbox.direct import answer


def routes(prefix: str) -> list[Route]:
    """The routes below ``/ai`` (current) or below nothing (2026-04)."""
    return [
        Route(f"{prefix}/images/generate", generate, methods=["POST"]),
        Route(f"{prefix}/images/edit", edit, methods=["POST"]),
    ]


async def generate(request: Request) -> Response:
    """Pictures from a prompt; a model that edits is welcome here too."""
    return await answer(request, "image")


async def edit(request: Request) -> Response:
    """A picture from a picture."""
    return await answer(request, "image", needs_picture=True)
