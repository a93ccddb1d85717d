"""Completion events of the current API, as server-sent events, while somebody listens."""

import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from inference_cli.sandbox import queue
from inference_cli.sandbox.store import Row
from inference_cli.sandbox.world import World, world_of

HEARTBEAT = 15.0
_LOOK, _SHORTEST = 0.1, 0.02  # another process may enqueue at any moment


def routes() -> list[Route]:
    """The stream."""
    return [Route("/events", listen, methods=["GET"])]


async def listen(request: Request) -> Response:
    """The stream of what ends from now on; nothing of before, and nothing for a cancellation."""
    world = world_of(request)
    await queue.settle(world)
    headers = {"cache-control": "no-cache"}
    return StreamingResponse(_stream(world, world.clock()), media_type="text/event-stream", headers=headers)


async def _stream(world: World, since: float) -> AsyncIterator[bytes]:
    yield b": connected\n\n"
    quiet = since
    while True:
        await world.sleep(max(_SHORTEST, _LOOK / world.speed))
        now = world.clock()
        await queue.settle(world)
        for row in world.store.ended_between(since, now):
            yield _event(world, row)
        since = now
        if now - quiet >= HEARTBEAT / world.speed:
            quiet = now
            yield b": still here\n\n"


def _event(world: World, row: Row) -> bytes:
    shown = queue.current_row(world, row)
    data = {
        "generation_id": row.id,
        "status": row.status,
        "media_type": row.media_type,
        "model": row.model,
        "url": shown["result_url"],
        "error": shown["error_message"],
    }
    filled = {key: value for key, value in data.items() if value is not None}
    return f"event: media_generation_completed\ndata: {json.dumps(filled)}\n\n".encode()
