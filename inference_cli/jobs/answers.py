"""What answers of a chat cost, in the journal beside the generations, so that budgets count them too.

The words themselves are in the log of conversations, and nowhere here. An answer has no id that the server could be
asked about later: its cost is what its usage says, else its price, else it is named as not known.
"""

import sqlite3
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from inference_cli.errors import InferenceError
from inference_cli.jobs.budget import hold
from inference_cli.money.budget import Limit

if TYPE_CHECKING:
    from inference_cli.jobs.journal import Journal

_INSERT = "INSERT INTO answers (origin, created, model, price, cost, state) VALUES (?, ?, ?, ?, ?, ?)"


def reserve(journal: "Journal", *, model: str, price: Decimal | None, limits: Sequence[Limit]) -> int:
    """Write down that an answer is about to be asked for, its price held in every budget.

    Args:
        journal: of the origin that is asked.
        model: its id.
        price: US dollars at most; None where nobody knows.
        limits: the budgets that are set.

    Returns:
        The number to settle it by.

    Raises:
        BudgetError: it does not fit into a budget; nothing was sent.
        LocalError: it cannot be made durable; nothing may be sent.
    """
    now = journal.clock.now()
    numbers: list[int] = []

    def write(connection: sqlite3.Connection) -> None:
        hold(connection, origin=journal.origin, now=now, limits=limits, asked=price)
        row = (journal.origin, now, model, _text(price), None, "asked")
        numbers.append(int(connection.execute(_INSERT, row).lastrowid or 0))

    try:
        journal.store.write(write)
    except InferenceError as error:
        error.hint = "  ".join(filter(None, ["Nothing was sent.", error.hint]))
        raise
    return numbers[-1]


def settle(journal: "Journal", number: int, *, cost: Decimal | None, refused: bool) -> None:
    """Keep what came of an answer.

    Args:
        journal: that it was reserved in.
        number: of ``reserve``.
        cost: US dollars; None leaves its price reserved.
        refused: whether the server took nothing, so that nothing is owed.

    Raises:
        LocalError: the journal cannot be written.
    """
    row = (_text(cost), "refused" if refused else "answered", number)
    journal.store.write(lambda db: db.execute("UPDATE answers SET cost = ?, state = ? WHERE number = ?", row))


def keep(journal: "Journal", *, model: str, cost: Decimal | None) -> None:
    """Write down an answer that no budget asked about before: one set later in the month counts it.

    Raises:
        LocalError: the journal cannot be written.
    """
    row = (journal.origin, journal.clock.now(), model, None, _text(cost), "answered")
    journal.store.write(lambda connection: connection.execute(_INSERT, row))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
