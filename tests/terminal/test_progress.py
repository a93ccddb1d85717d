"""Progress: redrawn on a terminal, lines in a pipe, nothing when quiet."""

import io
import json
import sys
from pathlib import Path

import pexpect
import pytest

from inference_cli.clock import ManualClock
from inference_cli.errors import GenerationError, InferenceError
from inference_cli.jobs.updates import Phase, Result, Update
from inference_cli.terminal.output import Output
from inference_cli.terminal.progress import Progress
from tests.support.screens import TERMINAL, Recorded, Screen, seen


def queued(n: int = 1, **more: object) -> Update:
    """A film that waits."""
    return Update(f"k{n}", f"waves-{n}", Phase.QUEUED, **{"generation_id": f"{n}cf9b23a-{n}", **more})  # type: ignore[arg-type] # fields by name


def changed(phase: Phase, n: int = 1, **more: object) -> Update:
    """The same film in another phase."""
    return Update(f"k{n}", f"waves-{n}", phase, **{"generation_id": f"{n}cf9b23a-{n}", **more})  # type: ignore[arg-type] # fields by name


def saved(n: int = 1, elapsed: float = 74.0) -> Update:
    """The same film on disk."""
    result = Result(f"{n}cf9b23a-{n}", "succeeded", Path(f"waves-{n}.mp4"), 4_100_000)
    return changed(Phase.SAVED, n, elapsed=elapsed, result=result)


class Stage:
    """A terminal, a clock, and progress that is redrawn by hand."""

    def __init__(self, env: dict[str, str] | None = None, *, direct: bool = False, usual: float | None = None) -> None:
        self.recorded = Recorded(terminals=("stdin", "stdout", "stderr"), env=env or TERMINAL)
        self.recorded.stdout = self.recorded.stderr  # one terminal for both
        self.clock = ManualClock()
        self.output = Output(self.recorded)
        self.progress = Progress(self.output, self.clock, direct=direct, usual=usual, automatic=False)

    def lines(self, columns: int = 80, rows: int = 24) -> list[str]:
        """What is seen after a redraw."""
        self.progress.refresh()
        return self.left(columns, rows)

    def left(self, columns: int = 80, rows: int = 24) -> list[str]:
        """What is seen."""
        return seen(self.recorded.bytes_err.getvalue(), columns, rows)


def test_a_film_from_the_queue_to_the_disk() -> None:
    """Every phase in one line that is redrawn; when it has ended it stays, green."""
    stage = Stage(usual=120)
    with stage.progress as progress:
        progress.show(queued(1))
        progress.show(queued(2))
        stage.clock.sleep(3)
        assert stage.lines() == [
            "  ● waves-1  queued       0:00:03",
            "  ● waves-2  queued       0:00:03",
        ]
        progress.show(changed(Phase.PROCESSING, 1, elapsed=4.0))
        stage.clock.sleep(56)
        assert stage.lines() == [
            "  ● waves-1  processing   ━━━━━━━━━━━━╺━━━━━━━━━━━  0:01:00  usually 2 min",
            "  ● waves-2  queued                                 0:00:59",
        ]
        progress.show(changed(Phase.DOWNLOADING, 1, elapsed=70.0, received=0, total=4_100_000))
        stage.clock.sleep(1)
        progress.show(changed(Phase.DOWNLOADING, 1, elapsed=71.0, received=2_050_000, total=4_100_000))
        assert stage.lines() == [
            "  ● waves-1  downloading  ━━━━━━╺━━━━━  0:01:11  2.0/4.1 MB  2.0 MB/s  1 s left",
            "  ● waves-2  queued                     0:01:00",
        ]
        progress.show(saved(1))
        stage.output.result(Path("waves-1.mp4"))
        progress.show(changed(Phase.FAILED, 2, elapsed=80.0, error=GenerationError("the prompt was refused [/red]")))
    assert stage.left() == [
        "  ● waves-1  done         0:01:14",
        "waves-1.mp4",
        "  ● waves-2  failed       0:01:20  the prompt was refused [/red]",
    ]
    assert "\x1b[32m●\x1b[0m waves-1" in stage.recorded.err
    assert "\x1b[31m●\x1b[0m waves-2" in stage.recorded.err


