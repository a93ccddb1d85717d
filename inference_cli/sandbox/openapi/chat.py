"""The chat: OpenAI's chat completions, whole or as a stream."""

from typing import Any

from inference_cli.sandbox.chat import messages, terms
from inference_cli.sandbox.openapi.errors import refuses_paid
from inference_cli.sandbox.openapi.shapes import (
    COUNT,
    MAYBE_TEXT,
    MOMENT,
    NAME,
    TEXT,
    WHOLE,
    Schema,
    answers,
    many,
    maybe,
    one_of,
    record,
    ref,
    takes,
)


def _part(kind: str, inner: Schema) -> Schema:
    return record({"type": {"const": kind}, kind: inner}, open_to_more=True)


_URL = record({"url": NAME}, open_to_more=True)
_PARTS = (
    _part("text", TEXT),
    *(_part(kind, _URL) for kind in ("image_url", "video_url", "audio_url")),
    _part("input_audio", record({"data": NAME, "format": NAME}, open_to_more=True)),
    _part("file", record({"file_data": NAME, "file_url": NAME}, optional=("file_data", "file_url"), open_to_more=True)),
)
_CALL = record(
    {
        "id": TEXT,
        "type": {"const": "function"},
        "function": record({"name": TEXT, "arguments": TEXT}, open_to_more=True),
    },
    optional=("type",),
    open_to_more=True,
)
_TOOL = record(
    {
        "type": {"const": "function"},
        "function": record(
            {
                "name": {"type": "string", "pattern": f"^{terms.TOOL_NAME.pattern}$"},
                "parameters": {"type": ["object", "null"]},
            },
            optional=("parameters",),
            open_to_more=True,
        ),
    },
    open_to_more=True,
)
_FORM = record(
    {
        "type": one_of(*terms.FORMS),
        "json_schema": record({"name": TEXT, "schema": {"type": "object"}}, open_to_more=True),
    },
    optional=("json_schema",),
    open_to_more=True,
)
_TERMS: dict[str, Any] = {name: maybe(part) for name, part in terms.SCHEMA["properties"].items()} | {
    "tools": {"type": ["array", "null"], "maxItems": 128, "items": _TOOL},
    "response_format": maybe(_FORM),
}
_MESSAGE = record(
    {
        "role": one_of(*messages.ROLES),
        "content": {"description": "Null only beside calls.", "anyOf": [TEXT, many(ref("Part")), {"type": "null"}]},
        "tool_calls": maybe(many(_CALL, minItems=1)),
        "tool_call_id": TEXT,
    },
    optional=("content", "tool_calls", "tool_call_id"),
    open_to_more=True,
)
_USAGE = record(
    {
        "prompt_tokens": COUNT,
        "completion_tokens": COUNT,
        "total_tokens": COUNT,
        "completion_tokens_details": record({"reasoning_tokens": COUNT}),
    }
)
_ANSWER = record(
    {
        "role": {"const": "assistant"},
        "content": MAYBE_TEXT,
        "refusal": {"type": "null"},
        "reasoning_content": TEXT,
        "tool_calls": many(
            record({"id": TEXT, "type": {"const": "function"}, "function": record({"name": TEXT, "arguments": TEXT})})
        ),
    },
    optional=("reasoning_content", "tool_calls"),
)
_REASON = one_of("stop", "length", "tool_calls", "content_filter")


def _framed(kind: str, choice: Schema, **more: Schema) -> Schema:
    shared = {"id": TEXT, "object": {"const": kind}, "created": MOMENT, "model": TEXT, "choices": many(choice)}
    return record(
        {**shared, "system_fingerprint": TEXT, **more}, optional=() if kind == "chat.completion" else ("usage",)
    )


SCHEMAS: dict[str, Schema] = {
    "Part": {"description": "Only a user attaches something.", "oneOf": list(_PARTS)},
    "Message": _MESSAGE,
    "ChatRequest": record(
        {"model": NAME, "messages": many(ref("Message"), minItems=1), **_TERMS}, optional=_TERMS, open_to_more=True
    ),
    "Usage": _USAGE,
    "Chat": _framed(
        "chat.completion",
        record({"index": WHOLE, "message": _ANSWER, "logprobs": {"type": "null"}, "finish_reason": _REASON}),
        usage=ref("Usage"),
    ),
    "ChatChunk": _framed(
        "chat.completion.chunk",
        record(
            {
                "index": WHOLE,
                "delta": {"type": "object", "description": "A piece of the message; of calls by their index."},
                "logprobs": {"type": "null"},
                "finish_reason": maybe(_REASON),
            }
        ),
        usage=maybe(ref("Usage")),
    ),
}


def paths(prefix: str, *, older: bool) -> dict[str, Any]:
    """The chat below a prefix."""
    whole = answers("The answer; with stream: true as events of ChatChunk, and [DONE].", ref("Chat"))
    whole["content"]["text/event-stream"] = {"schema": TEXT}
    post = {
        "summary": "Answer a chat; sandbox:help as the prompt lists what a prompt may ask for.",
        "tags": ["chat"],
        "requestBody": takes(ref("ChatRequest")),
        "responses": {"200": whole, **refuses_paid(older=older)},
    }
    return {f"{prefix}/chat/completions": {"post": post}}
