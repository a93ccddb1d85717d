"""Values put at paths such as ``elements[0].frontal_image_url``, and made into JSON at the end."""

from collections.abc import Mapping
from typing import Any

Path = tuple[str | int, ...]


class ConflictError(Exception):
    """Two values do not go together; the text says why, as a fault's sentence."""


class _Branch(dict[str | int, Any]):
    """An object or a list that is being filled, by name or index; never a value that was given whole."""


class Tree:
    """Takes values at paths; a list is kept by index until the end, so that a hole in it is seen."""

    def __init__(self) -> None:
        self._root = _Branch()

    def put(self, path: Path, value: Any, *, repeatable: bool) -> int:
        """Put a value at a path.

        Args:
            path: names and indexes, at least one.
            value: a list where ``repeatable``.
            repeatable: a second value at this path is added to the first.

        Returns:
            How many values were there before.

        Raises:
            ConflictError: something is there already, or on the way.
        """
        place = self._root
        for number, step in enumerate(path[:-1], start=1):
            inside = place.setdefault(step, _Branch())
            if not isinstance(inside, _Branch):
                raise ConflictError(f"{spelled(path[:number])} is given as a whole already")
            place = inside
        there = place.get(path[-1])
        if path[-1] not in place:
            place[path[-1]] = value
            return 0
        if repeatable and isinstance(there, list):
            before = len(there)
            there.extend(value)
            return before
        if isinstance(there, _Branch):
            raise ConflictError(f"parts of {spelled(path)} are given already")
        raise ConflictError("is given twice, and takes one value")

    def values(self, base: Mapping[str, Any] | None = None) -> tuple[dict[str, Any], dict[str, str]]:
        """All of it as JSON by name; and the names that make none, with the reason: a hole in a list, or no list.

        Args:
            base: what the paths reach into: what is not named in an object or a list of it stays.
        """
        values: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for name, inside in self._root.items():
            try:
                values[str(name)] = _json((name,), inside, (base or {}).get(str(name)))
            except ConflictError as error:
                wrong[str(name)] = str(error)
        return values, wrong


def spelled(path: Path) -> str:
    """A path as ``-p`` takes it."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _json(path: Path, value: Any, base: Any) -> Any:
    if not isinstance(value, _Branch):
        return value
    indexes = sorted(step for step in value if isinstance(step, int))
    if not indexes:
        below = base if isinstance(base, Mapping) else {}
        return {**below, **{name: _json((*path, name), inside, below.get(name)) for name, inside in value.items()}}
    if len(indexes) != len(value):
        raise ConflictError(f"{spelled(path)} has both numbers and names")
    found = list(base) if isinstance(base, list) else []
    for index in indexes:
        if index > len(found):
            raise ConflictError(f"{spelled((*path, len(found)))} is missing")
        there = found[index : index + 1]
        found[index : index + 1] = [_json((*path, index), value[index], there[0] if there else None)]
    return found
