import gzip
from typing import Any

import pytest

from inference_cli.api.failures import LinkExpired, Throttled
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.errors import DamagedError, TemporaryError
from tests.support.api import Script, in_pieces
from tests.support.faultd import Faultd, Step, answer, closed_port, http
from tests.support.media_client import DATA, LOOPBACK, URL, facts, failure, fetch, media_of, part, take, whole


def test_a_whole_file() -> None:
    """What is asked for: no token, no cookies, no referer, nothing compressed."""
    script = Script(whole())
    stream, data = fetch(media_of(script))
    assert (facts(stream), data) == ((200, 0, len(DATA), '"e"', "image/png"), DATA)
    assert str(script.requests[0].url) == URL
    assert dict(script.requests[0].headers) == {
        "host": "media.example",
        "accept": "*/*",
        "accept-encoding": "identity",
        "user-agent": "inference-cli/0.1.0",
    }


def test_D03_going_on_where_it_broke() -> None:
    """Range and If-Range, and the rest of the bytes."""
    script = Script(part(100))
    stream, data = fetch(media_of(script), offset=100, etag='"e"')
    assert (facts(stream), data) == ((206, 100, len(DATA), '"e"', "image/png"), DATA[100:])
    assert (script.requests[0].headers["range"], script.requests[0].headers["if-range"]) == ("bytes=100-", '"e"')


def test_D07_a_weak_name_is_compared_here() -> None:
    """If-Range takes strong ones only."""
    script = Script(part(100, etag='W/"e"'))
    assert fetch(media_of(script), offset=100, etag='W/"e"')[0].status == 206
    assert "if-range" not in script.requests[0].headers


@pytest.mark.parametrize(
    "first",
    [
        part(100, claims=None),
        part(100, claims=f"bytes 99-{len(DATA) - 1}/{len(DATA)}"),
        part(100, claims="nonsense"),
        part(100, claims=f"bytes 100-{len(DATA)}/{len(DATA)}"),
        part(100, etag='"another"'),
        part(100, content_encoding="gzip"),
        httpx.Response(416, headers={"content-range": f"bytes */{len(DATA)}"}),
        httpx.Response(416, headers={"content-range": "bytes */50"}),
        httpx.Response(416),
    ],
    ids=repr,
)
def test_D05_D06_D07_D09_what_cannot_go_on_starts_again(first: httpx.Response) -> None:
    """A wrong range, another file, a compressed part, more here than there: once from the start."""
    script = Script(first, whole())
    stream, data = fetch(media_of(script), offset=100, etag='"e"')
    assert (facts(stream), data) == ((200, 0, len(DATA), '"e"', "image/png"), DATA)
    assert [request.headers.get("range") for request in script.requests] == ["bytes=100-", None]


def test_D04_a_server_without_ranges() -> None:
    """200 means from the start."""
    stream, data = fetch(media_of(Script(whole())), offset=100, etag='"e"')
    assert (stream.status, stream.offset, data) == (200, 0, DATA)


def test_D05_a_server_that_insists_on_nonsense() -> None:
    """Twice is enough."""
    script = Script(part(100, claims="bytes 7-9/10"), part(0, claims="bytes 7-9/10"))
    assert type(failure(media_of(script), offset=100)) is DamagedError
    assert type(failure(media_of(Script(httpx.Response(416), httpx.Response(416))))) is DamagedError


def test_a_part_that_is_the_whole() -> None:
    """206 from byte 0 although nothing was asked for is as good as 200; the total may be unknown."""
    stream, data = fetch(media_of(Script(part(0, claims=f"bytes 0-{len(DATA) - 1}/*"))))
    assert (facts(stream), data) == ((200, 0, None, '"e"', "image/png"), DATA)


def test_D06_everything_is_here_already() -> None:
    """416 that names our own size: complete, no bytes."""
    script = Script(httpx.Response(416, headers={"content-range": "bytes */100"}))
    stream, data = fetch(media_of(script), offset=100, etag='"e"')
    assert (facts(stream), data) == ((206, 100, 100, '"e"', ""), b"")


def test_D09_a_compressed_file_is_decoded_and_cannot_go_on() -> None:
    """Neither size nor name are told: they are those of the compressed bytes."""
    response = httpx.Response(
        200, headers={"content-encoding": "gzip", "etag": '"z"'}, content=in_pieces(gzip.compress(DATA))
    )
    stream, data = fetch(media_of(Script(response)))
    assert (stream.total, stream.etag, data) == (None, None, DATA)


def test_without_a_length() -> None:
    """The total is not known."""
    assert fetch(media_of(Script(httpx.Response(200, content=in_pieces(DATA)))))[0].total is None


