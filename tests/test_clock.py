"""The real clock and the one that stands still."""

import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from inference_cli.clock import ManualClock, SystemClock, local_date, local_time


def test_the_real_clock_never_goes_back() -> None:
    """Durations are measured with what only grows."""
    clock = SystemClock()
    before = clock.monotonic()
    clock.sleep(0)

    assert clock.monotonic() >= before
    assert clock.now() > 1_700_000_000


def test_waiting_on_the_real_clock_ends_with_the_event() -> None:
    """A set event is noticed at once, an unset one after the time given."""
    clock, event = SystemClock(), threading.Event()

    assert clock.wait(event, 0) is False
    event.set()
    assert clock.wait(event, 3600) is True


def test_the_manual_clock_moves_only_when_somebody_sleeps() -> None:
    """Hours pass without waiting, and each sleep is remembered."""
    clock = ManualClock(start=1000.0)

    clock.sleep(3600)
    clock.sleep(0.5)

    assert (clock.now(), clock.monotonic(), clock.slept) == (4600.5, 3600.5, [3600, 0.5])


def test_waiting_on_the_manual_clock_takes_no_time_when_the_event_is_set() -> None:
    """Otherwise the whole time passes at once."""
    clock, event = ManualClock(), threading.Event()

    assert clock.wait(event, 5) is False
    event.set()
    assert clock.wait(event, 5) is True
    assert clock.slept == [5]


@given(st.lists(st.integers(0, 10_000)))
def test_sleeps_on_the_manual_clock_add_up(sleeps: list[int]) -> None:
    """Nothing is lost between them."""
    clock = ManualClock(start=0)
    for seconds in sleeps:
        clock.sleep(seconds)

    assert clock.now() == clock.monotonic() == sum(sleeps)


def test_a_moment_has_a_place_on_the_calendar_of_a_zone() -> None:
    """Without one on the machine's own; a moment that no calendar has is none."""
    berlin = ZoneInfo("Europe/Berlin")
    assert local_time(0.0, berlin) == datetime(1970, 1, 1, 1, tzinfo=berlin)
    assert local_time(0.0, None) == datetime(1970, 1, 1, tzinfo=UTC)
    assert [local_time(moment, UTC) for moment in (1e300, -1e300, 1e12)] == [None, None, None]


ZONES = [None, *map(ZoneInfo, ("Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "America/Sao_Paulo"))]


@given(st.integers(-50_000_000_000, 200_000_000_000), st.sampled_from(ZONES))
def test_the_day_of_a_moment_is_that_of_its_time(moment: int, zone: ZoneInfo | None) -> None:
    """Wherever clocks are changed, before 1970 too; what no calendar has is on no day."""
    at = local_time(moment, zone)

    assert at is not None
    assert local_date(moment, zone) == at.date()
    assert [local_date(beyond, zone) for beyond in (1e300, -1e300, 1e12)] == [None, None, None]
