"""When to look at the queue next: after a while, or sooner where the event stream says that something happened."""

from collections.abc import Callable, Container

from inference_cli.clock import Clock
from inference_cli.jobs.intervals import Intervals
from inference_cli.jobs.look import Look

_STREAM_FROM = 3.0  # seconds between looks from which on the event stream is worth a connection
_GAP = 5.0  # seconds between two looks at most often, whatever the stream says: as often as images are looked at
_GATHERED = 0.5  # seconds in which others may end, too, before a look at several
_HEARD = 15.0  # seconds between two looks while the stream is there, which tells of every end but a cancellation


class Pace:
    """The pace of one poller, the same for one generation as for thousands.

    Args:
        clock: time, real or not.
        fixed: seconds between two looks; None for those of the contract.
        jitter: numbers from 0 to 1.
        first_look: seconds until the first one.
        age: seconds since the youngest generation was taken.
    """

    def __init__(
        self, clock: Clock, *, fixed: float | None, jitter: Callable[[], float], first_look: float, age: float
    ) -> None:
        self._clock, self._fixed = clock, fixed
        self._intervals = Intervals(fixed=fixed, jitter=jitter, age=age)
        self.due = clock.monotonic() + first_look
        self.looking = False
        self._ended = clock.monotonic()  # when the last look did
        self._hints: set[str] = set()  # that came since the last look began
        self._followed: set[str] = set()  # that the last look is to find out about
        self._connected = False

    @property
    def wants_stream(self) -> bool:
        """Whether the waiting has become long enough for the event stream."""
        return self._fixed is None and self._intervals.current >= _STREAM_FROM

    def connected(self, there: bool) -> None:
        """The event stream is there, or is not any more; from any thread."""
        self._connected = there

    @property
    def is_due(self) -> bool:
        """Whether to look now."""
        return not self.looking and self._clock.monotonic() >= self.due

    def begin(self) -> None:
        """A look begins."""
        self.looking = True
        self._followed, self._hints = self._hints, set()

    def end(self, look: Look, waiting: Container[str], longest: float) -> None:
        """A look has ended: the next one is due after a while.

        Args:
            look: what it took.
            waiting: those that are waited for still.
            longest: seconds that no wait exceeds without the stream.
        """
        self.looking = False
        self._ended = self._clock.monotonic()
        seconds = self._intervals.after(look, max(longest, _HEARD) if self._connected else longest)
        self.due = self._ended + seconds
        if any(identity in waiting for identity in (*self._hints, *self._followed)):
            self._hasten(several=False)  # the list may know later than the stream, once

    def hint(self, identity: str, *, several: bool) -> None:
        """Something happened to a generation: look soon.

        Args:
            identity: which.
            several: whether others are waited for.
        """
        self._hints.add(identity)
        if not self.looking:
            self._hasten(several=several)

    def _hasten(self, *, several: bool) -> None:
        soon = self._clock.monotonic() + (_GATHERED if several else 0.0)
        self.due = min(self.due, max(soon, self._ended + min(self._intervals.current, _GAP)))
