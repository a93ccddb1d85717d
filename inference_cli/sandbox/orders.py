"""What every paid media request goes through: read, checked, priced, charged."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from inference_cli.sandbox import faults, inputs, lengths, pricing, recipes, validation
from inference_cli.sandbox.catalogue import Entry
from inference_cli.sandbox.recipes import Inputs
from inference_cli.sandbox.refusals import INVALID, UNKNOWN, Refusal, no_such_model
from inference_cli.sandbox.store import Row
from inference_cli.sandbox.world import USER, World

_TARGETS = ("target_namespace", "target_repo", "target_directory")
_NUMBERS = ("num_generations", "num_images", "n")
_BOTH = "Cannot provide both 'prompt' and 'multi_prompt'."
_NEITHER = "Either 'prompt' or 'multi_prompt' must be provided."


def model_of(world: World, body: Mapping[str, Any]) -> Entry:
    """The model that a request names; one of the user's own stands for the model it was made from.

    Raises:
        Refusal: none is named, or nobody knows it.
    """
    name = body.get("model")
    if not isinstance(name, str) or not name:
        raise Refusal(400, INVALID, "You must specify a model to call")
    custom = world.store.customs().get(name)
    entry = world.catalogue.get(custom["source_model"] if custom else name)
    if entry is None:
        raise no_such_model(name)
    return entry


def check_targets(body: Mapping[str, Any]) -> None:
    """Refuse a target that is no text.

    Raises:
        Refusal: one is.
    """
    for name in _TARGETS:
        if body.get(name) is not None and not isinstance(body[name], str):
            raise Refusal(400, INVALID, f"{name} must be a string")


def prompt_fault(entry: Entry, body: Mapping[str, Any], *, older: bool) -> str | None:
    """What is wrong with the prompt, in the service's words (contract, "Errors"); None when it is right."""
    prefix = "" if older else "Getting model response error: 422 - Value error, "
    prompt, shots = body.get("prompt"), body.get("multi_prompt")
    if entry.media_type == "video" and prompt and shots:
        return prefix + _BOTH
    if "multi_prompt" in entry.properties and not prompt and not shots:
        return prefix + _NEITHER
    required = "prompt" in (entry.schema or {}).get("required", ())
    if required and (prompt is None or (isinstance(prompt, str) and not prompt.strip())):
        return prefix + _NEITHER if entry.media_type == "video" else "Prompt cannot be empty"
    return None


def parameter_fault(entry: Entry, body: Mapping[str, Any], *, older: bool) -> str | None:
    """Everything that does not fit the model, in one text; None when all does."""
    wrong = prompt_fault(entry, body, older=older)
    if wrong is not None:
        return wrong
    return "; ".join(validation.faults(entry.schema, body)) or None


def price(entry: Entry, body: Mapping[str, Any], given: Inputs | None = None) -> int:
    """The price of one output in micro-dollars.

    Args:
        entry: the model.
        body: the request.
        given: its inputs where they were fetched already; the queue charges before it fetches.
    """
    parameters = recipes.effective(entry, body)
    film = given.film if given else None
    sound = given or Inputs()
    seconds = lengths.film_seconds(parameters, film.duration if film else None)
    cost = pricing.price_of_one(entry.pricing, parameters, seconds=seconds, audio=recipes.has_sound(parameters, sound))
    return int(cost / pricing.MICRO)


def turn_of(world: World, body: Mapping[str, Any], outputs: int) -> int:
    """Where a request without a seed goes on: behind the outputs of equal requests, as if a seed were drawn.

    The first of a fresh sandbox is the same every time; with a seed every one is.
    """
    if isinstance(body.get("seed"), int):
        return 0
    asked = {name: value for name, value in body.items() if name not in {*_TARGETS, *_NUMBERS, "response_format"}}
    text = json.dumps(asked, sort_keys=True)
    return world.store.turn(hashlib.sha256(text.encode()).hexdigest(), outputs)


def new_row(
    world: World,
    entry: Entry,
    body: Mapping[str, Any],
    place: int,
    cost: int,
    *,
    turn: int = 0,
    recipe: str | None = None,
) -> Row:
    """A generation that begins now; with a recipe it is a direct one, whose outcome is known."""
    now = world.clock()
    queued, processing = faults.timing(world, entry.media_type, body)
    if recipe is not None:
        queued = 0.0
    kept = {key: value for key, value in body.items() if key not in {"model", "num_generations", *_TARGETS}}
    return Row(
        id=str(uuid.uuid4()),
        model=str(body["model"]),
        media_type=entry.media_type,
        namespace=body.get("target_namespace") or USER,
        repo=body.get("target_repo"),
        folder=body.get("target_directory"),
        parameters=inputs.without_data_urls(world.store, kept),
        place=place,
        turn=turn,
        direct=recipe is not None,
        enqueued=now,
        starts=now + queued,
        ends=now + queued + processing,
        cost=cost,
        outcome="succeeded" if recipe is not None else None,
        recipe=recipe,
    )


def charge(world: World, rows: Sequence[Row], body: Mapping[str, Any], *, older: bool) -> None:
    """Take the credits and keep the generations.

    Raises:
        Refusal: the credits do not suffice.
    """
    if "credits" in faults.words(body) or not world.store.accept(rows):
        raise Refusal(400 if older else 402, UNKNOWN, "Insufficient credits: add credits to your account to go on")
