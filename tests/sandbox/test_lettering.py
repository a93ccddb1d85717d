"""The plate in the corner."""

from hypothesis import given, settings, strategies as st
from PIL import Image

from inference_cli.sandbox.lettering import Plate, label


def labelled(prompt: str, size: tuple[int, int] = (320, 200)) -> Image.Image:
    """A grey picture with its plate."""
    picture = Image.new("RGB", size, (128, 128, 128))
    label(picture, prompt)
    return picture


def changed(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box in which the grey is gone."""
    box = picture.convert("L").point([0 if value == 128 else 255 for value in range(256)]).getbbox()
    assert box is not None
    return box


def test_the_plate_lies_in_the_lower_left_corner() -> None:
    """Only that corner changes, and there is white lettering on a dark plate."""
    picture = labelled("a red fox")
    left, top, right, bottom = changed(picture)
    assert left < 10
    assert bottom > 190
    assert right < 160
    assert top > 140
    grey = picture.crop((left, top, right, bottom)).convert("L")
    assert min(grey.tobytes()) < 70
    assert max(grey.tobytes()) > 190


def test_the_prompt_is_part_of_it() -> None:
    """Two prompts of one length give two plates; a longer one a larger plate."""
    assert labelled("cat").tobytes() != labelled("dog").tobytes()
    assert changed(labelled("a very long prompt that says a lot"))[2] > changed(labelled("cat"))[2]


def test_a_long_prompt_is_cut_after_two_lines() -> None:
    """However much is said, the plate stays small."""
    top = changed(labelled("words " * 200))[1]
    assert top == changed(labelled("words " * 2000))[1] > 120
    assert changed(labelled("w" * 390))[2] < 240


def test_accents_are_dropped_and_other_scripts_become_a_dot() -> None:
    """What the font lacks degrades, and nothing is shown as a box."""
    assert labelled("Zürich").tobytes() == labelled("Zurich").tobytes()
    assert labelled("狐狸").tobytes() == labelled("雪雪雪").tobytes() == labelled("·").tobytes()
    assert labelled("a\x07b").tobytes() == labelled("ab").tobytes()


@given(prompt=st.text(max_size=40), width=st.integers(16, 90), height=st.integers(16, 90))
@settings(max_examples=40, deadline=None)
def test_it_fits_any_picture(prompt: str, width: int, height: int) -> None:
    """No prompt and no size is too small for it to be drawn."""
    picture = Image.new("RGB", (width, height))
    Plate((width, height), prompt).onto(picture)
    assert picture.size == (width, height)
