"""The history in the current API: past generations page by page with what they cost, and one of them."""

import math
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inference_cli.sandbox import queue
from inference_cli.sandbox.pricing import MICRO
from inference_cli.sandbox.refusals import INVALID, Refusal
from inference_cli.sandbox.store import Row
from inference_cli.sandbox.world import USER, World, world_of

MOST, USUAL = 1000, 50
_USER_ID = "00000000-0000-4000-8000-000000000001"


def routes() -> list[Route]:
    """The history's two routes."""
    return [
        Route("/ai/generations", list_page, methods=["GET"]),
        Route("/ai/generations/{id}", show, methods=["GET"]),
    ]


def dollars(micro: int) -> str | None:
    """An amount as the API writes it: a decimal string, None for nothing."""
    if micro == 0:
        return None
    return f"{(Decimal(micro) * MICRO).normalize():f}"


def history_row(world: World, row: Row, *, expired: bool = False) -> dict[str, Any]:
    """A generation with its cost and owner."""
    owner = {"user_id": _USER_ID, "username": USER, "user_image": None}
    return {**queue.current_row(world, row, expired=expired), "cost": dollars(row.cost), **owner}


async def list_page(request: Request) -> Response:
    """A page, the newest first; direct generations are listed too."""
    world, query = world_of(request), request.query_params
    await queue.settle(world)
    page = _number(query.get("page"), "page", 1, None)
    size = _number(query.get("page_size"), "page_size", USUAL, MOST)
    filters = queue.filters_of(query)
    rows, total, cost = world.store.page(world.clock(), filters, limit=size, offset=(page - 1) * size)
    expired = bool(request.scope.get("sandbox.expired", False))
    shown = [history_row(world, row, expired=expired) for row in rows if not queue.vanished(row)]
    return JSONResponse(
        {
            "count": len(shown),
            "generations": shown,
            "page_number": page,
            "page_size": size,
            "total_pages": math.ceil(total / size),
            "total_entries": total,
            "total_cost": dollars(cost),
        }
    )


def _number(text: str | None, name: str, usual: int, most: int | None) -> int:
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) < 1:
        raise Refusal(400, INVALID, f"{name} must be a positive integer")
    return int(text) if most is None else min(most, int(text))


async def show(request: Request) -> Response:
    """One generation, in the envelope of this route."""
    row = history_row(
        world_of(request), await queue.find(request), expired=bool(request.scope.get("sandbox.expired", False))
    )
    return JSONResponse({"status": "success", "status_message": "resource_found", "generation": row})
