"""A JSON Schema without its indirections: references followed, ``allOf`` merged, alternatives chosen."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

_STEPS = 200
_HIGHER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"})
_LOWER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"})
_SCHEMAS = frozenset({"items", "additionalProperties", "propertyNames", "contains"})
_CHOICES = ("anyOf", "oneOf")


def flat(schema: Mapping[str, Any], root: Mapping[str, Any], choose: Callable[[list[Any]], Any]) -> Mapping[str, Any]:
    """The schema as one object of plain keywords.

    Args:
        schema: a part of the root.
        root: where references point into.
        choose: takes one of several alternatives.

    Raises:
        ValueError: it leads into itself, or to ``false``.
        LookupError: a reference points nowhere.
    """
    found: Mapping[str, Any] = schema
    for _ in range(_STEPS):
        step = _step(found, root, choose)
        if step is None:
            return found
        if step is False:
            raise ValueError("nothing fits false")
        found = {} if step is True else step
    raise ValueError("the schema leads into itself")


def _step(schema: Mapping[str, Any], root: Mapping[str, Any], choose: Callable[[list[Any]], Any]) -> Any:
    if "$ref" in schema:
        return both(_without(schema, "$ref"), target(root, schema["$ref"]))
    for name in _CHOICES:
        if name in schema:
            return both(_without(schema, name), choose(list(schema[name])))
    if "allOf" in schema:
        merged: Any = _without(schema, "allOf")
        for part in schema["allOf"]:
            merged = both(merged, part)
        return merged
    if "if" in schema:
        rest = _without(schema, "if", "then", "else")
        ways = [both(both(rest, schema["if"]), schema.get("then", True)), both(rest, schema.get("else", True))]
        return choose(ways)
    return None


def _without(schema: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in names}


def target(root: Mapping[str, Any], reference: str) -> Any:
    """What a reference points at: a JSON pointer into the root, or an anchor or id in it.

    Raises:
        LookupError: nothing is there.
    """
    if not reference.startswith("#"):
        return _named(root, reference)
    pointer = unquote(reference.removeprefix("#"))
    if pointer and not pointer.startswith("/"):
        return _named(root, pointer)
    found: Any = root
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


def _named(value: Any, name: str) -> Any:
    """The part of a schema that has an ``$anchor`` or ``$id``."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if name in {part.get("$anchor"), part.get("$id")}:
                return part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    raise LookupError(f"nothing is called {name}")


def both(first: Any, second: Any) -> Any:
    """A schema for what fits two; exact for plain keywords, and where it can't be, near enough to be tried."""
    if first is False or second is False:
        return False
    if not isinstance(first, Mapping) or not isinstance(second, Mapping):
        return second if first is True else first
    merged = dict(first)
    for key, value in second.items():
        merged[key] = _one(key, merged[key], value) if key in merged else value
    return _gathered(merged, first, second)


def _gathered(merged: dict[str, Any], first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Alternatives of both sides have to be chosen one after the other."""
    for name in _CHOICES:
        if name in first and name in second:
            merged[name] = first[name]
            merged["allOf"] = [*merged.get("allOf", ()), {name: second[name]}]
    if "$ref" in first and "$ref" in second:
        merged["$ref"] = first["$ref"]
        merged["allOf"] = [*merged.get("allOf", ()), {"$ref": second["$ref"]}]
    return merged


def _one(key: str, first: Any, second: Any) -> Any:
    if key in _MERGERS:
        return _MERGERS[key](first, second)
    if key in _HIGHER:
        return max(first, second)
    if key in _LOWER:
        return min(first, second)
    return both(first, second) if key in _SCHEMAS else second


def _properties(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    shared = {name: both(first[name], part) for name, part in second.items() if name in first}
    return {**first, **second, **shared}


def _types(first: Any, second: Any) -> Any:
    one, other = ([kinds] if isinstance(kinds, str) else kinds for kinds in (first, second))
    shared = [kind for kind in one if kind in other or (kind == "integer" and "number" in other)]
    shared += [kind for kind in other if kind == "integer" and "number" in one and kind not in shared]
    if not shared:
        raise ValueError(f"nothing is {first} and {second}")
    return shared[0] if len(shared) == 1 else shared


_MERGERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "required": lambda first, second: [*first, *(name for name in second if name not in first)],
    "properties": _properties,
    "patternProperties": _properties,
    "allOf": lambda first, second: [*first, *second],
    "enum": lambda first, second: [value for value in first if value in second],
    "type": _types,
}
