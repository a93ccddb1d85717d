"""Edits."""

import io
import random

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from inference_cli.sandbox import drawing, retouch


def source() -> Image.Image:
    """A picture to edit."""
    return drawing.compose("a white horse at noon", random.Random(1), (96, 72)).still()


def distance(one: Image.Image, two: Image.Image) -> float:
    """The mean difference, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, two)).mean) / len(one.getbands())


MANNERS = [
    "watercolor",
    "pencil sketch",
    "poster",
    "pixel art",
    "black and white",
    "monochrome",
    "sepia",
    "dreamy",
    "neon",
]


@pytest.mark.parametrize(
    "prompt", [*MANNERS, "at night", "dawn", "sunset", "in fog", "snow", "blue", "better", "add a cat"]
)
def test_every_edit_changes_the_picture_visibly_and_keeps_its_structure(prompt: str) -> None:
    """It differs, and its outlines follow the source's more than those of the source upside down."""
    before = source()
    after = retouch.edited(before, prompt, random.Random(2))
    assert after.size == before.size
    assert distance(after, before) > 2
    grey, upright = after.convert("L"), ImageOps.autocontrast(before.convert("L"))
    assert distance(grey, upright) < distance(grey, ImageOps.flip(upright)) or prompt in {"pencil sketch", "neon"}


def test_night_is_darker_and_grey_has_no_colour() -> None:
    """The words mean what they say."""
    before = source()
    night = retouch.graded(before, "night", random.Random(2))
    assert ImageStat.Stat(night.convert("L")).mean[0] < ImageStat.Stat(before.convert("L")).mean[0] * 0.7
    red, green, blue = retouch.graded(before, "black and white", random.Random(2)).split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_a_mask_keeps_the_rest() -> None:
    """Where the mask is black nothing changes."""
    mask = Image.new("L", (96, 72))
    mask.paste(255, (0, 0, 48, 72))
    sink = io.BytesIO()
    mask.save(sink, "PNG")
    before = source()
    after = retouch.masked(before, retouch.graded(before, "night", random.Random(2)), sink.getvalue())
    right = (54, 0, 96, 72)
    assert after.crop(right).tobytes() == before.crop(right).tobytes()
    assert distance(after.crop((0, 0, 40, 72)), before.crop((0, 0, 40, 72))) > 20


def test_references_lie_on_the_right_as_prints() -> None:
    """Each further picture is seen."""
    sink = io.BytesIO()
    Image.new("RGB", (20, 20), (255, 0, 0)).save(sink, "PNG")
    picture = Image.new("RGB", (100, 100))
    retouch.inset(picture, (sink.getvalue(), sink.getvalue()))
    assert [picture.getpixel((85, y)) for y in (12, 36)] == [(255, 0, 0)] * 2
