"""The journal read for the history: rows by id in chunks, rows that fit a filter, what a request said."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from inference_cli.clock import Clock
from inference_cli.jobs.database import JOURNAL
from inference_cli.jobs.kept import SELECT_KEPT, Kept
from inference_cli.jobs.seeking import numbers
from inference_cli.origin import Origin
from inference_cli.profile.database import PATIENCE
from inference_cli.profile.store import Store

if TYPE_CHECKING:
    from datetime import tzinfo

    from inference_cli.jobs.past import Past

_CHUNK = 500  # rows of one query: SQLite takes 32,766 values, older builds 999
_SELECT = SELECT_KEPT.replace("i.output", "NULL")  # where files were to go does not matter any more, and is long


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which past generations; None does not filter. Times are Unix seconds: from ``since`` on, before ``until``."""

    since: float | None = None
    until: float | None = None
    model: str | None = None
    media_type: str | None = None
    status: str | None = None
    namespace: str | None = None
    repo: str | None = None
    folder: str | None = None
    tag: str | None = None

    @property
    def filters(self) -> dict[str, str | None]:
        """Those that the service's own list takes (contract, "past generations"); it knows neither times nor tags."""
        names = ("namespace", "model", "media_type", "status", "repo", "folder")
        return {name: getattr(self, name) for name in names}

    def spans(self, moment: float | None) -> bool:
        """Whether a moment is in the time asked for; one that is not known is only where all time is."""
        if moment is None:
            return self.since is None and self.until is None
        return (self.since is None or moment >= self.since) and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request said, as far as the journal keeps it: no media, no signatures."""

    parameters: Mapping[str, Any] = field(default_factory=dict)
    command: tuple[str, ...] = ()


class Ledger:
    """What this machine made at one origin; nothing is written.

    Args:
        path: the journal's file.
        origin: whose rows are seen.
        clock: for the name of a file that turns out to be damaged.
        patience: seconds to wait for another process's transaction.
    """

    def __init__(self, path: Path, *, origin: Origin, clock: Clock, patience: float = PATIENCE) -> None:
        self._store = Store(path, JOURNAL, clock=clock, patience=patience)
        self._origin = str(origin)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._store.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should be told about the file itself."""
        return tuple(self._store.notes)

    def known(self, ids: Iterable[str]) -> dict[str, Kept]:
        """Those of some generations that this machine knows, by id.

        Raises:
            LocalError: the journal cannot be read.
        """
        found: dict[str, Kept] = {}
        for chunk in _chunks(tuple(ids)):
            found |= {kept.id: kept for kept in self._select("g.origin = ? AND g.id", (self._origin,), chunk)}
        return found

    def walk(self, wanted: Wanted, *, direct: bool | None = None, limit: int = -1) -> Iterator[Kept]:
        """Generations that fit, newest first, read as they are wanted.

        Args:
            wanted: which.
            direct: only those that were made by direct requests, or only the others.
            limit: at most so many; -1 for all.

        Raises:
            LocalError: the journal cannot be read.
        """
        for chunk in _chunks(self._numbers(wanted, direct, limit)):
            yield from self._select("g.number", (), chunk)

    def count(self, wanted: Wanted, *, direct: bool | None = None, most: int = -1) -> int:
        """How many there are of those that ``walk`` reads.

        Args:
            wanted: which.
            direct: as there.
            most: where counting ends; -1 counts all.

        Raises:
            LocalError: the journal cannot be read.
        """
        return len(self._numbers(wanted, direct, most))

    def tally(self, wanted: Wanted, zone: "tzinfo | None", *, direct: bool | None = None) -> "Iterator[Past]":
        """The same, counted for a sum: without ids, prompts and files, and equal ones of a day as one.

        Args:
            wanted: which.
            zone: whose days; None for this machine's.
            direct: as there.

        Raises:
            LocalError: the journal cannot be read.
        """
        from inference_cli.jobs.tally import by_day, count_rows, pasts

        counted: Counter[tuple[Any, ...]] = Counter()
        for chunk in _chunks(self._numbers(wanted, direct, -1)):
            self._store.read(partial(count_rows, chunk=chunk, counted=counted))
        return pasts(by_day(counted, zone))

    def tagged(self, tag: str) -> frozenset[str]:
        """The ids by which the server knows what has that label; direct requests have none.

        Raises:
            LocalError: the journal cannot be read.
        """
        query = (
            "SELECT g.id FROM intents i CROSS JOIN generations g ON g.intent = i.id"
            " WHERE i.origin = ? AND i.tag = ? AND +g.origin = i.origin AND NOT g.direct"
        )
        values = (self._origin, tag)
        return self._store.read(lambda connection: frozenset(row[0] for row in connection.execute(query, values)))

    def asked(self, kept: Kept) -> Asked:
        """What the request of a generation said; nothing where another machine made it.

        Raises:
            LocalError: the journal cannot be read.
        """

        def read(connection: sqlite3.Connection) -> tuple[str, str] | None:
            query = "SELECT params, argv FROM intents WHERE id = ?"
            found: tuple[str, str] | None = connection.execute(query, (kept.intent,)).fetchone()
            return found

        found = self._store.read(read)
        if found is None:
            return Asked()
        try:
            parameters = json.loads(found[0])
        except ValueError:
            parameters = None
        return Asked(parameters if isinstance(parameters, dict) else {}, tuple(found[1].split("\0")))

    def _numbers(self, wanted: Wanted, direct: bool | None, limit: int) -> list[int]:
        """The row numbers of what fits, from the highest."""
        return self._store.read(
            lambda connection: numbers(connection, self._origin, wanted, direct=direct, limit=limit)
        )

    def _select(self, column: str, values: Sequence[object], chunk: Sequence[object]) -> list[Kept]:
        places = ", ".join("?" for _ in chunk)
        # The plus keeps SQLite from reading all of an origin in this order, only to need no sorting.
        query = f"{_SELECT} WHERE {column} IN ({places}) ORDER BY +g.number DESC"
        return self._store.read(
            lambda connection: [Kept.from_row(row) for row in connection.execute(query, (*values, *chunk))]
        )


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK))
