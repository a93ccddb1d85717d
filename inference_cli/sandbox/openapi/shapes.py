"""The few ways in which the document says what a JSON value is."""

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MOMENT: Schema = {"type": "integer", "description": "Unix seconds."}
MAYBE_MOMENT: Schema = {"type": ["integer", "null"], "description": "Unix seconds; null before it came."}
ANYTHING: Schema = {}


def record(
    fields: Mapping[str, Any], *, optional: Iterable[str] = (), open_to_more: bool = False, **more: Any
) -> Schema:
    """An object.

    Args:
        fields: its properties, which are all required but for ``optional``.
        optional: names of those that may be missing.
        open_to_more: whether other properties may be there too.
        **more: other keywords of its schema.
    """
    left_out = set(optional)
    required = [name for name in fields if name not in left_out]
    found: Schema = {"type": "object", "properties": dict(fields), **more}
    if required:
        found["required"] = required
    if not open_to_more:
        found["additionalProperties"] = False
    return found


def many(items: Schema, **more: Any) -> Schema:
    """An array."""
    return {"type": "array", "items": items, **more}


def ref(name: str) -> Schema:
    """One of the document's named schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(*words: str) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": list(words)}


def query(name: str, meaning: str, schema: Schema = TEXT) -> Schema:
    """An optional parameter of the query."""
    return {"name": name, "in": "query", "required": False, "description": meaning, "schema": schema}


def in_path(name: str, meaning: str, **more: Any) -> Schema:
    """A part of the path."""
    return {"name": name, "in": "path", "required": True, "description": meaning, "schema": NAME, **more}


def header(name: str, meaning: str) -> Schema:
    """An optional header of the request."""
    return {"name": name, "in": "header", "required": False, "description": meaning, "schema": TEXT}


def takes(schema: Schema) -> Schema:
    """The body of a request: JSON, and required."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def answers(meaning: str, schema: Schema, **headers: str) -> Schema:
    """A response of JSON; headers by name, with what they hold (an underscore stands for a dash)."""
    found: Schema = {"description": meaning, "content": {"application/json": {"schema": schema}}}
    if headers:
        found["headers"] = {
            name.replace("_", "-"): {"description": text, "schema": TEXT} for name, text in headers.items()
        }
    return found
