"""Standard output kept for the result: what other code prints in the meantime goes to people instead."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import cast


class _Lines(io.RawIOBase):
    """Bytes in, lines out."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__()
        self._say, self._rest = say, b""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override] # all that a buffer hands over
        """Say every line that is whole."""
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        for line in lines:
            self._say(line.decode("utf-8", "replace"))
        return len(data)

    def finish(self) -> None:
        """Say what came after the last line."""
        if self._rest:
            self.write(b"\n")


@contextmanager
def aside(say: Callable[[str], None], *, output: int = 1, instead: int = 2) -> Iterator[None]:
    """While it lasts, ``print`` reaches ``say``, and what children and C code write to standard output its error.

    Args:
        say: gets a line at a time.
        output: the descriptor of standard output.
        instead: the descriptor that takes its place.
    """
    lines = _Lines(say)
    text = io.TextIOWrapper(
        io.BufferedWriter(cast(io.RawIOBase, lines)), "utf-8", "backslashreplace", line_buffering=True
    )
    with _descriptor(output, instead), redirect_stdout(text):
        try:
            yield
        finally:
            with suppress(ValueError):  # somebody closed it
                text.flush()
            lines.finish()


@contextmanager
def _descriptor(output: int, instead: int) -> Iterator[None]:
    try:
        kept = os.dup(output)
        os.dup2(instead, output)
    except OSError:  # one of them is closed: nothing can be written there
        yield
        return
    try:
        yield
    finally:
        os.dup2(kept, output)
        os.close(kept)
