"""Parameters checked against a model's schema, in the words that the service's errors use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

OWN_KEYS = frozenset(
    {"model", "response_format", "target_namespace", "target_repo", "target_directory", "num_generations"}
)
"""What every media request may hold beside the model's own parameters (contract, "Media, direct" and "The queue")."""

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def faults(schema: Mapping[str, Any] | None, body: Mapping[str, Any]) -> list[str]:
    """What is wrong with a request's parameters.

    Args:
        schema: the model's JSON Schema; None checks nothing. Keys that it does not name are let through, as the
            service does.
        body: the request's own keys (``model``, ``target_…``) are passed over.

    Returns:
        A sentence for each fault, in the order of the schema; empty when all fits.
    """
    if schema is None:
        return []
    parameters = {key: value for key, value in body.items() if key not in OWN_KEYS and value is not None}
    found = list(_object_faults("", parameters, schema))
    found.extend(_shared_limits(schema.get("properties", {}), parameters))
    found.extend(_total_duration(schema, parameters))
    return found


def _object_faults(path: str, value: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    for name in schema.get("required", ()):
        if value.get(name) is None:
            yield f"{path}{name}: is required"
    for name, other in schema.get("dependentRequired", {}).items():
        if name in value:
            yield from (f"{path}{name}: needs {needed}" for needed in other if needed not in value)
    for name, part in schema.get("properties", {}).items():
        if value.get(name) is not None:
            yield from _value_faults(f"{path}{name}", value[name], part)
    alternatives = [set(option.get("required", ())) for option in schema.get("oneOf", ())]
    if alternatives and sum(names <= value.keys() for names in alternatives) != 1:
        names = " or ".join(sorted(name for option in alternatives for name in option))
        yield f"exactly one of {names} must be given"


def _value_faults(path: str, value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    kinds = schema.get("type", ())
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    if kinds and not any(_is_a(value, kind) for kind in kinds):
        yield f"{path}: must be {_article(kinds)}"
        return
    if "enum" in schema and not any(_same(value, choice) for choice in schema["enum"]):
        yield f"{path}: must be one of {', '.join(map(str, schema['enum']))}"
        return
    if isinstance(value, str):
        yield from _bounds(path, len(value), schema, ("minLength", "maxLength"), " characters")
    elif isinstance(value, list):
        yield from _bounds(path, len(value), schema, ("minItems", "maxItems"), " items")
        items = schema.get("items", {})
        example = schema.get("x-example-contradicts-type")  # published schema and published example differ: both pass
        for index, item in enumerate(value):
            if example is None or not _is_a(item, example):
                yield from _value_faults(f"{path}[{index}]", item, items)
    elif isinstance(value, dict):
        yield from _object_faults(f"{path}.", value, schema)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _bounds(path, value, schema, ("minimum", "maximum"), "")


def _is_a(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[kind])


def _same(value: Any, choice: Any) -> bool:
    return bool(value == choice) and isinstance(value, bool) == isinstance(choice, bool)


def _article(kinds: Sequence[str]) -> str:
    return " or ".join(("an " if kind[0] in "aeiou" else "a ") + kind for kind in kinds)


def _bounds(path: str, size: float, schema: Mapping[str, Any], names: tuple[str, str], unit: str) -> Iterator[str]:
    least, most = schema.get(names[0]), schema.get(names[1])
    if least is not None and size < least:
        yield f"{path}: must be at least {least}{unit}"
    if most is not None and size > most:
        yield f"{path}: must be at most {most}{unit}"


def _shared_limits(properties: Mapping[str, Any], body: Mapping[str, Any]) -> Iterator[str]:
    """``x-shared-limit``: a number of inputs that several parameters share, sometimes fewer beside a film."""
    seen: set[tuple[str, ...]] = set()
    for part in properties.values():
        limit = part.get("x-shared-limit")
        if not limit or tuple(limit["across"]) in seen:
            continue
        seen.add(tuple(limit["across"]))
        total = sum(len(body[name]) for name in limit["across"] if isinstance(body.get(name), list))
        most = limit["max_total"]
        if "input_video" in body:
            most = limit.get("max_total_with_input_video", most)
        if total > most:
            yield f"{' and '.join(limit['across'])}: must be at most {most} items together"


def _total_duration(schema: Mapping[str, Any], body: Mapping[str, Any]) -> Iterator[str]:
    """``x-total-duration``: the sum of the shots' seconds."""
    limit, shots = schema.get("x-total-duration"), body.get("multi_prompt")
    if not limit or not isinstance(shots, list):
        return
    lengths = [shot.get("duration", 5) for shot in shots if isinstance(shot, dict)]
    total = sum(length for length in lengths if isinstance(length, int) and not isinstance(length, bool))
    yield from _bounds("multi_prompt", total, limit, ("minimum", "maximum"), " seconds in all")
