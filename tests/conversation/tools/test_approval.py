from itertools import product

import pytest

from inference_cli.conversation.tools.approval import Approver, Policy, Question, Verdict
from inference_cli.errors import NotFoundError, UsageError
from tests.support.tools import FakeTool

LOOKS, ACTS = FakeTool("time"), FakeTool("weather", acts=True)


def test_what_is_typed() -> None:
    """A word, names, or both."""
    assert Policy.read([]) == Policy("ask")
    assert Policy.read(["never", "weather"]) == Policy("never", frozenset({"weather"}))
    with pytest.raises(UsageError, match="contradict"):
        Policy.read(["always", "never"])
    with pytest.raises(UsageError, match="names no tool"):
        Policy.read([""])


def test_a_name_that_is_no_tool() -> None:
    """The nearest one is named."""
    Policy.read(["weather", "tools.py"]).check(["weather", "tools.py"])
    with pytest.raises(NotFoundError) as caught:
        Policy.read(["wether"]).check(["weather", "time"])
    assert caught.value.message == "--approve wether: there is no such tool"
    assert caught.value.hint == "Nothing was sent.  Did you mean weather?  There are: weather, time"
    with pytest.raises(NotFoundError):
        Policy.read(["weather"]).check([])


@pytest.mark.parametrize(
    ("word", "own", "terminal", "verdict"),
    [
        ("ask", True, True, Verdict.ASK),
        ("ask", True, False, Verdict.REFUSED),
        ("ask", False, True, Verdict.ASK),
        ("ask", False, False, Verdict.REFUSED),
        ("always", True, True, Verdict.ALLOWED),
        ("always", True, False, Verdict.REFUSED),
        ("always", False, True, Verdict.ASK),
        ("always", False, False, Verdict.REFUSED),
        ("never", True, True, Verdict.REFUSED),
        ("never", True, False, Verdict.REFUSED),
        ("never", False, True, Verdict.REFUSED),
        ("never", False, False, Verdict.REFUSED),
    ],
)
def test_the_whole_table_of_tools_that_act(word: str, own: bool, terminal: bool, verdict: Verdict) -> None:
    """Without a terminal by name only; what the project names is never allowed silently."""
    assert Policy.read([word]).verdict("weather", "tools.py", acts=True, own=own, terminal=terminal) is verdict


def test_tools_that_look() -> None:
    """Always, where the user named them; what a project names is asked about whatever it does."""
    for word, terminal in product(("always", "ask", "never"), (True, False)):
        policy = Policy.read([word])
        assert policy.verdict("time", acts=False, own=True, terminal=terminal) is Verdict.ALLOWED
        foreign = policy.verdict("files_read", acts=False, own=False, terminal=terminal)
        assert foreign is (Verdict.ASK if terminal and word != "never" else Verdict.REFUSED)


def test_tools_allowed_by_name() -> None:
    """Anywhere; a source that the project names is not its user's word for what is in it."""
    for word, own, terminal in product(("always", "ask", "never"), (True, False), (True, False)):
        named = Policy.read([word, "weather"])
        assert named.verdict("weather", "tools.py", acts=True, own=own, terminal=terminal) is Verdict.ALLOWED
        sourced = Policy.read([word, "tools.py"])
        found = sourced.verdict("weather", "tools.py", acts=True, own=own, terminal=terminal)
        assert (found is Verdict.ALLOWED) == own


def test_asking() -> None:
    """The question is data: the tool, where it comes from, its arguments unshortened."""
    asked: list[Question] = []
    answers = iter([True, False])

    def ask(question: Question) -> bool:
        asked.append(question)
        return next(answers)

    approver = Approver(Policy(), source=lambda _: "tools.py", ask=ask, foreign=["tools.py"])
    given = {"city": "\x1b[31mBerlin", "days": 3, "more": {"a": None}}
    assert [approver(ACTS, given), approver(ACTS, {})] == [True, False]
    assert asked[0] == Question(
        "weather",
        "tools.py",
        "Says it again.",
        (("city", '"\\u001b[31mBerlin"'), ("days", "3"), ("more", '{"a": null}')),
        own=False,
    )
    approver.allow("weather")
    assert approver(ACTS, {})
    assert len(asked) == 2
    assert Approver(Policy(), source=lambda _: "time", ask=None)(LOOKS, {})


def test_nobody_to_ask() -> None:
    """Said once per tool, with the way to allow it."""
    notes: list[str] = []
    approver = Approver(Policy(), source=lambda _: None, ask=None, note=notes.append)
    assert not any([approver(ACTS, {}), approver(ACTS, {})])
    assert notes == [
        "the tool weather was not called without a terminal to ask on; to allow it:  --approve weather",
    ]
    Approver(Policy("never"), source=lambda _: None, ask=lambda _: True, note=notes.append)(ACTS, {})
    assert notes[1:] == ["the tool weather was not called; to allow it:  --approve weather"]
