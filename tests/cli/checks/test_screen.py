"""The terminal as it says of itself."""

import io

import pytest

from inference_cli.cli.checks.screen import pictures, screen
from inference_cli.terminal.checklist import Finding
from inference_cli.terminal.streams import Stream, Streams


def _screen(env: dict[str, str], *, terminal: bool = True, encoding: str = "utf-8") -> list[Finding]:
    out = Stream(io.BytesIO(), terminal=terminal, encoding=encoding)
    return list(screen(Streams(out, out, out, env), color=True))


def test_a_terminal_that_can_do_everything() -> None:
    """Three lines."""
    assert _screen({"TERM": "xterm-kitty", "COLUMNS": "120"}) == [
        Finding("ok", "terminal", "120 columns, TERM is xterm-kitty, colour"),
        Finding("ok", "encoding", "UTF-8"),
        Finding("ok", "pictures", "drawn by the protocol of kitty, as the terminal says of itself"),
    ]


def test_a_pipe_is_no_fault() -> None:
    """Nothing is drawn there."""
    assert [one.state for one in _screen({}, terminal=False)] == ["ok", "ok"]


def test_what_hinders_is_a_warning() -> None:
    """A dumb one, a narrow one, one with another encoding."""
    dumb, *_ = _screen({"TERM": "dumb"})
    narrow, *_ = _screen({"TERM": "xterm", "COLUMNS": "30"})
    _, encoding, *_ = _screen({"TERM": "xterm"}, encoding="ascii")

    assert (dumb.state, dumb.fix) == ("warning", "Name what it is:  export TERM=xterm-256color")
    assert narrow.message == "30 columns, TERM is xterm, colour: tables need more"
    assert (encoding.state, encoding.fix) == ("warning", "Let it be UTF-8:  export LANG=C.UTF-8")


@pytest.mark.parametrize(
    ("env", "way"),
    [
        ({"TERM": "xterm", "KITTY_WINDOW_ID": "1"}, "the protocol of kitty"),
        ({"TERM_PROGRAM": "WezTerm"}, "the protocol of kitty"),
        ({"TERM_PROGRAM": "iTerm.app"}, "the protocol of iTerm2"),
        ({"TERM": "foot"}, "sixel"),
        ({"TERM": "xterm-256color"}, "blocks of characters"),
    ],
)
def test_how_pictures_are_drawn(env: dict[str, str], way: str) -> None:
    """By what the environment says: the terminal is not asked."""
    assert pictures(env) == way
