import io
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.clock import ManualClock, SystemClock
from inference_cli.errors import LocalError
from inference_cli.terminal.output import Output
from inference_cli.terminal.page import render
from inference_cli.terminal.safe import block
from inference_cli.terminal.streams import Stream
from inference_cli.terminal.transcript import INTERVAL, Transcript, show
from tests.support.markdown import SAMPLE, cuts, odd_answers, pieces
from tests.support.screens import Recorded, Screen, steers
from tests.support.signalled import broken_off, ends
from tests.support.transcripts import played, taken, terminal

SIZES = [(80, 24), (40, 10), (24, 5), (10, 3), (100, 2), (3, 4)]
_OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\d*A|\x1b\[[BJK]|\x1b\[\?7[lh]|\r(?=\n|\x1b\[K)")


def at_once(text: str, columns: int, rows: int) -> Screen:
    """A screen to which the whole rendering was written at once."""
    streams = Recorded(terminals=("stdout",), env=terminal(columns, rows))
    screen = Screen(columns, rows)
    show(Output(streams), text)
    screen.feed(taken(streams))
    return screen


@pytest.mark.unmeasured
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_scrollback_is_that_of_the_whole_answer(columns: int, rows: int) -> None:
    """An answer redrawn after every character leaves what its rendering at once leaves, attributes included."""
    streamed, whole = played(SAMPLE, columns, rows), at_once(SAMPLE, columns, rows)
    assert streamed.scrollback == whole.scrollback
    assert streamed.styled == whole.styled


@settings(max_examples=60)
@given(odd_answers, cuts, st.sampled_from(SIZES))
def test_the_scrollback_of_any_answer_cut_anywhere(text: str, places: list[int], size: tuple[int, int]) -> None:
    """The same for odd answers on all kinds of screens, and for any cut."""
    whole = at_once(text, *size)
    streamed = played(pieces(text, places), *size)
    assert streamed.scrollback == whole.scrollback
    assert streamed.styled == whole.styled


@settings(max_examples=40)
@given(odd_answers, cuts, st.sampled_from(SIZES))
def test_finished_lines_are_never_touched_again(text: str, places: list[int], size: tuple[int, int]) -> None:
    """At any moment the screen begins with what it began with before, but for the lines that were still open."""
    streams = Recorded(terminals=("stdout",), env=terminal(*size))
    screen, clock = Screen(*size), ManualClock()
    above: list[list[str]] = []
    with Transcript(Output(streams), clock, automatic=False) as transcript:
        for part in pieces(text, places):
            transcript.feed(part)
            clock.sleep(1)
            screen.feed(taken(streams))
            assert transcript._page is not None
            rows = len(transcript._page._region._drawn) - 1
            above.append(screen.scrollback[: len(screen.scrollback) - rows])
    screen.feed(taken(streams))
    for early, late in pairwise([*above, screen.scrollback]):
        assert late[: len(early)] == early


@settings(max_examples=60)
@given(st.one_of(odd_answers, st.text(max_size=80)), st.booleans())
def test_nothing_in_an_answer_steers_the_terminal(text: str, color: bool) -> None:
    """Only our own sequences are written, however the answer is cut (faults G1 to G4)."""
    streams = Recorded(terminals=("stdout",), env=terminal(40, 10))
    clock = ManualClock()
    with Transcript(Output(streams, color="auto" if color else "never"), clock, automatic=False) as transcript:
        for char in text:
            transcript.feed(char)
            clock.sleep(1)
    rest = _OURS.sub("", streams.out) if color else streams.out
    assert steers(rest, "\n\t") == []


@pytest.mark.parametrize(
    ("env", "color"),
    [
        ({"TERM": "dumb"}, "auto"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "auto"),
        ({"TERM": "xterm"}, "never"),
        ({"TERM": "dumb"}, "always"),
    ],
)
def test_without_colour_the_text_comes_as_it_is(env: dict[str, str], color: str) -> None:
    """Marks and all, made safe, with a line end at its end and no escape sequence."""
    streams = Recorded(terminals=("stdout",), env=env)
    with Transcript(Output(streams, color=color), ManualClock(), automatic=False) as transcript:
        for piece in ("# A\r", "\n*b* \x1b[31m", "c"):
            transcript.feed(piece)
    assert streams.out == "# A\n*b* ␛[31mc\n"
    shown = Recorded(terminals=("stdout",), env=env)
    show(Output(shown, color=color), "# A\r\n*b* \x1b[31mc")
    assert shown.out == streams.out


def test_a_whole_answer_in_a_pipe() -> None:
    """The model's text, whatever is in it."""
    streams = Recorded()
    show(Output(streams), "# A\n\x1b[31m*b*\n")
    assert streams.out == "# A\n\x1b[31m*b*\n"


def test_nothing_came() -> None:
    """An empty answer leaves nothing."""
    for env in (terminal(80, 24), {"TERM": "dumb"}):
        streams = Recorded(terminals=("stdout",), env=env)
        with Transcript(Output(streams), ManualClock(), automatic=False):
            pass
        assert streams.out == ""


def test_redraws_are_gathered() -> None:
    """The first piece is seen at once; what comes within the interval is drawn with the next, or by ``tick``."""
    streams, clock = Recorded(terminals=("stdout",), env=terminal(80, 24)), ManualClock()
    with Transcript(Output(streams), clock, automatic=False) as transcript:
        transcript.feed("one")
        assert streams.out == "  one"
        transcript.feed(" two")
        assert streams.out == "  one"
        assert transcript.tick() == pytest.approx(INTERVAL)
        clock.sleep(INTERVAL)
        assert transcript.tick() == 0
        assert streams.out == "  one two"
        transcript.feed(" three")
    assert streams.out == "  one two three\r\n"


def test_a_piece_waits_for_the_rest_of_the_interval_only() -> None:
    """One that comes a little early is not as late as the interval is long, nor is every one after it."""
    streams, clock = Recorded(terminals=("stdout",), env=terminal(80, 24)), ManualClock()
    with Transcript(Output(streams), clock, automatic=False) as transcript:
        assert transcript.wait == 0
        transcript.feed("one ")
        assert transcript.wait == pytest.approx(INTERVAL)
        clock.sleep(INTERVAL * 0.75)
        transcript.feed("two ")
        assert transcript.wait == pytest.approx(INTERVAL / 4)
        clock.sleep(INTERVAL)
        assert transcript.wait == 0


def test_the_last_piece_is_drawn_when_nothing_follows() -> None:
    """A thread does it."""

    class Heard(io.BytesIO):
        """A terminal that tells when it got a word."""

        def write(self, data: object, /) -> int:
            count = super().write(data)  # type: ignore[arg-type] # whatever it is
            if b"two" in self.getvalue():
                heard.set()
            return count

    import threading

    heard = threading.Event()
    streams = Recorded(terminals=("stdout",), env=terminal(80, 24))
    streams.stdout = Stream(Heard(), terminal=True)
    with Transcript(Output(streams), SystemClock()) as transcript:
        transcript.feed("one")
        transcript.feed(" two")
        assert heard.wait(10)


def test_a_note_while_an_answer_is_drawn() -> None:
    """It stands above what is open, and nothing is torn."""
    streams, clock = Recorded(terminals=("stdout", "stderr"), env=terminal(80, 24)), ManualClock()
    streams.stderr = streams.stdout  # one terminal
    output, screen = Output(streams), Screen()
    with Transcript(output, clock, automatic=False) as transcript:
        transcript.feed("para\n\n- an it")
        output.note("a note")
        clock.sleep(1)
        transcript.feed("em")
    output.note("after")
    screen.feed(streams.bytes_out.getvalue())
    assert screen.lines == ["  para", "a note", "", "  • an item", "after"]


def test_a_note_while_text_comes_as_it_is() -> None:
    """It has a line of its own; the text goes on below it. A note that goes elsewhere breaks nothing."""
    for terminals, out in ((("stdout", "stderr"), "one\ntwo\n"), (("stdout",), "onetwo\n")):
        streams = Recorded(terminals=terminals, env={"TERM": "dumb"})
        output, clock = Output(streams), ManualClock()
        with Transcript(output, clock, automatic=False) as transcript:
            transcript.feed("one")
            output.note("a note")
            clock.sleep(1)
            transcript.feed("two")
        assert (streams.out, streams.err) == (out, "a note\n")


def test_an_answer_that_is_cut() -> None:
    """What came stays, and the cursor stands below it."""
    streams, screen = Recorded(terminals=("stdout",), env=terminal(80, 24)), Screen()

    def cut() -> None:
        with Transcript(Output(streams), ManualClock(), automatic=False) as transcript:
            transcript.feed("# Half\n\nan **ans")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut()
    screen.feed(streams.bytes_out.getvalue())
    assert screen.scrollback == ["  Half", "", "  an **ans"]


class Interrupted(io.BytesIO):
    """A terminal that is in the middle of a write when Ctrl-C is pressed."""

    def write(self, data: object, /) -> int:
        """The third one is."""
        count = super().write(data)  # type: ignore[arg-type] # whatever it is
        if b"three" in self.getvalue() and b"\r\n" not in bytes(data):  # type: ignore[call-overload] # the same
            raise KeyboardInterrupt
        return count


def test_ctrl_c_in_the_middle_of_a_redraw() -> None:
    """Nothing that stands on the screen is touched any more."""
    streams, clock = Recorded(terminals=("stdout",), env=terminal(80, 24)), ManualClock()
    screen = Interrupted()
    streams.stdout = Stream(screen, terminal=True)

    def cut() -> None:
        with Transcript(Output(streams), clock, automatic=False) as transcript:
            for word in ("one", " two", " three", " four"):
                transcript.feed(word)
                clock.sleep(1)

    with pytest.raises(KeyboardInterrupt):
        cut()
    assert screen.getvalue() == b"  one two three\r\n"


class Full(io.BytesIO):
    """A terminal that is gone."""

    def write(self, data: object, /) -> int:
        """Nothing can be written."""
        raise OSError(5, "Input/output error")


def test_a_terminal_that_is_gone() -> None:
    """Whoever feeds gets the error; abandoning gets none."""
    streams = Recorded(env=terminal(80, 24))
    streams.stdout = Stream(Full(), terminal=True)
    transcript = Transcript(Output(streams), ManualClock(), automatic=False)
    with pytest.raises(LocalError, match="cannot write to standard output"):
        transcript.feed("a")
    transcript.abandon()
    transcript = Transcript(Output(streams), ManualClock(), automatic=False)
    transcript.draw()
    with pytest.raises(LocalError):
        transcript.feed("a")


@pytest.mark.parametrize(("before", "after"), [(80, 40), (40, 80), (80, 23), (120, 41)])
def test_another_width_in_the_middle(before: int, after: int) -> None:
    """What may change is drawn anew in the new width; nothing is lost, nothing is there twice."""
    words = " ".join(f"w{n:03}" for n in range(60)).split()
    text = "# Title\n\n" + " ".join(words)
    env = terminal(before, 30)
    streams = Recorded(terminals=("stdout",), env=env)
    screen, clock = Screen(before, 30), ManualClock()
    with Transcript(Output(streams), clock, automatic=False) as transcript:
        for n in range(0, len(text), 5):
            if n == 200:
                env["COLUMNS"] = str(after)
                screen.refold(after, 30)
            transcript.feed(text[n : n + 5])
            clock.sleep(1)
            screen.feed(taken(streams))
    screen.feed(taken(streams))
    assert " ".join(screen.scrollback).split() == ["Title", *words]


@pytest.mark.unmeasured
def test_blocks_that_are_taller_than_the_screen() -> None:
    """Code stays as it comes; of a table that still changes the end is seen, and the whole of it stays."""
    code = "```py\n" + "".join(f"x = {n}\n" for n in range(1_000)) + "```\n"
    table = "|n|what|\n|-|-|\n" + "".join(f"|{n}|row {n}|\n" for n in range(300))
    for text, lines in ((code, 1_000), (table, 302)):
        for rows in (5, 24):
            streamed = played(text.splitlines(keepends=True), 60, rows)
            assert len(streamed.scrollback) == lines
            assert streamed.styled == at_once(text, 60, rows).styled


def test_a_terminal_without_unicode() -> None:
    """What it cannot show is written out before it is laid out, so that a redraw finds its lines again (fault G9)."""
    streams = Recorded(terminals=("stdout",), env=terminal(30, 10), encoding="ascii")
    screen, clock = Screen(30, 10), ManualClock()
    text = "- " + "é字🦊 " * 6
    with Transcript(Output(streams), clock, automatic=False) as transcript:
        for char in text:
            transcript.feed(char)
            clock.sleep(1)
    screen.feed(streams.bytes_out.getvalue())
    shown = Recorded(terminals=("stdout",), env=terminal(30, 10), encoding="ascii")
    show(Output(shown), text)
    assert shown.out.isascii()
    assert [line.rstrip() for line in shown.out.splitlines()] == screen.scrollback


def test_rendering_is_what_show_writes() -> None:
    """One rendering for both."""
    streams = Recorded(terminals=("stdout",), env=terminal(50, 10))
    show(Output(streams), SAMPLE)
    assert streams.out == render(block(SAMPLE), 50)


def test_a_signal_in_the_middle_of_a_piece_holds_nothing_up() -> None:
    """Ctrl-C breaks off the waking of the thread that draws; the end comes all the same."""
    streams = Recorded(terminals=("stdout",), env=terminal(80, 24))
    transcript = Transcript(Output(streams), ManualClock())
    for piece in "ab":  # the second one waits, and starts the thread
        transcript.feed(piece)
    with broken_off():
        transcript.feed("c")
    assert ends(transcript.finish)
    assert "abc" in taken(streams).decode()
