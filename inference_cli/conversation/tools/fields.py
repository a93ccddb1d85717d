"""The parameters of a command, as TOML says them, as a JSON Schema.

::

    [parameters]
    city = "its name"                       # text, with a description
    days = "int: how many"                  # str, int, float, bool
    "unit?" = "of the temperature"          # need not be given
    sizes = { type = "array", items = { type = "integer" }, required = false }

A table with ``type = "object"`` and ``properties`` is a JSON Schema already, and a text is the short form of
``--schema``: ``parameters = "city, days int: how many"``.
"""

from collections.abc import Mapping
from typing import Any

from inference_cli.conversation import fields as short
from inference_cli.conversation.tools.given import is_schema
from inference_cli.conversation.tools.tool import parameters
from inference_cli.errors import UsageError

_TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
_TYPES |= {name: name for name in _TYPES.values()}


class FieldError(Exception):
    """A parameter that makes no sense; the text is a sentence."""


def read(table: Any) -> dict[str, Any]:
    """The JSON Schema of an object.

    Raises:
        FieldError: it makes none.
    """
    if isinstance(table, str):
        try:
            return short.read(table)
        except UsageError as error:
            raise FieldError(f"parameters: {error.message}") from None
    if not isinstance(table, Mapping):
        raise FieldError("parameters must be a table, or a text such as 'city, days int: how many'")
    if table.get("type") == "object" and isinstance(table.get("properties"), Mapping):
        schema = dict(table)
    else:
        parts = {name.removesuffix("?"): _part(name, value) for name, value in table.items()}
        needed = [name.removesuffix("?") for name, value in table.items() if _is_needed(name, value)]
        schema = parameters(parts, *needed)
    if not is_schema(schema):
        raise FieldError("parameters are not a valid JSON Schema")
    return schema


def _part(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {key: one for key, one in value.items() if key != "required" or not isinstance(one, bool)}
    if not isinstance(value, str):
        raise FieldError(f"parameters.{name} must be a text such as 'int: how many', or a table")
    head, _, rest = value.partition(":")
    kind = _TYPES.get(head.strip())
    text = (rest if kind is not None else value).strip().removeprefix(":").strip()
    return {"type": kind or "string", **({"description": text} if text else {})}


def _is_needed(name: str, value: Any) -> bool:
    if name.endswith("?"):
        return False
    return not isinstance(value, Mapping) or (value.get("required", True) is not False and "default" not in value)
