"""The queue in both generations of the API: enqueue, list, look up, cancel; time alone drives what is in it."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inference_cli.sandbox import bodies, faults, inputs, orders, recipes, results
from inference_cli.sandbox.catalogue import Entry
from inference_cli.sandbox.refusals import INVALID, Refusal, is_older, no_such_generation
from inference_cli.sandbox.store import Row
from inference_cli.sandbox.world import DAY, World, world_of

FILTERS = ("namespace", "model", "status", "media_type", "repo", "folder")


def shared_routes(api: str) -> list[Route]:
    """Enqueuing, and its list in the current generation: one path for both."""
    found = [Route("/ai/queue", enqueue, methods=["POST"])]
    return found if api == "2026-04" else [*found, Route("/ai/queue", list_current, methods=["GET"])]


def current_routes() -> list[Route]:
    """One generation, in the current API."""
    return [
        Route("/ai/queue/{id}", show_current, methods=["GET"]),
        Route("/ai/queue/{id}", cancel_current, methods=["DELETE"]),
    ]


def older_routes() -> list[Route]:
    """The 2026-04 list, per namespace and model, and its cancelling."""
    return [
        Route("/media/generations/status/{namespace}/{model:path}", list_older, methods=["GET"]),
        Route("/media/generations/{namespace}/{id}", cancel_older, methods=["DELETE"]),
    ]


async def enqueue(request: Request) -> Response:
    """Accept 1 to 4 generations. The model's parameters are not looked at here (contract, "The queue")."""
    world = world_of(request)
    older = is_older(request.url.path, world.api)
    body = await bodies.read_body(request)
    entry = orders.model_of(world, body)
    if entry.media_type not in {"image", "video"}:
        raise Refusal(400, INVALID, ":unsupported_media_type")
    count = body.get("num_generations", 1)
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= 4:
        raise Refusal(400, INVALID, "num_generations must be an integer between 1 and 4")
    orders.check_targets(body)
    spoiled = faults.before_accepting(world, request, body)
    if spoiled is not None:
        return spoiled
    cost = orders.price(entry, body)
    turn = orders.turn_of(world, body, count)
    rows = [orders.new_row(world, entry, body, place, cost, turn=turn) for place in range(count)]
    orders.charge(world, rows, body, older=older)
    dropped = faults.after_accepting(request, body)
    if dropped is not None:
        return dropped
    status = "processing" if older else "queued"
    return JSONResponse({"generations": [{"generation_id": row.id, "status": status} for row in rows]})


async def settle(world: World) -> None:
    """Work out how the generations ended whose time is up; called before anything is read."""
    if not world.store.due(world.clock()):
        return
    async with world.lock("settle"):
        for row in world.store.due(world.clock()):
            await _conclude(world, row)


async def _conclude(world: World, row: Row) -> None:
    """Do what the service does when a generation runs: check its parameters, fetch its inputs, make it or fail."""
    body = {"model": row.model, **row.parameters}
    entry = _entry(world, row)
    error = orders.parameter_fault(entry, body, older=world.api == "2026-04") if entry else "Model not found"
    error = error or faults.failure(body, row.place)
    if error is not None or entry is None:
        world.store.conclude(row.id, "failed", error=error)
        return
    try:
        given = await inputs.gather(world, entry, body, row.starts)
    except inputs.InputError as problem:
        world.store.conclude(row.id, "failed", error=f"invalid_file_input: {problem}")
        return
    made = recipes.recipe(entry, body, row.turn + row.place, given)
    digest = recipes.digest_of(made)
    world.store.keep_recipe(digest, made)
    world.store.conclude(row.id, "succeeded", recipe=digest)


def _entry(world: World, row: Row) -> Entry | None:
    custom = world.store.customs().get(row.model)
    return world.catalogue.get(custom["source_model"] if custom else row.model)


