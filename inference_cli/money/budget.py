"""Budgets of a calendar day and a calendar month: what counts against them, and whether a price still fits.

What counts of the requests of a period, on the safe side:

- a request that may have been accepted (planned, on its way, accepted, of unknown outcome) counts with its price;
- each of its outputs whose cost the server has said counts with that instead, also when it failed or was cancelled;
- an output that ended badly counts with nothing only when the server's history shows it without a cost, and not within
  a minute of its end, when a charge may still come;
- a request that was refused, or proved not to have been sent, counts with nothing: its reservation is free again;
- a request without a price, made before the budget was set, is named and not counted; with a budget none is sent.

A request belongs to the period in which it was planned. Days and months begin at midnight, local time.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_CEILING, Decimal

from inference_cli.errors import BudgetError
from inference_cli.frozen import dataclass
from inference_cli.money.amounts import dollars

DAY, MONTH = "budget_day", "budget_month"
_NAMES = {DAY: ("today", "day"), MONTH: ("this month", "month")}
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Limit:
    """A budget that is set: the setting, ``budget_day`` or ``budget_month``, and US dollars."""

    setting: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """The day or month of a moment: the Unix second at which it began, and the date at which the next one begins."""

    start: float
    next: date


@dataclass(frozen=True, slots=True)
class Charge:
    """A request that may have been accepted: when (Unix seconds), its price, its outputs, what each known one cost.

    ``times`` is how many requests it stands for, which are equal in all of that, as far as the periods go.
    """

    created: float
    price: Decimal | None
    outputs: int
    costs: tuple[Decimal | None, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class Spent:
    """US dollars of a period: charged by the server, and reserved for what it has not charged yet.

    ``unpriced`` is how many outputs have neither a cost nor a price.
    """

    charged: Decimal = _NOTHING
    reserved: Decimal = _NOTHING
    unpriced: int = 0

    @property
    def total(self) -> Decimal:
        """What counts."""
        return self.charged + self.reserved


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget and what has been spent of it."""

    limit: Limit
    period: Period
    spent: Spent

    @property
    def left(self) -> Decimal:
        """US dollars, 0 or more."""
        return max(_NOTHING, self.limit.amount - self.spent.total)

    @property
    def words(self) -> str:
        """Such as "$17.50 of the budget of $20.00 for this month is left"."""
        return f"{dollars(self.left)} of {named(self.limit)} is left"

    @property
    def warning(self) -> str:
        """What it does not count, for a person; empty where it counts everything."""
        many = self.spent.unpriced
        if not many:
            return ""
        what = "an earlier output has" if many == 1 else f"{many} earlier outputs have"
        return f"{what} no known price, and {'does' if many == 1 else 'do'} not count against {named(self.limit)}"

    def check(self, asked: Decimal | None) -> None:
        """Refuse what does not fit any more.

        Args:
            asked: US dollars; None where nobody knows.

        Raises:
            BudgetError: it does not fit; nothing was sent.
        """
        if asked is None:
            raise BudgetError(f"{named(self.limit)} cannot be kept: the price of this is not known")
        needed = self.spent.total + asked
        if needed <= self.limit.amount:
            return
        period = _NAMES[self.limit.setting][1]
        reserved = f", of which {dollars(self.spent.reserved)} is reserved for what is not charged yet"
        raise BudgetError(
            f"this would cost {dollars(asked)}, and only {self.words}",
            details=[
                f"spent so far: {dollars(self.spent.total)}{reserved if self.spent.reserved else ''}",
                f"the next {period} begins on {self.period.next.isoformat()}, at midnight",
                *filter(None, [self.warning]),
            ],
            hint=f"Raise it:  inference config set {self.limit.setting} {needed.to_integral_value(ROUND_CEILING)}",
        )


def named(limit: Limit) -> str:
    """A budget in words: "the budget of $20.00 for this month"."""
    return f"the budget of {dollars(limit.amount)} for {_NAMES[limit.setting][0]}"


def period_of(setting: str, now: float, zone: tzinfo | None = None) -> Period:
    """The calendar day or month of a moment.

    Args:
        setting: ``budget_day`` or ``budget_month``.
        now: Unix seconds.
        zone: None is this machine's own.
    """
    today = datetime.fromtimestamp(now, tz=zone).date()
    first, following = today, today + timedelta(days=1)
    if setting == MONTH:
        first = today.replace(day=1)
        following = (first + timedelta(days=31)).replace(day=1)
    return Period(datetime(first.year, first.month, first.day, tzinfo=zone).timestamp(), following)


def spent_on(charges: Iterable[Charge], period: Period) -> Spent:
    """What counts of some requests in a period.

    Those from after its end count too: a clock that went back does not make room (fault E13).
    """
    charged, reserved, unpriced = _NOTHING, _NOTHING, 0
    for charge in charges:
        if charge.created < period.start:
            continue
        known = [cost for cost in charge.costs if cost is not None]
        charged += sum(known, _NOTHING) * charge.times
        missing = (max(charge.outputs, len(charge.costs)) - len(known)) * charge.times
        if charge.price is None:
            unpriced += missing
        elif missing:
            reserved += charge.price * missing / max(1, charge.outputs)
    return Spent(charged, reserved, unpriced)
