"""Operations that answer with the result: pictures, films, sounds, and the text of a sound."""

from typing import Any

from inference_cli.sandbox import audio
from inference_cli.sandbox.openapi.errors import refuses_paid
from inference_cli.sandbox.openapi.shapes import (
    MAYBE_TEXT,
    MOMENT,
    NAME,
    TEXT,
    Schema,
    answers,
    many,
    maybe,
    one_of,
    record,
    ref,
    takes,
)

TARGETS = {
    "target_namespace": {**MAYBE_TEXT, "description": "Where the result is saved, and who pays."},
    "target_repo": MAYBE_TEXT,
    "target_directory": MAYBE_TEXT,
}
_OWN = "Further keys are the model's own parameters, checked against its request_schema."
_REQUEST = record(
    {"model": NAME, "response_format": maybe(one_of("url", "b64_json")), **TARGETS},
    optional=("response_format", *TARGETS),
    open_to_more=True,
    description=_OWN,
)
_RECORDING = audio.TRANSCRIPTION
SCHEMAS: dict[str, Schema] = {
    "MediaRequest": _REQUEST,
    "Output": {
        "description": "Where a result is, or the result itself, as response_format says.",
        "oneOf": [
            record({"url": {**TEXT, "description": "Signed, on the origin of results; it expires."}}),
            record({"b64_json": {"type": "string", "contentEncoding": "base64"}}),
        ],
    },
    "TranscriptionRequest": record(
        {"model": NAME, **_RECORDING["properties"]}, optional=_RECORDING["properties"], open_to_more=True
    ),
    "Transcription": record({"text": TEXT}),
} | {
    f"{name.capitalize()}Answer": record({"model": TEXT, "created": MOMENT, name: many(ref("Output"), minItems=1)})
    for name in ("images", "videos", "audios")
}


def paths(prefix: str, *, older: bool) -> dict[str, Any]:
    """Pictures and films below a prefix, and below that of the current generation sounds too."""
    found = {
        f"{prefix}/images/generate": _makes("images", "Make pictures; a model that edits is welcome too.", older),
        f"{prefix}/images/edit": _makes(
            "images", "Make pictures from a picture, which the model's schema names.", older
        ),
        f"{prefix}/videos/generate": _makes(
            "videos", "Make a film, from a prompt or from shots (multi_prompt).", older
        ),
    }
    if older:
        return found
    return found | {
        f"{prefix}/audio/generate": _makes("audios", "Make a sound from a text.", older),
        f"{prefix}/audio/speech": _makes("audios", "The same by another name.", older),
        f"{prefix}/audio/transcriptions": {"post": _transcribes()},
    }


def _makes(key: str, meaning: str, older: bool) -> dict[str, Any]:
    done = answers("All outputs of the request.", ref(f"{key.capitalize()}Answer"))
    return {
        "post": {
            "summary": meaning,
            "tags": ["media"],
            "requestBody": takes(ref("MediaRequest")),
            "responses": {"200": done, **refuses_paid(older=older)},
        }
    }


def _transcribes() -> dict[str, Any]:
    refused = refuses_paid(older=False)
    del refused["402"]  # nothing is charged
    return {
        "summary": "What a sound says; the sandbox, which cannot listen, says what it was given.",
        "tags": ["media"],
        "requestBody": takes(ref("TranscriptionRequest")),
        "responses": {"200": answers("One sentence.", ref("Transcription")), **refused},
    }
