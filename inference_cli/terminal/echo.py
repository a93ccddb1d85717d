"""Whether a terminal shows what is typed."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference_cli.terminal.streams import Stream


@contextlib.contextmanager
def hushed(stdin: "Stream") -> Iterator[None]:
    """Do not show what is typed while something else is drawn; it waits for whoever reads next.

    Where the terminal cannot do that, nothing changes. Ctrl-C stays what it is.
    """
    try:
        import termios
    except ImportError:  # no termios on Windows
        yield
        return
    try:
        descriptor = stdin.buffer.fileno() if stdin.buffer is not None else -1
        before = termios.tcgetattr(descriptor)
    except (OSError, ValueError, termios.error):
        yield
        return
    silent = before[:]
    silent[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, silent)
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
