"""Room between paid requests after a server said that it is asked too often (fault A28)."""

from hypothesis import given, strategies as st

from inference_cli.api.spacing import Spacing
from inference_cli.clock import ManualClock


class Limited:
    """A server that takes so many requests in each span of seconds, and says with a 429 how long the rest of it is."""

    def __init__(self, clock: ManualClock, most: int, span: float) -> None:
        self.clock, self.most, self.span = clock, most, span
        self.window, self.taken = 0, 0

    def asked(self) -> float | None:
        """None if it takes a request; else the seconds to wait."""
        window, into = divmod(self.clock.monotonic(), self.span)
        if window != self.window:
            self.window, self.taken = int(window), 0
        if self.taken == self.most:
            return self.span - into + 0.001
        self.taken += 1
        return None


def submit(count: int, server: Limited, *, each: float) -> tuple[float, float]:
    """Send so many requests that take ``each`` seconds; the seconds in all, and those of waiting after a 429."""
    clock, waited = server.clock, 0.0
    spacing = Spacing(clock)
    for _ in range(count):
        clock.sleep(spacing.turn())
        clock.sleep(each)
        while (pause := server.asked()) is not None:
            spacing.throttled(pause)
            waited += pause
            clock.sleep(pause)
    return clock.monotonic(), waited


def test_nothing_is_waited_for_until_a_server_asks_for_it() -> None:
    """A thousand turns, each at once."""
    spacing = Spacing(ManualClock())
    assert [spacing.turn() for _ in range(1000)] == [0.0] * 1000


def test_A28_after_a_429_the_next_are_as_far_apart_as_the_server_allowed() -> None:
    """Ten were taken in one second and a second was to be waited: one in 0.2 s from then on, and slowly more."""
    clock = ManualClock()
    spacing = Spacing(clock)
    for _ in range(10):
        spacing.turn()
        clock.sleep(0.1)
    spacing.throttled(1.0)
    assert [round(spacing.turn(), 3) for _ in range(4)] == [1.2, 1.4, 1.599, 1.797]


def test_A28_one_limit_that_several_threads_ran_into_counts_once() -> None:
    """Four were under way: the room is reckoned from the first answer, and nobody asks before the last pause is over."""
    clock = ManualClock()
    spacing = Spacing(clock)
    for _ in range(4):
        spacing.turn()
    clock.sleep(1.0)
    for pause in (1.0, 1.1, 1.2, 1.3):
        spacing.throttled(pause)
    assert [round(spacing.turn(), 3) for _ in range(2)] == [1.8, 2.3]


def test_the_room_is_ten_seconds_at_most() -> None:
    """A server that throttles the first request for an hour does not hold up the others for as long each."""
    clock = ManualClock()
    spacing = Spacing(clock)
    spacing.turn()
    spacing.throttled(100.0)
    assert [round(spacing.turn(), 2) for _ in range(3)] == [110.0, 120.0, 129.95]


@given(most=st.integers(1, 100), span=st.sampled_from([1.0, 5.0, 10.0]), each=st.sampled_from([0.005, 0.05, 0.2]))
def test_A28_a_limit_costs_little_waiting_and_little_time(most: int, span: float, each: float) -> None:
    """A thousand requests, whatever the limit: within the budget for waiting, and in the time that the limit allows."""
    shortest = max(1000 * each, 1000 / most * span)
    if shortest / 1000 > 5.0:
        return  # slower than the longest room allows for
    server = Limited(ManualClock(), most, span)
    seconds, waited = submit(1000, server, each=each)
    assert seconds <= 1.1 * shortest + 2 * span
    assert waited <= 60.0  # seconds that one command may wait in all (policy table)
