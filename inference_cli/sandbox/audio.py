"""Sounds at once: speech from a text, and the text of a sound; the older generation of the API has neither."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inference_cli.sandbox import bodies, faults, inputs, orders
from inference_cli.sandbox.catalogue import Entry
from inference_cli.sandbox.direct import answer
from inference_cli.sandbox.inputs import InputError, blob_path
from inference_cli.sandbox.offload import in_thread
from inference_cli.sandbox.recipes import Source
from inference_cli.sandbox.refusals import BAD_FILE, INVALID, UNKNOWN, Refusal
from inference_cli.sandbox.world import World, world_of

_SOUND = {"type": "string", "x-media": "audio"}
_NAMES = ("audio_url", "input_audio", "file")
TRANSCRIPTION: Mapping[str, Any] = {
    "type": "object",
    "properties": {**dict.fromkeys(_NAMES, _SOUND), "prompt": {"type": "string"}, "language": {"type": "string"}},
    "oneOf": [{"required": [name]} for name in _NAMES],
}
"""For models that transcribe: the service publishes no schema of theirs.

``audio_url`` is what a chat calls a sound (contract, "Chat"), ``input_audio`` what the other models call it, and
``file`` what OpenAI does.
"""
_KINDS = {"mov": "MP4", "matroska": "WebM", "ogg": "Ogg", "pcm": "PCM"}


def routes(prefix: str) -> list[Route]:
    """The routes below ``/ai``: the model pages show two names of the first (contract, "Routes")."""
    return [
        Route(f"{prefix}/audio/generate", speak, methods=["POST"]),
        Route(f"{prefix}/audio/speech", speak, methods=["POST"]),
        Route(f"{prefix}/audio/transcriptions", transcribe, methods=["POST"]),
    ]


async def speak(request: Request) -> Response:
    """A sound from a text."""
    return await answer(request, "audio")


async def transcribe(request: Request) -> Response:
    """The text of a sound: one sentence that says what the sandbox was given, as it can't listen.

    The models are priced by the token, which the sandbox does not charge for.
    """
    world = world_of(request)
    body = await bodies.read_body(request)
    entry = orders.model_of(world, body)
    if entry.endpoint != "/audio/transcriptions":
        raise Refusal(400, INVALID, f"Model {entry.id} does not support audio transcription")
    entry = entry if entry.schema is not None else replace(entry, schema=TRANSCRIPTION)
    wrong = orders.parameter_fault(entry, body, older=False)
    if wrong is not None:
        raise Refusal(400, INVALID, wrong)
    spoiled = faults.before_accepting(world, request, body)
    if spoiled is not None:
        return spoiled
    text = await _text(world, entry, body)
    dropped = faults.after_accepting(request, body)
    if dropped is not None:
        return dropped
    await world.sleep(faults.timing(world, "audio", body)[1])
    message = faults.failure(body, 0)
    if message is not None:
        raise Refusal(400, INVALID if message == faults.MODERATED else UNKNOWN, message)
    return JSONResponse({"text": text})


async def _text(world: World, entry: Entry, body: Mapping[str, Any]) -> str:
    try:
        given = await inputs.gather(world, entry, body, world.clock())
        assert given.sound is not None, "the schema asks for one"
        kind, seconds = await _measure(world, given.sound, min(given.names))
    except InputError as error:
        raise Refusal(400, BAD_FILE, str(error)) from error
    return f"Sandbox transcript of a {kind} sound of {seconds:.1f} seconds; nobody listened to it."


async def _measure(world: World, sound: Source, name: str) -> tuple[str, float]:
    """The kind of file and its length in seconds; what the sandbox made itself is known from its recipe."""
    place, digest = sound.key.split(":", 1)
    if place == "made":
        recipe = world.store.recipe(digest)
        assert recipe is not None, "the input was found by its recipe"
        return _named(recipe["format"]), float(recipe["duration"])
    path = blob_path(world.store, digest)
    try:
        return await in_thread(lambda: _decode(path.read_bytes()))
    except Exception as error:
        # PyAV raises some twenty kinds of exceptions over damaged files; all mean the same here.
        raise InputError(f"{name}: the sound cannot be decoded to its end") from error


def _decode(content: bytes) -> tuple[str, float]:
    import av

    with av.open(io.BytesIO(content), mode="r") as container:
        seconds = sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
        return _named(container.format.name), seconds


def _named(form: str) -> str:
    first = form.partition(",")[0]
    return _KINDS.get(first, first.upper())
