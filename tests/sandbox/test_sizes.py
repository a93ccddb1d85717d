from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.sandbox.sizes import film_size, picture_size


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, (960, 960)),
        ({"aspect_ratio": "16:9"}, (1280, 720)),
        ({"aspect_ratio": "9:16"}, (720, 1280)),
        ({"aspect_ratio": "4:3"}, (1112, 834)),
        ({"aspect_ratio": "2.35:1"}, (1504, 640)),
        ({"aspect_ratio": "landscape"}, (1176, 784)),
        ({"aspect_ratio": "adaptive"}, (960, 960)),
        ({"aspect_ratio": "0:0"}, (960, 960)),
        ({"size": "1536x1024"}, (1536, 1024)),
        ({"size": "2K"}, (2048, 2048)),
        ({"size": "4K", "aspect_ratio": "16:9"}, (4096, 2304)),
        ({"size": "square"}, (960, 960)),
        ({"size": "portrait"}, (784, 1176)),
        ({"image_size": "portrait_4_3"}, (768, 1024)),
        ({"image_size": {"width": 300, "height": 200}}, (300, 200)),
        ({"image_size": {"width": 300}}, (960, 960)),
        ({"image_size": "optimize_for_speed"}, (960, 960)),
        ({"resolution": "square"}, (512, 512)),
        ({"resolution": "0.5 MP"}, (724, 724)),
        ({"resolution": "720p", "aspect_ratio": "16:9"}, (1280, 720)),
        ({"resolution": "1024x768"}, (1024, 768)),
        ({"width": 640, "height": 480}, (640, 480)),
        ({"width": 99999, "height": 10}, (4096, 64)),
        ({"width": True, "height": 10}, (960, 960)),
    ],
)
def test_a_pictures_size_by_every_name(parameters: dict[str, Any], expected: tuple[int, int]) -> None:
    """Each vocabulary of the schemas gives pixels; the ratio is exact where whole numbers make it up."""
    assert picture_size(parameters, None) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, (300, 200)),
        ({"aspect_ratio": "match_input_image"}, (300, 200)),
        ({"aspect_ratio": "1:1"}, (960, 960)),
        ({"scale": "2x"}, (600, 400)),
        ({"upscale_factor": "4x"}, (1200, 800)),
        ({"size": "1K"}, (1254, 836)),
        ({"resolution": "480p"}, (720, 480)),
    ],
)
def test_an_input_picture_gives_its_own_shape(parameters: dict[str, Any], expected: tuple[int, int]) -> None:
    """Unless another was asked for."""
    assert picture_size(parameters, (300, 200)) == expected


@pytest.mark.parametrize(
    ("parameters", "source", "expected"),
    [
        ({}, None, (960, 540)),
        ({"resolution": "480p"}, None, (852, 480)),
        ({"resolution": "1080P", "aspect_ratio": "9:16"}, None, (720, 1280)),
        ({"resolution": "4k", "aspect_ratio": "1:1"}, None, (1280, 1280)),
        ({"width": 832, "height": 480}, None, (832, 480)),
        ({"resolution": "720p"}, (100, 100), (720, 720)),
        ({"resolution": "1080p", "aspect_ratio": "21:9"}, None, (1280, 548)),
    ],
)
def test_a_films_size_is_even_and_modest(
    parameters: dict[str, Any], source: tuple[int, int] | None, expected: tuple[int, int]
) -> None:
    """At most 1280 on the longer side, in the asked shape."""
    assert film_size(parameters, source, 50) == expected


def test_a_long_film_is_smaller() -> None:
    """So that a minute of it does not take minutes to make; the shape stays."""
    assert film_size({"resolution": "1080p"}, None, 144) == (1280, 720)
    assert film_size({"resolution": "1080p"}, None, 1440) == (404, 228)


@given(
    parameters=st.fixed_dictionaries(
        {},
        optional={
            "aspect_ratio": st.from_regex(r"\d{1,4}(\.\d)?:\d{1,4}", fullmatch=True) | st.text(),
            "size": st.from_regex(r"\d{1,6}x\d{1,6}", fullmatch=True) | st.text(),
            "resolution": st.sampled_from(["4k", "9K", "99999p", "99 MP", "480p"]) | st.text(),
            "width": st.integers() | st.floats(),
            "height": st.integers() | st.floats(),
        },
    ),
    source=st.none() | st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
)
def test_every_size_can_be_made(parameters: dict[str, Any], source: tuple[int, int] | None) -> None:
    """Whatever is asked: pictures have 64 to 4096 pixels a side, films 64 to 1280 and an even number of them."""
    assert all(64 <= side <= 4096 for side in picture_size(parameters, source))
    assert all(64 <= side <= 1280 and side % 2 == 0 for side in film_size(parameters, source, 120))
