"""Signals during a conversation: what must end it ends it, at a place where nothing is lost."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from inference_cli.errors import Interrupted

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Signals:
    """SIGTERM and SIGHUP end the conversation, Ctrl-C what is under way.

    Between two steps, and while something is being kept, they are only noted.
    """

    def __init__(self) -> None:
        self._signum: int | None = None
        self._breakable = False
        self.tell: Callable[[BaseException], None] = _nobody

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Take the signals, as long as the context lasts; those that are ignored on purpose stay so."""
        numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        taken = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, self._handle) for number in taken}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, signal.SIG_DFL if handler is None else handler)

    @contextmanager
    def breakable(self, breakable: bool = True) -> Iterator[None]:
        """Let signals break off what runs in the context; False lets them wait."""
        before, self._breakable = self._breakable, breakable
        try:
            yield
        finally:
            self._breakable = before

    def note(self, signum: int) -> None:
        """Take a signal that somebody else caught; Ctrl-C has done its work then."""
        if signum != signal.SIGINT and self._signum is None:
            self._signum = signum
            self.tell(self.ending)

    @property
    def ending(self) -> Interrupted:
        """What ends the conversation."""
        return Interrupted("the conversation was ended", signum=self._signum or signal.SIGTERM)

    def check(self) -> None:
        """End here if a signal wants it; nothing is under way.

        Raises:
            Interrupted: one does.
        """
        if self._signum is not None:
            raise self.ending

    def _handle(self, signum: int, _frame: FrameType | None) -> None:
        self.note(signum)
        if self._breakable:
            self._breakable = False
            if signum == signal.SIGINT:
                raise KeyboardInterrupt
            raise self.ending


def _nobody(_error: BaseException) -> None:
    """Nobody reads just now."""
