"""A model's JSON Schema, read tolerantly: it comes from outside and may be missing, broken or recursive."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]

_DEEPEST = 8  # references and alternatives inside each other; deeper ones are not looked at


def properties(schema: Schema | None, root: Schema | None = None) -> dict[str, Schema]:
    """The parameters that a schema names, by name; a broken one names none."""
    found: dict[str, Schema] = {}
    for variant in variants(schema or {}, root or schema or {}):
        named = variant.get("properties")
        if isinstance(named, Mapping):
            found.update({str(name): part if isinstance(part, Mapping) else {} for name, part in named.items()})
    return found


def required(schema: Schema | None) -> tuple[str, ...]:
    """The parameters that must be given."""
    names = (schema or {}).get("required")
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list | tuple) else ()


def variants(part: Schema, root: Schema) -> Iterator[Schema]:
    """A schema and the alternatives in it (``anyOf``, ``oneOf``, ``allOf``), local references followed.

    Each of them once, whichever way leads to it: a schema that refers to itself has no end otherwise.
    """
    return _variants(part, root, 0, set())


def _variants(part: Schema, root: Schema, depth: int, seen: set[int]) -> Iterator[Schema]:
    for _ in range(_DEEPEST):
        target = _referenced(part, root)
        if target is None:
            break
        part = target
    if id(part) in seen:
        return
    seen.add(id(part))
    yield part
    if depth < _DEEPEST:
        for word in ("allOf", "anyOf", "oneOf"):
            inner = part.get(word)
            for one in inner if isinstance(inner, list | tuple) else ():
                if isinstance(one, Mapping):
                    yield from _variants(one, root, depth + 1, seen)


def _referenced(part: Schema, root: Schema) -> Schema | None:
    pointer = part.get("$ref")
    if not isinstance(pointer, str) or not pointer.startswith("#"):
        return None
    target: object = root
    for step in pointer.removeprefix("#").strip("/").split("/") if pointer.strip("#/") else ():
        name = step.replace("~1", "/").replace("~0", "~")
        target = target.get(name) if isinstance(target, Mapping) else None
    return target if isinstance(target, Mapping) else None


def types(part: Schema, root: Schema) -> frozenset[str]:
    """The JSON types that a schema takes; empty where it says nothing."""
    found: set[str] = set()
    for variant in variants(part, root):
        named = variant.get("type")
        found.update(
            [named]
            if isinstance(named, str)
            else [one for one in named if isinstance(one, str)]
            if isinstance(named, list | tuple)
            else []
        )
        if "type" not in variant and isinstance(variant.get("properties"), Mapping):
            found.add("object")
    return frozenset(found)


def options(part: Schema, root: Schema) -> list[Any]:
    """The values that a schema lists; empty where it lists none."""
    found: list[Any] = []
    for variant in variants(part, root):
        listed = variant.get("enum")
        found.extend(listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ())
        found.extend([variant["const"]] if "const" in variant else ())
    return found


def items(part: Schema, root: Schema) -> Schema:
    """What a list holds."""
    inner = next((variant["items"] for variant in variants(part, root) if "items" in variant), None)
    return inner if isinstance(inner, Mapping) else {}


def inside(part: Schema, step: str | int, root: Schema) -> Schema:
    """What an object holds under a name, or a list at an index; an empty schema where that is not described."""
    return items(part, root) if isinstance(step, int) else properties(part, root).get(step, {})


def is_list(part: Schema, root: Schema) -> bool:
    """Whether a list is what a parameter takes (one that takes a single value too is none)."""
    return types(part, root) - {"null"} == {"array"}


def media(part: Schema, root: Schema) -> str | None:
    """The kind of media that a parameter takes: image, video or audio; None for any other."""
    for variant in (*variants(part, root), *variants(items(part, root), root)):
        kind = variant.get("x-media")
        if isinstance(kind, str):
            return kind
    return None


def is_url(part: Schema, root: Schema) -> bool:
    """Whether a parameter takes a URL, or a list of URLs."""
    return any(v.get("format") == "uri" for v in (*variants(part, root), *variants(items(part, root), root)))


def bound(part: Schema, root: Schema, word: str) -> Any:
    """A number that a schema gives, such as ``minimum`` or ``maxItems``; None where it gives none."""
    for variant in variants(part, root):
        value = variant.get(word)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
    return None


def takes_a_prompt(schema: Schema | None) -> bool:
    """Whether a prompt may be given.

    A schema that requires nothing and names no prompt leaves it to the route, where one is needed (contract, "Media,
    direct"); one that requires an input and names no prompt takes none.
    """
    named = properties(schema)
    return "prompt" in named or not named or leaves_the_prompt_out(schema)


def leaves_the_prompt_out(schema: Schema | None) -> bool:
    """Whether a prompt or shots are needed although the schema does not name them."""
    named = properties(schema)
    return bool(named) and not required(schema) and not {"prompt", "multi_prompt"} & named.keys()


def tolerant(schema: Schema) -> dict[str, Any]:
    """The schema to check against: a list whose published example contradicts its type takes what the example has."""
    parts = schema.get("properties")
    if not isinstance(parts, Mapping):
        return dict(schema)
    return {**schema, "properties": {name: _by_example(part) for name, part in parts.items()}}


def _by_example(part: Any) -> Any:
    example = part.get("x-example-contradicts-type") if isinstance(part, Mapping) else None
    inner = part.get("items") if isinstance(part, Mapping) else None
    if not isinstance(example, str) or not isinstance(inner, Mapping) or not isinstance(inner.get("type"), str):
        return part
    return {**part, "items": {**inner, "type": [inner["type"], example]}}
