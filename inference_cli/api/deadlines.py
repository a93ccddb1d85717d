"""Time limits that shrink while the clock runs, in a form that httpx takes for plain numbers."""

import threading
from typing import Self

from inference_cli.clock import Clock

CONNECT, WRITE = 10.0, 60.0  # seconds (faults document, "Retry policy", timeouts)


class Deadline(float):
    """A time limit in seconds that shrinks while the clock runs; httpx passes it on like any number.

    Args:
        clock: whose monotonic time counts.
        at: the monotonic second at which everything has to be over.
        each: seconds that a single step may take, if that is less.
        stop: ends it at once when it is set.
    """

    def __new__(cls, clock: Clock, at: float, each: float = 1e9, stop: threading.Event | None = None) -> Self:
        """A float that is right at the moment of its creation."""
        self = super().__new__(cls, max(0.0, min(each, at - clock.monotonic())))
        self._clock, self._at, self._each, self.stop = clock, at, each, stop
        return self

    _clock: Clock
    _at: float
    _each: float
    stop: threading.Event | None

    def each_from_now(self, seconds: float) -> None:
        """Give every further step that much time."""
        self._each = seconds

    def begun(self) -> "Deadline":
        """The limit of one step that begins now: its end stays where it is, however often somebody looks."""
        return Deadline(self._clock, self._clock.monotonic() + self.left(), stop=self.stop)

    def left(self) -> float:
        """Seconds left now, for one step; 0 or less when the time is up, or when somebody wishes to stop."""
        if self.stop is not None and self.stop.is_set():
            return 0.0
        return min(self._each, self._at - self._clock.monotonic())


def limits(clock: Clock, at: float, *, each: float = 1e9, stop: threading.Event | None = None) -> dict[str, Deadline]:
    """The ``timeout`` extension of httpx for one request that has to be over at the monotonic second ``at``.

    Args:
        clock: whose monotonic time counts.
        at: when everything has to be over.
        each: seconds that may pass between two bytes of the answer.
        stop: ends the reading when it is set.
    """
    return {
        "connect": Deadline(clock, at, CONNECT),
        "pool": Deadline(clock, at, CONNECT),
        "write": Deadline(clock, at, WRITE),
        "read": Deadline(clock, at, each, stop),
    }
