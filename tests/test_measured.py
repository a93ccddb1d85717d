"""What coverage looks at, and that it goes on looking afterwards."""

from tests.support.measured import first, stoppable


class Measurement:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def stop(self) -> None:
        """Measure no more."""
        self.told.append("stop")

    def start(self) -> None:
        """Measure again."""
        self.told.append("start")


def test_the_first_examples_are_measured() -> None:
    """Every example is tried; measuring ends once, after as many as are wanted, and goes on after the property."""
    running = Measurement()
    with stoppable(running) as stop:
        example = first(2, lambda number: running.told.append(str(number)), stop)
        for number in range(4):
            example(number)
    assert running.told == ["0", "1", "stop", "2", "3", "start"]


def test_what_nobody_stops_is_measured_whole() -> None:
    """Neither stopped nor started."""
    running = Measurement()
    with stoppable(running):
        running.told.append("test")
    assert running.told == ["test"]


def test_nothing_is_measured_without_coverage() -> None:
    """Stopping is nothing then."""
    with stoppable(None) as stop:
        stop()
