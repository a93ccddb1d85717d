"""What the sandbox remembers, in SQLite: generations, recipes of results, credits, favourites, deployments."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference_cli.sandbox.database import NAME, PATIENCE, begin_anew, check, looked_into, opened, told, transaction
from inference_cli.sandbox.leftovers import remove

ON_THE_WAY = {"active": "deploying", "inactive": "deactivating"}
"""What a deployment is while it becomes something else, in the words of the published document."""

_STATUS = (
    "CASE WHEN outcome = 'cancelled' THEN 'cancelled' WHEN :now < starts THEN 'queued'"
    " WHEN :now < ends OR outcome IS NULL THEN 'processing' ELSE outcome END"
)
_COLUMNS = (
    "id, model, media_type, namespace, repo, folder, parameters, place, turn, direct, enqueued, starts, ends, cost,"
    f" outcome, error, recipe, {_STATUS} AS status"
)
_FILTERS = ("namespace", "model", "media_type", "repo", "folder")


@dataclass(frozen=True, slots=True)
class Row:
    """One generation. Times are Unix seconds, the cost is in micro-dollars.

    ``place`` counts the outputs of a request from 0, ``turn`` the outputs of equal requests before it;
    ``outcome`` is set once it has ended (``succeeded``, ``failed``, ``cancelled``); ``status`` is what it was at the
    moment of reading; ``recipe`` is the digest of its result.
    """

    id: str
    model: str
    media_type: str
    namespace: str
    repo: str | None
    folder: str | None
    parameters: Mapping[str, Any]
    place: int
    direct: bool
    enqueued: float
    starts: float
    ends: float
    cost: int
    outcome: str | None = None
    error: str | None = None
    recipe: str | None = None
    status: str = "queued"
    turn: int = 0


class Store:
    """The folder and its database; one connection, shared by threads under a lock, and several processes at once.

    Args:
        folder: made when missing.
        patience: seconds to wait for another process's transaction.
        looking: whether it is only read, wherever it lies; nothing is made then, and what is missing is empty.

    Raises:
        OSError: the folder can't be made, or looked into.
        UnusableError: its database can't be opened, is damaged, or another process does not let go of it.
    """

    def __init__(self, folder: Path, *, patience: float = PATIENCE, looking: bool = False) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        if looking:
            self._connection = looked_into(self.path)
            return
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # ``mode`` is not for parents
        folder.mkdir(exist_ok=True, mode=0o700)
        self._connection = opened(self.path, patience)

    @property
    def path(self) -> Path:
        """The database."""
        return self.folder / NAME

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, transaction(self._connection) as connection:
            yield connection

    def _read(self, query: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Close the database; nothing may be asked afterwards."""
        with self._lock:
            self._connection.close()

    @property
    def key(self) -> bytes:
        """What result URLs are signed with."""
        return bytes(self._read("SELECT value FROM settings WHERE name = 'key'")[0][0])

    @property
    def credits(self) -> int:
        """What is left, in micro-dollars."""
        return int(self._read("SELECT value FROM settings WHERE name = 'credits'")[0][0])

    def accept(self, rows: Sequence[Row]) -> bool:
        """Charge for generations and keep them, both or neither.

        Returns:
            False when the credits do not suffice; nothing was kept then.
        """
        total = sum(row.cost for row in rows)
        with self._transaction() as connection:
            if not _take(connection, total):
                return False
            connection.executemany(
                "INSERT INTO generations (id, model, media_type, namespace, repo, folder, parameters, place, turn,"
                " direct, enqueued, starts, ends, cost, outcome, error, recipe)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_values(row) for row in rows],
            )
        return True

    def spend(self, cost: int) -> bool:
        """Take so many micro-dollars for what leaves no generation, as a chat; below 0 gives them back.

        Returns:
            False when the credits do not suffice; nothing was taken then.
        """
        with self._transaction() as connection:
            return _take(connection, cost)

    def turn(self, request: str, outputs: int) -> int:
        """How many outputs equal requests have had; this one's are counted with them, in the same transaction.

        Args:
            request: a digest of what was asked for.
            outputs: of this request.
        """
        with self._transaction() as connection:
            row = connection.execute("SELECT outputs FROM turns WHERE request = ?", (request,)).fetchone()
            before = int(row[0]) if row else 0
            connection.execute("INSERT OR REPLACE INTO turns VALUES (?, ?)", (request, before + outputs))
        return before

    def due(self, now: float) -> list[Row]:
        """Generations whose time is up and whose outcome nobody has worked out yet."""
        query = f"SELECT {_COLUMNS} FROM generations WHERE outcome IS NULL AND ends <= :now ORDER BY ordinal"  # noqa: S608 - constants
        return [_row(found) for found in self._read(query, {"now": now})]

    def conclude(self, identity: str, outcome: str, *, error: str | None = None, recipe: str | None = None) -> None:
        """Write down how a generation ended, once; what did not succeed is refunded."""
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE generations SET outcome = ?, error = ?, recipe = ? WHERE id = ? AND outcome IS NULL",
                (outcome, error, recipe, identity),
            )
            if changed.rowcount and outcome != "succeeded":
                _refund(connection, identity)

    def revoke(self, identity: str, error: str) -> None:
        """Turn a direct generation, charged when it began, into a failed one; refunded."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE generations SET outcome = 'failed', error = ?, recipe = NULL WHERE id = ?", (error, identity)
            )
            _refund(connection, identity)

    def cancel(self, identity: str, now: float) -> bool:
        """Cancel a generation that has not ended, and refund it; whether it was changed."""
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE generations SET outcome = 'cancelled', ends = ? WHERE id = ? AND outcome IS NULL AND ends > ?",
                (now, identity, now),
            )
            if changed.rowcount:
                _refund(connection, identity)
            return bool(changed.rowcount)

    def find(self, identity: str, now: float) -> Row | None:
        """One generation."""
        query = f"SELECT {_COLUMNS} FROM generations WHERE id = :id"  # noqa: S608 - constants
        found = self._read(query, {"id": identity, "now": now})
        return _row(found[0]) if found else None

    def rows(
        self, now: float, filters: Mapping[str, str | None], *, active: bool = False, queued_only: bool = False
    ) -> list[Row]:
        """Generations, the newest last.

        Args:
            now: Unix seconds.
            filters: ``namespace``, ``model``, ``media_type``, ``repo``, ``folder``, ``status``; None does not filter.
            active: only those that are queued or processing.
            queued_only: only those that went through the queue.
        """
        where, values = _conditions(filters, now)
        if active:
            where.append("status IN ('queued', 'processing')")
        if queued_only:
            where.append("direct = 0")
        query = f"SELECT {_COLUMNS} FROM generations WHERE {' AND '.join(where)} ORDER BY ordinal"  # noqa: S608 - constants
        return [_row(found) for found in self._read(query, values)]

    def page(
        self, now: float, filters: Mapping[str, str | None], *, limit: int, offset: int
    ) -> tuple[list[Row], int, int]:
        """A page of all generations, the newest first; how many there are in all, and their cost in micro-dollars."""
        where, values = _conditions(filters, now)
        source = f"(SELECT ordinal, {_COLUMNS} FROM generations)"  # noqa: S608 - constants
        condition = " AND ".join(where)
        totals = self._read(f"SELECT COUNT(*), COALESCE(SUM(cost), 0) FROM {source} WHERE {condition}", values)[0]  # noqa: S608 - constants
        query = f"SELECT * FROM {source} WHERE {condition} ORDER BY ordinal DESC LIMIT :limit OFFSET :offset"  # noqa: S608 - constants
        found = self._read(query, {**values, "limit": limit, "offset": offset})
        return [_row(row) for row in found], int(totals[0]), int(totals[1])

    def ended_between(self, earlier: float, later: float) -> list[Row]:
        """Generations of the queue that succeeded or failed after one moment and not after another."""
        query = (
            f"SELECT {_COLUMNS} FROM generations WHERE ends > :earlier AND ends <= :now AND direct = 0"  # noqa: S608 - constants
            " AND outcome IN ('succeeded', 'failed') ORDER BY ends, ordinal"
        )
        return [_row(found) for found in self._read(query, {"earlier": earlier, "now": later})]

    def keep_recipe(self, digest: str, recipe: Mapping[str, Any]) -> None:
        """Remember how a result is made."""
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO recipes VALUES (?, ?)", (digest, json.dumps(recipe)))

    def recipe(self, digest: str) -> dict[str, Any] | None:
        """How a result is made."""
        found = self._read("SELECT recipe FROM recipes WHERE digest = ?", (digest,))
        return json.loads(found[0][0]) if found else None

    def favorites(self) -> list[str]:
        """The ids of the favourite models, the oldest first."""
        return [row[0] for row in self._read("SELECT model FROM favorites ORDER BY rowid")]

    def set_favorite(self, model: str, *, wanted: bool) -> None:
        """Add a model to the favourites, or take it off."""
        query = "INSERT OR IGNORE INTO favorites VALUES (?)" if wanted else "DELETE FROM favorites WHERE model = ?"
        with self._transaction() as connection:
            connection.execute(query, (model,))

    def deployments(self, now: float) -> dict[str, str]:
        """The state of each deployment by model id: on its way until its time is up, then at the end of it."""
        rows = self._read("SELECT model, status, ends FROM deployments")
        return {row["model"]: row["status"] if now >= row["ends"] else ON_THE_WAY[row["status"]] for row in rows}

    def deploy(self, model: str, status: str, *, now: float, seconds: float) -> None:
        """Bring a model's deployment to a state; one that is there, or on its way there, is left alone.

        Args:
            model: its id.
            status: ``active`` or ``inactive``.
            now: Unix seconds.
            seconds: how long it takes.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO deployments VALUES (:model, :status, :ends) ON CONFLICT (model) DO UPDATE"
                " SET status = :status, ends = :ends WHERE status != :status",
                {"model": model, "status": status, "ends": now + seconds},
            )

    def customs(self) -> dict[str, dict[str, Any]]:
        """The user's own models: what was PUT, by id."""
        return {row[0]: json.loads(row[1]) for row in self._read("SELECT id, body FROM customs ORDER BY rowid")}

    def keep_custom(self, identity: str, body: Mapping[str, Any] | None) -> None:
        """Write one of the user's own models, or delete it."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM customs WHERE id = ?", (identity,))
            if body is not None:
                connection.execute("INSERT INTO customs VALUES (?, ?)", (identity, json.dumps(body)))

    def reset(self) -> None:
        """Forget everything and give the credits back; the signing key changes, so that old URLs end.

        Raises:
            UnusableError: the database is damaged, or another process does not let go of it; nothing was forgotten.
            LeftoverError: files could not be removed; everything else was forgotten.
        """
        with told(self.path), self._transaction() as connection:
            begin_anew(connection)
            check(connection)  # what is free now may be damaged too, and would be written to next
        remove(self.folder / name for name in ("media", "inputs"))


def _take(connection: sqlite3.Connection, cost: int) -> bool:
    query = "UPDATE settings SET value = value - ? WHERE name = 'credits' AND value >= ?"
    return bool(connection.execute(query, (cost, cost)).rowcount)


def _refund(connection: sqlite3.Connection, identity: str) -> None:
    connection.execute(
        "UPDATE settings SET value = value + (SELECT cost FROM generations WHERE id = ?) WHERE name = 'credits'",
        (identity,),
    )
    connection.execute("UPDATE generations SET cost = 0 WHERE id = ?", (identity,))


def _conditions(filters: Mapping[str, str | None], now: float) -> tuple[list[str], dict[str, Any]]:
    given = {name: value for name, value in filters.items() if value is not None and name in (*_FILTERS, "status")}
    return ["1", *(f"{name} = :{name}" for name in given)], {"now": now, **given}


def _values(row: Row) -> tuple[Any, ...]:
    return (
        row.id, row.model, row.media_type, row.namespace, row.repo, row.folder, json.dumps(row.parameters), row.place,
        row.turn, int(row.direct), row.enqueued, row.starts, row.ends, row.cost, row.outcome, row.error, row.recipe,
    )  # fmt: skip


def _row(found: sqlite3.Row) -> Row:
    values = {name: found[name] for name in Row.__slots__}
    return Row(**{**values, "parameters": json.loads(found["parameters"]), "direct": bool(found["direct"])})
