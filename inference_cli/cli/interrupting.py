"""Signals while an answer arrives: raised where it is read, so that what came is kept."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from inference_cli.errors import Interrupted

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and SIGHUP into ``Interrupted``, raised in the main thread, inside the context only.

    The next signal finds it on its way out, keeping what came, and is not needed; a third one breaks that off too.
    Signals that are ignored on purpose stay ignored. Outside the main thread nothing changes: it alone has handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seen: list[int] = []

    def break_off(signum: int, frame: FrameType | None) -> None:
        seen.append(signum)
        if len(seen) != 2:  # noqa: PLR2004 - the second one
            _raise(signum, frame)

    with _handled(break_off):
        yield


@contextmanager
def _handled(handle: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    heard = [number for number in numbers if before[number] is not signal.SIG_IGN]
    try:
        for number in heard:
            signal.signal(number, handle)
        yield
    finally:
        for number in heard:
            handler = before[number]
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


@contextmanager
def deferred() -> Iterator[None]:
    """Let one signal wait until what came has been kept, and raise ``Interrupted`` for it then.

    A second one does not wait: whoever insists is let go.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []

    def note(signum: int, frame: FrameType | None) -> None:
        if waiting:
            _raise(signum, frame)
        waiting.append(signum)

    with _handled(note):
        yield
    if waiting:
        raise Interrupted("stopped", signum=waiting[0])


def _raise(signum: int, _frame: FrameType | None) -> None:
    raise Interrupted("stopped", signum=signum)
