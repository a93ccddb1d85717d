"""Whether a terminal shows what is typed."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inference_cli.terminal.streams import Stream


class Echo:
    """What a terminal does with what is typed: it shows it, or keeps it unseen for whoever reads next.

    Args:
        stdin: the terminal; where it is none, or cannot do that, nothing ever changes.
    """

    def __init__(self, stdin: "Stream") -> None:
        self._stdin = stdin
        self._before: list[Any] | None = None  # how it was found, while it is hushed

    @contextlib.contextmanager
    def hushed(self) -> Iterator[None]:
        """Do not show what is typed while something else is drawn. Ctrl-C and Ctrl-Z stay what they are."""
        before = self._attributes() if self._before is None else None
        if before is None:
            yield
            return
        with self._suspendable():
            self._before = before
            try:
                self._silence(before)
                yield
            finally:
                try:
                    self.give_back()
                except BaseException:  # a signal at this very step
                    self.give_back()
                    raise

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Show what is typed for a while all the same, as in answer to a question."""
        before = self._before
        if before is None:
            yield
            return
        try:
            self._set(before)
            yield
        finally:
            if self._before is not None:
                self._silence(before)

    def give_back(self) -> None:
        """The terminal as it was found, where it is hushed; for a signal handler too."""
        if self._before is not None:
            self._set(self._before)
            self._before = None

    @contextlib.contextmanager
    def _suspendable(self) -> Iterator[None]:
        """Give it back when Ctrl-Z stops the command: some shells (dash) use it as it is left."""
        ours = threading.current_thread() is threading.main_thread()
        if not ours or signal.getsignal(signal.SIGTSTP) is not signal.SIG_DFL:  # it may be ignored on purpose
            yield
            return
        signal.signal(signal.SIGTSTP, self._suspend)
        try:
            yield
        finally:
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)

    def _suspend(self, signum: int, _frame: FrameType | None) -> None:
        now, before = self._attributes(), self._before
        if before is not None:
            self._set(before)
        signal.signal(signum, signal.SIG_DFL)
        signal.raise_signal(signum)  # here it stops; not at all where no shell could let it go on
        signal.signal(signum, self._suspend)
        if now is not None and before is not None:
            self._set(now)

    def _silence(self, before: list[Any]) -> None:
        import termios

        silent = before[:]
        silent[3] &= ~termios.ECHO
        self._set(silent)

    def _attributes(self) -> list[Any] | None:
        """What it does now; None where it is no terminal, or belongs to another program just now."""
        try:
            import termios
        except ImportError:  # no termios on Windows
            return None
        try:
            descriptor = self._descriptor()
            return None if _in_background(descriptor) else termios.tcgetattr(descriptor)
        except (OSError, ValueError, termios.error):
            return None

    def _set(self, attributes: list[Any]) -> None:
        """Let it do something else, unless it belongs to another program just now: trying would stop this one."""
        import termios

        with contextlib.suppress(OSError, ValueError, termios.error):
            descriptor = self._descriptor()
            if not _in_background(descriptor):
                termios.tcsetattr(descriptor, termios.TCSANOW, attributes)  # waits for nothing, forgets nothing

    def _descriptor(self) -> int:
        return self._stdin.buffer.fileno() if self._stdin.terminal and self._stdin.buffer is not None else -1


def _in_background(descriptor: int) -> bool:
    try:
        return os.tcgetpgrp(descriptor) != os.getpgrp()
    except OSError:  # not the terminal that starts and stops this program
        return False