def test_the_bar_never_says_done_on_a_guess() -> None:
    """After the usual time the bar waits near its end; without a usual time it only moves."""
    late, guess = Stage(usual=10), Stage()
    for stage in (late, guess):
        with stage.progress as progress:
            progress.show(changed(Phase.PROCESSING, elapsed=100.0))
            text = stage.recorded.err
            assert "━" in text
            assert "\x1b[32m━" not in text


def test_a_direct_picture_is_one_word_and_a_time() -> None:
    """No name while it is alone, seconds with a tenth; in the end the line stays."""
    stage = Stage(direct=True)
    with stage.progress as progress:
        progress.show(Update("a", "fox", Phase.SENDING))
        stage.clock.sleep(3.2)
        assert stage.lines() == ["  ● generating  3.2 s"]
        progress.show(Update("a", "fox", Phase.SAVED, elapsed=3.4))
        progress.show(Update("a", "fox", Phase.SAVED, elapsed=9.9))
    assert stage.left() == ["  ● generated  3.4 s"]


def test_several_direct_pictures_have_names() -> None:
    """With a second one the names are needed."""
    stage = Stage(direct=True)
    with stage.progress as progress:
        progress.show(Update("a", "fox-1", Phase.SENDING))
        progress.show(Update("b", "fox-2", Phase.SENDING))
        assert stage.lines() == ["  ● fox-1  generating   0.0 s", "  ● fox-2  generating   0.0 s"]


def test_hundreds_are_ten_lines_and_a_sum() -> None:
    """The screen is never filled: a few rows, and what the others do."""
    stage = Stage()
    with stage.progress as progress:
        for n in range(300):
            progress.show(queued(n))
        for n in range(12):
            progress.show(changed(Phase.PROCESSING, n))
        lines = stage.lines(rows=400)
        assert (len(lines), lines[-1]) == (11, "  … and 290 more: 2 processing, 288 queued")
        for n in range(40):
            progress.show(saved(n))
    assert stage.left(rows=400)[39] == "  ● waves-39   done         0:01:14"


def test_however_many_end_the_moving_lines_are_drawn_ten_times_a_second() -> None:
    """A hundred that end at once, with their paths, are written one after the other; then the rest appears again."""
    stage = Stage()
    with stage.progress as progress:
        for n in range(120):
            progress.show(queued(n))
        for n in range(100):
            progress.show(saved(n))
            stage.output.result(Path(f"waves-{n}.mp4"))
        assert "… and" not in stage.recorded.err
        stage.clock.sleep(0.2)
        progress.show(saved(100))
        assert stage.recorded.err.count("… and") == 1
        lines = stage.left(rows=230)
        assert lines[:2] == ["  ● waves-0    done         0:01:14", "waves-0.mp4"]
        assert lines[-1] == "  … and 9 more: 9 queued"


@pytest.mark.parametrize("columns", [4, 8, 20, 33, 60])
def test_a_narrow_terminal_never_wraps_a_moving_line(columns: int) -> None:
    """A line that wrapped could not be redrawn: two outputs are two lines at any width, and go away cleanly."""
    stage = Stage({"TERM": "xterm", "COLUMNS": str(columns), "LINES": "24"}, usual=120)
    with stage.progress as progress:
        progress.show(changed(Phase.PROCESSING, 1))
        progress.show(changed(Phase.PROCESSING, 2))
        for _ in range(5):
            stage.clock.sleep(1)
            assert len(stage.lines(columns)) == 2
        stage.output.note("n")
        assert stage.left(columns)[0] == "n"


def test_a_low_terminal_shows_one_row() -> None:
    """Even two rows of terminal hold a line and the sum."""
    stage = Stage({"TERM": "xterm", "COLUMNS": "80", "LINES": "3"})
    with stage.progress as progress:
        for n in range(5):
            progress.show(queued(n))
        assert stage.lines(rows=6) == ["  ● waves-0  queued       0:00:00", "  … and 4 more: 4 queued"]


