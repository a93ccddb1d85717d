"""What generations cost, summed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.records import State
from inference_cli.jobs.past import Past
from inference_cli.jobs.spend import By, Spend, Sum, following, name_of, summed

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> float:
    """Unix seconds of a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def past(when: float | None = 0.0, cost: str | None = "1", estimate: str | None = None, **fields: Any) -> Past:
    """A generation."""
    state = fields.pop("state", State.SUCCEEDED)
    fields = {"model": "m", "media_type": "image", **fields}
    return Past(
        "id",
        status=state.value,
        state=state,
        at=when,
        cost=None if cost is None else Decimal(cost),
        estimate=None if estimate is None else Decimal(estimate),
        **fields,
    )


def keys(spend: Spend) -> list[tuple[str | None, int]]:
    """Names and costs, in order."""
    return [(one.key, int(one.cost)) for one in spend.sums]


def test_days_are_those_of_the_zone() -> None:
    """Half past eleven at night in UTC is the next day in Berlin, in summer and in winter."""
    rows = [past(at("2026-11-24T22:30")), past(at("2026-11-24T23:30")), past(at("2026-07-01T22:30")), past(None)]

    assert keys(summed(rows, (), "day", BERLIN)) == [
        ("2026-07-02", 1), ("2026-11-24", 1), ("2026-11-25", 1), (None, 1),
    ]  # fmt: skip
    assert keys(summed(rows, (), "day", UTC)) == [("2026-07-01", 1), ("2026-11-24", 2), (None, 1)]


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    """Weeks have the year of their Thursday, as ISO 8601 says."""
    rows = [past(at(day)) for day in ("2026-12-31", "2027-01-01", "2027-01-03", "2027-01-04")]

    assert keys(summed(rows, (), "week", UTC)) == [("2026-W53", 3), ("2027-W01", 1)]
    assert keys(summed(rows, (), "month", UTC)) == [("2026-12", 1), ("2027-01", 3)]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("model", [("dear", 5), ("cheap", 2), (None, 0)]),
        ("tag", [(None, 5), ("ad", 2)]),
        ("status", [("succeeded", 7), ("failed", 0)]),
        ("media", [("video", 5), ("image", 2)]),
    ],
)
def test_other_groups_come_the_dearest_first(by: By, expected: list[tuple[str | None, int]]) -> None:
    """What has no tag is a group as well."""
    rows = [
        past(cost="1", model="cheap", tag="ad"),
        past(cost="1", model="cheap", tag="ad"),
        past(cost="5", model="dear", media_type="video"),
        past(cost=None, model=None, state=State.FAILED),
    ]

    assert keys(summed(rows, (), by, UTC)) == expected


def test_what_is_not_known_is_counted_and_not_taken_for_zero() -> None:
    """Each kind of it for itself; the difference is over those that have both figures."""
    rows = [
        past(cost="0.35", estimate="0.30"),
        past(cost="0.10"),
        past(cost=None, estimate="0.20"),
        past(cost=None, estimate="0.40", state=State.PROCESSING),
        past(cost=None, estimate="0.80", state=State.CANCELLED),
        past(cost=None, state=State.UNKNOWN),
        past(cost=None, state=State.VANISHED),
    ]
    direct = [past(cost=None, estimate="0.02"), past(cost=None)]

    (one,) = (spend := summed(rows, direct, "status", UTC)).sums[:1]

    assert spend.total == Sum(
        count=7, cost=Decimal("0.45"), priced=2, running=1, uncharged=1, unknown=3, estimated=Decimal("1.70"),
        estimates=4, difference=Decimal("0.05"), compared=1, expected=Decimal("0.60"), direct=2,
        direct_estimated=Decimal("0.02"), direct_estimates=1,
    )  # fmt: skip
    assert (one.key, one.count, one.direct) == ("succeeded", 3, 2)


def test_gaps_are_known() -> None:
    """How many periods are missing between two sums, across months, years and changes of the clock."""
    days = summed([past(at(day)) for day in ("2026-10-24", "2026-10-26", "2026-10-27")], (), "day", BERLIN)
    weeks = summed([past(at(day)) for day in ("2026-12-20", "2027-01-10")], (), "week", UTC)
    months = summed([past(at(day)) for day in ("2025-11-30", "2026-02-01")], (), "month", UTC)
    tags = summed([past(tag="a"), past(tag="b")], (), "tag", UTC)

    assert [days.missing_before(place) for place in range(3)] == [0, 1, 0]
    assert (weeks.missing_before(1), months.missing_before(1), tags.missing_before(1)) == (2, 2, 0)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(["day", "week", "month"]), st.integers(0, 40))
def test_counting_on_fills_a_gap_exactly(start: date, by: By, distance: int) -> None:
    """From one sum, as many steps as are missing lead to the period before the next."""
    spend = summed([past(at(str(start))), past(at(str(start + timedelta(days=distance))))], (), by, UTC)
    if len(spend.sums) == 1:
        return
    first, second = spend.sums
    step = first.start
    for _ in range(spend.missing_before(1) + 1):
        assert step is not None
        step = following(step, by)
    assert (step, name_of(step or start, by)) == (second.start, second.key)


def costs() -> Iterator[Any]:
    """Strategies of one generation."""
    amounts = st.none() | st.decimals(0, 1000, places=4).map(str)
    yield st.builds(
        past,
        st.none() | st.floats(0, 4e9),
        amounts,
        amounts,
        state=st.sampled_from(State),
        tag=st.none() | st.sampled_from(["a", "b"]),
    )


@given(
    st.lists(next(costs())),
    st.lists(next(costs())),
    st.sampled_from(["day", "week", "month", "model", "tag", "status", "media"]),
)
def test_the_groups_add_up_to_the_total(rows: list[Past], direct: list[Past], by: By) -> None:
    """Exactly, to the last digit; every generation is in one group and of one kind."""
    spend = summed(rows, direct, by, BERLIN)

    for name in Sum.__slots__[2:]:
        assert sum(getattr(one, name) for one in spend.sums) == getattr(spend.total, name), name
    assert spend.total.count == len(rows)
    assert spend.total.direct == len(direct)
    for one in spend.sums:
        assert one.priced + one.running + one.uncharged + one.unknown == one.count


def test_a_moment_that_no_calendar_has_is_undated() -> None:
    """A server may say anything."""
    assert keys(summed([past(1e300), past(-1e18)], (), "day", UTC)) == [(None, 2)]
