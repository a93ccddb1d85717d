"""Whether a terminal shows what is typed."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from inference_cli.terminal.streams import Stream


def hushed(stdin: "Stream") -> "contextlib.AbstractContextManager[None]":
    """Do not show what is typed while something else is drawn; it waits for whoever reads next.

    Where the terminal cannot do that, nothing changes. Ctrl-C stays what it is.
    """
    return _echo(lambda: stdin.buffer.fileno() if stdin.buffer is not None else -1, shown=False)


def shown(terminal: BinaryIO) -> "contextlib.AbstractContextManager[None]":
    """Show what is typed while somebody is asked, even if something else is drawn before and after."""
    return _echo(terminal.fileno, shown=True)


@contextlib.contextmanager
def _echo(descriptor_of: Callable[[], int], *, shown: bool) -> Iterator[None]:
    try:
        import termios
    except ImportError:  # no termios on Windows
        yield
        return
    try:
        descriptor = descriptor_of()
        before = termios.tcgetattr(descriptor)
    except (OSError, ValueError, termios.error):
        yield
        return
    now = before[:]
    now[3] = now[3] | termios.ECHO if shown else now[3] & ~termios.ECHO
    try:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, now)
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