def test_notes_are_told_once_above_the_lines() -> None:
    """A sentence about an output, once, above what moves."""
    stage = Stage()
    with stage.progress as progress:
        for _ in range(3):
            progress.show(queued(1, note="the server says 'throttled'\x1b[2J"))
    assert stage.left() == [
        "  waves-1: the server says 'throttled'␛[2J",
        "  ● waves-1  queued       0:00:00",
    ]


def test_an_interruption_leaves_the_lines_and_the_cursor() -> None:
    """What was going on stays readable and the cursor comes back; later writes are not held up."""
    stage = Stage()

    def interrupted() -> None:
        with stage.progress as progress:
            progress.show(queued(1))
            progress.refresh()
            screen = Screen()
            screen.feed(stage.recorded.bytes_err.getvalue())
            assert screen.cursor_hidden
            raise InferenceError("stopped")

    with pytest.raises(InferenceError):
        interrupted()
    stage.output.note("after")
    screen = Screen()
    screen.feed(stage.recorded.bytes_err.getvalue())
    assert not screen.cursor_hidden
    assert screen.lines == ["  ● waves-1  queued       0:00:00", "after"]


def test_without_colour_it_is_the_same_text() -> None:
    """NO_COLOR takes the colour, not the lines."""
    stage = Stage({**TERMINAL, "NO_COLOR": "1"}, usual=120)
    with stage.progress as progress:
        progress.show(changed(Phase.PROCESSING, 1))
        progress.show(saved(1))
    assert "\x1b[3" not in stage.recorded.err
    assert stage.left() == ["  ● waves-1  done         0:01:14"]


def test_an_ascii_terminal_gets_plain_bars() -> None:
    """No mark that its encoding lacks, and no escape instead of one (fault G9)."""
    recorded = Recorded(terminals=("stderr",), encoding="ascii")
    with Progress(Output(recorded), ManualClock(), usual=10, automatic=False) as progress:
        progress.show(changed(Phase.PROCESSING, 1))
    assert "* \x1b" not in recorded.err
    assert "\\u" not in recorded.err
    assert "*" in recorded.err


LOG = [
    queued(1),
    queued(1, elapsed=5.0),
    changed(Phase.PROCESSING, 1, elapsed=12.9),
    changed(Phase.UNKNOWN, 1, status="thro\x1bttled", elapsed=20.0),
    changed(Phase.UNKNOWN, 1, status="", elapsed=21.0),
    changed(Phase.SUCCEEDED, 1, elapsed=74.0),
    changed(Phase.DOWNLOADING, 1, elapsed=74.5, received=10, total=20),
    saved(1),
]


@pytest.mark.parametrize(
    ("terminals", "env"),
    [
        ((), TERMINAL),
        (("stdout",), TERMINAL),
        (("stdout", "stderr"), {"TERM": "dumb"}),
        (("stdout", "stderr"), {**TERMINAL, "CI": "1"}),
    ],
)
def test_elsewhere_it_is_a_line_per_change(terminals: tuple[str, ...], env: dict[str, str]) -> None:
    """A pipe, a dumb terminal and CI get plain lines on stderr, no control sequence among them (fault G8)."""
    recorded = Recorded(terminals=terminals, env=env)
    with Progress(Output(recorded), ManualClock()) as progress:
        for update in LOG:
            progress.show(update)
        progress.refresh()
    assert recorded.err == (
        "1cf9b23a queued 0s\n"
        "1cf9b23a processing 12s\n"
        "1cf9b23a thro␛ttled 20s\n"
        "1cf9b23a unknown 21s\n"
        "1cf9b23a succeeded 74s\n"
        "1cf9b23a saved waves-1.mp4 4.1 MB\n"
    )
    assert recorded.out == ""


