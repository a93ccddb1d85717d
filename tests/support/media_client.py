"""Clients for result URLs, and the answers that a media host may give."""

from typing import Any

import pytest

from inference_cli.api.media import MediaClient, MediaStream
from inference_cli.api.wire import httpx
from inference_cli.clock import Clock, ManualClock
from inference_cli.errors import InferenceError
from inference_cli.origin import Origin, parse_origin
from tests.support.api import Handler, in_pieces

HUB = parse_origin("https://hub.oxen.ai/api")
LOOPBACK = Origin("http", "127.0.0.1", 8000)
URL = "https://media.example/a.png?X-Amz-Signature=canary"
DATA = bytes(range(256)) * 8


def media_of(handler: Handler | None, *, api: Origin = HUB, clock: Clock | None = None, **settings: Any) -> MediaClient:
    """A media client that a handler answers, or the real network."""
    transport = None if handler is None else (lambda: httpx.MockTransport(handler))
    return MediaClient(api_origin=api, clock=clock or ManualClock(), transport=transport, **settings)


def fetch(media: MediaClient, url: str = URL, **where: Any) -> tuple[MediaStream, bytes]:
    """The stream and its bytes."""
    with media, media.open(url, **where) as stream:
        return stream, b"".join(stream.chunks())


def take(media: MediaClient, url: str, into: bytearray) -> None:
    """Download into a buffer, which keeps what came before a failure."""
    with media.open(url) as stream:
        for chunk in stream.chunks():
            into += chunk


def failure(media: MediaClient, url: str = URL, **where: Any) -> InferenceError:
    """What a download fails with."""
    with pytest.raises(InferenceError) as caught:
        fetch(media, url, **where)
    return caught.value


def facts(stream: MediaStream) -> tuple[int, int, int | None, str | None, str]:
    """All that a stream says of itself."""
    return stream.status, stream.offset, stream.total, stream.etag, stream.content_type


def whole(data: bytes = DATA, **headers: str) -> httpx.Response:
    """200 with everything."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, headers={"content-type": "image/png", "etag": '"e"', **names}, content=data)


def part(start: int, *, claims: str | None = "", etag: str = '"e"', **headers: str) -> httpx.Response:
    """206 from a byte on; ``claims`` is its Content-Range, "" for the truth and ``None`` for none."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    if claims is not None:
        names["content-range"] = claims or f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"
    return httpx.Response(
        206, headers={"content-type": "image/png", "etag": etag, **names}, content=in_pieces(DATA[start:])
    )
