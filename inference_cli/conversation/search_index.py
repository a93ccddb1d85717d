"""The index of what was said: an FTS5 table without a copy of the texts, brought up to date by the search itself.

Keeping an answer that was paid for never depends on it, and a SQLite without FTS5 goes without.
"""

import sqlite3
from collections.abc import Sequence

from inference_cli.conversation.words import indexed

_INDEX = (
    "CREATE VIRTUAL TABLE words USING fts5"
    " (text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')"
)
_KNOWN = "SELECT sql FROM sqlite_master WHERE name = 'words'"
_STALE = -1
_PARTS = ("data", "idx", "docsize", "config", "content")


def has_fts5(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite was built with it."""
    try:
        return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None
    except sqlite3.OperationalError:  # before 3.30 it could be left out
        return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether every message is in it already."""
    if connection.execute(_KNOWN).fetchone() != (_INDEX,):
        return False
    upto = "SELECT upto = (SELECT coalesce(max(number), 0) FROM messages) FROM indexed"
    return bool(connection.execute(upto).fetchone()[0])


def catch_up(connection: sqlite3.Connection) -> None:
    """Index what was said since the last search, in a transaction."""
    known = connection.execute(_KNOWN).fetchone()
    if known is not None and known != (_INDEX,):
        connection.execute("DROP TABLE words")  # that of an earlier version
    if known != (_INDEX,):
        connection.execute(_INDEX)
        connection.execute("CREATE TABLE IF NOT EXISTS indexed (upto INTEGER NOT NULL)")
        connection.execute("DELETE FROM indexed")
        connection.execute("INSERT INTO indexed VALUES (0)")
    upto = connection.execute("SELECT upto FROM indexed").fetchone()[0]
    if upto == _STALE:
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    newest = connection.execute("SELECT coalesce(max(number), 0) FROM messages").fetchone()[0]
    connection.create_function("indexed", 1, indexed, deterministic=True)
    connection.execute(
        "INSERT INTO words (rowid, text) SELECT number, indexed(text) FROM messages WHERE number > ?", (upto,)
    )
    connection.execute("UPDATE indexed SET upto = ?", (newest,))


def forget(connection: sqlite3.Connection, messages: Sequence[int]) -> None:
    """Take messages out of the index, before they are taken out of the log; where there is no index, nothing.

    Args:
        connection: in a transaction.
        messages: their numbers.
    """
    known = connection.execute(_KNOWN).fetchone() if messages else None
    if known is None:
        return
    if not has_fts5(connection):
        connection.execute("UPDATE indexed SET upto = ?", (_STALE,))
    elif known != (_INDEX,):
        connection.execute("DROP TABLE words")
    else:
        connection.create_function("indexed", 1, indexed, deterministic=True)
        connection.executemany(
            "INSERT INTO words (words, rowid, text) SELECT 'delete', number, indexed(text) FROM messages"
            " WHERE number = ? AND number <= (SELECT upto FROM indexed)",
            [(number,) for number in messages],
        )


def compact(connection: sqlite3.Connection) -> None:
    """Write the index anew, so that nothing is left in it of what was taken out; where there is none, nothing."""
    if connection.execute(_KNOWN).fetchone() is not None and has_fts5(connection):
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def drop(connection: sqlite3.Connection) -> None:
    """Take the index out of the file; SQLite itself does not drop one that it cannot open."""
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = 'words' AND type = 'table'")
    connection.execute("PRAGMA writable_schema = RESET")
    for part in _PARTS:
        connection.execute(f"DROP TABLE IF EXISTS words_{part}")
