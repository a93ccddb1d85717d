"""A terminal that does not show what is typed."""

import os
import termios

from inference_cli.terminal.echo import hushed, shown
from inference_cli.terminal.streams import Stream
from tests.support.screens import Recorded


def _echoes(descriptor: int) -> bool:
    return bool(termios.tcgetattr(descriptor)[3] & termios.ECHO)


def test_what_is_typed_is_not_shown_for_a_while() -> None:
    """Then it is again, whatever happened."""
    master, slave = os.openpty()
    seen = [_echoes(slave)]
    with os.fdopen(slave, "rb", closefd=False) as stdin, hushed(Stream(stdin, terminal=True)):
        seen.append(_echoes(slave))
    seen.append(_echoes(slave))
    os.close(master)
    os.close(slave)

    assert seen == [True, False, True]


def test_no_terminal_is_left_alone() -> None:
    """Nothing to change, nothing to fail over."""
    with hushed(Recorded().stdin), hushed(Stream(None)):
        pass


def test_what_answers_a_question_is_shown_although_something_is_drawn_around_it() -> None:
    """As it was before the question, so it is after it."""
    master, slave = os.openpty()
    with os.fdopen(slave, "r+b", buffering=0, closefd=False) as terminal, hushed(Stream(terminal, terminal=True)):
        echoes = [_echoes(slave)]
        with shown(terminal):
            echoes.append(_echoes(slave))
        echoes.append(_echoes(slave))
    os.close(master)
    os.close(slave)

    assert echoes == [False, True, False]
