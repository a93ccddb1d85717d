"""Pictures, painted and edited."""

import io
import random

import pytest
from PIL import Image

from inference_cli.sandbox import painting


def black(size: tuple[int, int]) -> bytes:
    """A black picture as a file."""
    sink = io.BytesIO()
    Image.new("RGB", size).save(sink, "PNG")
    return sink.getvalue()


def test_a_picture_is_painted_in_its_size() -> None:
    """Also with reference pictures."""
    assert painting.paint("sea", random.Random(1), (50, 40), (black((9, 9)),)).size == (50, 40)


def test_an_edit_has_the_asked_size_whatever_the_source_has() -> None:
    """A tall source is shown whole in a wide picture; a mask of another size fits too."""
    assert painting.edit("night", random.Random(1), (60, 40), black((30, 90)), black((5, 5))).size == (60, 40)


def test_a_source_that_is_no_picture_is_refused() -> None:
    """A short sentence says so."""
    with pytest.raises(ValueError, match=r"^the input image can't be decoded$"):
        painting.edit("night", random.Random(1), (60, 40), b"text", None)
