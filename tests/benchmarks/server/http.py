"""As much of HTTP/1.1 as a fast server on loopback needs: requests read from a socket, answers written to it."""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Request:
    """A request: ``moment`` is when its head had come, by the monotonic clock; header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    moment: float

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def json(self) -> Any:
        """The body as JSON; an empty object where there is none."""
        return json.loads(self.body or b"{}")

    @property
    def url(self) -> str:
        """The server as the client calls it."""
        return f"http://{self.headers.get('host', '127.0.0.1')}"


def requests(connection: socket.socket) -> Iterator[Request]:
    """The requests of one connection, until the client closes it or asks for that."""
    with cast(BinaryIO, connection.makefile("rb", buffering=1 << 16)) as stream:
        while line := stream.readline():
            method, target, _ = line.decode("latin-1").split(" ", 2)
            headers = dict(_headers(stream))
            moment = time.monotonic()
            if headers.get("expect", "").lower() == "100-continue":
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            yield Request(method, target, headers, _body(stream, headers), moment)
            if headers.get("connection", "").lower() == "close":
                return


def _headers(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    while (line := stream.readline()) not in {b"\r\n", b"\n", b""}:
        name, _, value = line.decode("latin-1").partition(":")
        yield name.strip().lower(), value.strip()


def _body(stream: BinaryIO, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return stream.read(int(headers.get("content-length", 0)))
    body = b""
    while size := int(stream.readline().partition(b";")[0], 16):
        body += stream.read(size)
        stream.readline()
    stream.readline()
    return body


def head(length: int, kind: str, *more: str, status: str = "200 OK") -> bytes:
    """The beginning of an answer of that many bytes."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {length}", *more]
    return "\r\n".join([*lines, "", ""]).encode()


def document(value: Any, status: str = "200 OK", *more: str) -> bytes:
    """A whole answer that is JSON."""
    body = json.dumps(value, separators=(",", ":")).encode()
    return head(len(body), "application/json", *more, status=status) + body


def chunk(data: bytes) -> bytes:
    """A chunk of a chunked answer; an empty one is the last."""
    return b"%x\r\n%b\r\n" % (len(data), data)
