import gzip
import json
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.bodies import decode, decoded
from inference_cli.api.failures import Garbled


def test_H03_many_brackets_are_not_many_levels() -> None:
    """A hundred levels are read, and so are lists as long as may be, and texts."""
    for text in ("[" * 100 + "]" * 100, f"[{'[], ' * 500}[]]", f'"{"[" * 500}"'):
        assert decode(text.encode()) == json.loads(text)


def test_H04_odd_numbers_survive() -> None:
    """Endless integers stay text, what is beyond range or no number is null and said once, -0 and duplicates pass."""
    said: list[str] = []
    digits = "7" * 5000
    text = f'{{"a": {digits}, "b": 1e400, "c": NaN, "d": -Infinity, "e": -0, "f": 1, "f": 2.5}}'
    assert decode(text.encode(), notice=said.append) == {
        "a": digits,
        "b": None,
        "c": None,
        "d": None,
        "e": 0,
        "f": 2.5,
    }
    assert said == ["the answer holds numbers that JSON does not have; they are shown as null"]
    assert decode(b"NaN") is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html>", "not JSON"),
        (b'{"a": 1', "not JSON"),
        (b"[" * 100_000, "too deeply"),
        (b"[" * 101 + b"]" * 101, "too deeply"),
        (b'{"a":' * 100_000, "too deeply"),
    ],
)
def test_H03_what_is_no_json_is_garbled(data: bytes, reason: str) -> None:
    """Empty, cut, HTML, nested without end."""
    with pytest.raises(Garbled, match=reason):
        decode(data)


def test_a_byte_order_mark_and_damaged_text_are_read_through() -> None:
    """What can be shown is shown."""
    assert decode(b'\xef\xbb\xbf{"a": "\xff"}') == {"a": "\ufffd"}


@given(st.binary(max_size=2000), st.integers(1, 50), st.sampled_from(["", "identity", "gzip", "deflate", "gzip, gzip"]))
def test_encodings_are_undone_at_any_split(data: bytes, size: int, encoding: str) -> None:
    """Whatever the pieces; an empty body is empty in any encoding."""
    body = data
    for name in encoding.split(", "):
        body = gzip.compress(body) if name == "gzip" else zlib.compress(body) if name == "deflate" else body
    pieces = (body[place : place + size] for place in range(0, len(body), size))
    assert b"".join(decoded(pieces, encoding, cap=10_000)) == data


def test_several_gzip_members_are_one_body() -> None:
    """As gzip defines it."""
    assert b"".join(decoded([gzip.compress(b"one ") + gzip.compress(b"two")], "x-gzip", cap=100)) == b"one two"


def test_no_body_is_no_cut_body() -> None:
    """A declared encoding of nothing is nothing."""
    assert list(decoded([], "gzip", cap=100)) == []


def test_A17_a_cut_gzip_body_is_noticed() -> None:
    """Although the length matched."""
    body = gzip.compress(json.dumps(list(range(1000))).encode())
    with pytest.raises(Garbled, match="cut"):
        list(decoded([body[:-9]], "gzip", cap=100_000))


def test_A18_a_plain_body_declared_gzip_is_noticed() -> None:
    """And any encoding that was not asked for."""
    with pytest.raises(Garbled, match="is not"):
        list(decoded([b'{"plain": true}'], "gzip", cap=1000))
    with pytest.raises(Garbled, match="not asked for"):
        list(decoded([b"x"], "br", cap=1000))


def test_A19_bombs_stop_at_the_cap() -> None:
    """One layer or three: no piece is large, and the cap ends it, between two layers too."""

    def pieces(body: bytes, encoding: str) -> Iterator[int]:
        for piece in decoded([body], encoding, cap=4 * 1024 * 1024):
            yield len(piece)

    single = gzip.compress(b"\0" * (16 * 1024 * 1024))
    triple = gzip.compress(gzip.compress(single))
    for body, encoding in ((single, "gzip"), (triple, "gzip, gzip, gzip")):
        sizes: list[int] = []
        with pytest.raises(Garbled, match="larger than 4 MB"):
            sizes.extend(pieces(body, encoding))
    with pytest.raises(Garbled, match="larger than 0 MB"):
        list(decoded([b"x" * 11], "", cap=10))
    assert max(pieces(gzip.compress(b"\0" * (1024 * 1024)), "gzip")) <= 64 * 1024
