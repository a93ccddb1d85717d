"""Chunks that arrive together are joined, and h11 reads the same as without."""

from itertools import pairwise

import h11
import pytest
from hypothesis import given, strategies as st

from inference_cli.api.chunked import Joined

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
LAST = b"0\r\n\r\n"


def _chunks(parts: list[bytes]) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)


def _cut(data: bytes, places: list[int]) -> list[bytes]:
    ends = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(ends)]


def _read(pieces: list[bytes], *, joined: bool) -> tuple[list[object], bytes, int]:
    """What h11 makes of it: the events beside the body, the body, and in how many pieces it came."""
    connection, through = h11.Connection(h11.CLIENT), Joined()
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
    connection.send(h11.EndOfMessage())
    events: list[object] = []
    body: list[bytes] = []
    for piece in [*pieces, b""]:
        data = through.feed(piece) if joined and piece else piece
        if piece and not data:
            continue
        connection.receive_data(data)
        while True:
            try:
                event = connection.next_event()
            except h11.RemoteProtocolError:
                return [*events, "refused"], b"".join(body), len(body)
            if event is h11.NEED_DATA or event is h11.PAUSED:
                break
            if isinstance(event, h11.Data):
                body.append(bytes(event.data))
            else:
                events.append(type(event))
            if isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
                return events, b"".join(body), len(body)
    return events, b"".join(body), len(body)


PARTS = st.lists(st.binary(min_size=1, max_size=40), max_size=12)
PLACES = st.lists(st.integers(0, 2_000), max_size=30)


@given(
    PARTS,
    PLACES,
    st.sampled_from([LAST, b"0\r\nX: y\r\n\r\n", b"", b"3;x=y\r\nabc\r\n" + LAST, b"00000000003\r\nabc\r\n" + LAST]),
)
def test_h11_reads_the_same(parts: list[bytes], places: list[int], end: bytes) -> None:
    """However the bytes are cut, with trailers, extensions, or without an end."""
    pieces = _cut(HEAD + _chunks(parts) + end, places)
    assert _read(pieces, joined=True)[:2] == _read(pieces, joined=False)[:2]


@given(PARTS, PLACES, st.integers(0, 600), st.sampled_from([b"", b"\r", b"\n", b"7", b"x", b"5\r\nhello\r\n"]))
def test_what_is_wrong_stays_wrong(parts: list[bytes], places: list[int], where: int, instead: bytes) -> None:
    """A byte that was lost or replaced is noticed where h11 alone notices it, and no other body is read."""
    whole = _chunks(parts) + LAST
    where %= len(whole)
    pieces = _cut(HEAD + whole[:where] + instead + whole[where + 1 :], places)
    events, body, _ = _read(pieces, joined=False)
    assert _read(pieces, joined=True)[:2] == (events, body)


@given(PARTS, PLACES)
def test_nothing_is_held_back(parts: list[bytes], places: list[int]) -> None:
    """After each piece as much of the body is out as there is in it."""
    through, seen, pieces = Joined(), b"", _cut(HEAD + _chunks(parts), places)
    given = b""
    for piece in pieces:
        seen += piece
        given += through.feed(piece)
        assert _read([given], joined=False)[1] == _read([seen], joined=False)[1]


def test_joins_what_came_together() -> None:
    """Of a read with a thousand chunks h11 sees one, and the beginning of the next."""
    parts = [b"data: %d\n\n" % number for number in range(1_000)]
    stream = HEAD + _chunks(parts) + b"5\r\nda"
    assert _read([stream], joined=True)[2] == 2
    assert _read([stream], joined=False)[2] == 1_001


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"],
)
def test_leaves_other_answers_alone(head: bytes) -> None:
    """A body that is not chunked may look as if it were."""
    through = Joined()
    assert through.feed(head + b"1\r\na\r\n1\r\nb\r\n") == head + b"1\r\na\r\n1\r\nb\r\n"
    assert through.over
