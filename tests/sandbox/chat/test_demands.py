import pytest

from inference_cli.sandbox.chat.demands import ENDS, WORDS, Demands, Interruption, read
from inference_cli.sandbox.chat.prose import help_table


def wanted(**given: object) -> Demands:
    """Demands, of which most are usual."""
    usual: dict[str, object] = {"words": frozenset(), "tokens": None, "pace": None, "rounds": 1, "interruption": None}
    return Demands(**{**usual, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a fox", wanted()),
        ("tokens=20 of it", wanted(tokens=20)),
        ("sandbox:tokens=20", wanted(tokens=20, words=frozenset({"tokens"}))),
        ("max_tokens=20, tokens=2x, tokens=", wanted()),
        ("tokens=9999999", wanted(tokens=1_000_000)),
        ("sandbox:pace=50", wanted(pace=50, words=frozenset({"pace"}))),
        ("sandbox:pace=0", wanted(words=frozenset({"pace"}))),
        ("sandbox:slow", wanted(pace=5, words=frozenset({"slow"}))),
        ("sandbox:slow sandbox:pace=40", wanted(pace=2, words=frozenset({"slow", "pace"}))),
        ("sandbox:rounds=3", wanted(rounds=3, words=frozenset({"rounds"}))),
        ("sandbox:tear", wanted(interruption=Interruption("tear", None), words=frozenset({"tear"}))),
        ("sandbox:end=7", wanted(interruption=Interruption("end", 7), words=frozenset({"end"}))),
        ("sandbox:stuck", wanted(interruption=Interruption("stall", 0), words=frozenset({"stuck"}))),
    ],
)
def test_what_a_prompt_asks_for(prompt: str, expected: Demands) -> None:
    """Words, and numbers behind them."""
    assert read(prompt) == expected


def test_every_word_is_in_the_table() -> None:
    """So that help tells of it."""
    listed = {word.removeprefix("sandbox:").partition("=")[0] for word in WORDS}
    assert {*ENDS, "markdown", "tokens", "pace", "rounds", "reasoning", "badjson", "undone", "stuck"} <= listed


def test_the_table_says_how_tools_are_called() -> None:
    """Whoever tries tools there has to know."""
    assert help_table().endswith("\n\nA tool is called when the prompt says its name, or a telling word of it.")
