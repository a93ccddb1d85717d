from inference_cli.api.deadlines import Deadline, limits
from inference_cli.clock import ManualClock


def test_deadlines_shrink_with_the_clock() -> None:
    """A number for those who take it as one, and what is left for those who ask."""
    clock = ManualClock()
    deadline = Deadline(clock, 100.0, 30.0)
    assert (float(deadline), deadline.left()) == (30.0, 30.0)
    clock.sleep(90)
    assert (float(deadline), deadline.left()) == (30.0, 10.0)
    clock.sleep(20)
    assert (deadline.left(), float(Deadline(clock, 100.0))) == (-10.0, 0.0)
    assert limits(ManualClock(), 5.0) == {"connect": 5.0, "pool": 5.0, "write": 5.0, "read": 5.0}
    assert limits(ManualClock(), 900.0, each=60.0) == {"connect": 10.0, "pool": 10.0, "write": 60.0, "read": 60.0}


def test_a_step_has_an_end() -> None:
    """Of 30 s each: what passes during the step counts, whoever looks."""
    clock = ManualClock()
    deadline = Deadline(clock, 100.0, 30.0)
    clock.sleep(80)
    step = deadline.begun()
    clock.sleep(15)
    assert (step.left(), deadline.left()) == (5.0, 5.0)
    again = Deadline(clock, 1000.0, 30.0).begun()
    clock.sleep(29)
    assert again.left() == 1.0
