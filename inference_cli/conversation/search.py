"""Full text search in the log."""

import sqlite3
from collections.abc import Sequence


def forget(connection: sqlite3.Connection, messages: Sequence[int]) -> None:
    """Take messages out of the index, before they are taken out of the log; where there is no index, nothing.

    Args:
        connection: in a transaction.
        messages: their numbers.
    """
    if not messages or not _has_index(connection):
        return
    for number in messages:
        connection.execute(
            "INSERT INTO words (words, rowid, text) SELECT 'delete', number, text FROM messages"
            " WHERE number = ? AND number <= (SELECT upto FROM indexed)",
            (number,),
        )


def _has_index(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone() is not None
