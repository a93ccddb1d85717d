"""The line editor, as keys make it do things."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.input.base import PipeInput
from prompt_toolkit.output import DummyOutput

from inference_cli.conversation.offers import Offer
from inference_cli.conversation.slash import unfinished
from inference_cli.errors import Interrupted
from inference_cli.terminal.line import LEAVE, Editor
from inference_cli.terminal.remembered import Remembered
from tests.support.screens import Recorded

PASTE = "\x1b[200~{}\x1b[201~"
UP, CTRL_C, CTRL_D, ALT_ENTER = "\x1b[A", "\x03", "\x04", "\x1b\r"


def _offers(before: str) -> list[Offer]:
    names = ("/model", "/mode\x1b", "/undo")
    return [Offer(name, len(before), name) for name in names if name.startswith(before)]


@contextmanager
def _editor(remembered: Remembered | None = None, status: str = "gpt-5 \x1b[31m") -> Iterator[tuple[Editor, PipeInput]]:
    with create_pipe_input() as keys:
        yield (
            Editor(
                Recorded(terminals=("stdin", "stdout")),
                color=True,
                offers=_offers,
                status=lambda: status,
                unfinished=unfinished,
                remembered=remembered,
                terminal=(keys, DummyOutput()),
            ),
            keys,
        )


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("hello\r", "hello"),
        ("hello\n", "hello"),
        (f"one{ALT_ENTER}two\r", "one\ntwo"),
        (PASTE.format("def f():\r\n    pass\n\n/exit\n") + "\r", "def f():\n    pass\n\n/exit\n"),
        ('"""\rone\r\rtwo\r"""\r', '"""\none\n\ntwo\n"""'),
        ("!multi\r/exit\r!end\r", "!multi\n/exit\n!end"),
        (f"wrong{CTRL_C}right\r", "right"),
        ("\r\rafter nothing\r", "after nothing"),
        (f"x{CTRL_D}\r", "x"),
        ("\x1b[200~\x1b]0;title\x07\x1b[201~\r", "\x1b]0;title\x07"),
    ],
)
def test_keys_make_an_entry(typed: str, entry: str) -> None:
    """Return sends, but not from inside a block; a paste is one message; Ctrl-C begins again."""
    with _editor() as (editor, keys):
        keys.send_text(typed)
        assert editor.read() == entry


def test_tab_completes() -> None:
    """A name that could do something to the terminal is not offered."""
    with _editor() as (editor, keys):
        buffer = editor._session.default_buffer
        buffer.on_text_changed += lambda _: keys.send_text("\r") if buffer.text == "/model" else None
        keys.send_text("/mo\t")
        assert editor.read() == "/model"


def test_a_line_that_is_there_already() -> None:
    """A question that was taken back can be changed."""
    with _editor() as (editor, keys):
        keys.send_text("!\r")
        assert editor.read("hello") == "hello!"


def test_ctrl_d_leaves() -> None:
    """On an empty line."""
    with _editor() as (editor, keys):
        keys.send_text(CTRL_D)
        assert editor.read() is None


def test_the_line_below_is_made_safe_and_tells_how_to_leave() -> None:
    """Text from outside is masked; Ctrl-C on an empty line says what does leave, until something is typed."""
    with _editor() as (editor, keys):
        shown: list[str] = []
        keys.send_text(f"{CTRL_C}")
        editor._session.default_buffer.on_text_changed += lambda _: shown.append(_below(editor))
        editor._session.app.after_render += lambda _: shown.append(_below(editor)) if not shown else None
        keys.send_text("x\r")
        assert editor.read() == "x"
        assert _below(editor) == "  gpt-5 ␛[31m"
    with _editor() as (editor, keys):
        editor._hint = LEAVE
        assert _below(editor) == f"  {LEAVE}"


def _below(editor: Editor) -> str:
    return "".join(str(part[1]) for part in editor._bottom())


def test_history_and_its_search(tmp_path: Path) -> None:
    """Arrow up is the entry before, Ctrl-R looks further back, in this conversation and in the next."""
    path = tmp_path / "entries"
    with _editor(Remembered(path, print)) as (editor, keys):
        keys.send_text("the first fox\rthe second\r")
        assert [editor.read(), editor.read()] == ["the first fox", "the second"]
        keys.send_text(f"{UP}\r")
        assert editor.read() == "the second"
    with _editor(Remembered(path, print)) as (editor, keys):
        keys.send_text("\x12fox\r\r")
        assert editor.read() == "the first fox"
        keys.send_text(f"{UP}{UP}\r")
        assert editor.read() == "the second"


@pytest.mark.parametrize("before", [True, False])
def test_a_signal_ends_the_reading(before: bool) -> None:
    """The terminal is given back; a signal that came just before counts too."""
    with _editor() as (editor, _):
        ending = Interrupted("stopped", signum=signal.SIGTERM)

        def stop(*_: Any) -> None:
            editor.stop(ending)

        if before:
            stop()
        else:
            editor._session.app.after_render += lambda _: threading.Thread(target=stop).start()
        with pytest.raises(Interrupted) as caught:
            editor.read()
        assert caught.value is ending
