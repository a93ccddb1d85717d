"""A file read forwards, that knows its size and says when something in it goes beyond it."""

from typing import BinaryIO


class CutError(Exception):
    """The file ends before what it announces does, or is no such file; the text says what is wrong."""


class Reader:
    """Exact reads and skips over an open file; never more than ``read`` asks for is in memory."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self.size = size

    @property
    def position(self) -> int:
        """Bytes from the start."""
        return self._stream.tell()

    @property
    def left(self) -> int:
        """Bytes to the end."""
        return self.size - self._stream.tell()

    def read(self, count: int, what: str = "its data") -> bytes:
        """The next bytes, all of them.

        Raises:
            CutError: there are fewer.
        """
        data = self._stream.read(count) if 0 <= count <= self.left else b""
        if len(data) != count:
            raise CutError(f"it ends inside {what}")
        return data

    def number(self, count: int, what: str = "its data", *, little: bool = False) -> int:
        """The next bytes as an unsigned number, big-endian unless ``little``.

        Raises:
            CutError: there are fewer.
        """
        return int.from_bytes(self.read(count, what), "little" if little else "big")

    def skip(self, count: int, what: str = "its data") -> None:
        """Go on without reading.

        Raises:
            CutError: the file is not that long.
        """
        if not 0 <= count <= self.left:
            raise CutError(f"it ends inside {what}")
        self._stream.seek(count, 1)

    def go(self, position: int) -> None:
        """Go to a place that is known to be inside the file."""
        self._stream.seek(position)

    def tail(self, count: int) -> bytes:
        """The last bytes of the file, at most ``count``; the position is kept."""
        here = self.position
        self.go(max(0, self.size - count))
        data = self._stream.read(count)
        self.go(here)
        return data

    def some(self, count: int = 1 << 16) -> bytes:
        """Up to ``count`` bytes; none at the end."""
        return self._stream.read(min(count, self.left))
