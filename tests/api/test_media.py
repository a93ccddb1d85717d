import gzip
from collections.abc import Callable
from typing import Any

import pytest

from inference_cli.api.failures import LinkExpired, Throttled
from inference_cli.api.media import MediaClient, MediaStream
from inference_cli.api.wire import httpx
from inference_cli.clock import Clock, ManualClock
from inference_cli.errors import DamagedError, InferenceError, TemporaryError
from inference_cli.origin import Origin, parse_origin
from tests.support.api import Handler, Script, in_pieces
from tests.support.faultd import Faultd, Step, answer, closed_port, http

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


def test_D3_going_on_where_it_broke() -> None:
    """Range and If-Range, and the rest of the bytes."""
    script = Script(part(100))
    stream, data = fetch(media_of(script), offset=100, etag='"e"')
    assert (facts(stream), data) == ((206, 100, len(DATA), '"e"', "image/png"), DATA[100:])
    assert (script.requests[0].headers["range"], script.requests[0].headers["if-range"]) == ("bytes=100-", '"e"')


def test_D7_a_weak_name_is_compared_here() -> None:
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
def test_D5_D6_D7_D9_what_cannot_go_on_starts_again(first: httpx.Response) -> None:
    """A wrong range, another file, a compressed part, more here than there: once from the start."""
    script = Script(first, whole())
    stream, data = fetch(media_of(script), offset=100, etag='"e"')
    assert (facts(stream), data) == ((200, 0, len(DATA), '"e"', "image/png"), DATA)
    assert [request.headers.get("range") for request in script.requests] == ["bytes=100-", None]


def test_D4_a_server_without_ranges() -> None:
    """200 means from the start."""
    stream, data = fetch(media_of(Script(whole())), offset=100, etag='"e"')
    assert (stream.status, stream.offset, data) == (200, 0, DATA)


def test_D5_a_server_that_insists_on_nonsense() -> None:
    """Twice is enough."""
    script = Script(part(100, claims="bytes 7-9/10"), part(0, claims="bytes 7-9/10"))
    assert type(failure(media_of(script), offset=100)) is DamagedError
    assert type(failure(media_of(Script(httpx.Response(416), httpx.Response(416))))) is DamagedError


def test_a_part_that_is_the_whole() -> None:
    """206 from byte 0 although nothing was asked for is as good as 200; the total may be unknown."""
    stream, data = fetch(media_of(Script(part(0, claims=f"bytes 0-{len(DATA) - 1}/*"))))
    assert (facts(stream), data) == ((200, 0, None, '"e"', "image/png"), DATA)


def test_D6_everything_is_here_already() -> None:
    """416 that names our own size: complete, no bytes."""
    script = Script(httpx.Response(416, headers={"content-range": "bytes */100"}))
    stream, data = fetch(media_of(script), offset=100, etag='"e"')
    assert (facts(stream), data) == ((206, 100, 100, '"e"', ""), b"")


def test_D9_a_compressed_file_is_decoded_and_cannot_go_on() -> None:
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
def test_D1_D2_an_expired_link(status: int) -> None:
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
def test_D3_every_way_to_break_is_temporary(error: Exception) -> None:
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


# ------------------------------------------------------------------------------- where it may lead to


def hops(*locations: str | None) -> Script:
    """Redirects to these places, then the file."""
    moved = (httpx.Response(302, headers={} if place is None else {"location": place}) for place in locations)
    return Script(*moved, whole())


def test_A42_five_hops_are_followed() -> None:
    """Absolute, relative and without a scheme; nothing but the plain request goes along."""
    script = hops("https://b.example/x", "/y", "../z", "//c.example/w?sig=1", "https://d.example:8443/")
    assert fetch(media_of(script))[1] == DATA
    assert [str(request.url) for request in script.requests[1:]] == [
        "https://b.example/x",
        "https://b.example/y",
        "https://b.example/z",
        "https://c.example/w?sig=1",
        "https://d.example:8443/",
    ]
    names = {name for request in script.requests for name in request.headers}
    assert names == {"host", "accept", "accept-encoding", "user-agent"}


@pytest.mark.parametrize(
    "location",
    [
        None,
        "",
        "http://b.example/x",
        "file:///etc/passwd",
        "ftp://b.example/",
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/latest/meta-data",
        "https://user:pw@b.example/",
        "https://b.example:22/",
        "https://[::1]/",
        "https://2130706433/",
    ],
)
def test_A42_hops_that_are_not_followed(location: str | None) -> None:
    """Nowhere, in the clear, to files, to this machine or its network, with a user name: one request was made."""
    script = hops(location)
    assert type(failure(media_of(script))) is DamagedError
    assert len(script.requests) == 1


def test_A42_a_loop_ends() -> None:
    """After five hops."""
    script = Script(*(httpx.Response(307, headers={"location": URL}) for _ in range(9)))
    assert failure(media_of(script)).message == "the download was redirected more than 5 times"
    assert len(script.requests) == 6


