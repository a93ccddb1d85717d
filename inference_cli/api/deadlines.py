"""Time limits that shrink while the clock runs, in a form that httpx takes for plain numbers."""

from typing import Self

from inference_cli.clock import Clock

CONNECT, WRITE = 10.0, 60.0  # seconds (faults document, "Retry policy", timeouts)


class Deadline(float):
    """A time limit in seconds that shrinks while the clock runs; httpx passes it on like any number.

    Args:
        clock: whose monotonic time counts.
        at: the monotonic second at which everything has to be over.
        each: seconds that a single step may take, if that is less.
    """

    def __new__(cls, clock: Clock, at: float, each: float = 1e9) -> Self:
        """A float that is right at the moment of its creation."""
        self = super().__new__(cls, max(0.0, min(each, at - clock.monotonic())))
        self._clock, self._at, self._each = clock, at, each
        return self

    _clock: Clock
    _at: float
    _each: float

    def left(self) -> float:
        """Seconds left now, for one step; 0 or less when the time is up."""
        return min(self._each, self._at - self._clock.monotonic())


def limits(clock: Clock, at: float, *, each: float = 1e9) -> dict[str, float]:
    """The ``timeout`` extension of httpx for one request that has to be over at the monotonic second ``at``."""
    return {
        "connect": Deadline(clock, at, CONNECT),
        "pool": Deadline(clock, at, CONNECT),
        "write": Deadline(clock, at, WRITE),
        "read": Deadline(clock, at, each),
    }
