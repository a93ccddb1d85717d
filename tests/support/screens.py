"""Streams for tests: bytes in memory, and a screen that understands what was written to it."""

import io
from collections.abc import Callable, Mapping
from typing import BinaryIO

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
        self.screen = pyte.HistoryScreen(columns, rows, history=1000)
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
    def cursor_hidden(self) -> bool:
        """Whether the cursor cannot be seen."""
        return bool(self.screen.cursor.hidden)


def seen(data: bytes, columns: int = 80, rows: int = 24) -> list[str]:
    """The lines that a terminal shows after some bytes."""
    screen = Screen(columns, rows)
    screen.feed(data)
    return screen.lines