def test_log_lines_of_the_rarer_ends() -> None:
    """A direct call has a name for an id; a shared beginning of two ids is not enough; a failure says why."""
    recorded = Recorded()
    with Progress(Output(recorded), ManualClock(), direct=True) as progress:
        progress.show(Update("a", "fox", Phase.SENDING))
        progress.show(Update("a", "fox", Phase.SAVED, note="odd\n"))
        progress.show(Update("b", "x", Phase.CANCELLED, generation_id="7cf9b23a-1", elapsed=3.0))
        progress.show(
            Update("c", "y", Phase.FAILED, generation_id="7cf9b23a-2", elapsed=4.0, error=GenerationError("no\nway"))
        )
        skipped = Result("8", "succeeded", Path("fox.png"), 10)
        progress.show(Update("d", "z", Phase.SKIPPED, generation_id="8", result=skipped))
    assert recorded.err == (
        "fox generating\nfox odd \nfox saved\n7cf9b23a cancelled 3s\n7cf9b23a-2 failed 4s: no way\n8 skipped fox.png\n"
    )
    queue = Recorded()
    with Progress(Output(queue), ManualClock()) as progress:
        progress.show(Update("a", "fox", Phase.SENDING))
    assert queue.err == ""


def test_quiet_is_silent_and_events_are_not() -> None:
    """No line anywhere with -q; --events writes to stdout whatever stderr does."""
    recorded = Recorded(terminals=("stderr",))
    with Progress(Output(recorded, quiet=True, events=True), ManualClock()) as progress:
        for update in LOG:
            progress.show(update)
        progress.refresh()
    assert recorded.err == ""
    assert [json.loads(line)["phase"] for line in recorded.out.splitlines()] == [update.phase for update in LOG]


REAL = """
import os
from inference_cli.clock import SystemClock
from inference_cli.jobs.updates import Phase, Update
from inference_cli.terminal.output import Output
from inference_cli.terminal.progress import Progress
from inference_cli.terminal.streams import Streams
output = Output(Streams.real({"TERM": "xterm"}))
with Progress(output, SystemClock(), direct=True) as progress:
    progress.show(Update("a", "fox", Phase.SENDING))
    assert output.ask("Go on?")
    progress.show(Update("a", "fox", Phase.SAVED, elapsed=1.5))
output.result("fox.png")
"""


def test_a_real_terminal_is_redrawn_by_itself() -> None:
    """On a pseudo-terminal the thread draws until something ends, a question stops it, and the cursor is shown again."""
    child = pexpect.spawn(sys.executable, ["-c", REAL], dimensions=(24, 80), timeout=30, encoding="utf-8")
    child.logfile_read = io.StringIO()
    child.expect(r"generating +0\.[1-9] s|Go on")
    child.expect(r"\[y/N\] ")
    child.sendline("y")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    said = child.logfile_read.getvalue().replace("\r\n", "\n")
    assert seen(said.encode())[-2:] == ["  ● generated  1.5 s", "fox.png"]
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")


TYPING = """
import sys, termios
from inference_cli.clock import SystemClock
from inference_cli.jobs.updates import Phase, Update
from inference_cli.terminal.output import Output
from inference_cli.terminal.progress import Progress
from inference_cli.terminal.streams import Streams
output = Output(Streams.real({"TERM": "xterm"}), quiet=sys.argv[1] == "quiet")
def shown(): return bool(termios.tcgetattr(0)[3] & termios.ECHO)
seen = [shown()]
try:
    with Progress(output, SystemClock(), automatic=False) as progress:
        progress.show(Update("a", "fox", Phase.PROCESSING))
        seen.append(shown())
        answer = output.ask_text("Which?:")
        seen.append(shown())
        secret = output.ask_secret("Secret?:")
        seen.append(shown())
        raise KeyboardInterrupt
except KeyboardInterrupt:
    seen.append(shown())
output.result(f"{seen} {answer}")
"""


@pytest.mark.parametrize(
    ("way", "seen_by_then"),
    [("live", "[True, False, False, False, True]"), ("quiet", "[True, True, True, True, True]")],
)
def test_what_is_typed_breaks_into_no_moving_line(way: str, seen_by_then: str) -> None:
    """It is not shown while lines are redrawn, except in answer to a question; after Ctrl-C it is as before."""
    child = pexpect.spawn(sys.executable, ["-c", TYPING, way], dimensions=(24, 80), timeout=30, encoding="utf-8")
    child.expect(r"Which\?: ")
    child.sendline("this one")
    child.expect("this one\r\n")
    child.expect(r"Secret\?: ")
    child.sendline("unseen")
    child.expect_exact(f"{seen_by_then} this one\r\n")
    assert "unseen" not in (child.before or "")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
