"""Films of any size, valid to the last byte, made while they are sent: by URL with ranges, or as ``b64_json``."""

import base64
import re
import socket
from collections.abc import Iterator, Mapping

from tests.benchmarks.server.http import document, head
from tests.support.samples import box, movie_header, track

KILO = 1000
_BLOCK = bytes(range(256)) * 3 * 1024  # a multiple of three, so that its base64 can be put together
_BLOCK_64 = base64.b64encode(_BLOCK)


def beginning(size: int) -> bytes:
    """What stands before the pictures of a film of that many bytes; a multiple of three."""
    before = box(b"ftyp", b"isom", bytes(4), b"isom") + box(
        b"moov", movie_header(2.5), track(b"soun"), track(b"vide", 64, 48)
    )
    before += box(b"free", bytes(-(len(before) + 16) % 3))
    if size < len(before) + 8:
        raise ValueError(f"a film has {len(before) + 8} bytes at least")
    return before + (size - len(before)).to_bytes(4, "big") + b"mdat"


def pieces(size: int, start: int = 0) -> Iterator[memoryview]:
    """The bytes of a film from some place on."""
    first = beginning(size)
    if start < len(first):
        yield memoryview(first)[start:]
        start = len(first)
    while start < size:
        place = (start - len(first)) % len(_BLOCK)
        piece = memoryview(_BLOCK)[place : place + size - start]
        yield piece
        start += len(piece)


def send(connection: socket.socket, size: int, headers: Mapping[str, str], *, body: bool = True) -> None:
    """Answer with a film, or with the part of it that is asked for."""
    tag = f'ETag: "film-{size}"'
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("range", ""))
    start = int(asked[1]) if asked else 0
    if start >= size:
        connection.sendall(head(0, "video/mp4", f"Content-Range: bytes */{size}", status="416 Range Not Satisfiable"))
        return
    end = min(size, int(asked[2]) + 1) if asked and asked[2] else size
    span = (f"Content-Range: bytes {start}-{end - 1}/{size}",) if asked else ()
    status = "206 Partial Content" if asked else "200 OK"
    connection.sendall(head(end - start, "video/mp4", tag, "Accept-Ranges: bytes", *span, status=status))
    left = end - start if body else 0
    for piece in pieces(size, start) if body else ():
        connection.sendall(piece[:left])
        left -= len(piece[:left])
        if not left:
            return


def send_encoded(connection: socket.socket, model: str, size: int) -> None:
    """Answer with a film inside JSON; its size is rounded down to a multiple of three."""
    size -= size % 3
    first = beginning(size)
    before = b'{"model":"%b","created":1790000000,"videos":[{"b64_json":"' % model.encode()
    after = b'","revised_prompt":"waves"}]}'
    length = len(before) + size // 3 * 4 + len(after)
    connection.sendall(head(length, "application/json") + before + base64.b64encode(first))
    left = size - len(first)
    while left >= len(_BLOCK):
        connection.sendall(_BLOCK_64)
        left -= len(_BLOCK)
    connection.sendall(base64.b64encode(_BLOCK[:left]) + after)


def linked(model: str, url: str) -> bytes:
    """The direct answer with a link."""
    return document({"model": model, "created": 1_790_000_000, "videos": [{"url": url}]})
