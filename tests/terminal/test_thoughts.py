import pytest

from inference_cli.clock import ManualClock
from inference_cli.terminal.output import Output
from inference_cli.terminal.thoughts import Thoughts
from inference_cli.terminal.transcript import Transcript
from tests.support.screens import Recorded, Screen

EVERYTHING = ("stdin", "stdout", "stderr")


def test_thoughts_are_dim_and_end_on_their_own_line() -> None:
    """Pieces as they come, no empty lines around them but one before the answer; stdout gets nothing."""
    streams = Recorded(terminals=EVERYTHING)
    with Thoughts(Output(streams)) as thoughts:
        for piece in ("\n", "\nA fox", " is red.\n", "\nSo", ".\n\n"):
            thoughts.feed(piece)
    assert streams.err == "\x1b[2mA fox\x1b[0m\x1b[2m is red.\x1b[0m\x1b[2m\n\nSo\x1b[0m\x1b[2m.\x1b[0m\n\n"
    assert streams.out == ""


@pytest.mark.parametrize(
    ("terminals", "env", "quiet", "text"),
    [
        (EVERYTHING, {"TERM": "xterm", "NO_COLOR": "1"}, False, "hm\nwell\n\n"),
        (EVERYTHING, {"TERM": "dumb"}, False, "hm\nwell\n\n"),
        (("stdout",), {"TERM": "xterm"}, False, "hm\nwell\n"),
        (EVERYTHING, {"TERM": "xterm"}, True, ""),
    ],
)
def test_thoughts_without_colour_in_a_file_or_not_at_all(
    terminals: tuple[str, ...], env: dict[str, str], quiet: bool, text: str
) -> None:
    """Plain where there is no colour, silent when quiet."""
    streams = Recorded(terminals=terminals, env=env)
    with Thoughts(Output(streams, quiet=quiet)) as thoughts:
        thoughts.feed("hm\nwell\n")
    assert streams.err == text


def test_nothing_thought() -> None:
    """Empty reasoning leaves nothing, not even a line."""
    streams = Recorded(terminals=EVERYTHING)
    with Thoughts(Output(streams)) as thoughts:
        thoughts.feed("")
        thoughts.feed(" \n")
        thoughts.end()
    assert streams.err == ""


def test_hostile_thoughts() -> None:
    """Controls are shown, wherever they were cut (fault G1)."""
    streams = Recorded(terminals=("stderr",), env={"TERM": "xterm", "NO_COLOR": "1"})
    with Thoughts(Output(streams)) as thoughts:
        for char in "a\x1b]0;x\x07\r\nb\r":
            thoughts.feed(char)
    assert streams.err == "a␛]0;x␇\nb␍\n\n"


def test_a_note_in_the_middle_of_a_thought() -> None:
    """It has a line of its own, and the thought goes on below it."""
    streams = Recorded(terminals=("stderr",), env={"TERM": "xterm", "NO_COLOR": "1"})
    output = Output(streams)
    with Thoughts(output) as thoughts:
        thoughts.feed("a fox")
        output.warn("slow")
        thoughts.feed("is red")
    output.warn("done")
    assert streams.err == "a fox\nwarning: slow\nis red\n\nwarning: done\n"


def test_thoughts_in_the_middle_of_an_answer() -> None:
    """They stand above what is still open of the answer, which goes on below them."""
    streams = Recorded(terminals=EVERYTHING)
    screen = Screen()
    streams.stdout = streams.stderr  # one terminal
    output = Output(streams)
    with Thoughts(output) as thoughts, Transcript(output, ManualClock(), automatic=False) as transcript:
        thoughts.feed("first")
        thoughts.end()
        transcript.feed("The *answer")
        thoughts.feed("second")
        output.note("a note")
        thoughts.feed("thought")
        thoughts.end()
        transcript.feed("* is red")
    screen.feed(streams.bytes_err.getvalue())
    assert screen.lines == ["first", "", "second", "a note", "thought", "", "  The answer is red"]
