"""Shots."""

import pytest

from inference_cli.catalogue.shots import parse


@pytest.mark.parametrize(
    ("text", "shot"),
    [
        ("5s: a fox", {"prompt": "a fox", "duration": 5}),
        (" 5 s :a fox", {"prompt": "a fox", "duration": 5}),
        ("5 seconds: a fox", {"prompt": "a fox", "duration": 5}),
        ("5: a fox", {"prompt": "a fox", "duration": 5}),
        ("2.5s: a fox", {"prompt": "a fox", "duration": 2.5}),
        ("2.0s: a fox", {"prompt": "a fox", "duration": 2}),
        ("a fox", {"prompt": "a fox"}),
        ("16:9 picture of a fox", {"prompt": "16:9 picture of a fox"}),
        ("a fox: 5s: long", {"prompt": "a fox: 5s: long"}),
        ("5s: two\nlines", {"prompt": "two\nlines", "duration": 5}),
    ],
)
def test_seconds_and_what_to_show(text: str, shot: dict[str, object]) -> None:
    """Seconds may be left out; a ratio is no length."""
    assert parse(text) == shot


@pytest.mark.parametrize("text", ["", "  ", "5s:", "5s:  "])
def test_a_shot_without_text_is_refused(text: str) -> None:
    """There is nothing to show."""
    with pytest.raises(ValueError):
        parse(text)
