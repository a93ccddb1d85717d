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
NEWEST_OF_ITS_CONVERSATION = (
    "NOT EXISTS (SELECT 1 FROM turns later WHERE later.conversation = t.conversation AND later.number > t.number)"
)
"""A turn ``t`` that none follows; an index answers it, so that a list ends where it is full."""


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
        values = {
            "origin": log.origin,
            "since": chosen.since,
            "until": chosen.until,
            "model": chosen.model,
            "idle": chosen.idle_since,
            "limit": -1 if limit is None else limit,
        }
        rows = connection.execute(_query(connection, log.origin, chosen), values).fetchall()
        known = _Known(connection, [row[0] for row in rows])
        return tuple(known.logged(row) for row in rows)

    return log.store.read(read)


def _query(connection: sqlite3.Connection, origin: str | None, chosen: Chosen) -> str:
    """Down the turns from the newest on: the last one of a conversation stands for it."""
    where = [NEWEST_OF_ITS_CONVERSATION]
    where += ["c.origin = :origin"] if origin is not None else []
    turn = ["s.asked >= :since"] if chosen.since is not None else []
    turn += ["s.asked < :until"] if chosen.until is not None else []
    turn += ["s.model = :model"] if chosen.model is not None else []
    if turn:
        where.append(f"EXISTS (SELECT 1 FROM turns s WHERE s.conversation = c.id AND {' AND '.join(turn)})")  # noqa: S608 - our own words
    if chosen.since is not None:
        where.append("t.number >= (SELECT min(number) FROM turns WHERE asked >= :since)")
    if chosen.model is not None and _is_rare(connection, chosen.model):
        where.append("t.conversation IN (SELECT conversation FROM turns WHERE model = :model)")
    if chosen.idle_since is not None:
        where.append("NOT EXISTS (SELECT 1 FROM turns s WHERE s.conversation = c.id AND s.asked >= :idle)")
    return (
        "SELECT c.id, c.created, c.template, c.group_id FROM turns t CROSS JOIN conversations c"  # noqa: S608 - our own words
        f" ON c.id = t.conversation WHERE {' AND '.join(where)} ORDER BY t.number DESC LIMIT :limit"
    )


def _is_rare(connection: sqlite3.Connection, model: str) -> bool:
    """Whether it is quicker to look at all turns of a model than for the newest of them."""
    some = "SELECT count(*) FROM (SELECT 1 FROM turns WHERE model = ? LIMIT ?)"
    return bool(connection.execute(some, (model, _CHUNK)).fetchone()[0] < _CHUNK)


class _Known:
    """What is known of the turns of some conversations."""

    def __init__(self, connection: sqlite3.Connection, ids: Sequence[str]) -> None:
        self._connection = connection
        self._turns: dict[str, list[tuple[Any, ...]]] = {}
        for some in chunks(ids):
            places = ", ".join("?" * len(some))
            turns = "SELECT conversation, number, asked, model, cost, complete FROM turns"
            for row in connection.execute(f"{turns} WHERE conversation IN ({places}) ORDER BY number", some):
                self._turns.setdefault(row[0], []).append(row[1:])

    def logged(self, row: tuple[Any, ...]) -> Logged:
        identity, created, template, group = row
        mine = self._turns[identity]
        return Logged(
            id=identity,
            created=created,
            latest=mine[-1][1],
            models=tuple(dict.fromkeys(model for _, _, model, *_ in mine)),
            turns=len(mine),
            cost=_sum(cost for *_, cost, _ in mine),
            first=self._first(number for number, *_ in mine),
            complete=all(complete for *_, complete in mine),
            template=template,
            group=group,
        )

    def _first(self, turns: Iterable[int]) -> str:
        """What the user said first."""
        query = "SELECT substr(text, 1, ?) FROM messages WHERE turn = ? AND role = 'user' ORDER BY number LIMIT 1"
        for turn in turns:
            if (found := self._connection.execute(query, (_FIRST, turn)).fetchone()) is not None:
                return str(found[0])
        return ""


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