@pytest.mark.parametrize("status", [403, 404, 410])
def test_D01_D02_an_expired_link(status: int) -> None:
    """Its own kind of failure, so that a fresh URL can be asked for; no URL in the message."""
    error = failure(media_of(Script(httpx.Response(status, text="<Error>Request has expired</Error>"))))
    assert (type(error), error.message) == (LinkExpired, f"the result URL is not served any more (HTTP {status})")


@pytest.mark.parametrize(("status", "after"), [(429, 7.0), (503, 7.0), (500, 7.0), (408, 7.0)])
def test_a_busy_host(status: int, after: float) -> None:
    """Temporary, and when to come back."""
    error = failure(media_of(Script(httpx.Response(status, headers={"retry-after": "7"}))))
    assert isinstance(error, Throttled)
    assert (error.after, error.exit_status, error.message) == (after, 7, f"the media host answers HTTP {status}")
    late = failure(media_of(Script(httpx.Response(status, headers={"retry-after": "86400"}))))
    assert late.message.endswith("; it asks to wait longer than two minutes")


@pytest.mark.parametrize("status", [304, 400, 401, 418])
def test_a_host_that_refuses(status: int) -> None:
    """Damaged: nothing that another try would change."""
    assert type(failure(media_of(Script(httpx.Response(status))))) is DamagedError


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
        httpx.ReadTimeout("late"),
        httpx.ConnectError("refused"),
    ],
)
def test_D03_every_way_to_break_is_temporary(error: Exception) -> None:
    """Before the answer or in the middle of it."""
    assert type(failure(media_of(Script(error)))) is TemporaryError
    assert type(failure(media_of(Script(httpx.Response(200, content=in_pieces(b"x", error)))))) is TemporaryError


def test_a_download_that_crawls_is_stalled() -> None:
    """Under 1 kB/s for a minute of waiting; above it may take for ever, and a slow disk is not a slow network."""
    clock = ManualClock()

    def crawl(size: int, seconds: float, pieces: int) -> Any:
        for _ in range(pieces):
            clock.sleep(seconds)
            yield b"x" * size

    slow = media_of(Script(httpx.Response(200, content=crawl(999, 1, 1000))), clock=clock)
    assert failure(slow).message == "the download stalled"
    assert clock.monotonic() == 60
    steady = media_of(Script(httpx.Response(200, content=crawl(1001, 1, 500))), clock=clock)
    assert len(fetch(steady)[1]) == 500_500
    with media_of(Script(httpx.Response(200, content=crawl(10, 0, 50))), clock=clock).open(URL) as stream:
        for _ in stream.chunks():
            clock.sleep(100)


def test_F04_the_trace_masks_signatures() -> None:
    """The user's own URL is whole nowhere but in the request."""
    lines: list[str] = []
    fetch(media_of(Script(part(5)), trace=lines.append), offset=5)
    failure(media_of(Script(httpx.ReadError("x")), trace=lines.append))
    assert lines == [
        "> GET https://media.example/a.png?X-Amz-Signature=*** from byte 5",
        "< 206 image/png",
        "> GET https://media.example/a.png?X-Amz-Signature=***",
        "! ReadError",
    ]


@pytest.mark.parametrize("received", [0, 1, len(DATA) // 2, len(DATA) - 1])
@pytest.mark.parametrize("end", ["close", "reset"])
def test_D03_a_real_connection_that_breaks(received: int, end: str) -> None:
    """At any byte; what came is a beginning of the file, and the rest follows from there."""
    response = http(body=DATA, headers=[("ETag", '"e"')])
    cut = len(response) - len(DATA) + received
    rest = http(
        "206 Partial Content",
        DATA[received:],
        headers=[("ETag", '"e"'), ("Content-Range", f"bytes {received}-{len(DATA) - 1}/{len(DATA)}")],
    )
    with Faultd(Step((response[:cut],), end), answer(rest if received else response)) as server:
        media = media_of(None, api=LOOPBACK)
        got = bytearray()
        with pytest.raises(TemporaryError):
            take(media, f"{server.url}/a", got)
        assert DATA.startswith(got)
        if end == "close":  # a reset may overtake bytes that were sent before it
            assert len(got) == received
        got = got[:received] if len(got) == received else bytearray(DATA[:received])
        _, more = fetch(media, f"{server.url}/a", offset=received, etag='"e"')
        assert got + more == DATA
    assert server.seen[0].header("authorization") is None
    assert server.seen[1].header("if-range") == ('"e"' if received else None)


def test_a_host_that_is_not_there() -> None:
    """Temporary."""
    with closed_port() as port:
        assert type(failure(media_of(None, api=LOOPBACK), f"http://127.0.0.1:{port}/a")) is TemporaryError
