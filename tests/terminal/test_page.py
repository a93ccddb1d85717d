import re
import subprocess
import sys

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.terminal.page import Page, marks_of, render
from tests.support.markdown import SAMPLE, odd_answers
from tests.support.screens import Recorded, steers
from tests.support.transcripts import terminal

_STEERING = re.compile(r"\x1b\[[0-9;]*m")


def test_a_document_at_once() -> None:
    """Text with a margin; a lone code block keeps its lines."""
    assert render("# A\n\ntext\n\n```\ncode\n```\n", 80) == "  \x1b[1;4mA\x1b[0m\n\n  text\n\n    code\n"
    assert render("", 80) == ""


def test_a_text_is_not_wider_than_is_read_easily() -> None:
    """A hundred columns at most; no margin on a narrow terminal."""
    words = "word " * 100
    assert max(map(len, render(words, 300).splitlines())) == 2 + 99
    assert render(words, 20).startswith("word")
    assert render(words, 24).startswith("  word")


@pytest.mark.parametrize("columns", range(1, 21))
def test_narrow_terminals(columns: int) -> None:
    """Every word is there, however narrow it is."""
    shown = "".join(_STEERING.sub("", render(SAMPLE, columns)).split())
    for word in ("Vulpes", "Northern", "Hemisphere", "wide", "deffox(n:int)->str:", "北極狐", "שלום", "Third"):
        assert word in shown


@settings(max_examples=100)
@given(st.one_of(odd_answers, st.text(max_size=200)), st.integers(1, 90))
def test_nothing_from_outside_steers(text: str, columns: int) -> None:
    """Attributes of our own are the only control sequences (faults G1 to G4)."""
    shown = _STEERING.sub("", render(text, columns))
    assert steers(shown, "\n\t") == []


def test_marks_that_the_terminal_can_show() -> None:
    """A terminal without Unicode gets ASCII."""
    streams = Recorded(terminals=("stdout",), env=terminal(80, 24), encoding="ascii")
    assert marks_of(streams).all.isascii()
    assert not marks_of(Recorded(terminals=("stdout",), env=terminal(80, 24))).all.isascii()
    page = Page(streams)
    assert page.shown("- a") == "  * a"


def test_lexers_are_loaded_for_code_only() -> None:
    """Drawing text loads neither pygments nor rich; code in a language loads pygments."""
    script = (
        "import sys; from inference_cli.terminal.page import render; loaded = []\n"
        "for text in ('# a\\n\\n|b|\\n|-|\\n```\\nx\\n```\\n', '```py\\nx\\n```\\n'):\n"
        "    render(text, 80); loaded.append([name for name in ('pygments', 'rich') if name in sys.modules])\n"
        "print(loaded)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[[], ['pygments']]\n"
