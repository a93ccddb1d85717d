"""How prompts are understood."""

import pytest
from hypothesis import given, strategies as st

from inference_cli.sandbox.colour import NAMED
from inference_cli.sandbox.wish import Wish, read


def test_a_creature_its_coat_and_the_weather_are_read() -> None:
    """The colour before a creature is its coat; a creature brings its place along."""
    assert read("A red fox in the snow!") == Wish(
        place="meadow",
        hour=None,
        weather=frozenset({"snow"}),
        creatures=("fox",),
        coats=(("fox", NAMED["red"]),),
        colours=(),
    )


def test_other_colours_tint_the_whole() -> None:
    """A colour before anything else belongs to the light."""
    wanted = read("blue mountains at dawn")
    assert (wanted.place, wanted.hour, wanted.colours) == ("mountain", "dawn", (NAMED["blue"],))
    assert wanted.coat("fox", (1, 2, 3)) == (1, 2, 3)


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("waves", "sea"),
        ("foxes", "meadow"),
        ("goldfish", "deep"),
        ("sunset", "mountain"),
        ("beaches", "beach"),
        ("quarterly report", None),
        ("", None),
        ("狐 в снегу", None),
    ],
)
def test_the_place_follows_from_words_creatures_and_hours(prompt: str, place: str | None) -> None:
    """Plurals count; what names nothing known has no place."""
    assert read(prompt).place == place


def test_a_rose_is_a_flower_before_it_is_a_colour() -> None:
    """The word is both."""
    assert (read("a red rose").creatures, read("a red rose").colours) == (("flower",), ())


@given(st.text())
def test_any_text_can_be_read(prompt: str) -> None:
    """Reading never fails and is the same every time."""
    assert read(prompt) == read(prompt)
