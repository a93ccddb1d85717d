"""What shots show, frame by frame."""

import random

import pytest
from PIL import Image, ImageChops, ImageStat

from inference_cli.sandbox import drawing
from inference_cli.sandbox.footage import Footage, Moved, Painted, Restyled

SIZE = (64, 48)


def difference(footage: Footage, one: float, two: float) -> float:
    """How much two moments of a shot of 4 seconds differ, 0 to 255."""
    pair = [footage.frame(share * 4, share) for share in (one, two)]
    assert [picture.size for picture in pair] == [SIZE, SIZE]
    return sum(ImageStat.Stat(ImageChops.difference(*pair)).mean) / 3


@pytest.mark.parametrize(
    "prompt",
    ["a red fox in the snow", "waves at dawn", "goldfish", "birds", "campfire", "quarterly report", "petals", "a lake"],
)
def test_painted_scenes_move_and_stay_themselves(prompt: str) -> None:
    """Neighbouring moments differ less than far ones."""
    made = Painted(prompt, random.Random(1), SIZE)
    assert 0 < difference(made, 0.5, 0.58) < difference(made, 0.0, 1.0) < 90


def upright(mask: Image.Image, side: int) -> bool:
    """Whether a mask ends on the left (0) or on the right (-1) in an edge as tall as a quarter of it."""
    x = side % mask.width
    column = mask.crop((x, 0, x + 1, mask.height)).tobytes()
    return sum(value > 8 for value in column) > max(12, mask.height / 4)


@pytest.mark.parametrize(
    "prompt", ["waves at dawn", "whale", "a lake in the fog", "aurora", "underwater", "snow", "quarterly report"]
)
@pytest.mark.parametrize("seed", range(4))
def test_what_moves_by_itself_reaches_the_borders_at_every_time(prompt: str, seed: int) -> None:
    """Where a layer ends in a straight edge it was cut: further out than it sways, and it does not drift."""
    width = 320
    for layer in drawing.compose(prompt, random.Random(seed), (width, 180)).layers:
        if layer.motion is None:
            continue
        left, right = layer.corner[0], layer.corner[0] + layer.mask.width
        sway = abs(layer.motion.sway[0])
        assert not upright(layer.mask, 0) or (left <= -sway and layer.motion.speed[0] == 0)
        assert not upright(layer.mask, -1) or (right >= width + sway and layer.motion.speed[0] == 0)


def test_a_soft_shape_that_the_border_cuts_is_whole_at_the_border() -> None:
    """Its blur begins at its own edge, not where the canvas ends."""
    stage = drawing.compose("noon", random.Random(1), SIZE)
    stage.fill((255, 0, 0), [[(-50.0, 10.0), (120.0, 10.0), (120.0, 40.0), (-50.0, 40.0)]], 1, soft=4)
    assert [stage.still().getpixel((x, 25)) for x in (0, SIZE[0] - 1)] == [(255, 0, 0)] * 2


def test_the_camera_comes_closer_to_a_picture() -> None:
    """The first shot begins with the whole picture."""
    source = Image.radial_gradient("L").convert("RGB")
    made = Moved(source, "anything", random.Random(1), SIZE, 0)
    assert difference(made, 0.0, 1.0) > 1


def test_weather_falls_over_a_picture() -> None:
    """Snow is white on black."""
    made = Moved(Image.new("RGB", (80, 60)), "snow", random.Random(1), SIZE, 0)
    assert max(made.frame(0.5, 0.2).convert("L").tobytes()) > 120


def test_a_film_that_cant_be_decoded_is_refused() -> None:
    """At once, not when its first frame is wanted."""
    with pytest.raises(ValueError, match=r"^the input video can't be decoded$"):
        Restyled(b"text", "night", random.Random(1), SIZE)
