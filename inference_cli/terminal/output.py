"""Where a command's results, notes and questions go: stdout for the result, stderr for everything else."""

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from inference_cli.errors import LocalError, UsageError
from inference_cli.terminal import questions
from inference_cli.terminal.commands import with_root
from inference_cli.terminal.lines import head_line
from inference_cli.terminal.safe import block, line, whole
from inference_cli.terminal.streams import Name, Streams
from inference_cli.terminal.styles import Style, painted

if TYPE_CHECKING:
    from inference_cli.jobs.updates import Update
    from inference_cli.terminal.bars import Bar
    from inference_cli.terminal.checklist import Finding
    from inference_cli.terminal.tables import Column


class Display(Protocol):
    """Something that is being redrawn on stderr."""

    def still(self) -> AbstractContextManager[None]:
        """Take it off the screen for as long as something else is written."""
        ...


class Output:
    """What a command says, in the way its user asked for.

    Args:
        streams: where to.
        quiet: no progress and no notes; warnings and errors stay.
        color: ``auto``, ``always`` or ``never``.
        json: the result is one JSON document.
        jq: a filter over that document; implies ``json``.
        events: a line of JSON per update.
        root: the root options of this command, which commands named in notes repeat.

    Raises:
        UsageError: jq does not understand the filter; better before anything was paid for than after.
    """

    def __init__(
        self,
        streams: Streams,
        *,
        quiet: bool = False,
        color: str = "auto",
        json: bool = False,
        jq: str | None = None,
        events: bool = False,
        root: Sequence[tuple[str, ...]] = (),
    ) -> None:
        self.streams = streams
        self.root = tuple(root)
        self.quiet = quiet
        self.wants_events = events
        self.wants_document = json or jq is not None
        self.said_everything = False  # a document was written: an error needs no second one
        self._color = color
        self._display: Display | None = None
        self._filter = None
        if jq is not None:
            from inference_cli.terminal.filters import Filter

            self._filter = Filter(jq)

    @property
    def can_ask(self) -> bool:
        """Whether a person is there to answer: questions are asked on a terminal only."""
        return self.streams.stdin_is_terminal and self.streams.stderr_is_terminal

    def color(self, name: Name) -> bool:
        """Whether a stream gets colour."""
        return self.streams.color(name, self._color)

    # ------------------------------------------------------------------------------------------ stdout

    def result(self, text: str | PurePath) -> None:
        """A line of the result; in a pipe it is exactly what it is, on a terminal it is made safe.

        Raises:
            LocalError: stdout cannot be written.
        """
        if self.streams.stdout_is_terminal:
            self._write(line(str(text)) if isinstance(text, PurePath) else block(text))
        else:
            self._write(os.fsencode(text) if isinstance(text, PurePath) else whole(text))

    def needs_stdout(self) -> None:
        """Refuse to pay for what nobody could read.

        Raises:
            LocalError: stdout is closed (fault G12).
        """
        if self.streams.stdout.buffer is None:
            raise LocalError("cannot write to standard output: it is closed", hint="Nothing was sent.")

    def raw(self, data: bytes) -> None:
        """Bytes of the result, as they are.

        Raises:
            LocalError: stdout cannot be written.
        """
        with self.aside():
            self.streams.write_stdout(data)

    @contextmanager
    def binary_if(self, wanted: bool) -> Iterator[BinaryIO | None]:
        """Standard output for a result that is itself a file (``-o -``), or None where it was not asked for.

        Raises:
            UsageError: stdout is a terminal.
            LocalError: stdout is closed.
        """
        if not wanted:
            yield None
            return
        if self.streams.stdout_is_terminal:
            raise UsageError("-o - writes the file itself, and stdout is a terminal", hint="Send it on:  … -o - > FILE")
        if self.streams.stdout.buffer is None:
            raise LocalError("-o - writes to standard output, which is closed")
        yield cast(BinaryIO, _Stdout(self.streams))

    def table(self, columns: "Sequence[Column | str]", rows: Sequence[Sequence[object]]) -> None:
        """Rows: a table on a terminal, tab-separated lines without a heading in a pipe.

        Raises:
            LocalError: stdout cannot be written.
        """
        from inference_cli.terminal.tables import Column, drawn, tab_separated

        if not rows:
            return
        if not self.streams.stdout_is_terminal:
            self._write(tab_separated(rows), end="")
            return
        declared = [Column(column) if isinstance(column, str) else column for column in columns]
        self._write(drawn(declared, rows, width=self.streams.width, color=self.color("stdout")), end="")

    def chart(self, titles: Sequence[str], bars: "Sequence[Bar]", total: "Bar") -> None:
        """Amounts as bars, for a terminal; a pipe gets a table instead.

        Raises:
            LocalError: stdout cannot be written.
        """
        from inference_cli.terminal.bars import MARKS, drawn

        plain = not self.streams.shows(MARKS)
        text = drawn(titles, bars, total=total, width=self.streams.width, plain=plain, color=self.color("stdout"))
        self._write(text, end="")

    def checklist(self, findings: "Sequence[Finding]") -> None:
        """What checks found: lines on a terminal, cells in a pipe, or the document; how many on stderr.

        Raises:
            UsageError: the filter does not fit it.
            LocalError: stdout cannot be written.
        """
        from inference_cli.terminal import checklist
        from inference_cli.terminal.documents import SCHEMA
        from inference_cli.terminal.tables import tab_separated

        if self.wants_document:
            self.document(checklist.checklist_document(findings, schema=SCHEMA))
            return
        if self.streams.stdout_is_terminal:
            text = checklist.drawn(findings, width=self.streams.width, color=self.color("stdout"))
            self._write(text, end="")
        else:
            self._write(tab_separated(checklist.rows(findings)), end="")
        self.note(f"  {checklist.summary(findings)}")

    def document(self, data: Mapping[str, Any]) -> None:
        """The JSON document of this command, through ``--jq`` where there is one.

        Raises:
            UsageError: the filter does not fit it.
            LocalError: the same after something was made; or stdout cannot be written.
        """
        from inference_cli.terminal.documents import cleaned, dumped

        self.said_everything = True
        if self._filter is None:
            self._write(dumped(data, indent=2 if self.streams.stdout_is_terminal else None))
            return
        try:
            for text in self._filter.lines(cleaned(data)):
                self._write(block(text) if self.streams.stdout_is_terminal else text)
        except UsageError as error:
            if data.get("generations"):
                raise LocalError(error.message, hint="What was made is safe; only the filter failed") from error
            if "choices" in data or "answers" in data:  # of a chat, and paid for
                self._write(dumped(data, indent=2 if self.streams.stdout_is_terminal else None))
                raise LocalError(
                    error.message, hint="The whole document is on stdout; only the filter failed"
                ) from error
            raise

    def event(self, update: "Update") -> None:
        """A line of JSON for an update, when ``--events`` asks for it.

        Raises:
            LocalError: stdout cannot be written.
        """
        if self.wants_events:
            from inference_cli.terminal.documents import event_line

            self._write(event_line(update))

    # ------------------------------------------------------------------------------------------ stderr

    def head(self, facts: Sequence[str], *, tag: str = "") -> None:
        """The first line of a paid command: the model, what is made, the price; ``sandbox`` on the right."""
        if not self.quiet:
            self.say(self.paint(head_line(facts, tag=tag, width=self.streams.width), "dim"))

    def note(self, text: str) -> None:
        """Something that may be skipped; nothing when quiet."""
        if not self.quiet:
            self.say("\n".join(self.paint(part, "dim") for part in block(with_root(text, self.root)).split("\n")))

    def warn(self, text: str) -> None:
        """Something that should not be skipped, after the word ``warning``."""
        self.say(f"{self.paint('warning:', 'waiting')} {block(with_root(text, self.root))}")

    def paint(self, text: str, style: Style | None) -> str:
        """Safe text in a style, where stderr has colour."""
        return painted(text, style, color=self.color("stderr"))

    def say(self, text: str) -> None:
        """A line on stderr, quiet or not; the text is safe already and may hold attributes of ``paint``."""
        with self.aside():
            self.streams.write_stderr(text + "\n")

    # --------------------------------------------------------------------------------------- questions

    def ask(self, question: str) -> bool:
        """A yes or no from the person at the terminal; no where nobody is there."""
        with self._asking():
            return self.can_ask and questions.ask(self.streams.open_terminal, line(question))

    def ask_text(self, question: str) -> str:
        """A line of text from the person at the terminal; empty where nobody is there."""
        with self._asking():
            return questions.ask_text(self.streams.open_terminal, line(question)) if self.can_ask else ""

    def ask_secret(self, question: str) -> str:
        """A secret from the person at the terminal, not shown; empty where nobody is there."""
        with self._asking():
            return questions.ask_secret(self.streams.open_terminal, line(question)) if self.can_ask else ""

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Let the display step aside, and what is typed be seen."""
        with self.aside(), self.streams.echo.shown():
            yield

    # ----------------------------------------------------------------------------------------- display

    def attach(self, display: Display | None) -> Display | None:
        """Let a display step aside whenever something is written from now on; None: there is none any more.

        Returns:
            The one that did so before.
        """
        before, self._display = self._display, display
        return before

    def aside(self) -> AbstractContextManager[None]:
        """Let the display step aside for as long as something is written past this output."""
        return nullcontext() if self._display is None else self._display.still()

    def _write(self, text: str | bytes, end: str = "\n") -> None:
        data = text + end.encode() if isinstance(text, bytes) else text + end
        with self.aside() if self.streams.stdout_is_terminal else nullcontext():
            self.streams.write_stdout(data)


class _Stdout(io.RawIOBase):
    """Standard output as a binary file to write to; closing it leaves the stream open."""

    def __init__(self, streams: Streams) -> None:
        super().__init__()
        self._streams = streams

    def writable(self) -> bool:
        """It is for writing only."""
        return True

    def write(self, data: Any) -> int:
        """Write all of it.

        Raises:
            LocalError: it cannot be written.
        """
        self._streams.write_stdout(bytes(data))
        return len(data)
