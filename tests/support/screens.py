"""Streams for tests: bytes in memory, and a screen that understands what was written to it."""

import io
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

import pyte

from inference_cli.terminal.streams import Stream, Streams

TERMINAL = {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}


class Recorded(Streams):
    """Streams whose bytes can be read back.

    Args:
        stdin: what comes in.
        terminals: which streams are terminals: any of ``stdin``, ``stdout``, ``stderr``.
        env: the environment; a terminal of 80 columns by default.
        encoding: of stdout and stderr.
        open_terminal: for questions.
    """

    def __init__(
        self,
        stdin: bytes = b"",
        *,
        terminals: tuple[str, ...] = (),
        env: Mapping[str, str] | None = None,
        encoding: str = "utf-8",
        open_terminal: Callable[[], BinaryIO] | None = None,
    ) -> None:
        self.bytes_out, self.bytes_err = io.BytesIO(), io.BytesIO()
        super().__init__(
            Stream(io.BytesIO(stdin), "stdin" in terminals),
            Stream(self.bytes_out, "stdout" in terminals, encoding),
            Stream(self.bytes_err, "stderr" in terminals, encoding),
            TERMINAL if env is None else env,
            open_terminal=open_terminal,
        )

    @property
    def out(self) -> str:
        """What stdout got."""
        return self.bytes_out.getvalue().decode()

    @property
    def err(self) -> str:
        """What stderr got."""
        return self.bytes_err.getvalue().decode()


class Screen:
    """A terminal of a fixed size that keeps what scrolled off its top."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=10_000)
        self.stream = pyte.ByteStream(self.screen)

    def feed(self, data: bytes) -> None:
        """Take bytes as a terminal driver hands them over: a line feed returns the carriage."""
        self.stream.feed(data.replace(b"\n", b"\r\n"))

    @property
    def lines(self) -> list[str]:
        """The visible lines down to the last that is not empty, without spaces at their ends."""
        lines = [text.rstrip() for text in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    @property
    def scrollback(self) -> list[str]:
        """Everything above the cursor's line, from the first line that scrolled off the top, as ``lines``."""
        return ["".join(char.data for char in row).rstrip() for row in self._rows()]

    @property
    def styled(self) -> list[list[tuple[str, ...]]]:
        """The same, a character with its attributes at a time."""
        shown = [[tuple(map(str, char)) for char in row] for row in self._rows()]
        blank = tuple(map(str, self.screen.default_char))
        for row in shown:
            while row and row[-1] == blank:
                row.pop()
        return shown

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as a terminal that cuts its lines."""
        self.screen.resize(rows, columns)

    def refold(self, columns: int, rows: int) -> None:
        """Another size, as a terminal that folds its lines anew; none of them may be folded now."""
        cursor = self.screen.cursor
        last = "".join(self.screen.buffer[cursor.y][n].data for n in range(cursor.x))
        lines = [*self.scrollback, last]
        self.screen = pyte.HistoryScreen(columns, rows, history=10_000)
        self.stream = pyte.ByteStream(self.screen)
        self.stream.feed("\r\n".join(lines).encode())

    def _rows(self) -> list[list[Any]]:
        columns, buffer = range(self.screen.columns), self.screen.buffer
        above = [[row[n] for n in columns] for row in self.screen.history.top]
        return above + [[buffer[y][n] for n in columns] for y in range(self.screen.cursor.y)]

    @property
    def cursor_hidden(self) -> bool:
        """Whether the cursor cannot be seen."""
        return bool(self.screen.cursor.hidden)


def seen(data: bytes, columns: int = 80, rows: int = 24) -> list[str]:
    """The lines that a terminal shows after some bytes."""
    screen = Screen(columns, rows)
    screen.feed(data)
    return screen.lines


def steers(text: str, allowed: str = "") -> list[str]:
    """The characters of a text that a terminal would obey."""
    return [char for char in text if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} and char not in allowed]
