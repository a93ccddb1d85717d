"""From prompts to scenes."""

import random

import pytest
from PIL import ImageStat

from inference_cli.sandbox import drawing

PLACES = [
    "mountains",
    "a lake at night, aurora",
    "meadow",
    "desert",
    "forest",
    "sea",
    "underwater",
    "city at night",
    "space",
]
CREATURES = [
    "fox",
    "cat",
    "birds at night",
    "fish",
    "white horse",
    "whale",
    "deer",
    "tulips at night",
    "boat",
    "cabin in winter",
]
THINGS = [
    "lighthouse",
    "balloon",
    "rocket",
    "cactus at night",
    "campfire",
    "rain",
    "sakura",
    "autumn",
    "saturn",
    "green galaxy",
]


@pytest.mark.unmeasured
@pytest.mark.parametrize("prompt", [*PLACES, *CREATURES, *THINGS])
@pytest.mark.parametrize("size", [(64, 36), (36, 64)])
def test_each_motif_is_drawn_in_every_format(prompt: str, size: tuple[int, int]) -> None:
    """The scene is as large as asked, and not of one colour."""
    picture = drawing.compose(prompt, random.Random(5), size).still()
    assert picture.size == size
    assert max(ImageStat.Stat(picture).stddev) > 8


def test_a_red_fox_in_the_snow_is_red_on_white() -> None:
    """There is a fox's colour in the picture, and snow below."""
    picture = drawing.compose("a red fox in the snow", random.Random(3), (160, 90)).still()
    pixels = [picture.getpixel((x, y)) for x in range(160) for y in range(90)]
    fox = [p for p in pixels if isinstance(p, tuple) and p[0] > 170 and p[1] < 110 and p[2] < 80]
    white = [p for p in pixels if isinstance(p, tuple) and min(p) > 190]
    assert len(fox) > 300
    assert len(white) > 1500


@pytest.mark.parametrize("seed", range(8))
def test_what_is_not_known_becomes_an_abstract_composition(seed: int) -> None:
    """Also in the colours that the prompt names."""
    assert len(drawing.compose("quarterly report", random.Random(seed), (60, 40)).layers) > 5
    assert len(drawing.compose("blue and gold", random.Random(seed), (60, 40)).layers) > 5


@pytest.mark.parametrize("seed", range(6))
def test_a_scene_is_the_same_for_the_same_numbers(seed: int) -> None:
    """And another for others."""
    one, two, other = (
        drawing.compose("mountains", random.Random(s), (60, 40)).still().tobytes() for s in (seed, seed, seed + 1)
    )
    assert one == two != other
