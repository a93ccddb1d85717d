"""What the server listed before a paid request was sent: what is there later, and was not then, may be its result."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from inference_cli.errors import InferenceError, TokenError

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.records import Generation
    from inference_cli.jobs.journal import Journal
    from inference_cli.jobs.order import Order

ROWS = 100  # of the newest page
_PATIENCE = 5.0  # seconds for it: without one a lost answer is only harder to settle
_FRESH = 30.0  # seconds in which it serves for another command too (journal protocol, rule a)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Generations that were there already.

    ``whole`` says that there were no others; else those enqueued before ``oldest`` (Unix seconds by the server's
    clock) were not listed, and were there too. ``oldest`` is None where the list was in no order. ``at`` is when this
    machine looked, in Unix seconds.
    """

    api: str
    ids: frozenset[str]
    at: float
    whole: bool = False
    oldest: float | None = None

    @property
    def is_telling(self) -> bool:
        """Whether it says of every generation whether it was there already."""
        return self.whole or self.oldest is not None

    def had(self, row: "Generation") -> bool:
        """Whether a generation was there already."""
        if row.generation_id in self.ids:
            return True
        if self.whole or self.oldest is None or row.enqueued_at is None:
            return False
        return row.enqueued_at < self.oldest

    @property
    def text(self) -> str:
        """As the journal keeps it."""
        fields = {"api": self.api, "ids": sorted(self.ids), "at": self.at, "whole": self.whole, "oldest": self.oldest}
        return json.dumps(fields)

    @classmethod
    def read(cls, text: str | None, api: str) -> "Baseline | None":
        """What the journal keeps, where it is of that generation of the API."""
        try:
            kept: Any = json.loads(text or "")
            found = cls(kept["api"], frozenset(kept["ids"]), kept["at"], bool(kept["whole"]), kept["oldest"])
        except (ValueError, TypeError, KeyError):
            return None
        return found if found.api == api else None


def take(order: "Order", client: "Client", journal: "Journal") -> str | None:
    """Ask what is there before an order is sent, by one free request at most, tried once.

    In ``current`` it is the newest page of the history, which shows what ended, too; one that another command of this
    machine asked for within 30 s serves again, unless a direct request was made since: it has made what nobody here
    knows by its id. In ``2026-04`` it is what runs of that model; a direct request is in no list there.

    Returns:
        As the journal keeps it; None where nothing is known. That stops nothing: an outcome that is unknown then can be
        settled with more caution only.

    Raises:
        TokenError: the server refuses the token, and would refuse the request.
    """
    if not client.dialect.has_history and order.route != "queue":
        return None
    now = journal.clock.now()
    try:
        if not client.dialect.has_history:
            rows = client.queue.running(namespace=order.namespace, model=order.model, seconds=_PATIENCE)
            return Baseline(client.dialect.name, frozenset(row.generation_id for row in rows), now, whole=True).text
        return _fresh(order, journal, client.dialect.name) or _newest(order, client, now).text
    except TokenError:
        raise
    except InferenceError:
        return None


def _newest(order: "Order", client: "Client", now: float) -> Baseline:
    page = client.generations.newest(ROWS, namespace=order.namespace, seconds=_PATIENCE)
    ids = frozenset(row.generation_id for row in page.rows)
    whole = page.last or not page.rows
    return Baseline(client.dialect.name, ids, now, whole=whole, oldest=None if whole else oldest_of(page.rows))


def oldest_of(rows: "Sequence[Generation]") -> float | None:
    """When the last row of a list was enqueued that goes from the newest to the oldest; None where it does not."""
    times = [row.enqueued_at for row in rows]
    known = [time for time in times if time is not None]
    falling = len(known) == len(times) and all(a >= b for a, b in pairwise(known))
    return known[-1] if known and falling else None


def _fresh(order: "Order", journal: "Journal", api: str) -> str | None:
    """The newest that this machine has, where it is fresh enough and nothing unknown was made since."""
    now = journal.clock.now()

    def read(connection: sqlite3.Connection) -> tuple[int, str] | None:
        found: tuple[int, str] | None = connection.execute(
            "SELECT number, baseline FROM intents WHERE origin = ? AND created BETWEEN ? AND ? AND namespace IS ?"
            " AND baseline LIKE '{%' ORDER BY number DESC LIMIT 1",
            (journal.origin, now - _FRESH, now, order.namespace),
        ).fetchone()
        made = "SELECT 1 FROM intents WHERE +origin = ? AND number >= ? AND route != 'queue' LIMIT 1"
        return None if found and connection.execute(made, (journal.origin, found[0])).fetchone() else found

    found = journal.store.read(read)
    baseline = Baseline.read(found[1], api) if found else None
    return found[1] if found and baseline and now - _FRESH <= baseline.at <= now else None
