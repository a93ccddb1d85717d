"""Time, injected: the real clock, the manual one that tests advance without waiting, and an event to wait for."""

import threading
import time
from contextlib import suppress
from typing import Protocol


class Wake(threading.Event):
    """An event that survives signals: a handler may set it while its own thread waits, or break off whoever sets it.

    The standard event takes a lock inside each call: setting it from a handler can block for ever, and an exception
    that a handler raises there can leave the lock taken. This one is a single lock, open when the event is set.
    """

    def __init__(self) -> None:
        super().__init__()
        self._gate = threading.Lock()
        self._gate.acquire()

    def is_set(self) -> bool:
        """Whether it was set and not cleared since."""
        return not self._gate.locked()

    def set(self) -> None:
        """Wake whoever waits, now and until it is cleared."""
        with suppress(RuntimeError):  # it is open already
            self._gate.release()

    def clear(self) -> None:
        """Let the next wait be one."""
        self._gate.acquire(blocking=False)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait at most that many seconds; whether it was set."""
        seconds = -1 if timeout is None else min(max(timeout, 0.0), threading.TIMEOUT_MAX)
        opened = self._gate.acquire(timeout=seconds)
        if opened:
            self.set()
        return opened


class Clock(Protocol):
    """What the program may know about time."""

    def now(self) -> float:
        """Seconds since the Unix epoch; it may jump."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary start that never go back; every duration is measured with it."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        ...

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Let the time pass, or less when the event is set; whether it was set."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> float:
        """Seconds since the Unix epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since an arbitrary start."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Sleep for that many seconds."""
        time.sleep(seconds)

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait for the event at most that many seconds; whether it was set."""
        return event.wait(seconds)


class ManualClock:
    """A clock that stands still until somebody sleeps on it; sleeping takes no time.

    Args:
        start: the Unix time at which it stands.
    """

    def __init__(self, start: float = 1_790_000_000.0) -> None:
        self._start = start
        self._passed = 0.0
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> float:
        """The start and what has passed since."""
        return self._start + self._passed

    def monotonic(self) -> float:
        """What has passed."""
        return self._passed

    def sleep(self, seconds: float) -> None:
        """Advance at once, and remember by how much."""
        with self._lock:
            self.slept.append(seconds)
            self._passed += seconds

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Advance at once unless the event is set already; whether it was."""
        if event.is_set():
            return True
        self.sleep(seconds)
        return event.is_set()
