"""Long bodies come past h11, byte for byte, and break as any body does."""

from collections.abc import Iterator
from itertools import pairwise

import httpcore
import pytest
from hypothesis import given, strategies as st

from inference_cli.api.chunked import Joined
from inference_cli.api.deadlines import limits
from inference_cli.api.lengthy import LONG, MOST, LongBody, declared
from inference_cli.api.network import NetworkTransport
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from tests.support.faultd import Faultd, Step, TickingClock, answer, http

BODY = bytes(range(256)) * (LONG // 256) + b"the end"


def _head(status: str = "200 OK", *lines: str, length: int | str = LONG) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, f"Content-Length: {length}", "", ""]).encode()


def _get(
    server: Faultd, transport: NetworkTransport, clock: ManualClock | TickingClock | None = None
) -> httpx.Response:
    timeout = limits(clock or ManualClock(), 1e6, each=60.0)
    return transport.handle_request(httpx.Request("GET", server.url, extensions={"timeout": timeout}))


def _chunks(response: httpx.Response) -> Iterator[bytes]:
    assert isinstance(response.stream, httpx.SyncByteStream)
    yield from response.stream


def _take(response: httpx.Response, got: bytearray) -> None:
    for chunk in _chunks(response):
        got += chunk


@pytest.mark.parametrize(
    ("head", "length"),
    [
        (_head(), LONG),
        (_head("206 Partial Content", "X: y", length=10**14), 10**14),
        (_head().replace(b"Content-Length: ", b"CONTENT-length:"), LONG),
        (_head().replace(b"/1.1", b"/1.0"), LONG),
        (_head(length=LONG - 1), None),
        (_head(length=f"{LONG}, {LONG}"), None),
        (_head(length="1" + "0" * 15), None),
        (_head(length="-5000000"), None),
        (_head("200 OK", f"Content-Length: {LONG}"), None),
        (_head("200 OK", "Transfer-Encoding: gzip, chunked"), None),
        (_head("204 No Content"), None),
        (_head("404 Not Found"), None),
        (_head().replace(b"Content-Length", b"Content-Length "), None),
        (_head().replace(b"OK\r\n", b"OK\n"), None),
        (_head().replace(b"OK\r\n", b"OK\n\nX: y\r\n"), None),
        (b"HTTP/1.1 200 OK\r\n\r\n", None),
        (b"ICY 200 OK\r\n\r\n", None),
    ],
)
def test_a_length_counts_where_it_is_beyond_doubt(head: bytes, length: int | None) -> None:
    """Anything that could be read in two ways is left to h11."""
    assert declared(head) == length


@given(st.lists(st.integers(0, 200), max_size=8))
def test_h11_gets_the_head_alone(places: list[int]) -> None:
    """However the bytes are cut: the head goes on, and the body is held from its first byte."""
    head, joined = _head("200 OK", "ETag: x"), Joined()
    data = head + b"\r\n\r\nbody"
    given_on = b""
    for start, end in pairwise(sorted({min(place, len(data)) for place in places} | {0, len(data)})):
        given_on += joined.feed(data[start:end]) if joined.length is None else b""
        if joined.length is not None:
            assert (given_on, joined.held) == (head, data[len(head) : end])
            return
    raise AssertionError("the head was not seen")


@pytest.mark.parametrize(
    "pieces", [(http(body=BODY),), (http(body=BODY)[:20], http(body=BODY)[20:60], http(body=BODY)[60:])]
)
def test_a_long_body_is_whole(pieces: tuple[bytes, ...]) -> None:
    """In reads of a quarter of a megabyte at most; what a server sends beyond its own length is not looked at."""
    with Faultd(Step((*pieces, b"more"))) as server, NetworkTransport(verify=None) as transport:
        response = _get(server, transport)
        assert isinstance(response.stream, LongBody)
        chunks = list(_chunks(response))
        assert b"".join(chunks) == BODY
        assert max(map(len, chunks)) <= MOST
        response.close()


def test_what_is_beyond_the_length_in_the_first_read_is_left_alone() -> None:
    """Also where the head, the body and more come at once."""
    taken: list[int] = []
    whole = b"x" * 10

    def read(most: int) -> bytes:
        taken.append(most)
        return whole[:most]

    class Inner(httpx.SyncByteStream):
        pass

    assert b"".join(LongBody(15, read, Inner())) == b"x" * 15
    assert taken == [15, 5]


def test_the_next_request_goes_over_a_new_connection() -> None:
    """h11 has not seen the end of the answer, so that the connection is no longer used."""
    steps = (Step((http(body=BODY),), "keep"), answer(http(body=b"short")))
    with Faultd(*steps) as server, NetworkTransport(verify=None) as transport:
        for expected in (BODY, b"short"):
            response = _get(server, transport)
            assert b"".join(_chunks(response)) == expected
            response.close()
        assert server.connections == 2


def test_a_short_answer_leaves_its_connection_usable() -> None:
    """Nothing is changed for it."""
    steps = (Step((http(body=BODY[:100_000]),), "keep"), answer(http(body=b"short")))
    with Faultd(*steps) as server, NetworkTransport(verify=None) as transport:
        for expected in (BODY[:100_000], b"short"):
            response = _get(server, transport)
            assert not isinstance(response.stream, LongBody)
            assert b"".join(_chunks(response)) == expected
            response.close()
        assert server.connections == 1


@pytest.mark.parametrize("received", [0, 1, LONG // 2, len(BODY) - 1])
@pytest.mark.parametrize(("end", "error"), [("close", httpx.RemoteProtocolError), ("reset", httpx.ReadError)])
def test_a_connection_that_ends_early(received: int, end: str, error: type[Exception]) -> None:
    """The same failures as httpx's own; what came before is a beginning of the body."""
    cut = len(http(body=BODY)) - len(BODY) + received
    got = bytearray()
    with (
        Faultd(Step((http(body=BODY)[:cut],), end)) as server,
        NetworkTransport(verify=None) as transport,
        pytest.raises((error, httpx.ReadError)) as caught,
    ):
        _take(_get(server, transport), got)
    assert BODY.startswith(got)
    if end == "close":
        assert type(caught.value) is error
        assert len(got) == received
        assert str(caught.value).startswith("peer closed connection")


def test_a_connection_that_falls_silent() -> None:
    """The deadline of the clock counts."""
    step = Step((http(body=BODY)[:5000],), "hang")
    with Faultd(step) as server, NetworkTransport(verify=None) as transport, pytest.raises(httpx.ReadTimeout):
        list(_chunks(_get(server, transport, TickingClock(step=5.0))))


@pytest.mark.parametrize("error", [httpcore.ReadTimeout("t"), httpcore.ReadError("e")])
def test_failures_are_those_of_httpx(error: Exception) -> None:
    """Whoever reads knows no other."""

    def read(most: int) -> bytes:
        raise error

    class Inner(httpx.SyncByteStream):
        pass

    with pytest.raises(httpx.TransportError) as caught:
        list(LongBody(1, read, Inner()))
    assert type(caught.value).__name__ == type(error).__name__


def test_hints_before_the_answer_are_left_to_h11() -> None:
    """An early 103 is no answer; what follows it is read as ever."""
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    with Faultd(answer(hint + http(body=BODY))) as server, NetworkTransport(verify=None) as transport:
        assert b"".join(_chunks(_get(server, transport))) == BODY
