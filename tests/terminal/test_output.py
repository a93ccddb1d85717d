"""What goes where: results to stdout, the rest to stderr."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inference_cli.errors import LocalError, UsageError
from inference_cli.jobs.updates import Phase, Update
from inference_cli.terminal.bars import Bar
from inference_cli.terminal.output import Output
from inference_cli.terminal.streams import Stream, Streams
from inference_cli.terminal.tables import Column
from tests.support.screens import Recorded

EVERYTHING = ("stdin", "stdout", "stderr")


def test_a_pipe_gets_results_exactly() -> None:
    """Text keeps its control characters, a path its bytes, and nothing is coloured (fault G7)."""
    recorded = Recorded()
    output = Output(recorded)
    output.result("a\x1b[31m\ud800")
    output.result(Path("fox\udcff\x07.png"))
    output.raw(b"\x00\xff")
    assert recorded.bytes_out.getvalue() == b"a\x1b[31m\xef\xbf\xbd\nfox\xff\x07.png\n\x00\xff"
    assert recorded.err == ""


def test_a_terminal_gets_results_made_safe() -> None:
    """The same on a terminal shows what it would have obeyed; a path is one line."""
    recorded = Recorded(terminals=EVERYTHING)
    output = Output(recorded)
    output.result("two\nlines\x1b[31m")
    output.result(Path("a\nb\x07.png"))
    assert recorded.out == "two\nlines␛[31m\na b␇.png\n"


def test_notes_warnings_and_the_head_go_to_stderr() -> None:
    """Plain where stderr is no terminal."""
    recorded = Recorded(terminals=("stdout",))
    output = Output(recorded)
    output.head(["klein", "16:9"])
    output.note("one\ntwo\x1b[2J")
    output.warn("odd")
    assert recorded.err == "  klein · 16:9\none\ntwo␛[2J\nwarning: odd\n"
    assert recorded.out == ""


def test_state_has_its_colour_on_a_terminal() -> None:
    """Dim for what may be skipped, yellow for a warning."""
    recorded = Recorded(terminals=EVERYTHING)
    output = Output(recorded)
    output.head(["klein"], tag="sandbox")
    output.note("one")
    output.warn("odd")
    assert recorded.err == (f"\x1b[2m  klein{' ' * 65}sandbox\x1b[0m\n\x1b[2mone\x1b[0m\n\x1b[33mwarning:\x1b[0m odd\n")


def test_quiet_leaves_warnings() -> None:
    """No notes and no head, but what should not be skipped stays."""
    recorded = Recorded()
    output = Output(recorded, quiet=True)
    output.head(["klein"])
    output.note("one")
    output.warn("odd")
    assert recorded.err == "warning: odd\n"


def test_tables_are_drawn_or_separated() -> None:
    """The same rows, for a person and for a program; nothing for no rows."""
    piped, shown = Recorded(), Recorded(terminals=EVERYTHING)
    for recorded in (piped, shown):
        output = Output(recorded, color="never")
        output.table(["id", Column("age", align="right")], [["7cf9", "3s"], ["bb8f", "12s"]])
        output.table(["id"], [])
    assert piped.out == "7cf9\t3s\nbb8f\t12s\n"
    assert shown.out == "  id     age\n  7cf9    3s\n  bb8f   12s\n"


def test_a_document_is_one_line_in_a_pipe_and_indented_on_a_terminal() -> None:
    """The same JSON either way."""
    piped, shown = Recorded(), Recorded(terminals=EVERYTHING)
    for recorded in (piped, shown):
        output = Output(recorded, json=True)
        assert (output.wants_document, output.said_everything) == (True, False)
        output.document({"schema": 1, "data": []})
        assert output.said_everything
    assert piped.out == '{"schema": 1, "data": []}\n'
    assert shown.out == '{\n  "schema": 1,\n  "data": []\n}\n'


def test_a_filter_implies_json_and_strings_come_out_raw() -> None:
    """Raw in a pipe, safe on a terminal."""
    piped, shown = Recorded(), Recorded(terminals=EVERYTHING)
    for recorded in (piped, shown):
        output = Output(recorded, jq=".data[]")
        assert output.wants_document
        output.document({"schema": 1, "data": ["a\x1b[31m", 7, float("nan")]})
    assert piped.out == "a\x1b[31m\n7\nnull\n"
    assert shown.out == "a␛[31m\n7\nnull\n"


def test_a_bad_filter_is_found_before_anything_is_sent() -> None:
    """The output cannot be built with it."""
    with pytest.raises(UsageError, match="--jq: syntax error"):
        Output(Recorded(), jq=".[")


def test_a_filter_that_fails_after_paid_work_does_not_say_that_nothing_was_sent() -> None:
    """Exit 2 promises that nothing was sent; with generations in the document that would be a lie."""
    output = Output(Recorded(), jq=".schema.x")
    with pytest.raises(LocalError, match="Cannot index number"):
        output.document({"schema": 1, "generations": [{}]})
    with pytest.raises(UsageError, match="Cannot index number"):
        output.document({"schema": 1, "data": [{}]})


@pytest.mark.parametrize("document", [{"choices": [{"message": 1}]}, {"answers": []}])
def test_an_answer_that_the_filter_does_not_fit_is_shown_whole(document: dict[str, Any]) -> None:
    """It was paid for, and is perhaps kept nowhere else."""
    recorded = Recorded()
    with pytest.raises(LocalError, match="Cannot iterate over null") as caught:
        Output(recorded, jq=".data[]").document(document)
    assert caught.value.hint == "The whole document is on stdout; only the filter failed"
    assert json.loads(recorded.out) == document


def test_events_are_written_only_when_asked_for() -> None:
    """A line of JSON per update."""
    silent, told = Recorded(), Recorded()
    update = Update("a", "fox", Phase.QUEUED)
    Output(silent).event(update)
    Output(told, events=True).event(update)
    assert silent.out == ""
    assert told.out.startswith('{"schema": 1, "event": "update", "key": "a", ')
    assert told.out.endswith("}\n")


def test_a_file_may_be_written_to_stdout() -> None:
    """-o - hands out stdout as a binary file; writing goes through, closing leaves it open."""
    recorded = Recorded()
    output = Output(recorded)
    with output.binary_if(True) as stdout:
        assert stdout is not None
        assert stdout.writable()
        assert stdout.write(memoryview(b"\x89PNG")) == 4
        stdout.close()
    output.result("after")
    assert recorded.bytes_out.getvalue() == b"\x89PNGafter\n"
    with output.binary_if(False) as nothing:
        assert nothing is None


def test_a_file_is_not_written_to_a_terminal_or_into_nothing() -> None:
    """Bytes on a terminal are a mistake; a closed stdout would lose what was paid for."""
    with (
        pytest.raises(UsageError, match="stdout is a terminal"),
        Output(Recorded(terminals=EVERYTHING)).binary_if(True),
    ):
        pass
    closed = Streams(Stream(None), Stream(None), Stream(io.BytesIO()), {})
    with pytest.raises(LocalError, match="closed"), Output(closed).binary_if(True):
        pass


def test_nobody_is_asked_off_a_terminal() -> None:
    """Without a person on both stdin and stderr the answer is no, and no question is written."""
    for terminals in ((), ("stdin",), ("stderr",), ("stdin", "stdout")):
        recorded = Recorded(terminals=terminals)
        output = Output(recorded)
        assert (output.can_ask, output.ask("Spend it?"), output.ask_secret("Token:")) == (False, False, "")
        assert recorded.err == ""


class Moving:
    """A display that notes when it had to step aside."""

    def __init__(self, recorded: Recorded) -> None:
        self.recorded = recorded

    @contextmanager
    def still(self) -> Iterator[None]:
        """Leave marks on stderr."""
        self.recorded.write_stderr("<")
        yield
        self.recorded.write_stderr(">")


def test_a_display_steps_aside_for_what_is_written_to_its_terminal() -> None:
    """Stderr always; stdout where it is a terminal; nothing once it is gone."""
    piped, shown = Recorded(terminals=("stderr",)), Recorded(terminals=EVERYTHING)
    for recorded in (piped, shown):
        output = Output(recorded, color="never")
        output.attach(Moving(recorded))
        output.note("n")
        output.result("r")
        output.attach(None)
        output.note("m")
    assert piped.err == "<n\n>m\n"
    assert shown.err == "<n\n><>m\n"


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", "█"), ("latin-1", "#")])
def test_a_chart_uses_what_the_terminal_can_draw(encoding: str, mark: str) -> None:
    """Blocks, or ASCII; without colour where none is wanted."""
    recorded = Recorded(terminals=EVERYTHING, encoding=encoding)
    Output(recorded, color="never").chart(
        ("day", "cost"), [Bar("2026-11-20", Decimal(1), ("$1.00",))], Bar("total", figures=("$1.00",))
    )
    assert recorded.bytes_out.getvalue().decode(encoding).splitlines() == [
        f"  day          {' ' * 40}    cost",
        f"  2026-11-20   {mark * 40}   $1.00",
        f"  total        {' ' * 40}   $1.00",
    ]


def test_displays_that_follow_each_other() -> None:
    """Each is told which was there before, so that it can be put back."""
    steps: list[str] = []

    class Shown:
        """Something that is being redrawn."""

        @contextmanager
        def still(self) -> Iterator[None]:
            """Note it."""
            steps.append("aside")
            yield
            steps.append("back")

    output, display = Output(Recorded(terminals=("stderr",))), Shown()
    assert output.attach(display) is None
    with output.aside():
        steps.append("written")
    assert output.attach(None) is display
    with output.aside():
        pass
    assert steps == ["aside", "written", "back"]
