"""Lengths of films in the words of a schema."""

from typing import Any

import pytest

from inference_cli.catalogue.durations import fitted, seconds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5.0),
        ("5s", 5.0),
        ("2.5 sec", 2.5),
        ("10 seconds", 10.0),
        ("1m", 60.0),
        ("2 min", 120.0),
        ("auto", None),
        ("-1", None),
        ("", None),
    ],
)
def test_seconds_of_any_spelling(text: str, value: float | None) -> None:
    """With and without a unit."""
    assert seconds(text) == value


@pytest.mark.parametrize(
    ("text", "types", "options", "value"),
    [
        ("5", {"integer"}, [5, 10], 5),
        ("5s", {"integer"}, [5, 10], 5),
        ("7", {"integer"}, [5, 10], 7),
        ("5", {"string"}, ["5s", "10s"], "5s"),
        ("4s", {"string"}, ["4", "8"], "4"),
        ("7", {"string"}, ["4", "8"], "7"),
        ("7.5", {"string"}, ["4", "8"], "7.5"),
        ("2.5", {"number"}, [], 2.5),
        ("2", {"number"}, [], 2),
        ("2.5", {"integer"}, [], 2.5),
        ("5", set(), [], 5),
        ("auto", {"integer", "string"}, ["auto", 4], "auto"),
        ("auto", {"integer"}, [-1, 4], -1),
        ("AUTO", {"integer"}, [0, 4], 0),
        ("auto", {"integer"}, [4], "auto"),
        ("-1", {"integer"}, [-1, 4], -1),
        ("-2", {"integer"}, [4], -2),
        ("long", {"integer"}, [4], "long"),
        ("long", {"string"}, ["long"], "long"),
    ],
)
def test_a_length_becomes_what_the_schema_takes(text: str, types: set[str], options: list[Any], value: object) -> None:
    """An option that means it, else a number where one is taken, else the text for the check to refuse."""
    result = fitted(text, frozenset(types), options)
    assert result == value
    assert type(result) is type(value)
