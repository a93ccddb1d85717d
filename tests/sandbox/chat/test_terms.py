from typing import Any

import pytest

from tests.support.chatting import ask, refused
from tests.support.offline import Offline


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"temperature": -0.1}, "temperature: must be at least 0"),
        ({"temperature": "hot"}, "temperature: must be a number"),
        ({"top_p": 1.1}, "top_p: must be at most 1"),
        ({"presence_penalty": -3}, "presence_penalty: must be at least -2"),
        ({"max_tokens": 0}, "max_tokens: must be at least 1"),
        ({"max_tokens": 1.5}, "max_tokens: must be an integer"),
        ({"n": 2}, "n: must be at most 1"),
        ({"stop": ["a"] * 5}, "stop: must be at most 4 items"),
        ({"stream": "yes"}, "stream: must be a boolean"),
        ({"stream_options": {"include_usage": True}}, "stream_options: only with stream: true"),
        (
            {"temperature": 1, "top_p": 0.5},
            "temperature and top_p cannot both be specified for this model",
        ),
        ({"temperature": 3, "n": 2}, "n: must be at most 1; temperature: must be at most 2"),
    ],
)
def test_terms_out_of_range(offline: Offline, body: dict[str, Any], detail: str) -> None:
    """Refused in words, free of charge."""
    assert refused(offline, "hi", **body) == detail


def test_terms_within_range(offline: Offline) -> None:
    """Change nothing: the sandbox is the same at any temperature. Of another maker, two may go together."""
    plain = ask(offline, "hi", model="gpt-4o")["choices"]
    terms = {"temperature": 2, "top_p": 0.1, "presence_penalty": -2, "seed": 7, "n": 1, "user": "x", "stop": None}
    assert ask(offline, "hi", model="gpt-4o", **terms)["choices"] == plain
