"""Entries from a terminal that can draw nothing: it edits the line itself, and nothing but text is written to it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference_cli.terminal.streams import Streams

_MARK, _MORE = "> ", ". "


class PlainReader:
    """Reads entries line by line.

    Args:
        streams: the terminal.
        unfinished: whether the next line belongs to the entry, as in an open block.
        breakable: lets signals break off what runs in its context.
    """

    def __init__(
        self,
        streams: "Streams",
        *,
        unfinished: Callable[[str], bool],
        breakable: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._streams, self._unfinished, self._breakable = streams, unfinished, breakable
        self._ending: BaseException | None = None

    def read(self, default: str = "") -> str | None:
        """The next entry; None at the end of the input. What stood in a line that could be edited is only shown.

        Raises:
            BaseException: what ``stop`` was given.
        """
        del default  # the terminal edits the line: nothing can be put into it
        while True:
            if self._ending is not None:
                raise self._ending
            try:
                with self._breakable():
                    return self._entry()
            except KeyboardInterrupt:
                self._streams.write_stdout("\n")

    def stop(self, error: BaseException) -> None:
        """Read nothing more; a signal has broken off what was read."""
        self._ending = error

    def _entry(self) -> str | None:
        text, mark = "", _MARK
        while True:
            self._streams.write_stdout(mark)
            buffer = self._streams.stdin.buffer
            line = buffer.readline() if buffer is not None else b""
            if not line:
                self._streams.write_stdout("\n")
                return None
            text += line.decode(self._streams.stdin.encoding, "surrogateescape")
            if not self._unfinished(text.removesuffix("\n")):
                return text.removesuffix("\n")
            mark = _MORE
