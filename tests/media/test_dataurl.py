"""Data URLs."""

import pytest
from hypothesis import given, strategies as st

from inference_cli.media.dataurl import decode, encode, shortened


@given(st.binary())
def test_bytes_come_back(data: bytes) -> None:
    """Encoding loses nothing."""
    assert decode(encode(data, "image/png")) == data


def test_percent_encoding_is_read() -> None:
    """A data URL without base64 is text."""
    assert decode("data:text/plain,a%20b") == b"a b"


@pytest.mark.parametrize("url", ["", "data:", "https://example.com/a,b", "data:;base64,a", "data:;base64,äää="])
def test_what_is_no_data_url_is_refused(url: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError):
        decode(url)


def test_long_ones_are_shown_short() -> None:
    """Wherever they stand in a request; everything else is shown as it is."""
    url = encode(bytes(3000), "image/png")
    body = {"input_image": [url, "https://example.com/a.png"], "elements": ({"frontal_image_url": url},), "seed": 7}
    assert shortened(body) == {
        "input_image": ["data:image/png;base64,… (3000 bytes)", "https://example.com/a.png"],
        "elements": [{"frontal_image_url": "data:image/png;base64,… (3000 bytes)"}],
        "seed": 7,
    }
    assert shortened("data:text/plain," + "a" * 200) == "data:text/plain,… (200 bytes)"
    assert shortened("data:,short") == "data:,short"
