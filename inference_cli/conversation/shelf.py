"""What the log holds: conversations in a list, and one whole."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from inference_cli.conversation.keeping import referred
from inference_cli.conversation.log_records import Attached, Conversation, Exchange, Logged
from inference_cli.errors import NotFoundError

if TYPE_CHECKING:
    from inference_cli.conversation.log import Log

_CHUNK = 500  # rows of one query: older builds of SQLite take 999 values
_FIRST = 400  # characters of what the user said first: a list shows no more


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which conversations; None does not filter.

    Times are Unix seconds: something was asked ``since`` then, and before ``until``; ``idle_since``: nothing after it.
    """

    since: float | None = None
    until: float | None = None
    model: str | None = None
    idle_since: float | None = None


def listed(log: "Log", chosen: Chosen, limit: int | None = None) -> tuple[Logged, ...]:
    """Conversations, the one in which something was asked last first.

    Args:
        log: whose.
        chosen: which.
        limit: at most so many; None for all.

    Raises:
        LocalError: the log cannot be read.
    """

    def read(connection: sqlite3.Connection) -> tuple[Logged, ...]:
        query = (
            "SELECT c.id, c.created, c.template, c.group_id, count(*), min(t.complete), max(t.number)"
            " FROM conversations c JOIN turns t ON t.conversation = c.id WHERE (:origin IS NULL OR c.origin = :origin)"
            " AND EXISTS (SELECT 1 FROM turns s WHERE s.conversation = c.id AND (:since IS NULL OR s.asked >= :since)"
            " AND (:until IS NULL OR s.asked < :until) AND (:model IS NULL OR s.model = :model))"
            " GROUP BY c.number HAVING :idle IS NULL OR max(t.asked) < :idle ORDER BY max(t.number) DESC LIMIT :limit"
        )
        values = {
            "origin": log.origin,
            "since": chosen.since,
            "until": chosen.until,
            "model": chosen.model,
            "idle": chosen.idle_since,
            "limit": -1 if limit is None else limit,
        }
        rows = connection.execute(query, values).fetchall()
        known = _Known(connection, [row[0] for row in rows])
        return tuple(known.logged(row) for row in rows)

    return log.store.read(read)


class _Known:
    """What is known of the turns of some conversations."""

    def __init__(self, connection: sqlite3.Connection, ids: Sequence[str]) -> None:
        self._turns: dict[str, list[tuple[Any, ...]]] = {}
        self._first: dict[str, str] = {}
        for some in chunks(ids):
            places = ", ".join("?" * len(some))
            turns = "SELECT conversation, number, asked, model, cost FROM turns"
            for row in connection.execute(f"{turns} WHERE conversation IN ({places}) ORDER BY number", some):
                self._turns.setdefault(row[0], []).append(row[1:])
            first = (
                f"SELECT t.conversation, substr(m.text, 1, {_FIRST}) FROM turns t JOIN messages m ON m.turn = t.number"  # noqa: S608 - a number
                f" WHERE t.conversation IN ({places}) AND m.role = 'user' ORDER BY t.number DESC, m.number DESC"
            )
            self._first.update(connection.execute(first, some).fetchall())  # the oldest comes last, and stays

    def logged(self, row: tuple[Any, ...]) -> Logged:
        identity, created, template, group, turns, complete, newest = row
        mine = self._turns[identity]
        return Logged(
            id=identity,
            created=created,
            latest=next(asked for number, asked, *_ in mine if number == newest),
            models=tuple(dict.fromkeys(model for _, _, model, _ in mine)),
            turns=turns,
            cost=_sum(cost for *_, cost in mine),
            first=self._first.get(identity, ""),
            complete=bool(complete),
            template=template,
            group=group,
        )


def whole(log: "Log", identity: str) -> Conversation:
    """One conversation with everything that is known of it.

    Args:
        log: where it is.
        identity: its id, whole.

    Raises:
        NotFoundError: it is not there.
        LocalError: the log cannot be read.
    """

    def read(connection: sqlite3.Connection) -> Conversation:
        query = "SELECT id, origin, created, model, system, template, group_id FROM conversations WHERE id = ?"
        row = connection.execute(query, (identity,)).fetchone()
        if row is None:
            raise NotFoundError(f"no conversation {identity} in the log", hint="See:  inference logs list")
        same, origin, created, model, system, template, group = row
        turns = tuple(_exchanges(connection, identity))
        return Conversation(same, origin, created, model, system, template, group, turns)

    return log.store.read(read)


def _exchanges(connection: sqlite3.Connection, identity: str) -> Iterator[Exchange]:
    cursor = connection.execute("SELECT * FROM turns WHERE conversation = ? ORDER BY number", (identity,))
    names = [name for name, *_ in cursor.description]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        number = row["number"]
        bodies = connection.execute("SELECT body FROM messages WHERE turn = ? ORDER BY number", (number,)).fetchall()
        attached = connection.execute(
            "SELECT sha256, kind, mime, name, size, source FROM attachments WHERE turn = ? ORDER BY number", (number,)
        ).fetchall()
        yield _exchange(row, [_parsed(body) for (body,) in bodies], [Attached(*one) for one in attached])


def _exchange(row: Mapping[str, Any], messages: list[Any], attachments: list[Attached]) -> Exchange:
    return Exchange(
        number=row["number"],
        asked=row["asked"],
        model=row["model"],
        parameters=_parsed(row["parameters"]) or {},
        messages=tuple(messages),
        attachments=tuple(attachments),
        complete=bool(row["complete"]),
        answered=row["answered"],
        error=row["error"],
        finish_reason=row["finish_reason"],
        answered_model=row["answered_model"],
        reasoning=_parsed(row["reasoning"]),
        seconds=row["seconds"],
        prompt_tokens=row["prompt_tokens"],
        completion_tokens=row["completion_tokens"],
        usage=_parsed(row["usage"]),
        cost=_money(row["cost"]),
        responses=tuple(_parsed(row["responses"]) or ()),
        calls=tuple(_parsed(row["calls"]) or ()),
        withdrawn=bool(row["withdrawn"]),
    )


def chunks(values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Values in groups that one query takes."""
    for start in range(0, len(values), _CHUNK):
        yield tuple(values[start : start + _CHUNK])


def _parsed(text: str | None) -> Any:
    return None if text is None else referred(json.loads(text))


def _money(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _sum(costs: Iterable[str | None]) -> Decimal | None:
    known = [amount for amount in map(_money, costs) if amount is not None]
    return sum(known, Decimal(0)) if known else None
