"""What a model thinks before it answers: dimmed on stderr while it arrives, out of the way of the answer."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

from inference_cli.terminal.safe import Mask

if TYPE_CHECKING:
    from inference_cli.terminal.output import Display, Output


class Thoughts:
    """Shows reasoning as it comes, as a context; the terminal wraps it, nothing is redrawn.

    ``end`` has to be called before the answer is written again; more thoughts may follow later. While they are
    shown, an answer that is being drawn steps aside, and a note begins on a line of its own.

    Args:
        output: where to; nothing is shown when it is quiet, and nothing is dimmed where stderr has no colour.
    """

    def __init__(self, output: "Output") -> None:
        self._output = output
        self._mask = Mask()
        self._owed = ""  # space that is written when something follows
        self._open = False  # something was shown
        self._line_open = False
        self._aside = ExitStack()
        self._before: Display | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def feed(self, text: str) -> None:
        """Take a piece of the reasoning, cut anywhere; it is seen at once."""
        if self._output.quiet:
            return
        safe = self._mask.feed(text)
        safe = self._owed + safe if self._open else safe.lstrip()
        shown = safe.rstrip()
        self._owed = safe[len(shown) :]
        if not shown:
            return
        if not self._open:
            self._open = True
            self._aside.enter_context(self._output.aside())
            self._before = self._output.attach(self)
        self._write(shown)

    def end(self) -> None:
        """The cursor stands on a line of its own, on a terminal below an empty one; nothing if nothing was shown."""
        owed, self._owed = self._mask.end(), ""
        if not self._open:
            return
        self._open = False
        self._write(owed)
        rest = "\n" if self._line_open else ""
        self._line_open = False
        self._output.streams.write_stderr(rest + "\n" if self._output.streams.stderr_is_terminal else rest)
        self._output.attach(self._before)
        self._aside.close()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Leave the line to something else; what comes next begins on a new one."""
        if self._line_open:
            self._output.streams.write_stderr("\n")
            self._line_open, self._owed = False, ""
        yield

    def _write(self, text: str) -> None:
        if text:
            self._output.streams.write_stderr(self._output.paint(text, "dim"))
            self._line_open = True
