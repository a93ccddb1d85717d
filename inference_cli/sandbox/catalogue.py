"""The models that the sandbox offers: the published facts in catalogue.json, and a summary written for each."""

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ARTICLES = {"text": "text", "image": "pictures", "video": "films", "audio": "sound", "file": "files"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One model: its id, who made it, what goes in and comes out, its parameters' JSON Schema and its price.

    ``endpoint`` is the path below the API's base in the 2026-04 generation; ``removed`` models are not listed by the
    current one, but can be looked up and used. ``pricing`` holds ``sandbox_price`` where it is the sandbox's own.
    """

    id: str
    display_name: str
    developer: str
    endpoint: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    removed: bool
    schema: Mapping[str, Any] | None
    pricing: Mapping[str, Any]

    @property
    def media_type(self) -> str:
        """What it makes: ``image``, ``video``, ``audio`` or ``text``."""
        return self.outputs[0]

    @property
    def properties(self) -> Mapping[str, Any]:
        """The schemas of its parameters by name; empty where none is published."""
        found = (self.schema or {}).get("properties", {})
        return found if isinstance(found, Mapping) else {}

    @property
    def summary(self) -> str:
        """One sentence about it, made from its facts."""
        taken = [_ARTICLES[name] for name in self.inputs] or ["its parameters"]
        made = " and ".join(_ARTICLES[name] for name in self.outputs)
        source = taken[0] if len(taken) == 1 else f"{', '.join(taken[:-1])} and {taken[-1]}"
        return f"{self.display_name} by {self.developer} makes {made} from {source}."


def entry_from(row: Mapping[str, Any]) -> Entry:
    """Read a row of catalogue.json."""
    return Entry(
        id=row["id"],
        display_name=row["display_name"],
        developer=row["developer"],
        endpoint=row["endpoint"],
        inputs=tuple(row["modalities"]["input"]),
        outputs=tuple(row["modalities"]["output"]),
        removed=row["status"] == "removed",
        schema=row["request_schema"],
        pricing=row["pricing"],
    )


class Catalogue:
    """The models by id, in the published order."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = {entry.id: entry for entry in entries}

    def all(self) -> tuple[Entry, ...]:
        """Every model, the removed ones too."""
        return tuple(self._entries.values())

    def current(self) -> tuple[Entry, ...]:
        """Those that the current generation of the API lists."""
        return tuple(entry for entry in self._entries.values() if not entry.removed)

    def get(self, name: str) -> Entry | None:
        """The model of that id, listed or not."""
        return self._entries.get(name)


def matches(entry: Entry, text: str) -> bool:
    """Whether every word of a search occurs in the model's id, name, maker or modalities, in any case of letters."""
    where = " ".join((entry.id, entry.display_name, entry.developer, *entry.inputs, *entry.outputs)).casefold()
    return all(word in where for word in text.casefold().split())


@functools.cache
def published() -> Catalogue:
    """The catalogue that ships with the package, read once."""
    rows = json.loads(Path(__file__).with_name("catalogue.json").read_bytes())
    return Catalogue([entry_from(row) for row in rows])
