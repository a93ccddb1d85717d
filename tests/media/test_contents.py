"""Files as the base64 of data URLs."""

import hashlib
import io
import tracemalloc

from hypothesis import given, strategies as st

from inference_cli.media.contents import Contents
from inference_cli.media.dataurl import encode

_MOST = 10**6


@given(st.binary(min_size=1, max_size=8), st.integers(0, 150_000))
def test_pieces_are_as_good_as_the_whole(pattern: bytes, size: int) -> None:
    """The same URL, digest and size, wherever the file ends."""
    data = (pattern * (size // len(pattern) + 1))[:size]
    contents = Contents(io.BytesIO(data), _MOST)
    assert (contents.url("image/png"), contents.sha256, contents.size) == (
        encode(data, "image/png"),
        hashlib.sha256(data).hexdigest(),
        size,
    )


def test_reading_ends_soon_after_what_is_allowed() -> None:
    """Of an endless file it is known that it is too large, and no more."""

    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert 0 < size <= _MOST
            return bytes(size)

    assert _MOST < Contents(Endless(), _MOST).size < 2 * _MOST


def test_reading_holds_the_text_alone() -> None:
    """And making the URL holds it twice, for a moment."""
    stream = io.BytesIO(bytes(6 * _MOST))
    tracemalloc.start()
    try:
        contents = Contents(stream, 10 * _MOST)
        reading = tracemalloc.get_traced_memory()[1]
        contents.url("video/mp4")
        whole = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reading < 8.5 * _MOST
    assert whole < 16.5 * _MOST
