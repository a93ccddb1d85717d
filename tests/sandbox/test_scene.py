"""Layers, still and in motion."""

import random

from hypothesis import given, strategies as st
from PIL import Image

from inference_cli.sandbox.palette import choose
from inference_cli.sandbox.scene import Layer, Motion, Plate, Stage
from inference_cli.sandbox.wish import read


def stage() -> Stage:
    """An empty black stage."""
    wanted = read("noon")
    return Stage((40, 20), wanted, choose(wanted, random.Random(1)), random.Random(1), Image.new("RGB", (40, 20)))


def test_a_motion_goes_on_and_sways() -> None:
    """After a whole period only the speed has moved it."""
    assert Motion().offset(9) == (0, 0)
    assert Motion(speed=(2, -1)).offset(3) == (6, -3)
    assert Motion(sway=(4, 0), period=8).offset(2) == (4, 0)


def test_shapes_are_laid_over_each_other() -> None:
    """The later one hides the earlier one; what lies outside is no layer."""
    made = stage()
    box = [(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0)]
    made.fill((255, 0, 0), [box], 0)
    made.fill(((0, 0, 255), (0, 0, 255)), [box], 0, strength=0.5)
    made.fill((9, 9, 9), [[(90.0, 90.0), (95.0, 90.0), (95.0, 95.0)]], 0)
    assert len(made.layers) == 2
    assert made.still().getpixel((10, 10)) in {(127, 0, 128), (128, 0, 127), (127, 0, 127), (128, 0, 128)}


@given(st.floats(-6, 6))
def test_a_plate_shows_what_its_layers_show(left: float) -> None:
    """Laid together first or one by one: within a level, whenever the camera stands on a whole pixel."""
    layers = [
        Layer((200, 100, 50), Image.new("L", (10, 8), 255), (10, 4), 0.5),
        Layer((20, 200, 250), Image.new("L", (12, 6), 128), (14, 8), 0.5),
    ]
    whole = round(left)
    one_by_one = Image.new("RGB", (40, 20), (90, 90, 90))
    for layer in layers:
        layer.onto(one_by_one, (-whole, 0))
    together = Plate.of(
        layers,
        (40, 20),
    ).onto(Image.new("RGB", (40, 20), (90, 90, 90)), whole)
    pairs = zip(one_by_one.tobytes(), together.tobytes(), strict=True)
    assert max(abs(one - two) for one, two in pairs) <= 2


def test_a_plate_of_nothing_changes_nothing() -> None:
    """Also between two pixels."""
    empty = Plate.of([Layer((1, 1, 1), Image.new("L", (4, 4)), (0, 0), 0)], (40, 20))
    canvas = Image.new("RGB", (40, 20), (5, 6, 7))
    assert empty.onto(canvas.copy(), 0.5).tobytes() == canvas.tobytes()
