"""Files that came inside an answer and that the server lists too, by ids of its own: one file, and one row for it."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from inference_cli.errors import InferenceError
from inference_cli.jobs.kept import SELECT_KEPT, Kept

if TYPE_CHECKING:
    from inference_cli.jobs.bench import Bench

_SAME = (
    " WHERE g.intent = (SELECT intent FROM generations WHERE origin = :origin AND id = :id) AND g.origin = :origin"
    " AND g.direct AND g.state = 'downloaded' AND g.sha256 = :sha256 ORDER BY g.number"
)


def take_over(identity: str, sha256: str, folder: Path | None, bench: "Bench") -> Kept | None:
    """Let a generation have the file that came inside the answer to its request, if both are the same bytes.

    The row of that file goes: what was paid for once counts once.

    Args:
        identity: the generation, by the server's id.
        sha256: of what was downloaded, in hexadecimal.
        folder: where it was to go; a file in another one is not what was asked for.
        bench: what the command works with.

    Returns:
        What the journal knew of the file; None where there is none, or where it cannot be noted.
    """
    journal = bench.journal
    values = {"origin": journal.origin, "id": identity, "sha256": sha256, "now": journal.clock.now()}

    def read(connection: sqlite3.Connection) -> list[Kept]:
        return [Kept.from_row(row) for row in connection.execute(SELECT_KEPT + _SAME, values)]

    def write(connection: sqlite3.Connection) -> None:
        connection.execute(
            "UPDATE generations SET state = 'downloaded', path = :path, size = :size, sha256 = :sha256,"
            " updated = :now WHERE origin = :origin AND id = :id",
            values,
        )
        connection.execute("DELETE FROM generations WHERE origin = :origin AND id = :double", values)

    with suppress(InferenceError):  # a file too many is better than a result that cannot be saved
        for kept in journal.store.read(read):
            if kept.file is not None and kept.file.parent == folder:
                values |= {"double": kept.id, "path": kept.path, "size": kept.size}
                journal.store.write(write)
                return kept
    return None
