"""The jq language, without the environment."""

from typing import Any

import pytest

from inference_cli.errors import UsageError
from inference_cli.terminal.filters import Filter

DOCUMENT = {"generations": [{"path": "fox-1.png", "bytes": 12}, {"path": "fox-2.png", "bytes": 3}], "model": None}


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        (".generations[].path", ["fox-1.png", "fox-2.png"]),
        (".generations | map(.bytes) | add", ["15"]),
        (".model", ["null"]),
        (".generations[0]", ['{"path": "fox-1.png", "bytes": 12}']),
        ("empty", []),
        ("# a comment\n.model", ["null"]),
        ("nan", ["null"]),
        ('"f\\u00fcchse"', ["füchse"]),
        ("def f: 7; f", ["7"]),
        ("$ENV", ["{}"]),
        ("env", ["{}"]),
        ("$ENV.PATH", ["null"]),
        ("[env.PATH, (env | length)]", ["[null, 0]"]),
    ],
)
def test_results_are_lines(expression: str, lines: list[str]) -> None:
    """A line per result, strings raw; the environment is empty, however it is asked for."""
    assert list(Filter(expression).lines(DOCUMENT)) == lines


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (".[", "--jq: syntax error, unexpected end of file"),
        ("", "--jq: syntax error, unexpected end of file"),
        ("$nothing", "--jq: $nothing is not defined"),
        ('import "a" as a; .', "--jq: syntax error, unexpected import"),
    ],
)
def test_a_filter_that_is_none_is_refused_at_once(expression: str, message: str) -> None:
    """Exit 2 before anything is sent, in a line and with an example."""
    with pytest.raises(UsageError) as caught:
        Filter(expression)
    assert caught.value.message == message
    assert caught.value.hint == "A filter looks like  --jq '.generations[].path'"


@pytest.mark.parametrize(
    ("expression", "message"),
    [(".model.a.b", None), (".generations.x", 'Cannot index array with string ("x")'), ('error("")', "it failed")],
)
def test_a_filter_that_does_not_fit_says_why(expression: str, message: str | None) -> None:
    """A mistake that only the document shows."""
    wanted: Any = Filter(expression)
    if message is None:
        assert list(wanted.lines(DOCUMENT)) == ["null"]
        return
    with pytest.raises(UsageError) as caught:
        list(wanted.lines(DOCUMENT))
    assert caught.value.message == f"--jq: {message}"
