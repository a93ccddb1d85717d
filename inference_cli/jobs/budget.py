"""Budgets held in the journal: a price is reserved in the transaction that writes its request down.

Whatever is paid for goes through ``hold`` there, so that processes that begin at one moment never exceed a budget
together; ``within`` asks the server what earlier requests really cost before a refusal is final.
"""

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from inference_cli.errors import BudgetError, InferenceError
from inference_cli.money.budget import Charge, Limit, Standing, period_of, spent_on

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.jobs.journal import Journal

T = TypeVar("T")
# Grouped in the order of its index; both indexes hold all columns that are read.
_CHARGES = """
SELECT i.created, i.price, i.count, count(g.number), group_concat(g.cost, ' ')
FROM intents i LEFT JOIN generations g ON g.intent = i.id AND g.origin = i.origin
WHERE i.origin = ? AND i.created >= ? AND i.state IN ('planned', 'sending', 'accepted', 'unknown', 'unknowable')
GROUP BY i.created, i.state, i.price, i.count, i.id
"""
_ANSWERS = "SELECT created, price, cost FROM answers WHERE origin = ? AND created >= ? AND state != 'refused'"
_HAS_ANSWERS = "SELECT 1 FROM sqlite_master WHERE name = 'answers'"


def hold(
    connection: sqlite3.Connection, *, origin: str, now: float, limits: Sequence[Limit], asked: Decimal | None
) -> None:
    """Refuse what does not fit into every budget; called in the transaction that will write the request down.

    Args:
        connection: in a transaction that excludes other writers.
        origin: whose budgets.
        now: Unix seconds.
        limits: the budgets that are set.
        asked: US dollars of all requests that are about to be written; None where nobody knows.

    Raises:
        BudgetError: it does not fit; nothing was sent.
    """
    for standing in _standings(connection, origin, now, limits):
        standing.check(asked)


def standings(journal: "Journal", limits: Sequence[Limit]) -> tuple[Standing, ...]:
    """How the budgets stand now.

    Raises:
        LocalError: the journal cannot be read.
    """
    if not limits:
        return ()
    now = journal.clock.now()
    return journal.store.read(lambda connection: _standings(connection, journal.origin, now, limits))


def check(journal: "Journal", limits: Sequence[Limit], asked: Decimal | None) -> None:
    """Whether it would fit now, without reserving anything: for a refusal before a person is asked.

    Raises:
        BudgetError: it would not.
    """
    for standing in standings(journal, limits):
        standing.check(asked)


def within(attempt: Callable[[], T], *, client: "Client", journal: "Journal", limits: Sequence[Limit]) -> T:
    """Do what a budget may refuse; before the refusal is final, look what earlier requests really cost, once.

    Args:
        attempt: raises BudgetError where a budget does not suffice.
        client: of the API that has the history.
        journal: what holds the budgets.
        limits: the budgets that are set.

    Raises:
        BudgetError: it does not fit all the same; nothing was sent.
    """
    try:
        return attempt()
    except BudgetError:
        if not _settled(client, journal, limits):
            raise
    return attempt()


def _settled(client: "Client", journal: "Journal", limits: Sequence[Limit]) -> bool:
    """Settle what killed processes left, and what the history knows; whether the second attempt may differ."""
    from inference_cli.jobs.costs import bring

    start = min((period_of(limit.setting, journal.clock.now()).start for limit in limits), default=0.0)
    try:
        journal.settle()
        bring(client, journal, _unsettled(journal, start), singly=1)
    except InferenceError:
        return False
    return True


def _unsettled(journal: "Journal", since: float) -> tuple[str, ...]:
    """Generations of the period whose cost is not known; direct answers have no id that the server knows."""
    query = (
        "SELECT g.id FROM intents i CROSS JOIN generations g ON g.intent = i.id AND +g.origin = i.origin"
        " WHERE i.origin = ? AND g.direct = 0 AND g.cost IS NULL AND i.created >= ?"
    )
    return journal.store.read(
        lambda connection: tuple(row[0] for row in connection.execute(query, (journal.origin, since)))
    )


def _standings(
    connection: sqlite3.Connection, origin: str, now: float, limits: Sequence[Limit]
) -> tuple[Standing, ...]:
    periods = [(limit, period_of(limit.setting, now)) for limit in limits]
    charges = _charges(connection, origin, [period.start for _, period in periods] or [now])
    return tuple(Standing(limit, period, spent_on(charges, period)) for limit, period in periods)


def _charges(connection: sqlite3.Connection, origin: str, starts: Sequence[float]) -> list[Charge]:
    """What counts since the first of some moments; requests that are equal, and of the same periods, as one."""
    counted: Counter[tuple[float, str | None, int, int, str | None]] = Counter()
    ordered = sorted(starts)
    for created, *request in connection.execute(_CHARGES, (origin, ordered[0])):
        counted[ordered[bisect_right(ordered, created) - 1], *request] += 1
    found = []
    for (created, price, outputs, made, known), times in counted.items():
        costs = [Decimal(cost) for cost in (known or "").split()]
        missing = [None] * (made - len(costs))
        found.append(Charge(created, _money(price), outputs, (*costs, *missing), times))
    if connection.execute(_HAS_ANSWERS).fetchone():  # an older file that could only be opened for reading has none
        rows = connection.execute(_ANSWERS, (origin, ordered[0]))
        found.extend(Charge(created, _money(price), 1, (_money(cost),)) for created, price, cost in rows)
    return found


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
