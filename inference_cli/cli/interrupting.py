"""Signals while an answer arrives: raised where it is read, so that what came is kept."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from inference_cli.errors import Interrupted

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and SIGHUP into ``Interrupted``, raised in the main thread, inside the context only.

    Signals that are ignored on purpose stay ignored. Outside the main thread nothing changes: it alone has handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    heard = [number for number in numbers if before[number] is not signal.SIG_IGN]
    try:
        for number in heard:
            signal.signal(number, _raise)
        yield
    finally:
        for number in heard:
            handler = before[number]
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _raise(signum: int, _frame: FrameType | None) -> None:
    raise Interrupted("stopped", signum=signum)
