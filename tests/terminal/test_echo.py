"""A terminal that does not show what is typed."""

import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import pexpect

from inference_cli.terminal.echo import Echo
from inference_cli.terminal.streams import Stream
from tests.support.screens import Recorded


def _echoes(descriptor: int) -> bool:
    return bool(termios.tcgetattr(descriptor)[3] & termios.ECHO)


@contextmanager
def _terminal() -> Iterator[tuple[int, int, Stream]]:
    """A terminal: its other end, itself, and the stream that reads from it."""
    master, slave = os.openpty()
    with os.fdopen(slave, "rb", buffering=0) as stdin:
        yield master, slave, Stream(stdin, terminal=True)
    os.close(master)


def test_what_is_typed_is_not_shown_for_a_while() -> None:
    """Then it is again, whatever happened; a second wish changes nothing."""
    with _terminal() as (_, slave, stdin):
        echo = Echo(stdin)
        before, seen = termios.tcgetattr(slave), [_echoes(slave)]
        with echo.hushed():
            seen.append(_echoes(slave))
            with echo.hushed():
                seen.append(_echoes(slave))
            seen.append(_echoes(slave))
        after = termios.tcgetattr(slave)

    assert seen == [True, False, False, False]
    assert after == before


def test_nothing_that_is_typed_meanwhile_is_lost() -> None:
    """Whoever reads next gets it."""
    with _terminal() as (master, _, stdin):
        os.write(master, b"before ")
        with Echo(stdin).hushed():
            os.write(master, b"meanwhile ")
        os.write(master, b"after\n")
        assert stdin.buffer is not None
        assert stdin.buffer.read(100) == b"before meanwhile after\n"


def test_a_question_is_answered_where_it_can_be_seen() -> None:
    """And only for so long; where nothing is hidden nothing changes."""
    with _terminal() as (_, slave, stdin):
        echo, seen = Echo(stdin), []
        with echo.shown():
            seen.append(_echoes(slave))
        with echo.hushed():
            with echo.shown():
                seen.append(_echoes(slave))
            seen.append(_echoes(slave))
        seen.append(_echoes(slave))

    assert seen == [True, True, False, True]


def test_it_is_given_back_at_once_where_the_process_ends() -> None:
    """Also while a question is answered; once it was, nothing hides it again."""
    with _terminal() as (_, slave, stdin):
        echo, seen = Echo(stdin), []
        echo.give_back()
        with echo.hushed():
            echo.give_back()
            seen.append(_echoes(slave))
        with echo.hushed(), echo.shown():
            echo.give_back()
        seen.append(_echoes(slave))

    assert seen == [True, True]


def test_no_terminal_is_left_alone() -> None:
    """Nothing to change, nothing to fail over."""
    for stdin in (Recorded().stdin, Recorded(terminals=("stdin",)).stdin, Stream(None), Stream(None, terminal=True)):
        echo = Echo(stdin)
        with echo.hushed(), echo.shown():
            echo.give_back()


BEHIND = """
import os, sys, termios
from inference_cli.terminal.streams import Streams
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    with Streams.real({}).echo.hushed():
        os._exit(10 + bool(termios.tcgetattr(0)[3] & termios.ECHO))
print(os.waitstatus_to_exitcode(os.waitpid(child, os.WUNTRACED)[1]))
"""


def test_a_command_in_the_background_leaves_the_terminal_to_whoever_has_it() -> None:
    """Otherwise the terminal would stop it."""
    child = pexpect.spawn(sys.executable, ["-c", BEHIND], timeout=30, encoding="utf-8")
    child.expect(pexpect.EOF)
    child.close()

    assert (child.before, child.exitstatus) == ("11\r\n", 0)


SUSPENDED = """
import os, signal, termios
from inference_cli.terminal.streams import Streams

def told(what):
    print(what, bool(termios.tcgetattr(0)[3] & termios.ECHO), flush=True)

def to(group):
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.tcsetpgrp(0, group)
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)

def command():
    echo = Streams.real({}).echo
    with echo.hushed():
        told("hushed")
        signal.raise_signal(signal.SIGTSTP)
        told("again")
        with echo.shown():
            signal.raise_signal(signal.SIGTSTP)
            told("asked")
        told("answered")
        echo.give_back()
        signal.raise_signal(signal.SIGTSTP)
        told("given back")
    told("after")
    print(signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL, flush=True)
"""
SHELL = """
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    to(os.getpgrp())
    command()
    os._exit(0)
for _ in range(3):
    print(os.WIFSTOPPED(os.waitpid(child, os.WUNTRACED)[1]))
    to(os.getpgrp())
    told("stopped")
    to(child)
    os.kill(child, signal.SIGCONT)
os.waitpid(child, 0)
"""


def _said(program: str) -> list[str]:
    child = pexpect.spawn(sys.executable, ["-c", program], timeout=30, encoding="utf-8")
    child.expect(pexpect.EOF)
    child.close()
    assert child.before is not None
    return child.before.splitlines()


def test_it_is_given_back_while_the_command_is_stopped() -> None:
    """Some shells use the terminal as they get it; when the command goes on, all is as it was before."""
    assert _said(SUSPENDED + SHELL) == [
        "hushed False", "True", "stopped True", "again False", "True", "stopped True", "asked True", "answered False",
        "True", "stopped True", "given back True", "after True", "True",
    ]  # fmt: skip


def test_a_command_that_cannot_be_stopped_goes_on_hiding() -> None:
    """Such as the only one of a terminal, which has no shell to let it go on."""
    assert _said(f"{SUSPENDED}\ncommand()") == [
        "hushed False", "again False", "asked True", "answered False", "given back True", "after True", "True",
    ]  # fmt: skip