def resolver(**names: tuple[str, ...]) -> Callable[[str, int], tuple[str, ...]]:
    """A resolver that knows these names, with dots for underscores."""
    known = {name.replace("_", "."): addresses for name, addresses in names.items()}
    return lambda host, _: known[host]


def test_D25_names_that_lead_inside() -> None:
    """One private address among several is enough; nothing is sent, on no hop."""
    outside = ("93.184.216.34",)
    lookup = resolver(
        media_example=(*outside, "10.0.0.7"), b_example=("127.0.0.1",), c_example=outside, hub_oxen_ai=outside
    )
    for script, url, sent in ((Script(), URL, 0), (hops("https://b.example/"), "https://c.example/", 1)):
        error = failure(media_of(script, resolve=lookup), url)
        assert (type(error), error.hint) == (DamagedError, "If that is right:  --allow-private-hosts")
        assert len(script.requests) == sent


def test_D25_private_addresses_where_they_belong() -> None:
    """By the flag, or when the API itself is there, by address or by name."""
    lookup = resolver(media_example=("10.0.0.7",), api_example=("10.0.0.8",), hub_oxen_ai=("93.184.216.34",))
    for settings in (
        {"allow_private": True},
        {"api": Origin("https", "10.0.0.1", 443)},
        {"api": Origin("https", "api.example", 443)},
    ):
        assert fetch(media_of(Script(whole()), resolve=lookup, **settings))[1] == DATA
    assert type(failure(media_of(Script(), resolve=lookup))) is DamagedError


def test_plain_http_beside_an_api_on_loopback() -> None:
    """And nowhere else."""
    assert fetch(media_of(Script(whole()), api=LOOPBACK), "http://127.0.0.1:8001/a")[1] == DATA
    assert type(failure(media_of(Script()), "http://127.0.0.1:8001/a")) is DamagedError
    assert type(failure(media_of(Script()), "https://localhost/a")) is DamagedError


def test_D24_data_urls() -> None:
    """No request at all."""
    stream, data = fetch(media_of(Script()), "data:image/png;base64,aGk=")
    assert (facts(stream), data) == ((200, 0, 2, None, "image/png"), b"hi")


def test_F4_the_trace_masks_signatures() -> None:
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


# ------------------------------------------------------------------------------------ the real network


@pytest.mark.parametrize("received", [0, 1, len(DATA) // 2, len(DATA) - 1])
@pytest.mark.parametrize("end", ["close", "reset"])
def test_D3_a_real_connection_that_breaks(received: int, end: str) -> None:
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


def test_D25_the_connection_goes_to_the_vetted_address() -> None:
    """The name is resolved once, by us; the host header keeps it; an address that is down gives way to the next."""
    with Faultd(answer(http(body=DATA))) as server:
        asked: list[str] = []

        def lookup(host: str, port: int) -> tuple[str, ...]:
            asked.append(host)
            return ("127.0.0.3", "127.0.0.1")

        media = media_of(None, api=LOOPBACK, resolve=lookup)
        assert fetch(media, f"http://media.example:{server.port}/a")[1] == DATA
    assert asked == ["media.example"]
    assert server.seen[0].header("host") == f"media.example:{server.port}"


def test_D25_a_real_private_address_is_not_connected_to() -> None:
    """The API is elsewhere, so the server on loopback sees nothing."""
    lookup = resolver(hub_oxen_ai=("93.184.216.34",), localhost=("127.0.0.1",))
    with Faultd() as server:
        for host in ("127.0.0.1", "localhost"):
            error = failure(media_of(None, resolve=lookup), f"https://{host}:{server.port}/a")
            assert type(error) is DamagedError
    assert server.connections == 0


def test_A42_a_real_redirect_carries_nothing_over() -> None:
    """To another host on loopback, which sees no cookie, no token, no referer."""
    with Faultd(answer(http(body=DATA)), host="127.0.0.2") as other:
        cookie = [("Location", f"{other.url}/b"), ("Set-Cookie", "a=canary; Path=/")]
        with Faultd(answer(http("302 Found", headers=cookie))) as server:
            assert fetch(media_of(None, api=LOOPBACK), f"{server.url}/a")[1] == DATA
    names = {line.split(":")[0].lower() for line in other.seen[0].head.split("\r\n")[1:]}
    assert names == {"host", "accept", "accept-encoding", "user-agent"}


def test_a_host_that_is_not_there() -> None:
    """Temporary."""
    with closed_port() as port:
        assert type(failure(media_of(None, api=LOOPBACK), f"http://127.0.0.1:{port}/a")) is TemporaryError


def test_A44_through_a_proxy_names_are_not_looked_up() -> None:
    """The proxy does that; addresses written out are still refused."""

    def lookup(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError(host)

    with Faultd(answer(http("407 No"))) as proxy:
        media = media_of(None, resolve=lookup, env={"HTTPS_PROXY": proxy.url})
        assert failure(media, "https://media.example/a").exit_status == 3
        assert type(failure(media, "https://10.0.0.1/a")) is DamagedError
    assert [seen.line for seen in proxy.seen] == ["CONNECT media.example:443 HTTP/1.1"]
