"""Pictures and films as the sandbox hands them out."""

import hashlib
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops, ImageStat

from inference_cli.sandbox.media import FilmSpec, ImageSpec, render_film, render_image, seeded

FOX = ImageSpec(model="m", prompt="a red fox in the snow", seed=7, width=96, height=64)


def opened(data: bytes) -> Image.Image:
    """The decoded file."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def distance(one: Image.Image, two: Image.Image) -> float:
    """The mean difference of two pictures, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), two.convert("RGB"))).mean) / 3


@pytest.mark.parametrize(
    ("kind", "name"),
    [("png", "PNG"), ("jpeg", "JPEG"), ("jpg", "JPEG"), ("webp", "WEBP"), ("gif", "GIF"), ("PNG", "PNG")],
)
def test_the_file_has_the_asked_format_and_size(kind: str, name: str) -> None:
    """Each format comes out as itself, exactly as large as asked."""
    picture = opened(render_image(replace(FOX, format=kind, width=101, height=67)))
    assert (picture.format, picture.size) == (name, (101, 67))


def test_the_same_request_gives_the_same_bytes() -> None:
    """Model, prompt, seed and parameters decide every byte; the order of the parameters does not matter."""
    one = render_image(replace(FOX, parameters={"a": 1, "b": [2]}))
    assert one == render_image(replace(FOX, parameters={"b": [2], "a": 1}))


@pytest.mark.parametrize(
    "other",
    [
        replace(FOX, seed=8),
        replace(FOX, model="n"),
        replace(FOX, prompt="a red fox in snow"),
        replace(FOX, parameters={"x": 1}),
    ],
)
def test_another_seed_model_prompt_or_parameter_gives_another_picture(other: ImageSpec) -> None:
    """Nothing that joins the seed is ignored."""
    assert render_image(other) != render_image(FOX)


def test_the_numbers_are_drawn_from_a_digest() -> None:
    """The seed does not depend on the process: a known request always draws the same first number."""
    assert seeded("m", "p", 1, {}).getrandbits(32) == seeded("m", "p", 1, {}).getrandbits(32)
    assert hashlib.sha256(render_image(FOX)).digest() == hashlib.sha256(render_image(FOX)).digest()


@given(prompt=st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_prompt_makes_a_picture(prompt: str) -> None:
    """Whatever characters a prompt holds, a picture of the asked size comes out."""
    assert opened(render_image(replace(FOX, prompt=prompt, width=40, height=32))).size == (40, 32)


def test_an_edit_differs_from_its_input_and_resembles_it() -> None:
    """The edited picture is nearer to its input than to another picture, and not equal to it."""
    source = render_image(replace(FOX, prompt="a white horse at sunset"))
    other = opened(render_image(replace(FOX, prompt="goldfish")))
    edited = opened(render_image(replace(FOX, prompt="make it better", source=source)))
    before = opened(source)
    assert 2 < distance(edited, before) < distance(edited, other)


@pytest.mark.parametrize("kind", ["tiff", "", "mp4"])
def test_a_format_that_is_not_made_is_refused(kind: str) -> None:
    """The sentence names the formats there are."""
    with pytest.raises(ValueError, match=r"^the sandbox makes png, jpeg, webp and gif, not"):
        render_image(replace(FOX, format=kind))


@pytest.mark.parametrize("size", [(15, 64), (64, 8193)])
def test_a_size_out_of_range_is_refused(size: tuple[int, int]) -> None:
    """For pictures and for films."""
    with pytest.raises(ValueError, match=r"^the size must be 16 to 8192 pixels a side$"):
        render_image(replace(FOX, width=size[0], height=size[1]))
    with pytest.raises(ValueError, match=r"^the size must be"):
        render_film(FilmSpec("m", "p", 1, *size, duration=1))


@pytest.mark.parametrize(
    ("duration", "fps", "sentence"),
    [(0, 24, "duration"), (601, 24, "duration"), (1, 0, "frame rate"), (1, 61, "frame rate")],
)
def test_a_film_out_of_range_is_refused(duration: float, fps: int, sentence: str) -> None:
    """Durations and frame rates have limits."""
    with pytest.raises(ValueError, match=f"^the {sentence} must be"):
        render_film(FilmSpec("m", "p", 1, 64, 64, duration=duration, fps=fps))


def test_a_large_picture_is_drawn_smaller_and_enlarged() -> None:
    """Above 2048 pixels the size is still exact."""
    assert opened(render_image(replace(FOX, prompt="unknown", width=2304, height=32, format="jpeg"))).size == (2304, 32)
