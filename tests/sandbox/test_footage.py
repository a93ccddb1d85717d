"""What shots show, frame by frame."""

import random

import pytest
from PIL import Image, ImageChops, ImageStat

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
