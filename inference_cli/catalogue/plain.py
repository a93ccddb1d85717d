"""Whether a request fits a plain schema, seen without the library that knows every schema, and is large to load.

It can only say yes. Whatever is not plain, and whatever does not fit, is for the library: it finds the words.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DEPTH = 16  # levels of a schema or a value
_EXACT = 1 << 53  # whole numbers below it are the same in every notation


def fits(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a schema of JSON Schema 2020-12 is plain and the value fits it; False says nothing.

    Args:
        schema: plain is one of types, enums, bounds, lengths, properties and items. Formats are not looked at.
        value: what ``json.loads`` could have made.
    """
    return _plain(schema, _DEPTH) and _fits(schema, value)


# ------------------------------------------------------------------------------------------------ the schema


def _plain(schema: Any, depth: int) -> bool:
    return (
        isinstance(schema, Mapping)
        and depth > 0
        and all(
            isinstance(name, str) and (name.startswith("x-") or _KEYWORDS.get(name, _never)(inside, depth))
            for name, inside in schema.items()
        )
    )


def _never(_inside: Any, _depth: int) -> bool:
    return False


def _anything(_inside: Any, _depth: int) -> bool:
    return True


def _text(inside: Any, _depth: int) -> bool:
    return isinstance(inside, str)


def _number(inside: Any, _depth: int) -> bool:
    return _is_number(inside)


def _count(inside: Any, _depth: int) -> bool:
    return type(inside) is int and 0 <= inside < _EXACT


def _types(inside: Any, _depth: int) -> bool:
    if isinstance(inside, str):
        return inside in _IS
    return _names(inside, 0) and len(inside) > 0 and all(name in _IS for name in inside)


def _names(inside: Any, _depth: int) -> bool:
    return (
        isinstance(inside, list) and all(isinstance(name, str) for name in inside) and len(set(inside)) == len(inside)
    )


def _choices(inside: Any, _depth: int) -> bool:
    return (
        isinstance(inside, list) and len(inside) > 0 and all(isinstance(one, str) or _is_number(one) for one in inside)
    )


def _parts(inside: Any, depth: int) -> bool:
    return (
        isinstance(inside, Mapping)
        and all(isinstance(name, str) for name in inside)
        and all(_plain(part, depth - 1) for part in inside.values())
    )


_KEYWORDS: Mapping[str, Callable[[Any, int], bool]] = MappingProxyType(
    {
        "$schema": lambda inside, _: inside == _DRAFT,
        **dict.fromkeys(("default", "examples"), _anything),
        **dict.fromkeys(("title", "description", "format"), _text),
        **dict.fromkeys(("minimum", "maximum"), _number),
        **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _count),
        "type": _types,
        "enum": _choices,
        "required": _names,
        "properties": _parts,
        "items": lambda inside, depth: _plain(inside, depth - 1),
    }
)
"""What a plain schema may say, and whether it says it as it should."""

# ------------------------------------------------------------------------------------------------- the value


def _fits(schema: Mapping[str, Any], value: Any) -> bool:
    """Of a plain schema."""
    kinds = schema.get("type")
    if kinds is not None and not any(_IS[kind](value) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if "enum" in schema and not any(_same(value, one) for one in schema["enum"]):
        return False
    if isinstance(value, str):
        return _is_encodable(value) and _between(len(value), schema, "minLength", "maxLength")
    if isinstance(value, Mapping):
        return _fits_object(schema, value)
    if isinstance(value, list):
        items = schema.get("items", {})
        return _between(len(value), schema, "minItems", "maxItems") and all(_fits(items, one) for one in value)
    if value is None or isinstance(value, bool):
        return True
    return _is_number(value) and _between(value, schema, "minimum", "maximum")


def _fits_object(schema: Mapping[str, Any], value: Mapping[Any, Any]) -> bool:
    parts = schema.get("properties", {})
    names: Iterable[Any] = value.keys()
    return (
        all(isinstance(name, str) and _is_encodable(name) for name in names)
        and all(name in value for name in schema.get("required", ()))
        and all(_fits(parts.get(name, {}), one) for name, one in value.items())
    )


def _between(number: float, schema: Mapping[str, Any], least: str, most: str) -> bool:
    return not (number < schema.get(least, number) or number > schema.get(most, number))


def _same(value: Any, one: Any) -> bool:
    """As JSON compares: one and true differ, one and 1.0 do not."""
    return value == one and not isinstance(value, bool) and not isinstance(one, bool)


def _is_number(value: Any) -> bool:
    """One that compares exactly, whatever the notation."""
    return type(value) in {int, float} and -_EXACT < value < _EXACT  # neither of infinity nor of NaN


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a character
        return False
    return True


_IS: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "string": lambda value: isinstance(value, str),
        "integer": lambda value: _is_number(value) and value == int(value),
        "number": _is_number,
        "boolean": lambda value: isinstance(value, bool),
        "array": lambda value: isinstance(value, list),
        "object": lambda value: isinstance(value, Mapping),
        "null": lambda value: value is None,
    }
)
