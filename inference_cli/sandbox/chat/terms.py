"""The terms of a chat request beside its messages: numbers in range, tools, the form of the answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inference_cli.sandbox import validation
from inference_cli.sandbox.catalogue import Entry
from inference_cli.sandbox.refusals import INVALID, Refusal
from inference_cli.sandbox.schema import instances

SCHEMA: Mapping[str, Any] = {
    "properties": {
        "stream": {"type": "boolean"},
        "stream_options": {"type": "object", "properties": {"include_usage": {"type": "boolean"}}},
        "max_tokens": {"type": "integer", "minimum": 1},
        "max_completion_tokens": {"type": "integer", "minimum": 1},
        "n": {"type": "integer", "minimum": 1, "maximum": 1},
        "seed": {"type": "integer"},
        "temperature": {"type": "number", "minimum": 0, "maximum": 2},
        "top_p": {"type": "number", "minimum": 0, "maximum": 1},
        "frequency_penalty": {"type": "number", "minimum": -2, "maximum": 2},
        "presence_penalty": {"type": "number", "minimum": -2, "maximum": 2},
        "stop": {"type": ["string", "array"], "maxItems": 4, "items": {"type": "string"}},
        "reasoning_effort": {"type": "string"},
        "tools": {"type": "array", "maxItems": 128, "items": {"type": "object"}},
        "tool_choice": {"type": ["string", "object"]},
        "parallel_tool_calls": {"type": "boolean"},
    }
}
"""Contract, "Chat"; where it gives no range, OpenAI's. There is one choice: ``n`` may be 1."""
TOOL_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
FORMS = ("text", "json_object", "json_schema")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request asks for beside its messages.

    ``tools`` are the JSON Schemas of the arguments by name; ``choice`` is ``auto``, ``none`` or ``required``, and
    ``forced`` the tool that ``tool_choice`` names. ``form`` is how the answer is written, and ``schema`` what it fits.
    ``limit`` is in tokens of the answer; of two that are given the lower one.
    """

    limit: int | None
    stops: tuple[str, ...]
    streams: bool
    with_usage: bool
    tools: Mapping[str, Any]
    choice: str
    forced: str | None
    parallel: bool
    form: str
    schema: Any


def read(entry: Entry, body: Mapping[str, Any]) -> Terms:
    """The terms of a request.

    Raises:
        Refusal: something is out of range, contradicts something else, or is a schema that is none.
    """
    wrong = validation.faults(SCHEMA, body)
    if wrong:
        raise _wrong("; ".join(wrong))
    if entry.developer == "Anthropic" and body.get("temperature") is not None and body.get("top_p") is not None:
        raise _wrong("temperature and top_p cannot both be specified for this model")
    streams = bool(body.get("stream"))
    if body.get("stream_options") is not None and not streams:
        raise _wrong("stream_options: only with stream: true")
    tools = _tools(body.get("tools") or ())
    choice, forced = _choice(body.get("tool_choice"), tools)
    form, schema = _form(body.get("response_format"))
    stops = body.get("stop") or ()
    limits = [body[name] for name in ("max_tokens", "max_completion_tokens") if body.get(name) is not None]
    return Terms(
        limit=int(min(limits)) if limits else None,
        stops=(stops,) if isinstance(stops, str) else tuple(stop for stop in stops if stop),
        streams=streams,
        with_usage=bool((body.get("stream_options") or {}).get("include_usage")),
        tools=tools,
        choice=choice,
        forced=forced,
        parallel=body.get("parallel_tool_calls") is not False,
        form=form,
        schema=schema,
    )


def _wrong(detail: str) -> Refusal:
    return Refusal(400, INVALID, detail)


def _tools(rows: Any) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for place, row in enumerate(rows):
        where = f"tools[{place}]"
        function = row.get("function")
        if row.get("type") != "function" or not isinstance(function, dict):
            raise _wrong(f"{where}: must be of type function, with a function")
        name = function.get("name")
        if not isinstance(name, str) or not TOOL_NAME.fullmatch(name):
            raise _wrong(f"{where}.function.name: must be 1 to 64 letters, digits, _ or -")
        if name in found:
            raise _wrong(f"{where}.function.name: {name} is there twice")
        parameters = function.get("parameters")
        found[name] = _checked(f"{where}.function.parameters", {"type": "object"} if parameters is None else parameters)
    return found


def _choice(value: Any, tools: Mapping[str, Any]) -> tuple[str, str | None]:
    if value is None:
        return "auto", None
    if not tools:
        raise _wrong("tool_choice: only with tools")
    if isinstance(value, str):
        if value not in {"auto", "none", "required"}:
            raise _wrong("tool_choice: must be auto, none, required or a function")
        return value, None
    function = value.get("function")
    name = function.get("name") if value.get("type") == "function" and isinstance(function, dict) else None
    if name not in tools:
        raise _wrong("tool_choice.function.name: must be one of the tools")
    return "required", name


def _form(value: Any) -> tuple[str, Any]:
    if value is None:
        return "text", None
    if not isinstance(value, dict) or value.get("type") not in FORMS:
        raise _wrong(f"response_format: must be an object whose type is one of {', '.join(FORMS)}")
    form = value["type"]
    if form != "json_schema":
        return form, None
    inner = value.get("json_schema")
    if not isinstance(inner, dict) or not isinstance(inner.get("name"), str):
        raise _wrong("response_format.json_schema: must be an object with a name and a schema")
    if not isinstance(inner.get("schema"), dict):
        raise _wrong("response_format.json_schema.schema: must be an object")
    return form, _checked("response_format.json_schema.schema", inner["schema"])


def _checked(where: str, schema: Any) -> Any:
    if not isinstance(schema, dict):
        raise _wrong(f"{where}: must be an object")
    try:
        instances.check(schema)
    except ValueError as error:
        raise _wrong(f"{where}: is not a valid JSON Schema: {error}") from error
    return schema
