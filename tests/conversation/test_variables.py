"""Variables in braces are replaced, once; everything else in a text stays as it is."""

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.variables import assignments, filled, named
from inference_cli.errors import UsageError


@pytest.mark.parametrize(
    ("text", "names", "result"),
    [
        ("Translate into {language}: {input}", ("language", "input"), "Translate into L: I"),
        ("{input}{input} {_x1}", ("input", "_x1"), "II X"),
        ("{{input}} is {input}", ("input",), "{input} is I"),
        ("{{{input}}}", ("input",), "{I}"),
        ('{{"a": {{"b": 1}}}}', (), '{"a": {"b": 1}}'),
        ("", (), ""),
    ],
)
def test_variables_are_replaced(text: str, names: tuple[str, ...], result: str) -> None:
    """Doubled braces are braces."""
    assert named(text, "it") == names
    assert filled(text, {"language": "L", "input": "I", "_x1": "X"}, "it") == result


def test_what_is_put_in_is_not_looked_at_again() -> None:
    """A file may hold any braces (fault H11)."""
    assert filled("{a} {b}", {"a": "{b} {{ }", "b": "{a}"}, "it") == "{b} {{ } {a}"


@pytest.mark.parametrize(
    ("text", "mark", "line", "character"),
    [('{"a": 1}', "{", 1, 1), ("a\n}b", "}", 2, 1), ("{}", "{", 1, 1), ("{a b}", "{", 1, 1), ("{{{x} }", "}", 1, 7)],
)
def test_a_single_brace_is_pointed_at(text: str, mark: str, line: int, character: int) -> None:
    """Guessing what it means would be paid for."""
    said = []
    for use in (lambda: named(text, "it"), lambda: filled(text, {"x": ""}, "it")):
        with pytest.raises(UsageError) as error:
            use()
        said.append((error.value.message, error.value.hint))
    assert (
        said
        == [
            (
                f"it has a single {mark} at line {line}, character {character}",
                "Write {{ and }} for braces, {name} for a variable",
            )
        ]
        * 2
    )


@given(st.text().filter(lambda text: not set(text) & set("{}")))
def test_text_without_braces_is_not_changed(text: str) -> None:
    """Every character of it."""
    assert filled(text, {}, "it") == text


@given(st.text() | st.text("{}a "))
def test_doubled_braces_stand_for_themselves(text: str) -> None:
    """Any text can be written in a template."""
    written = text.replace("{", "{{").replace("}", "}}")
    assert (filled(written, {}, "it"), named(written, "it")) == (text, ())


def test_values_are_set_by_name() -> None:
    """A value may be empty, and hold anything."""
    assert assignments(["a=1", "b=x=y", "_c="]) == {"a": "1", "b": "x=y", "_c": ""}


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        (["a"], "--set a is not NAME=TEXT"),
        (["=x"], "--set =x is not NAME=TEXT"),
        (["a b=x"], "--set a b=x is not NAME=TEXT"),
        (["1a=x"], "--set 1a=x is not NAME=TEXT"),
        (["a=1", "a=2"], "--set a is there twice"),
        (["input=x"], "--set input=… is the prompt"),
        (["a=\udcff"], "--set is not valid UTF-8"),
    ],
)
def test_what_sets_nothing_is_refused(given_: list[str], message: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError) as error:
        assignments(given_)
    assert error.value.message == message
