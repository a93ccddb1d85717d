"""The chunked coding of an answer with its small chunks joined, so that what arrived together is parsed together.

A stream of 20,000 tokens is 20,000 chunks; to take each by itself is more than half of what such an answer costs. Here
the chunks that one read from the socket brought become one. Nothing is held back, and nothing is decided: what is not
exactly a chunk goes on as it came, and h11 judges it (RFC 9112, 7.1).
"""

from re import IGNORECASE

from inference_cli.api.lengthy import declared
from inference_cli.late import pattern

_HEAD_CAP = 128 * 1024  # bytes; a longer head is not looked into
_CHUNKED = pattern(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*\r\n", IGNORECASE)
_SIZE = pattern(rb"([0-9a-fA-F]{1,8})\r\n")
_BEGINNING = pattern(rb"[0-9a-fA-F]{0,8}\r?")  # of such a line
_END = b"\r\n"


class Joined:
    """Rewrites the bytes of one connection; from its first answer's end on it changes nothing."""

    def __init__(self) -> None:
        self._rest = b""  # what came of the head, or of the line with a size
        self._left = 0  # bytes of the chunk that has begun and goes on as it comes, its end included
        self._in_head = True
        self.over = False  # nothing is changed any more
        self.length: int | None = None  # of a long body that begins with what is held, in bytes
        self.held = b""

    def feed(self, data: bytes) -> bytes:
        """What stands for the next bytes; nothing where they only begin something."""
        if self.over:
            return data
        if self._in_head:
            return self._head(data)
        data, self._rest = self._rest + data, b""
        return self._chunks(data)

    def _head(self, data: bytes) -> bytes:
        """The head goes on as it comes; what follows it may be chunks."""
        seen = self._rest + data
        end = seen.find(b"\r\n\r\n")
        if end < 0:
            self._rest, self.over = seen, len(seen) > _HEAD_CAP
            return data
        self._rest, self._in_head = b"", False
        body = seen[end + 4 :]
        if _CHUNKED.search(seen, 0, end + 2) is None:
            self.over = True
            self.length = declared(seen[: end + 4])
            self.held = b"" if self.length is None else body
            return data[: len(data) - len(self.held)]
        return data[: len(data) - len(body)] + self._chunks(body)

    def _chunks(self, data: bytes) -> bytes:
        pos, length = min(self._left, len(data)), len(data)
        self._left -= pos
        given = data[:pos]
        whole: list[bytes] = []
        size_of = _SIZE.match
        while (found := size_of(data, pos)) is not None:
            size, start = int(found[1], 16), found.end()
            end = start + size
            if not size or end + 2 > length or data[end : end + 2] != _END:
                break
            whole.append(data[start:end])
            pos = end + 2
        return given + _chunk(b"".join(whole)) + self._last(data[pos:])

    def _last(self, data: bytes) -> bytes:
        """What follows the chunks that are whole, as it came: the beginning of one, or what is none."""
        found = _SIZE.match(data)
        if found is None and _BEGINNING.fullmatch(data):
            self._rest = data
            return b""
        size = 0 if found is None else int(found[1], 16)
        self._left = 0 if found is None else found.end() + size + len(_END) - len(data)
        self.over = not size or self._left <= 0  # the last one, or one that ends wrongly
        return data


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data) if data else b""
