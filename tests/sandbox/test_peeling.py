"""Pictures of the sandbox that come back as inputs."""

import io
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops, ImageStat

from inference_cli.sandbox import encoding, lettering, painting
from inference_cli.sandbox.media import ImageSpec, render_image
from inference_cli.sandbox.peeling import peeled

SIZE = (480, 360)
LONG = "a very detailed description of a red fox that stands in the snow of a wide valley, looking at the far lights"
Box = tuple[int, int, int, int]


def scene(prompt: str, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture without a plate."""
    return painting.paint(prompt, random.Random(3), size)


def saved(picture: Image.Image, kind: str) -> Image.Image:
    """A picture after it was a file."""
    return Image.open(io.BytesIO(encoding.encode(picture, kind, 85))).convert("RGB")


def off(one: Image.Image, two: Image.Image, box: Box) -> float:
    """The mean difference inside a box, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, two).crop(box)).mean) / 3


@pytest.mark.unmeasured
@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("text", ["", "a fox", LONG])
@pytest.mark.parametrize("prompt", ["a red fox in the snow", "waves at noon", "space", "quarterly report"])
def test_what_a_plate_hid_is_there_again(prompt: str, text: str, kind: str) -> None:
    """Whatever its size and the file's format: a small part of the difference is left, and nothing else changed."""
    plain = scene(prompt)
    labelled = plain.copy()
    lettering.label(labelled, text)
    box = ImageChops.difference(plain, labelled).getbbox()
    assert box is not None
    came = saved(labelled, kind)
    made = peeled(came)
    assert off(made, plain, box) < min(15, 0.5 * off(labelled, plain, box))
    rest = made.copy()
    margin = round(SIZE[1] / 34)
    rest.paste(came.crop(around := (0, box[1] - margin, box[2] + margin, SIZE[1])), around)
    assert rest.tobytes() == came.tobytes()


@given(st.integers(16, 200), st.integers(16, 200), st.sampled_from(["a fox", "night", "abstract", "snow"]))
@settings(max_examples=30, deadline=None)
def test_a_picture_without_a_plate_comes_back_as_it_is(width: int, height: int, prompt: str) -> None:
    """Of any size."""
    picture = scene(prompt, (width, height))
    assert peeled(picture) is picture


@given(st.integers(16, 120), st.integers(16, 120), st.sampled_from(["", "a fox", LONG]))
@settings(max_examples=30, deadline=None)
def test_a_plate_in_any_picture_can_be_tried(width: int, height: int, text: str) -> None:
    """Where the plate fills it, there is nothing to bring back, and nothing goes wrong."""
    picture = Image.new("RGB", (width, height), (120, 160, 200))
    lettering.label(picture, text)
    assert peeled(picture).size == (width, height)


def test_on_black_the_letters_alone_go() -> None:
    """A plate that shades nothing has no end to find."""
    picture = Image.new("RGB", SIZE, (8, 8, 12))
    lettering.label(picture, LONG)
    assert max(high for _, high in peeled(picture).getextrema()) < 30  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new"), [(LONG, "at night"), ("a fox", "snow over " + LONG), (LONG, LONG + " at dusk")]
)
def test_an_edit_has_one_plate(old: str, new: str) -> None:
    """It is about what the same edit of a picture without a plate is, under the new plate and beside it."""
    spec = ImageSpec(model="m", prompt=new, seed=1, width=SIZE[0], height=SIZE[1])
    plain = scene("a red fox in the snow")
    labelled = plain.copy()
    lettering.label(labelled, old)
    box = ImageChops.difference(plain, labelled).getbbox()
    assert box is not None
    one, two = (
        Image.open(io.BytesIO(render_image(replace(spec, source=encoding.encode(source, "png", None)))))
        for source in (plain, labelled)
    )
    assert off(one, two, box) < 6
