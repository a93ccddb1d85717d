"""Requests equal to one of unknown outcome: sent again, they would be paid for twice."""

import sqlite3
from typing import TYPE_CHECKING

from inference_cli.errors import UnknownOutcomeError
from inference_cli.jobs.canonical import canonical, digest
from inference_cli.jobs.order import Order

if TYPE_CHECKING:
    from inference_cli.jobs.journal import Journal

_TWINS = 600.0  # seconds in which an equal request of unknown outcome stops another one (fault C15)


def refuse_twins(journal: "Journal", order: Order) -> None:
    """Refuse to send what may have been accepted within the last ten minutes (fault C15).

    Raises:
        UnknownOutcomeError: an equal request has an unknown outcome.
    """
    digests = [digest(canonical(body.wish)) for body in order.bodies]
    places = ", ".join("?" for _ in digests)
    now = journal.clock.now()

    def read(connection: sqlite3.Connection) -> float | None:
        row = connection.execute(
            "SELECT max(created) FROM intents WHERE origin = ? AND state = 'unknown' AND created >= ? AND route = ?"  # noqa: S608 - places are question marks
            f" AND body_sha256 IN ({places})",
            (journal.origin, now - _TWINS, order.route, *digests),
        ).fetchone()
        return None if row is None or row[0] is None else float(row[0])

    sent = journal.store.read(read)
    if sent is not None:
        raise UnknownOutcomeError(
            f"the same request was sent {max(0, int(now - sent))} s ago, and may have been accepted (and billed)",
            hint="Nothing was sent.  Find out:  inference recover      Send it all the same:  --anyway",
        )
