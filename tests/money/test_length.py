"""The seconds of a film."""

from decimal import Decimal
from typing import Any

import pytest

from inference_cli.money.length import Length, length_of, seconds_in

D = Decimal


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (5, D(5)),
        (2.5, D("2.5")),
        ("5s", D(5)),
        ("4", D(4)),
        ("10 sec", D(10)),
        (-1, None),
        (0, None),
        ("auto", None),
        (True, None),
        (None, None),
        ([5], None),
    ],
)
def test_a_duration_of_any_spelling(value: object, seconds: Decimal | None) -> None:
    """Integers, numbers and words; automatic ones have no seconds."""
    assert seconds_in(value) == seconds


def schema(**properties: Any) -> dict[str, Any]:
    """A schema of parameters."""
    return {"type": "object", "properties": properties}


SHOTS = {"type": "array", "items": {"type": "object", "properties": {"duration": {"type": "integer", "default": 5}}}}


@pytest.mark.parametrize(
    ("asked", "described", "source", "length"),
    [
        ({"duration": 5}, None, None, Length(D(5))),
        ({"seconds": "4"}, None, 60.0, Length(D(4))),
        ({"duration": -1}, schema(duration={"enum": [-1, 4, 15]}), None, Length(D(15), "the longest, 15 s")),
        ({"duration": "auto"}, schema(duration={"enum": ["auto", 4, 30]}), None, Length(D(30), "the longest, 30 s")),
        ({"duration": 0}, schema(duration={"maximum": 20}), None, Length(D(20), "the longest, 20 s")),
        ({}, schema(duration={"minimum": 1, "maximum": 15}), None, Length(D(15), "the longest, 15 s")),
        ({"duration": 0}, schema(duration={"maximum": 20}), 7.5, Length(D(20), "the longest, 20 s")),
        ({"duration": 0}, schema(duration={"maximum": 20}), 30.0, Length(D(30), "as long as the input, 30 s")),
        ({"duration": -1}, None, 4.0, Length(D(4), "as long as the input, 4 s")),
        ({"duration": -1}, None, None, None),
        ({"duration": -1}, schema(duration=5), None, None),
        ({}, schema(prompt={}), 2.5, Length(D("2.5"))),
        ({}, None, None, None),
        ({"num_frames": 121, "frames_per_second": 24}, None, None, Length(D("5.042"))),
        ({"num_frames": 121}, None, None, None),
        ({"multi_prompt": [{"duration": 3}, {"duration": 4}]}, schema(multi_prompt=SHOTS), None, Length(D(7))),
        ({"multi_prompt": [{"duration": 3}, {}]}, schema(multi_prompt=SHOTS), None, Length(D(8))),
        ({"multi_prompt": [{"duration": 3}, {}]}, None, None, None),
        ({"multi_prompt": [{"duration": 3}, {}]}, schema(multi_prompt={"items": 5}), None, None),
        ({"multi_prompt": [{}]}, schema(multi_prompt={"items": {"properties": {"duration": 5}}}), None, None),
        ({"multi_prompt": []}, None, None, None),
        ({}, {"properties": 5}, None, None),
    ],
)
def test_what_tells_the_length(
    asked: dict[str, Any], described: dict[str, Any] | None, source: float | None, length: Length | None
) -> None:
    """Shots, the duration asked for, the longest one that is allowed, the input film, the frames, in this order."""
    assert length_of(asked, described, source) == length
