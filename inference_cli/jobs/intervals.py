"""How long to wait between two looks at the queue (fault C26)."""

from collections.abc import Callable

from inference_cli.jobs.look import Look

_FIRST, _FACTOR, _JITTER = 0.3, 1.5, 0.2  # seconds; growth per look; at most a fifth less
_MOST = 10  # requests a second, which the server allows
LONGEST = {"image": 5.0, "video": 30.0}  # seconds


class Intervals:
    """0.3 s, then half as long again each time, up to 5 s for images or 30 s for videos.

    Args:
        fixed: seconds that never change, for the sandbox in this process.
        jitter: numbers from 0 to 1, so that many clients do not ask in step.
        age: seconds since the youngest was taken: the wait is what it would be if it had been watched since.
    """

    def __init__(self, *, fixed: float | None, jitter: Callable[[], float], age: float = 0.0) -> None:
        self._fixed, self._jitter = fixed, jitter
        self._next = _FIRST + age * (_FACTOR - 1)  # the sum of the waits before it, as of any geometric series

    @property
    def current(self) -> float:
        """Seconds that the next wait is about to have, before jitter."""
        return self._fixed or self._next

    def after(self, look: Look, longest: float) -> float:
        """Seconds until the next look, and longer ones after it.

        Args:
            look: the last one: its requests are spread, and what it left is asked for as soon as that allows.
            longest: no wait exceeds it, but to spread requests.
        """
        if self._fixed:
            return self._fixed
        spread = look.requests / _MOST
        if not look.complete:
            return spread
        seconds = min(self._next, longest)
        self._next = min(self._next * _FACTOR, longest)
        return max(seconds * (1 - _JITTER * self._jitter()), spread)
