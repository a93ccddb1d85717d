"""A terminal that does not show what is typed."""

import os
import termios

from inference_cli.terminal.echo import hushed
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
