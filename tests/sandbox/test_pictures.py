"""Input pictures."""

import io

import pytest
from PIL import Image

from inference_cli.sandbox import pictures


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """A picture as a file."""
    sink = io.BytesIO()
    picture.save(sink, kind, **options)
    return sink.getvalue()


def test_a_picture_is_turned_upright() -> None:
    """What the camera noted about its position is honoured."""
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif)
    assert (pictures.size(data), pictures.read(data).size) == ((20, 40), (20, 40))


def test_what_is_transparent_becomes_white() -> None:
    """Pictures inside are RGB."""
    assert pictures.read(encoded(Image.new("RGBA", (4, 4), (9, 9, 9, 0)))).getpixel((0, 0)) == (255, 255, 255)
    assert pictures.read(encoded(Image.new("P", (4, 4)), "GIF")).mode == "RGB"


@pytest.mark.parametrize("data", [b"", b"hello", encoded(Image.new("RGB", (300, 300), (1, 2, 3)))[:120]])
def test_what_cant_be_decoded_is_refused_in_a_sentence(data: bytes) -> None:
    """Nothing of Pillow's own errors comes out."""
    with pytest.raises(ValueError, match=r"^the input image can't be decoded$"):
        pictures.read(data)


def test_a_picture_with_too_many_pixels_is_refused_unread() -> None:
    """A small file may claim a huge picture."""
    data = encoded(Image.new("1", (8001, 8001)))
    with pytest.raises(ValueError, match=r"^the input image has more than 64 million pixels$"):
        pictures.read(data)


def test_covering_fills_and_containing_keeps_everything() -> None:
    """Both have the size of the frame; only one shows both edges of a wide picture."""
    wide = Image.new("RGB", (100, 20), (0, 0, 0))
    wide.paste((255, 0, 0), (0, 0, 10, 20))
    assert pictures.cover(wide, (30, 30)).size == pictures.contain(wide, (30, 30)).size == (30, 30)
    assert pictures.contain(wide, (30, 30)).getpixel((1, 15)) == (255, 0, 0)
    assert pictures.cover(wide, (30, 30)).getpixel((1, 15)) == (0, 0, 0)
    assert pictures.contain(wide, (50, 10)).size == (50, 10)


def test_a_mask_is_light_or_transparent_where_it_allows() -> None:
    """Both customs of masks are read."""
    grey = Image.new("L", (2, 1))
    grey.putpixel((1, 0), 255)
    holes = Image.new("RGBA", (2, 1), (0, 0, 0, 255))
    holes.putpixel((1, 0), (0, 0, 0, 0))
    solid = Image.new("RGBA", (2, 1), (0, 0, 0, 255))
    solid.putpixel((1, 0), (255, 255, 255, 255))
    assert [pictures.read_mask(encoded(mask)).tobytes() for mask in (grey, holes, solid)] == [b"\x00\xff"] * 3
