"""The user's wish to stop, as a flag that a signal sets and every loop looks at."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from inference_cli.clock import Wake
from inference_cli.errors import Interrupted

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Stop:
    """Whether somebody asked this command to stop, and with which signal.

    Args:
        last: what even the third signal, which ends the process, must not leave undone; called in its handler.
    """

    def __init__(self, *, last: Callable[[], None] | None = None) -> None:
        self._last = last
        self.event: threading.Event = Wake()
        self.signum = int(signal.SIGINT)
        self._times = 0
        self._breakable = False
        self._bells: list[threading.Event] = []

    @property
    def requested(self) -> bool:
        """Whether a stop was asked for."""
        return self._times > 0

    def request(self, signum: int = signal.SIGINT) -> None:
        """Ask for a stop; safe in a signal handler and from any thread."""
        self._times += 1
        self.signum = int(signum)
        self.event.set()
        for bell in self._bells:
            bell.set()

    def forget(self) -> None:
        """Nobody wants a stop any more: what was stopped has ended, and something else begins."""
        self._times = 0
        self.event.clear()

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """Let the first signal end what runs in the context at once, such as a question to a person."""
        before, self._breakable = self._breakable, True
        try:
            yield
        finally:
            self._breakable = before

    @contextmanager
    def ringing(self, bell: threading.Event) -> Iterator[None]:
        """Set that event too when a stop is asked for, as long as the context lasts."""
        self._bells.append(bell)
        try:
            yield
        finally:
            self._bells.remove(bell)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Turn Ctrl-C, SIGTERM and SIGHUP into a stop, as long as the context lasts (faults C10 to C13).

        The first asks for a stop, the second ends whatever runs in the main thread at once, the third the process.
        Outside the main thread nothing changes: only it can have handlers.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        before = {number: signal.signal(number, self._handle) for number in numbers if not _ignored(number)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, signal.SIG_DFL if handler is None else handler)

    def _handle(self, signum: int, _frame: FrameType | None) -> None:
        self.request(signum)
        if self._breakable:
            self._breakable = False
            raise Interrupted("stopped; nothing more was sent", signum=signum)
        if self._times == 2:  # noqa: PLR2004 - the second signal
            raise Interrupted("stopped at once", signum=signum, hint="Find out what became of it:  inference recover")
        if self._times > 2:  # noqa: PLR2004 - the third: not even cleaning up may take longer
            if self._last is not None:
                self._last()
            os._exit(128 + signum)


def _ignored(number: int) -> bool:
    """``nohup`` and a shell's background jobs ignore signals on purpose."""
    return signal.getsignal(number) is signal.SIG_IGN
