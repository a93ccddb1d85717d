"""What killed or stopped commands left unfinished: generations to collect, and media that came and was not saved."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.api.records import State
from inference_cli.jobs.database import FINAL
from inference_cli.profile.locks import is_abandoned

if TYPE_CHECKING:
    from inference_cli.jobs.journal import Journal
    from inference_cli.jobs.kept import Kept

_UNFINISHED = f"generations g CROSS JOIN intents i ON i.id = g.intent WHERE g.origin = ? AND g.state NOT IN {FINAL}"
_INSIDE = f"SELECT g.id, i.owner, i.prompt FROM {_UNFINISHED} AND g.state = 'accepted' AND g.direct AND g.url IS NULL"  # noqa: S608 - our own words
_OWNERS = f"SELECT DISTINCT i.owner, i.id FROM {_UNFINISHED}"  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Generations that nobody waits for any more, and the ids of those that a running command does wait for."""

    left: "tuple[Kept, ...]"
    followed: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them."""
        return (*(kept.id for kept in self.left), *self.followed)


def interrupted(journal: "Journal", found: Collection[str] = ()) -> Interrupted:
    """Generations of this machine that are not on its disk, the oldest first; running commands keep theirs.

    Args:
        journal: what this machine knows.
        found: ids that were just found: whoever asked for them has given up.

    Raises:
        LocalError: the journal cannot be read.
    """

    def read(connection: sqlite3.Connection) -> list[tuple[str, str]]:
        return connection.execute(_OWNERS, (journal.origin,)).fetchall()

    owners = journal.store.read(read)
    gone = {owner for owner in dict(owners) if is_abandoned(journal.owners / owner)}
    busy = {intent for owner, intent in owners if owner not in gone}
    pending = journal.pending()
    left = tuple(kept for kept in reversed(pending) if kept.intent not in busy or kept.id in found)
    ours = {kept.id for kept in left}
    return Interrupted(left, tuple(kept.id for kept in pending if kept.id not in ours))


def lost_inside(journal: "Journal") -> Sequence[str]:
    """Results that came inside an answer and were not saved before their command was killed (fault C30): noted as lost.

    Returns:
        Their prompts.

    Raises:
        LocalError: the journal cannot be written.
    """

    def read(connection: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
        return connection.execute(_INSIDE, (journal.origin,)).fetchall()

    rows = [row for row in journal.store.read(read) if is_abandoned(journal.owners / row[1])]
    if rows:
        journal.moved((row[0], State.VANISHED.value, "lost", "it was not saved") for row in rows)
    return [row[2] or "no prompt" for row in rows]
