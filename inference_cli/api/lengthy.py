"""Long bodies read straight from the connection: h11, which reads the head, would copy every byte of them three times.

Only where there is nothing to decide: a head that can be read in one way, and says how long the body is (RFC 9112,
6.3).
"""

from collections.abc import Callable, Iterator

from inference_cli.api.spare import spared
from inference_cli.api.wire import httpx

with spared():
    import httpcore

LONG = 4 * 1024 * 1024  # bytes; an answer that is shorter leaves its connection usable, which is worth more
MOST = 256 * 1024  # bytes that are read at once: what the processor's own memory holds while they are hashed

_STATUS = (b"http/1.1 200", b"http/1.1 206", b"http/1.0 200", b"http/1.0 206")
_FRAMING = (b"content-length", b"transfer-encoding")
_DIGITS = 15


def declared(head: bytes) -> int | None:
    """The length in bytes that an answer's head gives its body, where that is long and beyond doubt.

    Args:
        head: up to its first blank line, and with it.
    """
    if head.count(b"\n") != head.count(b"\r\n"):
        return None  # h11 takes bare line feeds as well: for it the body may begin elsewhere
    status, *lines = head.lower().split(b"\r\n")
    framing = [line for line in lines if line.startswith(_FRAMING)]
    if len(framing) != 1 or not status.startswith(_STATUS):
        return None
    name, _, value = framing[0].partition(b":")
    value = value.strip(b" \t")
    if name != b"content-length" or not value.isdigit() or len(value) > _DIGITS:
        return None
    length = int(value)
    return length if length >= LONG else None


class LongBody(httpx.SyncByteStream):
    """The body of an answer whose head was read by httpx's own machinery, which never sees these bytes.

    Args:
        length: in bytes.
        read: up to so many of the next bytes of the connection; none at its end.
        inner: what httpx has made of the body, unread; closing it closes the connection.
    """

    def __init__(self, length: int, read: Callable[[int], bytes], inner: httpx.SyncByteStream) -> None:
        self._length, self._read, self._inner = length, read, inner

    def __iter__(self) -> Iterator[bytes]:
        """The bytes as they come.

        Raises:
            httpx.TransportError: as httpx would: the connection broke, ended early, or was silent for too long.
        """
        left = self._length
        while left:
            try:
                data = self._read(min(left, MOST))
            except httpcore.ReadTimeout as error:
                raise httpx.ReadTimeout(str(error)) from error
            except httpcore.ReadError as error:
                raise httpx.ReadError(str(error)) from error
            if not data:
                raise httpx.RemoteProtocolError(
                    f"peer closed connection, {left} of {self._length} bytes of the body were still to come"
                )
            left -= len(data)
            yield data

    def close(self) -> None:
        """Close the connection: what is left of the body is not read."""
        self._inner.close()
