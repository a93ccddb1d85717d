"""Whether requests wait to be found out about, for the last line of any command.

SQLite is imported only where there may be one: a request of unknown outcome leaves a mark beside the journal, and a
killed process its file among the owners.
"""

from contextlib import closing, suppress
from pathlib import Path

from inference_cli.profile.locks import is_abandoned

_PATIENCE = 0.2  # seconds; a reminder is worth no more
_QUERY = (
    "SELECT owner, state, count(*) FROM intents WHERE origin = ? AND state IN ('unknown', 'sending')"
    " GROUP BY owner, state"
)


def owners_of(journal: Path) -> Path:
    """The folder with a locked file for each process that has requests under way."""
    return journal.with_name(journal.name + ".owners")


def mark(journal: Path) -> None:
    """Leave the mark that there is, or was, a request of unknown outcome."""
    with suppress(OSError):  # a reminder less
        _mark_of(journal).touch(mode=0o600)


def unmark(journal: Path) -> None:
    """Take it away: all are settled, of every origin."""
    with suppress(OSError):
        _mark_of(journal).unlink(missing_ok=True)


def unknown_outcomes(journal: Path, origin: str) -> int:
    """How many requests of an origin have an unknown outcome, those of killed processes among them.

    Args:
        journal: its file; it is not made where there is none, and not written.
        origin: as text.

    Returns:
        0 also where the file cannot be read: whoever needs it says so.
    """
    owners = owners_of(journal)
    if not (_mark_of(journal).exists() or _holds_any(owners)) or not journal.exists():
        return 0
    import sqlite3

    try:
        uri = f"{journal.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as connection:
            rows = connection.execute(_QUERY, (origin,)).fetchall()
    except sqlite3.Error:
        return 0
    found: int = sum(count for owner, state, count in rows if state == "unknown" or is_abandoned(owners / owner))
    if found:
        mark(journal)  # whoever was killed left none, and has no file among the owners any more
    return found


def _mark_of(journal: Path) -> Path:
    return journal.with_name(journal.name + ".unknown")


def _holds_any(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False
