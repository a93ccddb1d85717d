from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.tools.argv import BraceError, Group, Word, filled
from inference_cli.conversation.tools.tool import ToolFailedError


def groups(*words: str | list[str]) -> list[Group]:
    """A command as it is described."""
    return [tuple(map(Word.read, word if isinstance(word, list) else [word])) for word in words]


@pytest.mark.parametrize(
    ("words", "arguments", "found"),
    [
        (
            ["curl", "https://wttr.in/{city}"],
            {"city": "a b; rm -rf $HOME"},
            ["curl", "https://wttr.in/a b; rm -rf $HOME"],
        ),
        (["a", "{x}", "b"], {}, ["a", "b"]),
        (["a", ["--days", "{days}"]], {}, ["a"]),
        (["a", ["--days", "{days}"]], {"days": 3.0}, ["a", "--days", "3"]),
        (["a", "{files}"], {"files": ["x", "y z"]}, ["a", "x", "y z"]),
        (["a", "-f{files}"], {"files": ["x"]}, ["a", '-f["x"]']),
        (["a", "{x}"], {"x": -5}, ["a", "-5"]),
        (["a", "--", "{x}"], {"x": "-rf"}, ["a", "--", "-rf"]),
        (["a", "--x={x}"], {"x": "-rf"}, ["a", "--x=-rf"]),
        (["a", "{{{x}}}", "{{}}"], {"x": True}, ["a", "{true}", "{}"]),
        (["a", "{x}"], {"x": ""}, ["a", ""]),
    ],
)
def test_words(words: list[Any], arguments: dict[str, Any], found: list[str]) -> None:
    """Each stays one, and no shell has a say."""
    assert filled(groups(*words), arguments, dashes=False) == found


@pytest.mark.parametrize("value", ["-rf", "--help", "-", ["ok", "-x"]], ids=repr)
def test_a_text_cannot_become_an_option(value: Any) -> None:
    """Unless the description says so."""
    with pytest.raises(ToolFailedError, match="would be an option of the command"):
        filled(groups("a", "{x}"), {"x": value}, dashes=False)
    assert filled(groups("a", "{x}"), {"x": value}, dashes=True)[1:] == (value if isinstance(value, list) else [value])


@given(st.text(max_size=8), st.text(max_size=8))
def test_the_number_of_words_is_the_description_s(first: str, second: str) -> None:
    """Whatever is put into them; the words before stay as they are, and nothing begins with a dash."""
    try:
        found = filled(groups("run", "--", "{x}", "y{y}"), {"x": first, "y": second}, dashes=False)
    except ToolFailedError:
        assert any("\0" in one or any("\ud800" <= mark <= "\udfff" for mark in one) for one in (first, second))
    else:
        assert found == ["run", "--", first, f"y{second}"]


def test_what_no_command_can_be_given() -> None:
    """A NUL, half a character."""
    for value in ("a\0b", "\ud800"):
        with pytest.raises(ToolFailedError, match="holds a NUL or half a character"):
            filled(groups("a", "{x}"), {"x": value}, dashes=True)


@pytest.mark.parametrize("word", ["{", "a}b", "{a b}", "{}", "{a"])
def test_a_brace_alone(word: str) -> None:
    """Has to be written twice."""
    with pytest.raises(BraceError):
        Word.read(word)
