"""Questions to a person: asked and answered on the terminal itself, whatever stdin and stdout are attached to."""

import contextlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

_YES = {"y", "yes"}
_LONGEST = 4096  # bytes of an answer, as much as a terminal hands over in one line


def ask(open_terminal: Callable[[], BinaryIO], question: str) -> bool:
    """A yes or no; Return alone, or anything else, is no.

    What was typed, or echoed back by the terminal, before the question stood there does not count (fault G15).

    Args:
        open_terminal: opens the terminal, unbuffered, to read and write.
        question: one safe line.
    """
    with contextlib.suppress(OSError), open_terminal() as terminal:
        _forget_typed(terminal)
        terminal.write(f"{question} [y/N] ".encode())
        try:
            return _answer(terminal).strip().lower() in _YES
        except BaseException:  # Ctrl-C: what is said about it begins a line
            terminal.write(b"\n")
            raise
    return False


def ask_secret(open_terminal: Callable[[], BinaryIO], question: str) -> str:
    """A secret, not shown while it is typed; empty when there is no answer.

    Args:
        open_terminal: opens the terminal, unbuffered, to read and write.
        question: one safe line.
    """
    with contextlib.suppress(OSError), open_terminal() as terminal, _unseen(terminal):
        terminal.write(f"{question} ".encode())
        try:
            return _answer(terminal).strip()
        finally:
            terminal.write(b"\n")  # the Return was not shown either
    return ""


def ask_text(open_terminal: Callable[[], BinaryIO], question: str) -> str:
    """A line of text; empty when there is no answer.

    Args:
        open_terminal: opens the terminal, unbuffered, to read and write.
        question: one safe line.
    """
    with contextlib.suppress(OSError), open_terminal() as terminal:
        _forget_typed(terminal)
        terminal.write(f"{question} ".encode())
        return _answer(terminal).strip()
    return ""


def _answer(terminal: BinaryIO) -> str:
    data = b""
    while not data.endswith(b"\n") and len(data) < _LONGEST and (part := terminal.read(_LONGEST)):
        data += part
    return data.decode("utf-8", "replace")


def _forget_typed(terminal: BinaryIO) -> None:
    try:
        import termios
    except ImportError:  # no termios on Windows, and no way to type ahead into this console handle
        return
    with contextlib.suppress(termios.error):
        termios.tcflush(terminal.fileno(), termios.TCIFLUSH)


@contextlib.contextmanager
def _unseen(terminal: BinaryIO) -> Iterator[None]:
    """The terminal without echo, restored whatever happens; TCSAFLUSH forgets what was typed before."""
    import termios

    descriptor = terminal.fileno()
    try:
        before = termios.tcgetattr(descriptor)
    except termios.error as error:
        raise OSError("not a terminal") from error
    hidden = before[:]
    hidden[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, hidden)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
