"""Budgets: their periods, what counts, and what they refuse."""

from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from inference_cli.errors import BudgetError, Exit
from inference_cli.money.budget import DAY, MONTH, Charge, Limit, Period, Spent, Standing, period_of, spent_on

D = Decimal
BERLIN = ZoneInfo("Europe/Berlin")
PERIOD = Period(1000.0, date(2026, 12, 1))
MONEY = st.decimals(0, 1000, places=6)
CHARGES = st.builds(
    Charge,
    created=st.floats(0, 2000),
    price=st.none() | MONEY,
    outputs=st.integers(1, 5),
    costs=st.lists(st.none() | MONEY, max_size=6).map(tuple),
)


def seconds(*moment: int, zone: tzinfo = UTC) -> float:
    """Unix seconds of a local time."""
    return datetime(*moment, tzinfo=zone).timestamp()  # type: ignore[arg-type,misc] # year, month, day, …


@pytest.mark.parametrize(
    ("setting", "now", "start", "following"),
    [
        (DAY, (2026, 11, 25, 19, 17), (2026, 11, 25), date(2026, 11, 26)),
        (DAY, (2026, 12, 31, 23, 59), (2026, 12, 31), date(2027, 1, 1)),
        (DAY, (2026, 11, 25), (2026, 11, 25), date(2026, 11, 26)),
        (MONTH, (2026, 11, 25, 19, 17), (2026, 11, 1), date(2026, 12, 1)),
        (MONTH, (2026, 12, 31, 23, 59), (2026, 12, 1), date(2027, 1, 1)),
        (MONTH, (2028, 2, 29), (2028, 2, 1), date(2028, 3, 1)),
        (DAY, (2026, 3, 29, 12), (2026, 3, 29), date(2026, 3, 30)),
        (MONTH, (2026, 3, 30), (2026, 3, 1), date(2026, 4, 1)),
    ],
)
def test_calendar_days_and_months(setting: str, now: tuple[int, ...], start: tuple[int, ...], following: date) -> None:
    """From midnight to midnight of the place, also in the month in which the clocks change."""
    found = period_of(setting, seconds(*now, zone=BERLIN), BERLIN)
    assert found == Period(seconds(*start, zone=BERLIN), following)


def test_the_place_decides_which_day_it_is() -> None:
    """Half past eleven in London is tomorrow in Berlin."""
    now = seconds(2026, 6, 30, 22, 30)
    assert period_of(MONTH, now, UTC).next == date(2026, 7, 1)
    assert period_of(MONTH, now, BERLIN).next == date(2026, 8, 1)


def test_without_a_place_it_is_this_machine_s() -> None:
    """Today contains now."""
    now = seconds(2026, 11, 25, 12)
    found = period_of(DAY, now)
    assert found.start <= now < found.start + 86_400
    assert found.start == datetime.fromtimestamp(now).replace(hour=0).timestamp()  # noqa: DTZ006 - the machine's own


@pytest.mark.parametrize(
    ("charge", "spent"),
    [
        (Charge(1000.0, D("0.30"), 1), Spent(D(0), D("0.30"))),
        (Charge(999.9, D("0.30"), 1), Spent()),
        (Charge(9e9, D("0.30"), 1), Spent(D(0), D("0.30"))),
        (Charge(1000.0, D("0.30"), 3, (None, None, None)), Spent(D(0), D("0.30"))),
        (Charge(1000.0, D("0.30"), 3, (D("0.05"), None, None)), Spent(D("0.05"), D("0.20"))),
        (Charge(1000.0, D("0.30"), 3, (D("0.05"),)), Spent(D("0.05"), D("0.20"))),
        (Charge(1000.0, D("0.30"), 3, (D("0.05"), D(0), D("0.40"))), Spent(D("0.45"), D(0))),
        (Charge(1000.0, D("0.30"), 1, (None, None)), Spent(D(0), D("0.60"))),
        (Charge(1000.0, None, 2, (D("0.05"), None)), Spent(D("0.05"), D(0), 1)),
        (Charge(1000.0, None, 2, (D("0.05"), D("0.05"))), Spent(D("0.10"))),
    ],
)
def test_what_counts(charge: Charge, spent: Spent) -> None:
    """The cost of each output where it is known, else its share of the price; more outputs than asked for count too."""
    assert spent_on([charge], PERIOD) == spent


