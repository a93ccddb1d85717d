from collections.abc import Callable
from typing import Any, Literal

import pytest

from inference_cli.conversation.tools import signature
from inference_cli.conversation.tools.hints import UnsupportedHintError


def weather(city: str, days: int = 3, *, unit: Literal["C", "F"] = "C", note: str | None = None) -> str:
    """The weather.

    Args:
        city: its name
        days: how many
        unit: of the temperature
        note: goes with it
    """
    return f"{city} {days!r} {unit} {note}"


def places(a: int, b: int = 2, /, c: "int" = 3) -> list[int]:  # noqa: D103
    return [a, b, c]


def test_a_signature_as_a_schema() -> None:
    """Hints, defaults and descriptions; a default of None says nothing."""
    found = signature.read(weather)
    assert found.description == "The weather."
    assert found.schema == {
        "type": "object",
        "properties": {
            "city": {"type": "string", "description": "its name"},
            "days": {"type": "integer", "description": "how many", "default": 3},
            "unit": {"enum": ["C", "F"], "type": "string", "description": "of the temperature", "default": "C"},
            "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "goes with it"},
        },
        "required": ["city"],
        "additionalProperties": False,
    }


def test_calling() -> None:
    """By name or by place; what is not given keeps its default."""
    found = signature.read(weather)
    assert found.call(weather, {"city": "Bonn", "days": 2.0}) == "Bonn 2 C None"
    found = signature.read(places)
    assert found.call(places, {"a": 1, "c": 9}) == [1, 2, 9]
    assert found.call(places, {"a": 1, "b": 5}) == [1, 5, 3]


def _bare(city): ...  # type: ignore[no-untyped-def] # noqa: ANN001
def _star(*cities: str) -> None: ...
def _stars(**cities: str) -> None: ...
def _bytes(city: bytes) -> None: ...
def _lost(city: "Nowhere") -> None: ...  # type: ignore[name-defined] # noqa: F821


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (_bare, "the argument city has no type hint"),
        (_star, r"the argument \*cities stands for any number"),
        (_stars, r"the argument \*cities stands for any number"),
        (_bytes, "the argument city has a hint that JSON has nothing for: bytes"),
        (_lost, "its hints cannot be read: name 'Nowhere' is not defined"),
    ],
)
def test_what_a_model_cannot_call(function: Callable[..., Any], words: str) -> None:
    """Said in a sentence."""
    with pytest.raises(UnsupportedHintError, match=words):
        signature.read(function)
