"""A signal at the worst moment: a lock has just been taken, and nobody has noted yet that it must be given back."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any


@contextmanager
def broken_off() -> Iterator[None]:
    """Break the block off with KeyboardInterrupt where one of the standard library's conditions is entered, if any is.

    That is what a handler does that raises: between two steps of the interpreter, wherever the main thread is.
    """
    worst = threading.Condition.__enter__.__code__
    before = sys.gettrace()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code is worst and event == "return":
            raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        sys.settrace(before)


def ends(call: Callable[[], object]) -> bool:
    """Whether a call comes to its end, in half a minute and by another thread."""
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(30)
    return not thread.is_alive()
