"""Command lines that are being typed."""

import shlex

import pytest
from hypothesis import given, strategies as st

from inference_cli.cli import hoist
from inference_cli.cli.tree import command_tree
from inference_cli.completion import answers, line
from inference_cli.completion.line import Line, split
from inference_cli.profile import variables


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("inference ", ["inference", ""]),
        ("inference  image\t-m", ["inference", "image", "-m"]),
        ("inference 'a b' \"c d\" e\\ f ", ["inference", "a b", "c d", "e f", ""]),
        ("inference '' x", ["inference", "", "x"]),
        ("inference 'it", ["inference", "it"]),
        ("inference \"a 'b' ", ["inference", "a 'b' "]),
        ("inference -p x=\\'", ["inference", "-p", "x='"]),
        ("", [""]),
        ("x\\", ["x"]),
    ],
)
def test_a_line_is_cut_as_a_shell_cuts_it(text: str, words: list[str]) -> None:
    """The last word is the one at the cursor, which may be empty or have an open quote."""
    assert split(text) == words


@given(st.lists(st.text(st.characters(exclude_characters="\0")), min_size=1))
def test_quoted_words_come_back(words: list[str]) -> None:
    """Whatever they are made of."""
    assert split(shlex.join(words)) == words


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["image", "a fox", ""], ("image",)),
        (["--profile", "queue", "--sandbox", "queue", "--color", "never", "wait", ""], ("queue", "wait")),
        (["models", ""], ("models",)),
        (["--", "image", ""], ()),
        (["ima"], ()),
    ],
)
def test_the_command_is_found(words: list[str], command: tuple[str, ...]) -> None:
    """Root options may stand anywhere; what is at the cursor names nothing yet."""
    assert Line(words).command == command


def test_flags_are_found_in_every_form() -> None:
    """Also attached, as the parser takes them; not behind ``--``, and not the word at the cursor."""
    typed = Line(["image", "-m", "a", "-mb", "--model", "c", "--model=d", "-i", "x", "--", "-m", "e", "--model=f"])

    assert typed.values("-m", "--model") == ["a", "b", "c", "d"]
    assert typed.value("-m", "--model") == "d"
    assert typed.value("--profile") == ""
    assert (typed.has("-i", "--image"), typed.has("--sandbox"), typed.has("--model")) == (True, False, True)


@pytest.mark.parametrize(
    ("word", "typed"), [("asp", "asp"), ("--param=asp", "asp"), ("-pasp", "asp"), ("--param=", ""), ("-p", "-p")]
)
def test_the_value_at_the_cursor(word: str, typed: str) -> None:
    """Without the flag that it is attached to."""
    assert Line(["image", word]).typed("-p", "--param") == typed


def test_what_is_written_here_again_is_what_the_program_has() -> None:
    """Nothing is imported on TAB, so the names of groups and root options stand twice."""
    groups = {command.name for command in command_tree().commands if command.commands}
    assert groups <= set(line._GROUPS)
    assert set(line._ROOT_VALUES) == set(hoist._WITH_VALUE)
    assert variables._YES == answers._YES
