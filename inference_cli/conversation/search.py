"""Full text search in the log, by FTS5 where this SQLite has it.

Messages are gone through from the newest on, and no further than to the last conversation that is wanted.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from inference_cli.conversation.log_records import Found
from inference_cli.conversation.search_index import catch_up, drop, has_fts5, is_current
from inference_cli.conversation.shelf import chunks
from inference_cli.conversation.words import Query
from inference_cli.errors import InferenceError

if TYPE_CHECKING:
    from inference_cli.conversation.log import Log

NO_INDEX = "this SQLite has no full text search (FTS5): every message was looked at"
_DAMAGE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CORRUPT_VTAB})
_BY_INDEX = "words w CROSS JOIN messages m ON m.number = w.rowid"
# The messages of a turn were written after those of the turns before it had begun.
_FIRST = "SELECT min(number) FROM messages WHERE turn = (SELECT min(number) FROM turns WHERE asked >= ?)"


def search(
    log: "Log",
    text: str,
    *,
    since: float | None = None,
    limit: int | None = None,
    note: Callable[[str], None],
    has_index: Callable[[sqlite3.Connection], bool] = has_fts5,
) -> tuple[Found, ...]:
    """The conversations in which a message holds all that is looked for, newest first.

    Args:
        log: whose.
        text: words, phrases in quotes, ``beginnings*``.
        since: Unix seconds; what was asked before is left out.
        limit: conversations at most; None for all.
        note: takes a sentence where the index cannot be had.
        has_index: whether FTS5 is there.

    Raises:
        UsageError: nothing is looked for.
        LocalError: the log cannot be read.
    """
    query = Query(text)
    plain = _Search(log, query, since, limit, indexed=False)
    if query.match is None:
        return log.store.read(plain.found)
    if not log.store.read(has_index):
        note(NO_INDEX)
        return log.store.read(plain.found)
    try:
        if not log.store.read(is_current):
            log.store.write(catch_up)
        return log.store.read(_Search(log, query, since, limit, indexed=True).found)
    except (InferenceError, sqlite3.Error) as error:  # a log that cannot be written, or an index that is damaged
        cause = error.__cause__ if isinstance(error, InferenceError) else error
        if getattr(cause, "sqlite_errorcode", 0) in _DAMAGE:
            with suppress(InferenceError, sqlite3.Error):
                log.store.write(drop)
        return log.store.read(plain.found)


class _Search:
    """One way to look: through the index, or through all messages."""

    def __init__(self, log: "Log", query: Query, since: float | None, limit: int | None, *, indexed: bool) -> None:
        self._query, self._limit = query, limit
        self._number = "w.rowid" if indexed else "m.number"
        self._source = _BY_INDEX if indexed else "messages m"
        self._fits = ["words MATCH :match"] if indexed else []
        self._fits += ["holds(m.text)"] if query.literal or not indexed else []
        self._all_terms = not indexed
        self._values = {"match": query.match, "origin": log.origin, "since": since}

    def found(self, connection: sqlite3.Connection) -> tuple[Found, ...]:
        """What fits, by its newest message."""
        connection.create_function("holds", 1, self._holds, deterministic=True)
        newest: dict[str, tuple[Any, ...]] = {}
        matches: dict[str, int] = {}
        for number, conversation, *row in self._newest_first(connection):
            if conversation not in matches and len(matches) == self._limit:
                matches = {one: count + self._before(connection, one, number) for one, count in matches.items()}
                break
            newest.setdefault(conversation, tuple(row))
            matches[conversation] = matches.get(conversation, 0) + 1
        return tuple(
            Found(conversation, model, asked, role, self._query.snippet(text), matches[conversation])
            for conversation, (model, asked, role, text) in newest.items()
        )

    def _holds(self, text: object) -> bool:
        return self._query.holds(str(text), all_terms=self._all_terms)

    def _newest_first(self, connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
        where = [*self._fits]
        where += ["c.origin = :origin"] if self._values["origin"] is not None else []
        if self._values["since"] is not None:
            first = connection.execute(_FIRST, (self._values["since"],)).fetchone()[0]
            where += ["t.asked >= :since", f"{self._number} >= {int(first or 0)}"]
        yield from connection.execute(
            f"SELECT {self._number}, t.conversation, t.model, t.asked, m.role, m.text FROM {self._source}"  # noqa: S608 - our own words
            " CROSS JOIN turns t ON t.number = m.turn CROSS JOIN conversations c ON c.id = t.conversation"
            f" WHERE {' AND '.join(where)} ORDER BY {self._number} DESC",
            self._values,
        )

    def _before(self, connection: sqlite3.Connection, conversation: str, number: int) -> int:
        """How many messages of a conversation fit that are older than the one at which the search ended."""
        older = connection.execute(
            "SELECT m.number FROM turns t CROSS JOIN messages m ON m.turn = t.number"
            " WHERE t.conversation = :conversation AND m.number < :number AND (:since IS NULL OR t.asked >= :since)",
            {**self._values, "conversation": conversation, "number": number},
        ).fetchall()
        return sum(self._count(connection, some) for some in chunks([one for (one,) in older]))

    def _count(self, connection: sqlite3.Connection, messages: Sequence[int]) -> int:
        numbers = ", ".join(map(str, messages))
        where = " AND ".join([f"{self._number} IN ({numbers})", *self._fits])
        found = connection.execute(f"SELECT count(*) FROM {self._source} WHERE {where}", self._values)  # noqa: S608 - numbers
        return int(found.fetchone()[0])
