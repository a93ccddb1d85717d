"""Operations of the queue and of the history, and the events that tell of ends."""

from typing import Any

from inference_cli.sandbox import generations, queue
from inference_cli.sandbox.openapi.errors import refuses, refuses_paid
from inference_cli.sandbox.openapi.media import TARGETS
from inference_cli.sandbox.openapi.shapes import (
    COUNT,
    MAYBE_MOMENT,
    MAYBE_TEXT,
    MOMENT,
    NAME,
    TEXT,
    WHOLE,
    Schema,
    answers,
    in_path,
    many,
    one_of,
    query,
    record,
    ref,
    takes,
)

_STATES = one_of("queued", "processing", "succeeded", "failed", "cancelled")
_ROW = {
    "generation_id": TEXT,
    "model_name": TEXT,
    "media_type": one_of("image", "video", "audio"),
    "status": _STATES,
    "result_url": {**MAYBE_TEXT, "description": "Signed; null unless it succeeded."},
    "error_message": {**MAYBE_TEXT, "description": "Why it failed."},
    "enqueued_at": MOMENT,
    "started_at": MAYBE_MOMENT,
    "completed_at": MAYBE_MOMENT,
    **TARGETS,
}
_OWNER = {
    "cost": {**MAYBE_TEXT, "description": "US dollars as a decimal; null where nothing was charged."},
    "user_id": TEXT,
    "username": TEXT,
    "user_image": MAYBE_TEXT,
}
_BESIDE = "The request's own parameters stand beside these fields."
_FILTERS = [query(name, "Only those; an empty value does not filter.") for name in queue.FILTERS]
_ID = in_path("id", "A generation.")
SCHEMAS: dict[str, Schema] = {
    "QueueRequest": record(
        {"model": NAME, "num_generations": {"type": "integer", "minimum": 1, "maximum": 4}, **TARGETS},
        optional=("num_generations", *TARGETS),
        open_to_more=True,
        description="Further keys are the model's own parameters, looked at when the generation runs.",
    ),
    "Enqueued": record(
        {"generations": many(record({"generation_id": TEXT, "status": one_of("queued", "processing")}), minItems=1)}
    ),
    "Generation": record(_ROW, open_to_more=True, description=_BESIDE),
    "PastGeneration": record({**_ROW, **_OWNER}, open_to_more=True, description=_BESIDE),
    "OlderGeneration": record(
        {
            **{name: _ROW[name] for name in ("generation_id", "model_name", "media_type", "enqueued_at", *TARGETS)},
            "model": TEXT,
            "status": {"const": "processing"},
        },
        open_to_more=True,
        description=f"{_BESIDE} One that has ended is not there any more.",
    ),
    "Cancelled": record({"status": {"const": "success"}, "generation_id": TEXT}),
    "Page": record(
        {
            "count": COUNT,
            "generations": many(ref("PastGeneration")),
            "page_number": {**WHOLE, "minimum": 1},
            "page_size": {**WHOLE, "minimum": 1, "maximum": generations.MOST},
            "total_pages": COUNT,
            "total_entries": COUNT,
            "total_cost": {**MAYBE_TEXT, "description": "US dollars as a decimal, of all pages."},
        }
    ),
}


def enqueuing(*, older: bool) -> dict[str, Any]:
    """The one operation whose path both generations of the API share."""
    return {
        "summary": "Put 1 to 4 generations into the queue; there is no idempotency key.",
        "tags": ["queue"],
        "requestBody": takes(ref("QueueRequest")),
        "responses": {"200": answers("Accepted, and charged.", ref("Enqueued")), **refuses_paid(older=older)},
    }


def _reads(meaning: str, schema: Schema, *refused: int, older: bool = False, **more: Any) -> dict[str, Any]:
    responses = {"200": answers(meaning, schema), **refuses(*refused, older=older)}
    return {"summary": meaning, "tags": ["queue"], **more, "responses": responses}


def current_paths() -> dict[str, Any]:
    """The list, one generation, its cancelling, the history and the events."""
    listed = record({"count": COUNT, "generations": many(ref("Generation"))})
    found = record({"status": {"const": "success"}, "status_message": TEXT, "generation": ref("PastGeneration")})
    pages = [
        query("page", "From 1.", {**WHOLE, "minimum": 1, "maximum": 999_999_999}),
        query("page_size", f"At most {generations.MOST} are given.", {**WHOLE, "minimum": 1, "maximum": 999_999_999}),
    ]
    return {
        "/ai/queue": {
            "get": _reads(
                "What is queued or processing; with status, what is in that state.", listed, parameters=_FILTERS
            )
        },
        "/ai/queue/{id}": {
            "parameters": [_ID],
            "get": _reads("One generation.", ref("Generation"), 404),
            "delete": _reads("Cancel it; one that has ended stays as it is.", ref("Cancelled"), 404),
        },
        "/ai/generations": {
            "get": _reads("A page of the history, the newest first.", ref("Page"), 400, parameters=[*_FILTERS, *pages])
        },
        "/ai/generations/{id}": {"parameters": [_ID], "get": _reads("One generation with its cost.", found, 404)},
        "/events": {"get": _listens()},
    }


def _listens() -> dict[str, Any]:
    meaning = "Server-sent events, media_generation_completed, of what ends from now on; a comment in between."
    stream = {"description": meaning, "content": {"text/event-stream": {"schema": TEXT}}}
    return {"summary": meaning, "tags": ["queue"], "responses": {"200": stream, **refuses()}}


def older_paths() -> dict[str, Any]:
    """The list of a namespace and model, and cancelling."""
    listed = record({"status": {"const": "success"}, "count": COUNT, "generations": many(ref("OlderGeneration"))})
    namespace = in_path("namespace", "Whose.")
    return {
        "/media/generations/status/{namespace}/{model}": {
            "parameters": [namespace, in_path("model", "A model's id; slashes in it may stand as they are.")],
            "get": _reads("What has not ended.", listed, older=True),
        },
        "/media/generations/{namespace}/{id}": {
            "parameters": [namespace, _ID],
            "delete": _reads("Cancel it; one that has ended is not found.", ref("Cancelled"), 404, older=True),
        },
    }
