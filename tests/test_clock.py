"""The real clock and the one that stands still."""

import threading

from hypothesis import given, strategies as st

from inference_cli.clock import ManualClock, SystemClock


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
