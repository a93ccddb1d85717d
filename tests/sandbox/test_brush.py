"""The tools that scenes are drawn with."""

import random

import pytest
from hypothesis import given, strategies as st
from PIL import Image

from inference_cli.sandbox import brush


def test_a_gradient_runs_from_its_first_to_its_last_colour() -> None:
    """The ends are the stops, give or take the resampling."""
    made = brush.vertical((3, 300), ((0, 0, 0), (255, 255, 255)))
    assert (made.getpixel((1, 0)), made.getpixel((1, 299))) == ((0, 0, 0), (255, 255, 255))


def test_a_glow_is_bright_in_the_middle_and_gone_at_the_rim() -> None:
    """It fades to nothing."""
    made = brush.glow(64)
    assert made.getpixel((32, 32)) > 240  # type: ignore[operator]
    assert made.getpixel((0, 0)) == 0


def test_noise_is_the_same_for_the_same_numbers() -> None:
    """The clouds come from the numbers alone."""
    one, two, other = (brush.noise((40, 30), random.Random(seed), (3, 2)).tobytes() for seed in (1, 1, 2))
    assert one == two != other


def test_stretching_reaches_black_and_white() -> None:
    """Below the lower bound nothing, above the upper one all."""
    ramp = Image.frombytes("L", (3, 1), bytes([50, 128, 200]))
    assert brush.stretch(ramp, 100, 156).tobytes() == bytes([0, 128, 255])


def test_a_shape_is_as_large_as_it_must_be_and_smooth_at_its_edge() -> None:
    """The mask covers the polygon; a slanting edge has values between."""
    made = brush.shape([[(10, 10), (20, 10), (10, 22)]], (100, 100))
    assert made is not None
    mask, corner = made
    assert (mask.size, corner) == ((11, 13), (10, 10))
    assert {value for value in mask.tobytes() if 0 < value < 255}


def test_a_shape_outside_is_none() -> None:
    """Nothing to draw."""
    assert brush.shape([[(200, 10), (220, 10), (200, 22)]], (100, 100)) is None


def test_a_shape_is_cut_at_the_limits_or_further_out() -> None:
    """What moves needs more than the canvas shows."""
    wide: list[tuple[float, float]] = [(-50, -50), (150, -50), (150, 150), (-50, 150)]
    cut, kept = brush.shape([wide], (100, 60)), brush.shape([wide], (100, 60), 10)
    assert cut is not None
    assert kept is not None
    assert (cut[0].size, cut[1], kept[0].size, kept[1]) == ((100, 60), (0, 0), (120, 80), (-10, -10))


def test_softening_grows_the_mask_around_its_place() -> None:
    """The blur has room, and the corner moves by it."""
    mask, corner = brush.softened(Image.new("L", (10, 10), 255), (5, 5), 2)
    assert (mask.size, corner) == ((20, 20), (0, 0))


@given(st.integers(2, 300), st.floats(0.2, 0.7), st.integers())
def test_a_ridge_has_the_asked_length_and_fills_its_span(count: int, roughness: float, seed: int) -> None:
    """Heights run from 0 to 1."""
    heights = brush.ridge(count, random.Random(seed), roughness)
    assert len(heights) == count
    assert 0 <= min(heights) <= max(heights) <= 1


def test_a_curve_goes_through_its_points() -> None:
    """Smooth or not, every point lies on the line."""
    points = [(0.0, 0.0), (10.0, 0.0, 1), (10.0, 10.0), (0.0, 10.0, 1)]
    line = brush.curve(points, 4)
    assert [line[index * 4] for index in range(4)] == [(point[0], point[1]) for point in points]


@pytest.mark.parametrize("size", [(300, 20), (20, 300)])
def test_grain_is_subtle(size: tuple[int, int]) -> None:
    """No level moves further than the strength."""
    made = brush.grain(Image.new("RGB", size, (100, 100, 100)), random.Random(1), 5)
    assert all(95 <= low <= high <= 105 for low, high in made.getextrema())  # type: ignore[misc]
