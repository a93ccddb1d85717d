"""The light of an hour."""

import random

import pytest

from inference_cli.sandbox.colour import brightness
from inference_cli.sandbox.palette import choose
from inference_cli.sandbox.wish import read


def test_night_is_dark_and_day_is_not() -> None:
    """Stars come out at night alone."""
    night, day = choose(read("night"), random.Random(1)), choose(read("noon"), random.Random(1))
    assert (night.dark, day.dark) == (True, False)
    assert brightness(night.sky[0]) < brightness(day.sky[0])


@pytest.mark.parametrize("hour", ["noon", "night"])
def test_snow_makes_it_wintry(hour: str) -> None:
    """The ground turns white, in the light of the hour."""
    palette = choose(read(f"snow at {hour}"), random.Random(2))
    assert palette.snowy
    assert brightness(palette.snow) > brightness(palette.near)


def test_a_named_colour_tints_the_sky() -> None:
    """A green sky has more green in it."""
    plain, green = choose(read("noon"), random.Random(3)), choose(read("green noon"), random.Random(3))
    assert green.sky[0][1] - green.sky[0][2] > plain.sky[0][1] - plain.sky[0][2]


def test_land_fades_into_the_haze() -> None:
    """Far land is haze, near land is itself."""
    palette = choose(read("noon"), random.Random(4))
    assert (palette.land(0), palette.land(1)) == (palette.haze, palette.near)
