"""When the queue is looked at: the pace of one poller, whatever it follows and whatever the event stream says."""

from collections.abc import Container

from inference_cli.clock import ManualClock
from inference_cli.jobs.look import Look
from inference_cli.jobs.pace import Pace

LOOK = Look((), requests=2)


def pace_of(clock: ManualClock, *, age: float = 0.0, fixed: float | None = None) -> Pace:
    """A pace without jitter whose first look is due at once."""
    return Pace(clock, fixed=fixed, jitter=lambda: 0.0, first_look=0.0, age=age)


def waits(pace: Pace, clock: ManualClock, count: int, *, longest: float, waiting: Container[str] = ()) -> list[float]:
    """Seconds between so many looks, each taken when it is due."""
    found: list[float] = []
    for _ in range(count):
        clock.sleep(max(0.0, pace.due - clock.monotonic()))
        assert pace.is_due
        pace.begin()
        assert not pace.is_due
        pace.end(LOOK, waiting, longest)
        found.append(round(pace.due - clock.monotonic(), 3))
    return found


def test_C26_what_is_old_already_is_looked_at_as_if_it_had_been_watched_since() -> None:
    """The waits that fresh ones come to after that time; never more than the longest of their kind."""
    fresh = ManualClock()
    all_of_them = waits(pace_of(fresh), fresh, 6, longest=30.0)
    assert all_of_them == [0.3, 0.45, 0.675, 1.013, 1.519, 2.278]
    for age, first in ((sum(all_of_them[:2]), 2), (sum(all_of_them[:4]), 4)):
        clock = ManualClock()
        assert abs(waits(pace_of(clock, age=age), clock, 1, longest=30.0)[0] - all_of_them[first]) < 0.002
    assert waits(pace_of(ManualClock(), age=3600.0), ManualClock(), 1, longest=5.0) == [5.0]


def test_the_stream_is_wanted_when_waits_are_long_and_never_for_a_sandbox() -> None:
    """From three seconds on; a sandbox in this process is asked at a fixed interval."""
    clock = ManualClock()
    pace = pace_of(clock)
    waits(pace, clock, 5, longest=5.0)
    assert not pace.wants_stream
    waits(pace, clock, 1, longest=5.0)
    assert pace.wants_stream
    assert not pace_of(clock, age=3600.0, fixed=0.3).wants_stream


def test_A39_a_hint_brings_the_look_forward_and_a_thousand_bring_no_more() -> None:
    """At once for one, after half a second for several; then every 5 s at most, however many come."""
    clock = ManualClock()
    pace = pace_of(clock, age=600.0)
    waits(pace, clock, 1, longest=30.0)
    clock.sleep(10.0)
    assert not pace.is_due
    pace.hint("a", several=False)
    assert pace.is_due
    looks = 0
    for n in range(1000):  # ten a second
        pace.hint(f"g{n}", several=True)
        if pace.is_due:
            looks += 1
            pace.begin()
            pace.end(LOOK, (), 30.0)
        clock.sleep(0.1)
    assert looks == 20
    pace.begin()
    pace.end(LOOK, (), 30.0)
    clock.sleep(10.0)
    pace.hint("z", several=True)
    assert round(pace.due - clock.monotonic(), 3) == 0.5


def test_A39_a_list_that_is_late_is_looked_at_once_more() -> None:
    """What was hinted at, or is while somebody looks, and is still waited for; then the ordinary pace goes on."""
    clock = ManualClock()
    pace = pace_of(clock, age=600.0)
    waits(pace, clock, 1, longest=30.0)
    clock.sleep(20.0)
    pace.hint("a", several=False)
    assert waits(pace, clock, 3, longest=30.0, waiting={"a"}) == [5.0, 30.0, 30.0]
    clock.sleep(30.0)
    pace.begin()
    pace.hint("b", several=True)
    assert not pace.is_due
    pace.end(LOOK, {"b"}, 30.0)
    assert round(pace.due - clock.monotonic(), 3) == 5.0


def test_while_the_stream_is_there_images_are_looked_at_less_often() -> None:
    """Every 15 s, since it tells of every end but a cancellation; films are left alone as long as ever."""
    clock = ManualClock()
    pace = pace_of(clock, age=600.0)
    pace.connected(True)
    assert waits(pace, clock, 2, longest=5.0) == [15.0, 15.0]
    pace.connected(False)
    assert waits(pace, clock, 2, longest=5.0) == [5.0, 5.0]
    films = pace_of(clock, age=600.0)
    films.connected(True)
    assert waits(films, clock, 2, longest=30.0) == [30.0, 30.0]
