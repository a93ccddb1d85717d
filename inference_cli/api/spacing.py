"""Room between paid requests, so that a server that limits how often it is asked takes all of them."""

import threading

from inference_cli.clock import Clock

_LONGEST = 10.0  # seconds
_EASING = 0.005  # the part by which the room shrinks with each request, for a limit may be lifted


class Spacing:
    """How far apart the paid requests of one command are sent: not at all, until the server says 429.

    From then on they are as far apart as that server allowed: the time since it last said so, the waiting included,
    shared among the requests that were made in it. Any method may be called from any thread.

    Args:
        clock: whose seconds count.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._since: float | None = None
        self._asked = 0
        self._room = self._free = 0.0

    def turn(self) -> float:
        """Take the next turn; in how many seconds it comes."""
        with self._lock:
            now = self._clock.monotonic()
            self._since = now if self._since is None else self._since
            self._asked += 1
            begins = max(now, self._free) if self._room else now
            self._free = begins + self._room
            self._room *= 1 - _EASING
            return begins - now

    def throttled(self, pause: float) -> None:
        """The server was asked too often, and will be asked again after that many seconds."""
        with self._lock:
            again = self._clock.monotonic() + pause
            if self._asked and self._since is not None:  # else it is the same 429, given to another thread too
                self._room = min(_LONGEST, (again - self._since) / self._asked)
                self._since, self._asked = again, 0
            self._free = max(self._free, again + self._room)
