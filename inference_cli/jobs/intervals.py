"""How long to wait between two looks at the queue (fault C26)."""

from collections.abc import Callable

_FIRST, _FACTOR, _JITTER = 0.3, 1.5, 0.2  # seconds; growth per look; at most a fifth less
LONGEST = {"image": 5.0, "video": 30.0}  # seconds


class Intervals:
    """0.3 s, then half as long again each time, up to 5 s for images or 30 s for videos.

    Args:
        fixed: seconds that never change, for the sandbox in this process.
        jitter: numbers from 0 to 1, so that many clients do not ask in step.
    """

    def __init__(self, *, fixed: float | None, jitter: Callable[[], float]) -> None:
        self._fixed, self._jitter = fixed, jitter
        self._next = _FIRST

    @property
    def current(self) -> float:
        """Seconds that the next wait is about to have, before jitter."""
        return self._fixed or self._next

    def next(self, longest: float) -> float:
        """Seconds until the next look, and longer ones after it.

        Args:
            longest: no wait exceeds it.
        """
        if self._fixed:
            return self._fixed
        seconds = min(self._next, longest)
        self._next = min(self._next * _FACTOR, longest)
        return seconds * (1 - _JITTER * self._jitter())
