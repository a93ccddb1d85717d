"""Text is typed by the schema, never guessed."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.catalogue.typed import literal, typed


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("2024", {"type": "string"}, "2024"),
        ("true", {"type": "string"}, "true"),
        ("null", {"type": "string"}, "null"),
        ("2024", {}, "2024"),
        ("7", {"type": "integer"}, 7),
        ("-7", {"type": "integer"}, -7),
        ("+7", {"type": "integer"}, 7),
        ("7.0", {"type": "integer"}, 7),
        ("7.5", {"type": "integer"}, "7.5"),
        ("seven", {"type": "integer"}, "seven"),
        ("1_000", {"type": "integer"}, "1_000"),
        ("\u0667", {"type": "number"}, 7),
        ("7.5", {"type": "number"}, 7.5),
        (".5", {"type": "number"}, 0.5),
        ("5.", {"type": "number"}, 5.0),
        ("1e3", {"type": "number"}, 1000.0),
        ("1e400", {"type": "number"}, "1e400"),
        ("nan", {"type": "number"}, "nan"),
        ("inf", {"type": "number"}, "inf"),
        ("9" * 401, {"type": "integer"}, "9" * 401),
        ("yes", {"type": "boolean"}, True),
        ("False", {"type": "boolean"}, False),
        ("on", {"type": "boolean"}, True),
        ("0", {"type": "boolean"}, False),
        ("maybe", {"type": "boolean"}, "maybe"),
        ("true", {"type": ["boolean", "string"]}, "true"),
        ("null", {"type": ["integer", "null"]}, None),
        ("null", {"type": ["string", "null"]}, "null"),
        ("4", {"type": "string", "enum": ["4", "8"]}, "4"),
        ("4", {"type": "integer", "enum": [4, 8]}, 4),
        ("auto", {"type": ["integer", "string"], "enum": ["auto", 4]}, "auto"),
        ("4", {"type": ["integer", "string"], "enum": ["auto", 4]}, 4),
        ("23.976", {"type": "number", "enum": [24, 23.976]}, 23.976),
        ("24", {"enum": [True, None, {}, 24]}, 24),
        ('{"x": 1}', {"type": "object"}, {"x": 1}),
        ("{x}", {"type": "object"}, "{x}"),
        ("x", {"type": "object"}, "x"),
        ("7", {"anyOf": [{"type": "integer"}, {"type": "null"}]}, 7),
    ],
)
def test_the_schema_says_what_text_is(text: str, part: dict[str, Any], value: object) -> None:
    """What fits none of its types stays text, for the check to refuse."""
    result = typed(text, part, part)
    assert result == value
    assert type(result) is type(value)


@given(st.integers(-(10**20), 10**20))
def test_whole_numbers_come_back(number: int) -> None:
    """Of any size."""
    assert typed(str(number), {"type": "integer"}, {}) == number


@given(st.text())
def test_text_is_never_changed(text: str) -> None:
    """Where the schema says text."""
    assert typed(text, {"type": "string"}, {}) == text


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.lists(inner, max_size=3)
    )
)
def test_literal_json_comes_back(value: object) -> None:
    """As it is."""
    assert literal(json.dumps(value)) == value


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", "Infinity", "-Infinity", "1e400", '{"a": 1, "a": 2}', "9" * 5000, "[" * 100_000, "text"]
)
def test_odd_json_is_refused(text: str) -> None:
    """What not every reader understands alike."""
    with pytest.raises(ValueError):
        literal(text)


def test_numbers_of_json_are_finite() -> None:
    """Ordinary ones are let through."""
    assert literal("[1.5, -0.0, 12345678901234567890]") == [1.5, -0.0, 12345678901234567890]
    assert math.isfinite(literal("1e300"))
