from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.sandbox.lengths import film_seconds, frame_rate, shots


@pytest.mark.parametrize(
    ("parameters", "source", "expected"),
    [
        ({}, None, 5.0),
        ({"duration": 10}, None, 10.0),
        ({"duration": "5s"}, None, 5.0),
        ({"duration": "4"}, None, 4.0),
        ({"duration": 2.5}, None, 2.5),
        ({"duration": "auto"}, None, 5.0),
        ({"duration": "auto"}, 3.2, 3.2),
        ({"duration": -1}, None, 5.0),
        ({"duration": 0}, None, 5.0),
        ({"duration": True}, None, 5.0),
        ({"duration": 1e400}, None, 5.0),
        ({"duration": 9999}, None, 60.0),
        ({"seconds": "8"}, None, 8.0),
        ({"num_frames": 48}, None, 2.0),
        ({"num_frames": 60, "frames_per_second": 60}, None, 1.0),
        ({"num_frames": 48}, 7.0, 7.0),
        ({"duration": 5, "multi_prompt": [{"prompt": "a", "duration": 3}, {"prompt": "b"}]}, None, 8.0),
    ],
)
def test_how_long_a_film_lasts(parameters: dict[str, Any], source: float | None, expected: float) -> None:
    """Shots, then what was asked, then the input film, then frames, then five seconds."""
    assert film_seconds(parameters, source) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, 24),
        ({"fps": 25}, 25),
        ({"target_fps": 59.94}, 30),
        ({"fps": 48}, 24),
        ({"output_fps": 0}, 24),
        ({"fps": "x"}, 24),
    ],
)
def test_frames_a_second(parameters: dict[str, Any], expected: int) -> None:
    """What was asked for, halved above 30."""
    assert frame_rate(parameters) == expected


def test_shots_are_seconds_and_prompts() -> None:
    """A shot without seconds lasts five; what is no object is passed over."""
    given = [{"prompt": "a", "duration": 3}, {"prompt": "b"}, 7]
    assert shots({"multi_prompt": given}) == ((3.0, "a"), (5.0, "b"))
    assert shots({"multi_prompt": "x"}) == ()


@given(duration=st.integers() | st.floats() | st.text() | st.none(), frames=st.integers() | st.floats())
def test_every_length_can_be_made(duration: object, frames: float) -> None:
    """A tenth of a second to a minute, whatever was asked."""
    assert 0.1 <= film_seconds({"duration": duration, "num_frames": frames}, None) <= 60
