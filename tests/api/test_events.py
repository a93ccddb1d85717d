import itertools

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.events import Event, EventDecoder
from inference_cli.api.failures import Garbled


def decode(*chunks: bytes) -> list[Event]:
    """Everything that a decoder makes of some chunks."""
    decoder = EventDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)]


STREAM = (
    "\ufeff: hello\n"
    "event: media_generation_completed\r\n"
    'data: {"text": "a\u2028b\u2029c\u0085d\x0be\x0cf"}\r'
    "id: 7\r\n"
    "\r\n"
    "data:no space\rdata:  two spaces\ndata\n\n"
    "retry: 1500\ndata: ü😀\r\r"
    "data: never ended"
).encode()
EVENTS = [
    Event("media_generation_completed", '{"text": "a\u2028b\u2029c\u0085d\x0be\x0cf"}', "7"),
    Event("message", "no space\n two spaces\n", "7"),
    Event("message", "ü😀", "7", 1500),
]


def test_B01_every_split_gives_the_same_events() -> None:
    """A stream cut in two at any byte decodes alike: within CR LF, within a character, within a field."""
    whole = decode(STREAM)
    assert whole == EVENTS
    assert all(decode(STREAM[:cut], STREAM[cut:]) == whole for cut in range(len(STREAM) + 1))
    assert decode(*(STREAM[place : place + 1] for place in range(len(STREAM)))) == whole


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_B01_any_pieces_give_the_same_events(cuts: list[int]) -> None:
    """However many pieces, empty ones too."""
    places = [0, *sorted(cuts), len(STREAM)]
    assert decode(*(STREAM[a:b] for a, b in itertools.pairwise(places))) == EVENTS


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data: YHOO\ndata: +2\ndata: 10\n\n", [Event(data="YHOO\n+2\n10")]),
        (
            b": test\n\ndata: one\nid: 1\n\ndata:two\nid\n\ndata:  three\n\n",
            [
                Event(data="one", id="1"),
                Event(data="two"),
                Event(data=" three"),
            ],
        ),
        (b"data\n\ndata\ndata\n\ndata:", [Event(), Event(data="\n")]),
        (b"data:test\n\ndata: test\n\n", [Event(data="test"), Event(data="test")]),
        (b"event: lonely\n\ndata: x\n\n", [Event(data="x")]),
        (b"id: a\0b\ndata: x\n\n", [Event(data="x")]),
        (b"retry: 12x\ndata: x\n\n", [Event(data="x")]),
        (b"unknown: 1\ndata: x\n\n", [Event(data="x")]),
        (b"data: x\n", []),
        (b"\n\n\n", []),
    ],
)
def test_B09_the_vectors_of_the_standard(stream: bytes, events: list[Event]) -> None:
    """Fields, comments, missing colons and values as the standard says."""
    assert decode(stream) == events


def test_B03_invalid_utf8_is_replaced_and_noticed() -> None:
    """A damaged character becomes U+FFFD, and the decoder knows."""
    decoder = EventDecoder()
    assert decoder.feed(b"data: ok\n\n") == [Event(data="ok")]
    assert not decoder.damaged_text
    assert decoder.feed(b"data: a\xff\n\n") == [Event(data="a\ufffd")]
    assert decoder.damaged_text


def test_B08_one_event_has_a_cap() -> None:
    """An event that never ends is refused, in one line or in many."""
    with pytest.raises(Garbled, match="larger than 0 MB"):
        EventDecoder(cap=100).feed(b"data: " + b"x" * 100)
    decoder = EventDecoder(cap=100)
    decoder.feed(b"data: 1234567890\n" * 5)
    with pytest.raises(Garbled):
        decoder.feed(b"data: 1234567890\n")


def test_B08_many_small_events_and_comments_are_no_large_one() -> None:
    """The cap is per event: comments and finished events do not add up."""
    decoder = EventDecoder(cap=100)
    for _ in range(1000):
        assert decoder.feed(b": comment\ndata: x\n\n") == [Event(data="x")]
    for _ in range(1000):
        assert decoder.feed(b": comment\n") == []


@given(
    st.lists(
        st.sampled_from(
            [b"data: a\n\n", b"data: \xc3\xa9\n\n", b"data:b\n\n", b": c\n\n", b"data: d", b"\n", b"\r", b"\xff"]
        )
    )
)
def test_plain_chunks_are_read_as_any_other(chunks: list[bytes]) -> None:
    """The short way gives what the long way does, wherever the two change places."""
    short, long = EventDecoder(), EventDecoder()
    for chunk in chunks:
        expected = [event.data for event in long.feed(chunk)]
        datas = short.plain(chunk)
        assert (datas if datas is not None else [event.data for event in short.feed(chunk)]) == expected


def test_what_is_plain() -> None:
    """Whole events of one line each, and nothing pending."""
    decoder = EventDecoder()
    assert decoder.plain(b"data: a\n\ndata: b\n\n") == ["a", "b"]
    assert decoder.plain(b"data: a\ndata: b\n\n") is None
    decoder.feed(b"event: x\n")
    assert decoder.plain(b"data: a\n\n") is None


def test_B03_the_replacement_character_itself_is_no_damage() -> None:
    """Only bytes that are not UTF-8 are."""
    decoder = EventDecoder()
    decoder.feed("data: \ufffd\n\n".encode())
    assert not decoder.damaged_text
    decoder.feed(b"data: \xff\n\n")
    assert decoder.damaged_text
