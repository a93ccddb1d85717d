"""Questions on a real pseudo-terminal."""

import os
from collections.abc import Callable
from typing import BinaryIO

import pytest

from inference_cli.terminal.output import Output
from inference_cli.terminal.questions import ask, ask_secret, ask_text
from tests.support.person import Person
from tests.support.screens import Recorded


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [(b"y\n", True), (b"YES\n", True), (b"n\n", False), (b"\n", False), (b"yep\n", False), (b"\x04", False)],
)
def test_only_yes_is_yes(answer: bytes, agreed: bool) -> None:
    """Return alone and the end of input are no."""
    person = Person(answer)
    assert ask(person.open, "Spend $1.40?") is agreed
    assert person.read.endswith(b"Spend $1.40? [y/N] ")
    person.leave()


def test_what_was_typed_before_the_question_is_no_answer() -> None:
    """An echo-back or an impatient Return cannot agree to spend money (fault G15)."""
    person = Person(b"n\n", before=b"y\ny\n")
    assert ask(person.open, "Spend it?") is False
    person.leave()


def test_a_secret_is_not_shown_and_the_echo_comes_back() -> None:
    """Typed ahead does not count, nothing typed appears, the terminal is as it was."""
    person = Person(b" oxen-secret \n", before=b"wrong\n")
    assert ask_secret(person.open, "Token:") == "oxen-secret"
    assert person.echoes()
    assert b"oxen-secret" not in person.read + person.leave()


def test_the_output_asks_on_its_terminal() -> None:
    """Through the terminal that the streams open, in one safe line."""
    for method, expected in ((Output.ask, True), (Output.ask_secret, "y")):
        person = Person(b"y\n")
        recorded = Recorded(terminals=("stdin", "stderr"), open_terminal=person.open)
        question: Callable[[Output, str], bool | str] = method
        assert question(Output(recorded), "Go\x1b[2J:") == expected
        assert "Go␛[2J:".encode() in person.read
        person.leave()


def nowhere() -> BinaryIO:
    """There is no terminal."""
    raise OSError("no such device")


def test_without_a_terminal_there_is_no_answer() -> None:
    """A process without one gets no, and no secret; so does one whose terminal is a plain file."""
    assert ask(nowhere, "Spend it?") is False
    assert ask_secret(nowhere, "Token:") == ""

    def null() -> BinaryIO:
        return os.fdopen(os.open(os.devnull, os.O_RDWR), "r+b", buffering=0)

    assert ask(null, "Spend it?") is False
    assert ask_secret(null, "Token:") == ""


def test_a_text_is_asked_for_on_the_terminal() -> None:
    """One line, shown while it is typed; what was typed before does not count."""
    person = Person(b" my-org \n", before=b"wrong\n")
    streams = Recorded(terminals=("stdin", "stdout", "stderr"), open_terminal=person.open)

    assert Output(streams).ask_text("Namespace:") == "my-org"
    person.leave()


def test_without_a_terminal_there_is_no_text() -> None:
    """Nobody is asked in a pipe, and a terminal that cannot be opened answers nothing."""

    def missing() -> BinaryIO:
        raise OSError

    assert Output(Recorded()).ask_text("Namespace:") == ""
    assert ask_text(missing, "Namespace:") == ""
