"""Films at once, in both generations of the API."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inference_cli.sandbox.direct import answer


def routes(prefix: str) -> list[Route]:
    """The route below ``/ai`` (current) or below nothing (2026-04)."""
    return [Route(f"{prefix}/videos/generate", generate, methods=["POST"])]


async def generate(request: Request) -> Response:
    """A film from a prompt, shots, pictures or another film."""
    return await answer(request, "video")
