"""Durations, moments, sizes and money as people type them."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from inference_cli.cli import quantities
from inference_cli.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("90", 90.0),
        ("90s", 90.0),
        ("10m", 600.0),
        ("1h30m", 5400.0),
        ("0.5s", 0.5),
        ("250ms", 0.25),
        (" 2D ", 172800.0),
    ],
)
def test_a_duration_is_read_with_its_units(typed: str, meant: float) -> None:
    """Plain numbers are seconds; units add up."""
    assert quantities.seconds(typed) == meant


@pytest.mark.parametrize("typed", ["", "0", "-5", "5 minutes", "m", "1e3", "nan", "5y", "0s"])
def test_what_is_no_duration_is_refused(typed: str) -> None:
    """Nothing is guessed, and a limit of nothing is no limit."""
    with pytest.raises(UsageError):
        quantities.seconds(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1000", 1000), ("500MB", 500_000_000), ("2GiB", 2 * 2**30), ("1.5kb", 1500), ("20GB", 20 * 10**9)],
)
def test_a_size_is_read_with_its_unit(typed: str, meant: int) -> None:
    """Decimal and binary units are kept apart."""
    assert quantities.size(typed) == meant


@pytest.mark.parametrize("typed", ["", "0", "-1", "big", "5 PB", "0.1"])
def test_what_is_no_size_is_refused(typed: str) -> None:
    """A size is at least one byte."""
    with pytest.raises(UsageError):
        quantities.size(typed)


@pytest.mark.parametrize(("typed", "meant"), [("0.50", Decimal("0.50")), ("$3", Decimal(3)), ("0", Decimal(0))])
def test_money_is_exact(typed: str, meant: Decimal) -> None:
    """Amounts are decimals, never floats."""
    assert quantities.money(typed) == meant


@pytest.mark.parametrize("typed", ["", "-1", "NaN", "Infinity", "ten"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    """No limit may be read out of nonsense."""
    with pytest.raises(UsageError):
        quantities.money(typed)


NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC).timestamp()
BERLIN = ZoneInfo("Europe/Berlin")


def read(typed: str, *, end: bool = False, midnight: bool = False) -> str:
    """A moment as it is understood in Berlin."""
    found = quantities.moment(typed, now=NOW, zone=BERLIN, end=end, midnight=midnight)
    return "all" if found is None else datetime.fromtimestamp(found, BERLIN).isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24h", "2026-11-24T13:30+01:00"),
        ("1h30m", "2026-11-25T12:00+01:00"),
        ("2W", "2026-11-11T13:30+01:00"),
        ("2026-11-01", "2026-11-01T00:00+01:00"),
        ("2026-07-01T12:30", "2026-07-01T12:30+02:00"),
        ("2026-11-01T12:30Z", "2026-11-01T13:30+01:00"),
        ("today", "2026-11-25T00:00+01:00"),
        (" Yesterday ", "2026-11-24T00:00+01:00"),
        ("all", "all"),
    ],
)
def test_a_moment_is_ago_or_on_the_calendar(typed: str, meant: str) -> None:
    """Days are those of the zone, in summer and in winter."""
    assert read(typed) == meant


def test_a_day_ends_where_the_next_begins() -> None:
    """Where a span ends with a day, the day is in it; the day of a change of the clock has another length."""
    assert read("2026-10-25", end=True) == "2026-10-26T00:00+01:00"
    assert read("today", end=True) == "2026-11-26T00:00+01:00"
    assert read("2026-11-01T12:30", end=True) == "2026-11-01T12:30+01:00"
    assert read("24h", end=True) == "2026-11-24T13:30+01:00"


def test_days_ago_begin_at_midnight_where_whole_days_are_summed() -> None:
    """Across a change of the clock too; hours ago stay as they are."""
    assert read("7d", midnight=True) == "2026-11-18T00:00+01:00"
    assert read("60d", midnight=True) == "2026-09-26T00:00+02:00"
    assert read("24h", midnight=True) == "2026-11-24T13:30+01:00"


def test_without_a_zone_the_machines_own_counts() -> None:
    """A date means a midnight there."""
    found = quantities.moment("2026-11-01", now=NOW, zone=None)
    assert found == datetime(2026, 11, 1).timestamp()  # noqa: DTZ001 - the machine's own time is meant


@pytest.mark.parametrize(
    "typed", ["", "soon", "7", "7y", "-7d", "0d", "2026-13-01", "2026-11-01T", "9999999999999d", "d"]
)
def test_what_is_no_moment_is_refused(typed: str) -> None:
    """Nothing is guessed: a number alone could be anything."""
    for midnight in (False, True):
        with pytest.raises(UsageError):
            quantities.moment(typed, now=NOW, zone=BERLIN, midnight=midnight)
