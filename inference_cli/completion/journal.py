"""The latest rows of journal and log, read without a lock, without a wait and without a write."""

import os
import sqlite3

TYPE_CHECKING = False  # importing it from typing takes longer than an answer
if TYPE_CHECKING:
    from typing import Any

_QUERY = """
SELECT g.id, CASE WHEN g.state = 'accepted' AND g.status != '' THEN g.status ELSE g.state END, i.prompt, i.model
FROM generations g LEFT JOIN intents i ON i.id = g.intent
WHERE g.origin = ? ORDER BY g.number DESC LIMIT ?
"""
_TALKS = """
SELECT c.id, t.model, coalesce((
    SELECT substr(m.text, 1, 100) FROM messages m WHERE m.role = 'user' AND m.turn =
    (SELECT min(number) FROM turns WHERE conversation = c.id) ORDER BY m.number LIMIT 1), '')
FROM turns t CROSS JOIN conversations c ON c.id = t.conversation
WHERE c.origin = ? AND NOT EXISTS (SELECT 1 FROM turns s WHERE s.conversation = t.conversation AND s.number > t.number)
ORDER BY t.number DESC LIMIT ?
"""


def latest(path: str, origin: str, most: int) -> list[tuple[str, str, str | None, str | None]]:
    """Id, state, prompt and model of the newest generations of an origin, newest first.

    Args:
        path: the journal; one that is missing has none.
        origin: as the journal spells it.
        most: at most so many.

    Raises:
        sqlite3.Error: it cannot be read now.
    """
    return _asked(path, _QUERY, origin, most)


def talks(path: str, origin: str, most: int) -> list[tuple[str, str, str]]:
    """Id, model and first words of the conversations that were talked in last, newest first.

    Args:
        path: the log; one that is missing has none.
        origin: as the log spells it.
        most: at most so many.

    Raises:
        sqlite3.Error: it cannot be read now.
    """
    return _asked(path, _TALKS, origin, most)


def _asked(path: str, query: str, origin: str, most: int) -> "list[Any]":
    if not os.path.exists(path):
        return []
    place = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # Without a log beside it nobody has it open; opening it for reading would make one (fault E7), unless told not to.
    quiet = "" if os.path.exists(f"{path}-wal") else "&immutable=1"
    connection = sqlite3.connect(f"file:{place}?mode=ro{quiet}", uri=True, timeout=0)
    try:
        return connection.execute(query, (origin, most)).fetchall()
    finally:
        connection.close()
