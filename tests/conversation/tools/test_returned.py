import enum
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from inference_cli.conversation.tools.returned import as_text


@dataclass
class Point:
    """With a field."""

    x: int


class Unit(enum.Enum):
    """By text."""

    C = "celsius"


class Name(str):
    """A text of another class."""

    __slots__ = ()

    def __str__(self) -> str:
        return "shown"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ä\n", "ä\n"),
        (Name("x"), "shown"),
        (b"\xc3\xa4\xff", "ä\ufffd"),
        (None, "null"),
        (3.5, "3.5"),
        ([1, {"ä": True}], '[1, {"ä": true}]'),
        (Point(1), '{"x": 1}'),
        ({1}, "[1]"),
        (Unit.C, '"celsius"'),
        (date(2026, 1, 2), '"2026-01-02"'),
    ],
)
def test_values_as_text(value: Any, text: str) -> None:
    """Texts as they are, the rest as JSON."""
    assert as_text(value) == text
