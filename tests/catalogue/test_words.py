"""What a schema allows, in words."""

from typing import Any

import pytest

from inference_cli.catalogue.words import allowed, expected, kind_of


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"enum": [5, 10]}, "5 or 10"),
        ({"enum": [5]}, "5"),
        ({"enum": ["16:9", "9:16", "1:1", None]}, "16:9, 9:16 or 1:1"),
        ({"enum": [-1, 4, 5, 6, 7, 8]}, "-1 or 4 to 8"),
        ({"enum": ["3", "4", "5", "6"]}, "3 to 6"),
        ({"enum": [1, 2, 3]}, "1, 2 or 3"),
        ({"enum": [24, 23.976]}, "24 or 23.976"),
        ({"enum": [True, False]}, "yes or no"),
        ({"enum": ["007", "8"]}, "007 or 8"),
        ({"const": "x"}, "x"),
        ({"enum": [f"v{n}" for n in range(30)]}, ", ".join(f"v{n}" for n in range(24)) + " or …"),
        ({"type": "integer", "minimum": 3, "maximum": 15}, "a whole number from 3 to 15"),
        ({"type": "integer", "minimum": 0, "maximum": 2147483647}, "a whole number from 0 to 2147483647"),
        ({"type": "number", "minimum": 0.5}, "a number of at least 0.5"),
        ({"type": "number", "maximum": 20}, "a number of at most 20"),
        ({"type": "integer"}, "a whole number"),
        ({"type": ["integer", "string"]}, "a whole number or text"),
        ({"type": "string"}, "text"),
        ({"type": "boolean"}, "yes or no"),
        ({"type": "array"}, "a list"),
        ({"type": "array", "maxItems": 4}, "a list of at most 4"),
        ({"type": "object"}, "an object"),
        ({}, "something else"),
    ],
)
def test_what_a_value_must_be(part: dict[str, Any], words: str) -> None:
    """Options, ranges, types; whole numbers in a row as a range."""
    assert expected(part, part) == words


@pytest.mark.parametrize(
    ("part", "kind", "values"),
    [
        ({"type": "string"}, "text", ""),
        ({"type": "string", "maxLength": 512}, "text", "at most 512 characters"),
        ({"type": "integer", "enum": [5, 10]}, "integer", "5, 10"),
        ({"type": ["integer", "string"], "enum": ["auto", 4]}, "choice", "auto, 4"),
        ({"type": "string", "enum": ["16:9", "1:1"]}, "choice", "16:9, 1:1"),
        ({"type": "number", "minimum": 0, "maximum": 1}, "number", "0 to 1"),
        ({"type": "boolean"}, "yes/no", ""),
        ({"type": "string", "x-media": "image"}, "image", ""),
        ({"type": "string", "x-media": "audio"}, "sound", ""),
        ({"type": "array", "maxItems": 4, "x-media": "video"}, "list of videos", "at most 4"),
        ({"type": "array"}, "list", ""),
        ({"type": "object"}, "object", ""),
        ({}, "any", ""),
    ],
)
def test_a_parameter_in_a_table(part: dict[str, Any], kind: str, values: str) -> None:
    """Its type in a word, and what it takes."""
    assert (kind_of(part, part), allowed(part, part)) == (kind, values)
