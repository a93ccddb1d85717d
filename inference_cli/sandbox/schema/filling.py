"""One attempt at a value for a JSON Schema; what comes out is checked by whoever asked."""

import json
import random
from collections.abc import Mapping
from typing import Any

from inference_cli.sandbox.schema import figures, merging, strings
from inference_cli.sandbox.schema.hints import Hints

_DEEP, _DEEPEST, _SEVERAL, _MOST = 5, 60, 2, 10_000
_KINDS = {
    "object": ("properties", "required", "additionalProperties", "minProperties", "patternProperties", "propertyNames"),
    "array": ("items", "prefixItems", "minItems", "contains", "uniqueItems"),
    "string": ("pattern", "minLength", "maxLength", "format"),
    "number": ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"),
}
_RANK = ("null", "boolean", "integer", "number", "string", "array", "object")


class Filling:
    """Fills a schema.

    Args:
        root: the whole schema, into which references point.
        hints: where values come from.
        rng: draws what the hints leave open.
        attempt: 0 gives everything optional, 1 nothing optional, later ones draw.
    """

    def __init__(self, root: Mapping[str, Any], hints: Hints, rng: random.Random, attempt: int) -> None:
        self._root = root
        self._hints = hints
        self._rng = rng
        self._attempt = attempt

    def value(self, schema: Any, name: str = "", depth: int = 0) -> Any:
        """A value.

        Args:
            schema: a part of the whole.
            name: of the property that it is for.
            depth: how far down it is; far down nothing optional is given, and the simplest choice is taken.

        Raises:
            ValueError, LookupError, TypeError, ArithmeticError: this attempt led nowhere.
        """
        if depth > _DEEPEST:
            raise RecursionError("too deep")
        if schema is True or schema == {}:
            return self._hints.text(name)
        if schema is False:
            raise ValueError("nothing fits false")
        flat = merging.flat(schema, self._root, lambda options: self._branch(options, depth))
        if "const" in flat:
            return flat["const"]
        if "enum" in flat:
            return self._one_of(flat["enum"], name)
        kind = self._kind(flat, depth)
        if kind == "object":
            return self._object(flat, depth)
        if kind == "array":
            return self._array(flat, name, depth)
        if kind == "string":
            return strings.text(flat, name, self._hints, self._rng)
        if kind in {"integer", "number"}:
            offered = self._hints.offered() if self._attempt < 2 or self._rng.random() < 0.5 else ()
            return figures.number(flat, offered, self._rng, whole=kind == "integer")
        return None if kind == "null" else self._yes(name)

    def _branch(self, options: list[Any], depth: int) -> Any:
        if depth > _DEEP:
            return min(options, key=_weight)
        if self._attempt < len(options):
            return options[self._attempt]
        return self._rng.choice(options)

    def _one_of(self, choices: list[Any], name: str) -> Any:
        given = self._hints.given(name) if name else None
        for choice in choices:
            if isinstance(choice, str) and given is not None and choice.casefold() == given.casefold():
                return choice
        for choice in choices:
            if isinstance(choice, str) and choice and self._hints.mentions(choice):
                return choice
        return self._rng.choice(choices)

    def _yes(self, name: str) -> bool:
        given = (self._hints.given(name) or "").casefold() if name else ""
        if given in {"true", "yes", "false", "no"}:
            return given in {"true", "yes"}
        return self._rng.random() < 0.5

    def _kind(self, schema: Mapping[str, Any], depth: int) -> str:
        kinds = schema.get("type")
        if isinstance(kinds, str):
            return kinds
        if isinstance(kinds, list):
            if depth > _DEEP:
                return str(min(kinds, key=_RANK.index))
            real = [kind for kind in kinds if kind != "null"] or kinds
            return str(real[0] if self._attempt == 0 else self._rng.choice(kinds))
        usual = next((kind for kind, marks in _KINDS.items() if any(mark in schema for mark in marks)), "string")
        return usual if self._attempt < 2 else str(self._rng.choice((usual, *_RANK)))

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        parts = schema.get("properties", {})
        required = list(schema.get("required", ()))
        names = [name for name in parts if name in required or self._wanted(parts[name], depth)]
        names += [name for name in required if name not in names]
        for name in tuple(names):
            names += [other for other in schema.get("dependentRequired", {}).get(name, ()) if other not in names]
        if "maxProperties" in schema:
            names.sort(key=lambda name: name not in required)
            names = names[: int(schema["maxProperties"])]
        made = {name: self.value(self._part(schema, name), name, depth + 1) for name in names}
        least = int(schema.get("minProperties", 0))
        if not parts and isinstance(schema.get("additionalProperties"), Mapping) and depth <= _DEEP:
            least = max(least, min(_SEVERAL, int(schema.get("maxProperties", _SEVERAL))))
        return made | self._further(schema, made, least - len(made), depth)

    def _wanted(self, part: Any, depth: int) -> bool:
        if part is False or depth > _DEEP:
            return False
        return self._attempt == 0 or (self._attempt > 1 and self._rng.random() < 0.5)

    def _part(self, schema: Mapping[str, Any], name: str) -> Any:
        """The schema of a property: by its name, by a pattern, or that of all others."""
        if name in schema.get("properties", {}):
            return schema["properties"][name]
        found = [
            part for pattern, part in schema.get("patternProperties", {}).items() if strings.matches(pattern, name)
        ]
        return {"allOf": found} if found else schema.get("additionalProperties", True)

    def _further(self, schema: Mapping[str, Any], made: Mapping[str, Any], count: int, depth: int) -> dict[str, Any]:
        """Properties that have no name of their own."""
        found: dict[str, Any] = {}
        patterns = list(schema.get("patternProperties", {}))
        for _ in range(20 * max(0, count)):
            if len(found) >= count:
                break
            if patterns:
                name = strings.text({"pattern": self._rng.choice(patterns)}, "", self._hints, self._rng)
            else:
                name = str(self.value(schema.get("propertyNames", {"type": "string"}), "", depth + 1))
                if "propertyNames" not in schema and (name in found or name in made):
                    name = f"{name}{len(found) + 2}"
            if name not in made and name not in found:
                found[name] = self.value(self._part(schema, name), name, depth + 1)
        return found

    def _array(self, schema: Mapping[str, Any], name: str, depth: int) -> list[Any]:
        least, most = int(schema.get("minItems", 0)), schema.get("maxItems")
        if least > _MOST:
            raise ValueError(f"no array has more than {_MOST} items here")
        count = max(least, 0 if depth > _DEEP or self._attempt == 1 else _SEVERAL)
        count = count if most is None else min(count, int(most))
        one = name.removesuffix("s")
        prefix = schema.get("prefixItems", [])[: count if most is not None else None]
        made = [self.value(part, one, depth + 1) for part in prefix]
        items = schema.get("items", True)
        if "contains" in schema:
            wanted = merging.both(items, schema["contains"])
            made += [self.value(wanted, one, depth + 1) for _ in range(int(schema.get("minContains", 1)))]
        tries = 20 * (count + 1)
        while len(made) < count and items is not False and tries:
            tries -= 1
            item = self.value(items, one, depth + 1)
            if not schema.get("uniqueItems") or _text(item) not in map(_text, made):
                made.append(item)
        return made


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _weight(schema: Any) -> int:
    """How far a schema leads on: a constant nowhere, a reference the farthest."""
    if not isinstance(schema, Mapping):
        return 0
    if "$ref" in schema:
        return len(_RANK)
    kinds = schema.get("type", "object")
    return -1 if {"const", "enum"} & schema.keys() else _RANK.index(kinds if isinstance(kinds, str) else kinds[0])
