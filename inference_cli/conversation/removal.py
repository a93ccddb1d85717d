"""Conversations taken out of the log, with the attachments that nothing else refers to."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.conversation.search_index import compact, forget
from inference_cli.conversation.shelf import chunks

if TYPE_CHECKING:
    from inference_cli.conversation.log import Log


@dataclass(frozen=True, slots=True)
class Removed:
    """What went: the ids that were there, the number of their turns, and of files with attachments."""

    ids: tuple[str, ...]
    turns: int
    attachments: int


def remove(log: "Log", ids: Sequence[str]) -> Removed:
    """Delete conversations; what they said is overwritten in the file, not only marked as free.

    Args:
        log: where they are.
        ids: whole ones.

    Raises:
        LocalError: the log cannot be written.
        DamagedError: it belongs to a newer version.
    """
    gone: list[str] = []
    turns: list[int] = []
    contents: set[str] = set()

    def write(connection: sqlite3.Connection) -> None:
        gone.clear()
        turns.clear()
        for some in chunks(list(dict.fromkeys(ids))):
            _take_out(connection, some, gone, turns, contents)
        compact(connection)

    log.store.read(lambda connection: connection.execute("PRAGMA secure_delete = ON").fetchone())
    log.store.write(write)
    files = _sweep(log, contents)
    log.store.read(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
    return Removed(tuple(gone), len(turns), files)


def _take_out(
    connection: sqlite3.Connection, ids: Sequence[str], gone: list[str], turns: list[int], contents: set[str]
) -> None:
    places = ", ".join("?" * len(ids))
    gone += [one for (one,) in connection.execute(f"SELECT id FROM conversations WHERE id IN ({places})", ids)]  # noqa: S608 - question marks
    query = f"SELECT number FROM turns WHERE conversation IN ({places})"  # noqa: S608 - question marks
    for (turn,) in connection.execute(query, ids).fetchall():
        turns.append(turn)
        found = connection.execute("SELECT sha256 FROM attachments WHERE turn = ? AND sha256 IS NOT NULL", (turn,))
        contents.update(digest for (digest,) in found)
        forget(connection, [n for (n,) in connection.execute("SELECT number FROM messages WHERE turn = ?", (turn,))])
        connection.execute("DELETE FROM messages WHERE turn = ?", (turn,))
        connection.execute("DELETE FROM attachments WHERE turn = ?", (turn,))
        connection.execute("DELETE FROM turns WHERE number = ?", (turn,))
    connection.execute(f"DELETE FROM conversations WHERE id IN ({places})", ids)  # noqa: S608 - question marks


def _sweep(log: "Log", contents: set[str]) -> int:
    """Remove the files that nothing refers to any more; in a transaction, so that nobody attaches one meanwhile."""
    removed: list[int] = []

    def write(connection: sqlite3.Connection) -> None:
        used = "SELECT 1 FROM attachments WHERE sha256 = ?"
        free = [one for one in sorted(contents) if connection.execute(used, (one,)).fetchone() is None]
        removed.append(log.blobs.remove(free))

    if contents:
        log.store.write(write)
    return sum(removed)
