"""The journal: what was asked for and what came of it, durable before money is spent and before anything is said."""

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Self

from inference_cli.api.redaction import Redactor
from inference_cli.clock import Clock
from inference_cli.errors import InferenceError, LocalError, NotFoundError, UsageError
from inference_cli.jobs.budget import hold
from inference_cli.jobs.database import FINAL, JOURNAL
from inference_cli.jobs.kept import SELECT_KEPT, Intent, Kept, Outcome
from inference_cli.jobs.order import Order
from inference_cli.jobs.planned import INSERT, planned, price_of_all, rows_of
from inference_cli.jobs.waiting import mark, owners_of
from inference_cli.money.budget import Limit
from inference_cli.origin import Origin
from inference_cli.profile.database import PATIENCE
from inference_cli.profile.locks import Ownership, is_abandoned
from inference_cli.profile.store import Store, beginning

_MANY = 64  # ids with the same beginning, of which the newest are named
NOTHING_SENT = "Nothing was sent."


class Journal:
    """The paid work of one origin, in an SQLite file that several processes share (faults, "Journal protocol").

    It is opened when first used. Every method may be called from any thread, and each is one transaction. Modules
    beside this one read ``store`` too, one noun each.

    Args:
        path: the file.
        origin: whose rows are seen and written; ``origin`` is its text.
        clock: for the times in the rows.
        patience: seconds to wait for another process's transaction.
    """

    def __init__(self, path: Path, *, origin: Origin, clock: Clock, patience: float = PATIENCE) -> None:
        self.store = Store(path, JOURNAL, clock=clock, patience=patience)
        self.origin = str(origin)
        self.clock = clock
        self._owner = os.urandom(16).hex()
        self._ownership: Ownership | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self.store.path

    @property
    def owners(self) -> Path:
        """The folder with a locked file for each process that has requests under way."""
        return owners_of(self.path)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should be told about the file itself."""
        return tuple(self.store.notes)

    def close(self) -> None:
        """Close the file; using the journal again opens it again."""
        ownership, self._ownership = self._ownership, None
        if ownership is not None:
            ownership.release()
        self.store.close()

    # ------------------------------------------------------------------------------------------ intents

    def plan(
        self,
        order: Order,
        *,
        cwd: Path,
        total: int | None = None,
        limits: Sequence[Limit] = (),
        baseline: str | None = None,
        redactor: Redactor | None = None,
    ) -> tuple[Intent, ...]:
        """Write down what is about to be asked for, one intent per request, before anything is sent.

        Args:
            order: the command's work.
            cwd: what relative paths of its output mean.
            total: how many outputs the command has, where the order is only a part of it.
            limits: budgets that its price is reserved in, in the same transaction.
            baseline: what the server listed before (``baseline.take``).
            redactor: knows tokens that its parameters must not be kept with.

        Raises:
            BudgetError: it does not fit into one of them.
            LocalError: it cannot be made durable; nothing may be sent (fault E6).
            DamagedError: the journal belongs to a newer version (fault E7).
        """
        intents, now, total = planned(order), self.clock.now(), total or order.count
        where = {"owner": self._owner, "origin": self.origin}
        rows = rows_of(order, intents, **where, now=now, cwd=cwd, total=total, baseline=baseline, redactor=redactor)
        asked = price_of_all(order, total)

        def write(connection: sqlite3.Connection) -> None:
            hold(connection, origin=self.origin, now=now, limits=limits, asked=asked)
            if self._ownership is None:
                self._ownership = Ownership(self.owners / self._owner)
            connection.executemany(INSERT, rows)

        try:
            self.store.write(write)
        except InferenceError as error:
            error.hint = "  ".join(filter(None, [NOTHING_SENT, error.hint]))
            raise
        return intents

    def sending(self, intent: Intent) -> None:
        """The request is about to be written to the network.

        Raises:
            LocalError: it is not planned any more, as when another command took this one for dead: it may not be sent.
        """
        if not self._turn(intent, "sending", "planned"):
            raise LocalError("the journal does not plan this request any more", hint=NOTHING_SENT)

    def refused(self, intent: Intent, error: str) -> None:
        """The server read the request and did not take it, or it proved not to have been sent."""
        self._turn(intent, "refused", "sending", error=error)

    def not_sent(self, intent: Intent) -> None:
        """It was dropped before it was sent."""
        self._turn(intent, "not_sent", "planned")

    def unknown(self, intent: Intent, error: str) -> None:
        """Nobody knows whether the server took it; an answer that was read meanwhile stands."""
        if self._turn(intent, "unknown", "sending", error=error):
            mark(self.path)

    def accepted(
        self,
        intent: Intent,
        ids: Sequence[str],
        *,
        direct: bool = False,
        status: str = "",
        urls: Mapping[str, str] | None = None,
        doubt: str | None = None,
    ) -> None:
        """The server took it: keep the ids, and the links of a direct answer, before anything is printed.

        Args:
            intent: the request.
            ids: what it made, in order; a direct answer's outputs get ids of our own.
            direct: whether this is a direct answer.
            status: the server's word.
            urls: presigned links by id; erased when the file is on disk.
            doubt: why it is not known whether there are more.
        """
        now = self.clock.now()
        links = urls or {}
        rows = [
            (identity, self.origin, intent.id, intent.body.first + n, direct, now, status, now, links.get(identity))
            for n, identity in enumerate(ids)
        ]

        def write(connection: sqlite3.Connection) -> None:
            state = "accepted" if doubt is None else "unknown"
            query = "UPDATE intents SET state = ?, error = ?, updated = ? WHERE id = ?"
            connection.execute(query, (state, doubt, now, intent.id))
            connection.executemany(
                "INSERT OR IGNORE INTO generations"
                " (id, origin, intent, n, direct, accepted, status, updated, url, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'accepted')",
                rows,
            )

        self.store.write(write)
        if doubt is not None:
            mark(self.path)

    def settle(self) -> None:
        """Turn what a killed process left: planned requests were not sent, those being sent have an unknown outcome."""

        def read(connection: sqlite3.Connection) -> list[str]:
            query = "SELECT DISTINCT owner FROM intents WHERE origin = ? AND state IN ('planned', 'sending')"
            return [owner for (owner,) in connection.execute(query, (self.origin,))]

        gone = [owner for owner in self.store.read(read) if owner != self._owner and is_abandoned(self.owners / owner)]

        def write(connection: sqlite3.Connection) -> None:
            for owner in gone:
                for before, after in (("planned", "not_sent"), ("sending", "unknown")):
                    connection.execute(  # "updated" stays: it is when the request was sent
                        "UPDATE intents SET state = ?, error = 'the program was killed'"
                        " WHERE origin = ? AND owner = ? AND state = ?",
                        (after, self.origin, owner, before),
                    )

        if gone:
            mark(self.path)
            self.store.write(write)

    def unsettled(self, *, since: float = 0.0) -> tuple[Outcome, ...]:
        """Requests whose outcome nobody knows, newest first.

        Args:
            since: Unix seconds; older ones are left out.
        """

        def read(connection: sqlite3.Connection) -> tuple[Outcome, ...]:
            rows = connection.execute(
                "SELECT id, created, model, prompt, count, state, error FROM intents"
                " WHERE origin = ? AND state = 'unknown' AND +created >= ? ORDER BY number DESC",
                (self.origin, since),
            )
            return tuple(Outcome(*row) for row in rows)

        return self.store.read(read)

    # -------------------------------------------------------------------------------------- generations

    def moved(self, changes: Iterable[tuple[str, str, str, str | None]]) -> None:
        """Keep what the server says of generations, all in one transaction; new ids are added.

        Args:
            changes: id, state, the server's own word, and its error where there is one.
        """
        now = self.clock.now()
        rows = [(identity, self.origin, now, state, word, error, now) for identity, state, word, error in changes]

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT INTO generations (id, origin, n, direct, accepted, state, status, error, updated)"
                " VALUES (?, ?, 1, 0, ?, ?, ?, ?, ?) ON CONFLICT (origin, id) DO UPDATE SET state = excluded.state,"
                " status = excluded.status, error = excluded.error, updated = excluded.updated"
                " WHERE state != 'downloaded'",  # a file on disk outlives what the server says (fault C21)
                rows,
            )

        self.store.write(write)

    def downloaded(self, identity: str, *, path: str, size: int, sha256: str, direct: bool = False) -> None:
        """The file is published; a direct answer's link is erased. An id that is new is added.

        Args:
            identity: the generation.
            path: absolute, or ``-`` for stdout.
            size: bytes.
            sha256: in hexadecimal.
            direct: whether it is of a direct answer.
        """
        now = self.clock.now()
        row = (identity, self.origin, direct, now, path, size, sha256, now)
        self.store.write(
            lambda connection: connection.execute(
                "INSERT INTO generations (id, origin, n, direct, accepted, state, status, path, size, sha256, updated)"
                " VALUES (?, ?, 1, ?, ?, 'downloaded', 'succeeded', ?, ?, ?, ?) ON CONFLICT (origin, id) DO UPDATE SET"
                " state = excluded.state, url = NULL, path = excluded.path, size = excluded.size,"
                " sha256 = excluded.sha256, updated = excluded.updated",
                row,
            )
        )

    def charged(self, costs: Iterable[tuple[str, Decimal]]) -> None:
        """Keep what the server charged, in US dollars, for generations that are known here; others are left out."""
        rows = [(f"{cost:f}", self.origin, identity) for identity, cost in costs]
        self.store.write(
            lambda connection: connection.executemany(
                "UPDATE generations SET cost = ? WHERE origin = ? AND id = ?", rows
            )
        )

    def get(self, identity: str) -> Kept | None:
        """What is known of a generation, by its whole id."""
        found = self._kept("g.id = ?", (identity,), 1)
        return found[0] if found else None

    def find(self, prefix: str) -> str:
        """The id that a prefix means; ``last`` is the newest (interface contract, "Streams").

        Raises:
            NotFoundError: there is none.
            UsageError: there are several.
        """
        if prefix == "last":
            newest = self._kept("1", (), 1)
            if not newest:
                raise NotFoundError("the journal knows no generation yet")
            return newest[0].id
        storable = prefix.isprintable()  # half of a character, as argv may hold, cannot even be looked for
        if storable and self.get(prefix) is not None:
            return prefix
        found = self._starting_with(prefix, 5) if storable else ()
        if not prefix or not found:
            raise NotFoundError(f"no generation begins with '{prefix}'", hint="See:  inference queue list")
        if len(found) > 1:
            raise UsageError(
                f"'{prefix}' fits more than one generation", details=found, hint="Give more of the id, or 'last'"
            )
        return found[0]

    def prefix(self, identity: str, shortest: int = 4) -> str:
        """The shortest beginning of an id that means it alone, at least that many characters."""
        with suppress(InferenceError):  # it stands in hints of other errors: those come first
            for length in range(shortest, len(identity)):
                if len(self._starting_with(identity[:length], 2)) < 2:  # noqa: PLR2004 - more than itself
                    return identity[:length]
        return identity

    def pending(self) -> tuple[Kept, ...]:
        """Generations that may still have to be fetched: not on disk, and not known to have ended badly."""
        return self._kept(f"g.state NOT IN {FINAL} AND (g.direct = 0 OR g.url IS NOT NULL)", (), -1)

    def recent(self, limit: int = 50) -> tuple[Kept, ...]:
        """The newest generations, newest first."""
        return self._kept("1", (), limit)

    # ------------------------------------------------------------------------------------------- inside

    def _turn(self, intent: Intent, after: str, before: str, *, error: str | None = None) -> bool:
        row = (after, error, self.clock.now(), intent.id, before)
        query = "UPDATE intents SET state = ?, error = ?, updated = ? WHERE id = ? AND state = ?"
        changed: list[int] = []
        self.store.write(lambda connection: changed.append(connection.execute(query, row).rowcount))
        return changed[-1] == 1

    def _starting_with(self, prefix: str, most: int) -> tuple[str, ...]:
        query = (
            "SELECT id FROM (SELECT id, number FROM generations WHERE origin = ? AND id BETWEEN ? AND ? LIMIT ?)"
            " ORDER BY number DESC LIMIT ?"
        )
        values = (self.origin, *beginning(prefix), _MANY, most)
        return self.store.read(lambda connection: tuple(row[0] for row in connection.execute(query, values)))

    def _kept(self, where: str, values: tuple[object, ...], limit: int) -> tuple[Kept, ...]:
        query = f"{SELECT_KEPT} WHERE g.origin = ? AND {where} ORDER BY g.number DESC LIMIT ?"
        return self.store.read(
            lambda connection: tuple(
                Kept.from_row(row) for row in connection.execute(query, (self.origin, *values, limit))
            )
        )
