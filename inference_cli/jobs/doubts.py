"""Requests whose generations are not all known by their ids, as the journal keeps them."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inference_cli.jobs.canonical import digest
from inference_cli.jobs.echo import parameters

if TYPE_CHECKING:
    from inference_cli.jobs.journal import Journal

_SELECT = """
SELECT i.number, i.id, i.created, i.updated, i.argv, i.kind, i.route, i.model, i.namespace, i.prompt, i.seed, i.params,
       i.count, i.first, i.total, i.output, i.state, coalesce(i.error, ''), coalesce(b.baseline, i.baseline),
       (SELECT count(*) FROM generations g WHERE g.intent = i.id AND g.origin = i.origin AND NOT g.direct),
       (SELECT count(*) FROM generations g WHERE g.intent = i.id AND g.origin = i.origin AND g.direct)
FROM intents i LEFT JOIN intents b ON b.id = i.baseline
"""
# The plus keeps SQLite from the index by state, in which nearly every request is accepted.
_RIVALS = """ WHERE i.number IN (
    SELECT number FROM intents WHERE origin = :origin AND state IN ('unknown', 'sending')
    UNION
    SELECT number FROM intents WHERE origin = :origin AND +state = 'accepted' AND route != 'queue' AND updated >= :since
) ORDER BY i.number"""
_OPEN = " WHERE i.origin = :origin AND i.state = 'unknown' ORDER BY i.number"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A request; times are Unix seconds, ``known`` counts the generations that are known by the server's ids."""

    number: int
    id: str
    created: float
    updated: float
    command: tuple[str, ...]
    kind: str
    route: str
    model: str
    namespace: str | None
    prompt: str | None
    seed: int | None
    params: Mapping[str, Any]
    count: int
    first: int
    total: int
    output: str
    state: str
    error: str
    baseline: str | None
    known: int
    direct: int
    alike: str

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "Doubt":
        """Read a row of the query."""
        values = dict(zip(cls.__slots__, (*row, digest(f"{row[7]}\0{row[11]}")), strict=True))
        return cls(**{**values, "command": tuple(row[4].split("\0")), "params": parameters(row[11])})

    @property
    def open(self) -> bool:
        """Whether it wants its generations; another one is under way, or has its files already."""
        return self.state == "unknown"

    @property
    def room(self) -> int:
        """How many generations it may have made that are not known."""
        return self.direct if self.state == "accepted" else max(0, self.count - self.known)


def open_doubts(journal: "Journal") -> tuple[Doubt, ...]:
    """Requests of unknown outcome, the oldest first.

    Raises:
        LocalError: the journal cannot be read.
    """
    return journal.store.read(lambda connection: _read(connection, _SELECT + _OPEN, {"origin": journal.origin}))


def rivals(connection: sqlite3.Connection, origin: str, *, since: float) -> tuple[Doubt, ...]:
    """Every request that may have made generations that are not known: open ones, those under way, direct ones.

    Args:
        connection: in a transaction.
        origin: whose.
        since: Unix seconds; direct requests that were answered before do not matter.
    """
    return _read(connection, _SELECT + _RIVALS, {"origin": origin, "since": since})


def directly_made(journal: "Journal", *, since: float) -> tuple[Doubt, ...]:
    """Direct requests that were answered: the server may list what they made by ids that nobody here knows.

    Raises:
        LocalError: the journal cannot be read.
    """
    query = _SELECT + " WHERE i.origin = :origin AND +i.state = 'accepted' AND i.route != 'queue'"
    values = {"origin": journal.origin, "since": since}
    return journal.store.read(lambda db: _read(db, query + " AND i.created >= :since ORDER BY i.number", values))


def _read(connection: sqlite3.Connection, query: str, values: Mapping[str, Any]) -> tuple[Doubt, ...]:
    return tuple(Doubt.from_row(row) for row in connection.execute(query, values))
