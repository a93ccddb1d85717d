"""Full text search in the log, by FTS5 where this SQLite has it.

The index is brought up to date by the search itself: keeping an answer that was paid for never depends on it.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from inference_cli.conversation.log_records import Found
from inference_cli.conversation.words import Query
from inference_cli.errors import InferenceError

if TYPE_CHECKING:
    from inference_cli.conversation.log import Log

NO_INDEX = "this SQLite has no full text search (FTS5): every message was looked at"
_INDEX = (
    "CREATE VIRTUAL TABLE words USING fts5"
    " (text, content = 'messages', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2')"
)
_STALE = -1
_DAMAGE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CORRUPT_VTAB})


def has_fts5(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite was built with it."""
    try:
        return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None
    except sqlite3.OperationalError:  # before 3.30 it could be left out
        return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


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
    if query.match is None:
        return _find(log, query, since, limit, indexed=False)
    if not log.store.read(has_index):
        note(NO_INDEX)
        return _find(log, query, since, limit, indexed=False)
    try:
        log.store.write(_catch_up)
        return _find(log, query, since, limit, indexed=True)
    except (InferenceError, sqlite3.Error) as error:  # a log that cannot be written, or an index that is damaged
        cause = error.__cause__ if isinstance(error, InferenceError) else error
        if getattr(cause, "sqlite_errorcode", 0) in _DAMAGE:
            with suppress(InferenceError, sqlite3.Error):
                log.store.write(_drop)
        return _find(log, query, since, limit, indexed=False)


def forget(connection: sqlite3.Connection, messages: Sequence[int]) -> None:
    """Take messages out of the index, before they are taken out of the log; where there is no index, nothing.

    Args:
        connection: in a transaction.
        messages: their numbers.
    """
    if not messages or connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone() is None:
        return
    if not has_fts5(connection):
        connection.execute("UPDATE indexed SET upto = ?", (_STALE,))
        return
    connection.executemany(
        "INSERT INTO words (words, rowid, text) SELECT 'delete', number, text FROM messages"
        " WHERE number = ? AND number <= (SELECT upto FROM indexed)",
        [(number,) for number in messages],
    )


def compact(connection: sqlite3.Connection) -> None:
    """Write the index anew, so that nothing is left in it of what was taken out; where there is none, nothing."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone()
    if known is not None and has_fts5(connection):
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def _catch_up(connection: sqlite3.Connection) -> None:
    """Index what was said since the last search."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone() is None:
        connection.execute(_INDEX)
        connection.execute("CREATE TABLE IF NOT EXISTS indexed (upto INTEGER NOT NULL)")
        connection.execute("DELETE FROM indexed")
        connection.execute("INSERT INTO indexed VALUES (0)")
    upto = connection.execute("SELECT upto FROM indexed").fetchone()[0]
    newest = connection.execute("SELECT coalesce(max(number), 0) FROM messages").fetchone()[0]
    if upto == _STALE:
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
    elif newest > upto:
        connection.execute(
            "INSERT INTO words (rowid, text) SELECT number, text FROM messages WHERE number > ?", (upto,)
        )
    else:
        return
    connection.execute("UPDATE indexed SET upto = ?", (newest,))


def _drop(connection: sqlite3.Connection) -> None:
    """Take the index out of the file; SQLite itself does not drop one that it cannot open."""
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = 'words' AND type = 'table'")
    connection.execute("PRAGMA writable_schema = RESET")
    for part in ("data", "idx", "docsize", "config"):
        connection.execute(f"DROP TABLE IF EXISTS words_{part}")


def _find(log: "Log", query: Query, since: float | None, limit: int | None, *, indexed: bool) -> tuple[Found, ...]:
    source = "words w JOIN messages m ON m.number = w.rowid" if indexed else "messages m"
    conditions = ["words MATCH :match"] if indexed else []
    conditions += ["holds(m.text)"] if query.literal or not indexed else []

    def read(connection: sqlite3.Connection) -> tuple[Found, ...]:
        connection.create_function(
            "holds", 1, lambda text: query.holds(str(text), all_terms=not indexed), deterministic=True
        )
        rows = connection.execute(
            f"SELECT c.id, t.model, t.asked, m.role, m.text, max(m.number), count(*) FROM {source}"  # noqa: S608 - our own words
            " JOIN turns t ON t.number = m.turn JOIN conversations c ON c.id = t.conversation"
            f" WHERE {' AND '.join(conditions)} AND (:origin IS NULL OR c.origin = :origin)"
            " AND (:since IS NULL OR t.asked >= :since)"
            " GROUP BY c.number ORDER BY max(m.number) DESC LIMIT :limit",
            {
                "match": query.match,
                "origin": log.origin,
                "since": since,
                "limit": -1 if limit is None else limit,
            },
        ).fetchall()
        return tuple(
            Found(identity, model, asked, role, query.snippet(text), matches)
            for identity, model, asked, role, text, _, matches in rows
        )

    return log.store.read(read)
