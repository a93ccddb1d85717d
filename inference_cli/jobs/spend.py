"""What generations cost, summed by day, week, month, model, tag, status or kind; estimates beside what was charged."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from inference_cli.api.records import State
from inference_cli.jobs.past import NOT_CHARGED, Past
from inference_cli.moments import local_date

if TYPE_CHECKING:
    from datetime import tzinfo

By = Literal["day", "week", "month", "model", "tag", "status", "media"]
_PERIODS = ("day", "week", "month")
_RUNNING = frozenset({State.QUEUED, State.PROCESSING})
_YEAR = 12  # months


@dataclass(slots=True)
class Sum:
    """What some generations cost together; all money is in US dollars.

    Costs and estimates are sums over those generations that have one, and each is counted: ``priced`` have a known
    cost, ``running`` have none yet, ``uncharged`` failed or were cancelled without one, of ``unknown`` nobody knows.
    ``difference`` is what was charged beyond the estimate, over the ``compared`` ones that have both; ``expected`` what
    was estimated for those that have no known cost and may have one. ``direct`` requests of this machine stand apart
    where the server's rows are summed: it may list them under other ids.
    """

    key: str | None = None
    start: date | None = None
    count: int = 0
    cost: Decimal = Decimal(0)
    priced: int = 0
    running: int = 0
    uncharged: int = 0
    unknown: int = 0
    estimated: Decimal = Decimal(0)
    estimates: int = 0
    difference: Decimal = Decimal(0)
    compared: int = 0
    expected: Decimal = Decimal(0)
    direct: int = 0
    direct_estimated: Decimal = Decimal(0)
    direct_estimates: int = 0

    def add(self, past: Past) -> None:
        """Count a generation, or as many equal ones as it stands for."""
        times = past.times
        self.count += times
        if past.estimate is not None:
            self.estimates += times
            self.estimated += past.estimate * times
        if past.cost is not None:
            self.priced += times
            self.cost += past.cost * times
            if past.difference is not None:
                self.compared += times
                self.difference += past.difference * times
        elif past.state in NOT_CHARGED:
            self.uncharged += times
        else:
            if past.state in _RUNNING:
                self.running += times
            else:
                self.unknown += times
            self.expected += (past.estimate or 0) * times

    def add_direct(self, past: Past) -> None:
        """Count what a direct request of this machine made, apart from the others."""
        self.direct += past.times
        if past.estimate is not None:
            self.direct_estimates += past.times
            self.direct_estimated += past.estimate * past.times


_FIGURES = tuple(figure.name for figure in fields(Sum) if figure.name not in {"key", "start"})


@dataclass(frozen=True, slots=True)
class Spend:
    """Sums by one thing: periods in order of time, anything else the dearest first."""

    by: By
    sums: tuple[Sum, ...]
    total: Sum = field(default_factory=Sum)

    def missing_before(self, place: int) -> int:
        """How many periods without a generation lie between a sum and the one before it."""
        start, before = self.sums[place].start, self.sums[place - 1].start if place else None
        if start is None or before is None:
            return 0
        if self.by == "month":
            return (start.year - before.year) * _YEAR + start.month - before.month - 1
        return (start - before).days // (7 if self.by == "week" else 1) - 1


def summed(rows: Iterable[Past], direct: Iterable[Past], by: By, zone: "tzinfo | None") -> Spend:
    """Sum generations; they are looked at one by one and not kept.

    Args:
        rows: those that are counted.
        direct: those that are counted apart.
        by: what they are grouped by.
        zone: whose days, weeks (from Monday) and months count; None for this machine's.
    """
    sums: dict[str | None, Sum] = {}

    def of(past: Past) -> Sum:
        key, start = _key(past, by, zone)
        return sums.setdefault(key, Sum(key, start))

    for past in rows:
        of(past).add(past)
    for past in direct:
        of(past).add_direct(past)
    if by in _PERIODS:
        ordered = sorted(sums.values(), key=lambda one: one.start or date.max)
    else:
        ordered = sorted(sums.values(), key=lambda one: (-one.cost, -one.expected, -one.count, one.key or ""))
    return Spend(by, tuple(ordered), _total(ordered))


def _total(sums: Iterable[Sum]) -> Sum:
    total = Sum()
    for one in sums:
        for name in _FIGURES:
            setattr(total, name, getattr(total, name) + getattr(one, name))
    return total


def _key(past: Past, by: By, zone: "tzinfo | None") -> tuple[str | None, date | None]:
    if by == "model":
        return past.model, None
    if by == "tag":
        return past.tag, None
    if by == "status":
        return past.state.value, None
    if by == "media":
        return past.media_type, None
    start = None if past.at is None else local_date(past.at, zone)
    if start is None:
        return None, None
    if by == "week":
        start -= timedelta(days=start.weekday())
    elif by == "month":
        start = start.replace(day=1)
    return name_of(start, by), start


def name_of(start: date, by: By) -> str:
    """The day, week (``2026-W48``) or month that begins then."""
    if by == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    return f"{start:%Y-%m}" if by == "month" else start.isoformat()


def following(start: date, by: By) -> date:
    """The beginning of the next day, week or month."""
    if by == "month":
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=7 if by == "week" else 1)
