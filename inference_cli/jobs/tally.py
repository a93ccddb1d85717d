"""Generations of the journal counted for a sum: what is equal in all that is summed is one row with a number."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from inference_cli.jobs.past import Past, state_in_journal
from inference_cli.moments import local_date

if TYPE_CHECKING:
    from datetime import date, tzinfo

_QUARTER = 900  # seconds; no zone is apart from another by less, so none has a midnight in between
_SELECT = f"""
SELECT CAST(g.accepted / {_QUARTER} AS INTEGER), g.state, g.status, g.direct, g.cost, i.price, coalesce(i.count, 1),
       i.model, i.tag, i.kind
FROM generations g LEFT JOIN intents i ON i.id = g.intent WHERE g.number IN
"""  # noqa: S608 - a number


def count_rows(connection: sqlite3.Connection, chunk: Sequence[int], counted: "Counter[tuple[Any, ...]]") -> None:
    """Count rows by all that a sum looks at.

    Args:
        connection: of the journal.
        chunk: row numbers, as many as one query takes.
        counted: what is added to.
    """
    places = ", ".join("?" for _ in chunk)
    counted.update(connection.execute(f"{_SELECT} ({places})", tuple(chunk)))


def by_day(counted: Mapping[tuple[Any, ...], int], zone: "tzinfo | None") -> "Counter[tuple[Any, ...]]":
    """The same by days instead of quarters of an hour; the first that is met of a day stands for it.

    Args:
        counted: what ``count_rows`` counted.
        zone: whose days; None for this machine's.
    """
    of_day: dict[date | None, int] = {}
    stands: dict[int, int] = {}
    days: Counter[tuple[Any, ...]] = Counter()
    for (quarter, *rest), times in counted.items():
        if quarter not in stands:
            stands[quarter] = of_day.setdefault(local_date(quarter * _QUARTER, zone), quarter)
        days[(stands[quarter], *rest)] += times
    return days


def pasts(counted: Mapping[tuple[Any, ...], int]) -> Iterator[Past]:
    """What was counted; the time is the beginning of its quarter of an hour."""
    for (quarter, kept, status, direct, cost, price, asked, model, tag, kind), times in counted.items():
        state = state_in_journal(kept, status, direct=bool(direct))
        yield Past(
            id="",
            model=model,
            media_type=kind,
            status=state.value,
            state=state,
            at=float(quarter * _QUARTER),
            cost=None if cost is None else Decimal(cost),
            estimate=None if price is None else Decimal(price) / (asked or 1),
            tag=tag,
            times=times,
        )