@given(st.lists(CHARGES), st.lists(CHARGES))
def test_what_counts_of_several_is_the_sum(some: list[Charge], more: list[Charge]) -> None:
    """And is never negative."""
    one, other, both = (spent_on(charges, PERIOD) for charges in (some, more, some + more))
    assert abs(both.total - one.total - other.total) < D("1e-9")
    assert both.unpriced == one.unpriced + other.unpriced
    assert min(both.charged, both.reserved) >= 0


@given(CHARGES, st.integers(1, 50))
def test_equal_requests_may_be_counted_together(charge: Charge, times: int) -> None:
    """One that stands for several is as much as all of them."""
    one, each = spent_on([replace(charge, times=times)], PERIOD), spent_on([charge] * times, PERIOD)
    assert abs(one.total - each.total) < D("1e-9")
    assert (one.charged, one.unpriced) == (each.charged, each.unpriced)


def standing(amount: str, charged: str = "0", reserved: str = "0", unpriced: int = 0, setting: str = MONTH) -> Standing:
    """A budget and what was spent of it."""
    return Standing(Limit(setting, D(amount)), PERIOD, Spent(D(charged), D(reserved), unpriced))


def test_what_fits_is_let_through() -> None:
    """To the cent; a budget of nothing lets only what is free through."""
    standing("1", "0.30", "0.35").check(D("0.35"))
    standing("0").check(D(0))
    with pytest.raises(BudgetError):
        standing("0").check(D("0.000001"))


def test_what_does_not_fit_is_refused_with_all_that_one_wants_to_know() -> None:
    """The budget, what is spent and reserved, the price, the end of the period, the command that raises it."""
    with pytest.raises(BudgetError) as caught:
        standing("20", "15.50", "4.05", 1).check(D("7.00"))
    error = caught.value
    assert (error.exit_code, error.code) == (Exit.SPENDING, "budget")
    assert error.message == "this would cost $7.00, and only $0.45 of the budget of $20.00 for this month is left"
    assert error.details == (
        "spent so far: $19.55, of which $4.05 is reserved for what is not charged yet",
        "the next month begins on 2026-12-01, at midnight",
        "an earlier output has no known price, and does not count against the budget of $20.00 for this month",
    )
    assert error.hint == "Raise it:  inference config set budget_month 27"


def test_a_budget_that_is_passed_has_nothing_left() -> None:
    """Real costs may be above their estimates."""
    passed = standing("1", "1.20", setting=DAY)
    assert (passed.left, passed.words) == (D(0), "$0.00 of the budget of $1.00 for today is left")
    with pytest.raises(BudgetError) as caught:
        passed.check(D("0.10"))
    assert caught.value.details == ("spent so far: $1.20", "the next day begins on 2026-12-01, at midnight")
    assert caught.value.hint == "Raise it:  inference config set budget_day 2"


def test_no_price_fits_no_budget() -> None:
    """It is never taken for zero."""
    with pytest.raises(BudgetError) as caught:
        standing("20").check(None)
    assert caught.value.message == (
        "the budget of $20.00 for this month cannot be kept: the price of this is not known"
    )


def test_what_is_not_counted_is_said() -> None:
    """How many outputs; nothing where all is counted."""
    assert standing("1").warning == ""
    assert standing("1", unpriced=3).warning == (
        "3 earlier outputs have no known price, and do not count against the budget of $1.00 for this month"
    )


@given(MONEY, MONEY, MONEY, MONEY)
def test_what_is_let_through_never_exceeds_the_budget(amount: D, charged: D, reserved: D, asked: D) -> None:
    """And the amount in the hint is enough."""
    found = Standing(Limit(DAY, amount), PERIOD, Spent(charged, reserved))
    try:
        found.check(asked)
    except BudgetError as error:
        raised = D(str(error.hint).rpartition(" ")[2])
        Standing(Limit(DAY, raised), PERIOD, Spent(charged, reserved)).check(asked)
        assert raised > amount
    else:
        assert charged + reserved + asked <= amount
