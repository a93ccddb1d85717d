"""The direct routes: one request, and the answer when the result is there."""

import base64
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from inference_cli.sandbox import bodies, faults, inputs, orders, recipes, results
from inference_cli.sandbox.catalogue import Entry
from inference_cli.sandbox.recipes import Inputs
from inference_cli.sandbox.refusals import BAD_FILE, INVALID, UNKNOWN, Refusal, is_older
from inference_cli.sandbox.store import Row
from inference_cli.sandbox.world import World, world_of

_MOST_OUTPUTS = 10
_STEP = 3 * 16 * 1024  # base64 turns 3 bytes into 4 characters: pieces that need no padding


async def answer(request: Request, media_type: str, *, needs_picture: bool = False) -> Response:
    """Make what a request asks for.

    Args:
        request: a POST to one of the direct routes.
        media_type: ``image``, ``video`` or ``audio``: what the route makes.
        needs_picture: an edit, which is nothing without an input picture.

    Raises:
        Refusal: it can't be.
    """
    world, older = world_of(request), is_older(request.url.path, world_of(request).api)
    body = await bodies.read_body(request)
    entry = orders.model_of(world, body)
    _check(entry, body, media_type, older=older)
    spoiled = faults.before_accepting(world, request, body)
    if spoiled is not None:
        return spoiled
    given = await _inputs(world, entry, body)
    if needs_picture and given.first is None:
        raise Refusal(400, INVALID, "input_image: is required")
    rows = _rows(world, entry, body, given)
    orders.charge(world, rows, body, older=older)
    dropped = faults.after_accepting(request, body)
    if dropped is not None:
        return dropped
    await world.sleep(rows[0].ends - rows[0].enqueued)
    _fail_on_demand(world, rows, body)
    key = f"{media_type}s"
    created = int(world.clock())
    if body.get("response_format") == "b64_json":
        return StreamingResponse(_inline(world, rows, key, created), media_type="application/json")
    expired = "expired" in faults.words(body) or request.scope.get("sandbox.expired", False)
    outputs = [{"url": world.result_url(_name(world, row), expired=expired)} for row in rows]
    return JSONResponse({"model": str(body["model"]), "created": created, key: outputs})


def _check(entry: Entry, body: Mapping[str, Any], media_type: str, *, older: bool) -> None:
    if entry.media_type != media_type:
        raise Refusal(400, INVALID, f"Model {entry.id} does not support {media_type} generation")
    if body.get("response_format") not in {None, "url", "b64_json"}:
        raise Refusal(400, INVALID, "response_format must be url or b64_json")
    orders.check_targets(body)
    wrong = orders.parameter_fault(entry, body, older=older)
    if wrong is not None:
        raise Refusal(400, INVALID, wrong)


async def _inputs(world: World, entry: Entry, body: Mapping[str, Any]) -> Inputs:
    try:
        return await inputs.gather(world, entry, body, world.clock())
    except inputs.InputError as error:
        raise Refusal(400, BAD_FILE, str(error)) from error


def _rows(world: World, entry: Entry, body: Mapping[str, Any], given: Inputs) -> list[Row]:
    count = _count(entry, body)
    cost = orders.price(entry, body, given)
    turn = orders.turn_of(world, body, count)
    rows = []
    for place in range(count):
        made = recipes.recipe(entry, body, turn + place, given)
        digest = recipes.digest_of(made)
        world.store.keep_recipe(digest, made)
        rows.append(orders.new_row(world, entry, body, place, cost, turn=turn, recipe=digest))
    return rows


def _count(entry: Entry, body: Mapping[str, Any]) -> int:
    """How many outputs: the schema's own ``num_images``, or OpenAI's ``n``."""
    value = recipes.effective(entry, body).get("num_images", body.get("n", 1))
    if value is None:
        return 1
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_OUTPUTS:
        raise Refusal(400, INVALID, f"the number of images must be an integer between 1 and {_MOST_OUTPUTS}")
    return value


def _fail_on_demand(world: World, rows: Sequence[Row], body: Mapping[str, Any]) -> None:
    message = faults.failure(body, 0)
    if message is None:
        return
    for row in rows:
        world.store.revoke(row.id, message)
    raise Refusal(400, INVALID if message == faults.MODERATED else UNKNOWN, message)


def _name(world: World, row: Row) -> str:
    assert row.recipe is not None
    recipe = world.store.recipe(row.recipe)
    assert recipe is not None
    return results.file_name(row.recipe, recipe)


async def _inline(world: World, rows: Sequence[Row], key: str, created: int) -> AsyncIterator[bytes]:
    """The answer with its outputs inside, a piece at a time."""
    yield f'{{"model": {json.dumps(rows[0].model)}, "created": {created}, "{key}": ['.encode()
    for place, row in enumerate(rows):
        assert row.recipe is not None
        recipe = world.store.recipe(row.recipe)
        assert recipe is not None
        path = await results.ensure(world, row.recipe, recipe)
        yield b', {"b64_json": "' if place else b'{"b64_json": "'
        with path.open("rb") as stream:
            while piece := stream.read(_STEP):
                yield base64.b64encode(piece)
        yield b'"}'
    yield b"]}"
