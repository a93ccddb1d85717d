"""How many requests wait to be found out about: one indexed read of the journal's file, for any command's last line."""

import sqlite3
from contextlib import closing
from pathlib import Path

from inference_cli.profile.locks import is_abandoned

_PATIENCE = 0.2  # seconds; a reminder is worth no more
_QUERY = (
    "SELECT owner, state, count(*) FROM intents WHERE origin = ? AND state IN ('unknown', 'sending')"
    " GROUP BY owner, state"
)


def unknown_outcomes(path: Path, origin: str) -> int:
    """How many requests of an origin have an unknown outcome, those of killed processes among them.

    Args:
        path: the journal; it is not made where there is none, and never written.
        origin: as text.

    Returns:
        0 also where the file cannot be read: whoever needs it says so.
    """
    if not path.exists():
        return 0
    owners = path.with_name(path.name + ".owners")
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as connection:
            rows = connection.execute(_QUERY, (origin,)).fetchall()
    except sqlite3.Error:
        return 0
    return sum(count for owner, state, count in rows if state == "unknown" or is_abandoned(owners / owner))