def current_row(world: World, row: Row, *, expired: bool = False) -> dict[str, Any]:
    """A generation as the current API lists it: the request's own parameters beside the row's fields."""
    words = faults.words(row.parameters)
    url = None
    if row.status == "succeeded" and row.recipe is not None and "nourl" not in words:
        recipe = world.store.recipe(row.recipe)
        assert recipe is not None, "a generation that succeeded has a recipe"
        url = world.result_url(results.file_name(row.recipe, recipe), expired=expired or "expired" in words)
    ended = row.status in {"succeeded", "failed", "cancelled"}
    started = row.status == "processing" or (ended and row.starts <= row.ends)
    return {
        **inputs.with_urls(world, dict(row.parameters)),
        "generation_id": row.id,
        "model_name": row.model,
        "media_type": row.media_type,
        "status": row.status,
        "result_url": url,
        "error_message": row.error if row.status == "failed" else None,
        "enqueued_at": int(row.enqueued),
        "started_at": int(row.starts) if started else None,
        "completed_at": int(row.ends) if ended else None,
        "target_namespace": row.namespace,
        "target_repo": row.repo,
        "target_directory": row.folder,
    }


def _older_row(world: World, row: Row) -> dict[str, Any]:
    return {
        **inputs.with_urls(world, dict(row.parameters)),
        "generation_id": row.id,
        "model": row.model,
        "model_name": row.model,
        "media_type": row.media_type,
        "status": "processing",
        "enqueued_at": int(row.enqueued),
        "target_namespace": row.namespace,
        "target_repo": row.repo,
        "target_directory": row.folder,
    }


def filters_of(query: Mapping[str, str]) -> dict[str, str | None]:
    """The filters of a list: an empty value does not filter."""
    return {name: query.get(name) or None for name in FILTERS}


def vanished(row: Row) -> bool:
    """Whether a magic word makes the generation disappear once it has ended."""
    return row.status in {"succeeded", "failed"} and "vanish" in faults.words(row.parameters)


def _expired_links(request: Request) -> bool:
    return bool(request.scope.get("sandbox.expired", False))


async def list_current(request: Request) -> Response:
    """What is queued or processing; with ``status`` the generations in that one state, ended ones too."""
    world = world_of(request)
    await settle(world)
    filters = filters_of(request.query_params)
    rows = world.store.rows(world.clock(), filters, active=filters["status"] is None, queued_only=True)
    expired = _expired_links(request)
    shown = [current_row(world, row, expired=expired) for row in rows if not vanished(row)]
    return JSONResponse({"count": len(shown), "generations": shown})


async def find(request: Request) -> Row:
    """The generation that a path names.

    Raises:
        Refusal: nobody knows it.
    """
    world = world_of(request)
    await settle(world)
    row = world.store.find(request.path_params["id"], world.clock())
    if row is None or vanished(row):
        raise no_such_generation()
    return row


async def show_current(request: Request) -> Response:
    """One generation."""
    return JSONResponse(current_row(world_of(request), await find(request), expired=_expired_links(request)))


async def cancel_current(request: Request) -> Response:
    """Cancel a generation; one that has ended stays as it is."""
    world, row = world_of(request), await find(request)
    world.store.cancel(row.id, world.clock())
    return JSONResponse({"status": "success", "generation_id": row.id})


async def list_older(request: Request) -> Response:
    """What of a namespace and model has not ended; what has is gone, and so is what is older than 24 hours."""
    world = world_of(request)
    await settle(world)
    filters: dict[str, str | None] = {name: request.path_params[name] for name in ("namespace", "model")}
    now = world.clock()
    rows = world.store.rows(now, filters, active=True, queued_only=True)
    shown = [_older_row(world, row) for row in rows if now < row.enqueued + DAY]
    return JSONResponse({"status": "success", "count": len(shown), "generations": shown})


async def cancel_older(request: Request) -> Response:
    """Cancel a generation that has not ended; one that has is not found."""
    world, row = world_of(request), await find(request)
    if row.namespace != request.path_params["namespace"] or not world.store.cancel(row.id, world.clock()):
        raise no_such_generation()
    return JSONResponse({"status": "success", "generation_id": row.id})
