"""Streamed Markdown on a terminal, in linear time, leaving a correct scrollback.

What is certain is written once and stays; what may still change is drawn below it and redrawn at most sixty times a
second. Where a terminal cannot redraw, or colours are not wanted, the text is written as it comes.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from inference_cli.clock import Wake
from inference_cli.errors import LocalError
from inference_cli.terminal.safe import Mask, block

if TYPE_CHECKING:
    from inference_cli.clock import Clock
    from inference_cli.terminal.output import Display, Output
    from inference_cli.terminal.page import Page

_SETTLED = 0.1  # seconds after which an answer is no short one, and may come to a block of code
INTERVAL = 0.016
"""Seconds between two redraws: 50 tokens a second are each drawn as they come, faster ones are gathered."""


class Transcript:
    """Shows an answer while it arrives, as a context; for a terminal only: in a pipe the bytes are the answer.

    Leaving the context finishes the answer, or abandons it when an error is the reason. Whatever else the output writes
    meanwhile stands above what may still change.

    Args:
        output: where to; its colour says whether the text is drawn or only written.
        clock: for the interval between redraws.
        automatic: a thread draws what arrived last when nothing follows; False leaves it to ``tick``.
    """

    def __init__(self, output: "Output", clock: "Clock", *, automatic: bool = True) -> None:
        self._output, self._clock = output, clock
        self._lock = threading.RLock()
        self._mask = Mask()
        self._pieces: list[str] = []
        self._before: Display | None = None
        self._ended = False
        self._torn = False  # drawing was interrupted (Ctrl-C), or failed
        self._line_open = False  # plain text stands in the last line
        self._due: float | None = None  # when there may be a next redraw
        self._failure: BaseException | None = None
        self._page = _page(output) if _draws(output) else None
        self._ticker = _Ticker(self) if automatic else None
        self._preparing = automatic and self._page is not None  # once something has been drawn

    def __enter__(self) -> Self:
        self._before = self._output.attach(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.finish()
            else:
                self.abandon()
        finally:
            self._output.attach(self._before)

    def feed(self, text: str) -> None:
        """Take a piece of the answer, cut anywhere; it is seen at once, or within ``INTERVAL``.

        Raises:
            BrokenPipeError: nobody reads any more.
            LocalError: stdout cannot be written.
        """
        with self._lock:
            self._raise_failure()
            if not text or self._ended:
                return
            self._pieces.append(text)
            self._advance()
        if self._ticker is not None:
            if self._preparing:
                self._preparing = False
                self._ticker.prepare()
            if self._pieces:
                self._ticker.wake()

    def tick(self) -> float:
        """Draw what has arrived if it is time; returns the seconds until it will be, 0 where nothing waits.

        Raises:
            BrokenPipeError: nobody reads any more.
            LocalError: stdout cannot be written.
        """
        with self._lock:
            if self._pieces and not self._ended:
                self._advance()
            return max(0.0, (self._due or 0.0) - self._clock.monotonic()) if self._pieces else 0.0

    @property
    def wait(self) -> float:
        """Seconds until something may be drawn, at most the interval."""
        due = self._due
        return 0.0 if due is None else min(INTERVAL, max(0.0, due - self._clock.monotonic()))

    def finish(self) -> None:
        """The answer is complete: everything stays as it is now, and the cursor stands on a line of its own.

        Raises:
            BrokenPipeError: nobody reads any more.
            LocalError: stdout cannot be written.
        """
        with self._lock:
            if self._ended:
                return
            self._ended = True
            if self._ticker is not None:
                self._ticker.stop()
            self._raise_failure()
            text = self._taken() + self._mask.end()
            if self._torn:  # where the cursor is cannot be known; what is on the screen stays
                self._write("\r\n")
            elif self._page is not None:
                self._write(self._page.finished(text))
            elif text or self._line_open:
                self._write_plain(text)
                self._write("\n" if self._line_open else "")

    def abandon(self) -> None:
        """The answer was cut: what there is of it stays; a stream that fails now is not the reason to stop."""
        with suppress(OSError, LocalError):
            self.finish()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Take what may change off the screen while something else is written."""
        with self._lock:
            if self._page is not None:
                self._write(self._page.cleared())
            elif self._line_open and self._output.streams.stderr_is_terminal:  # what is written now is seen here
                self._write("\n")
                self._line_open = False
            try:
                yield
            finally:
                if self._page is not None and not self._ended:
                    self._write(self._page.shown(""))

    def draw(self) -> None:
        """Draw for the ticker: a failure waits for whoever feeds next."""
        try:
            self.tick()
        except (OSError, LocalError) as error:
            self._failure = error

    def _advance(self) -> None:
        """Show what has arrived, unless something was shown just now."""
        now = self._clock.monotonic()
        if self._due is not None and now < self._due:
            return
        text = self._taken()
        if self._page is not None:
            self._torn = True
            self._write(self._page.shown(text))
            self._torn = False
        else:
            self._write_plain(text)
        # From its beginning, so that what drawing took does not push the next piece of a slow stream behind a wait.
        self._due = max(now + INTERVAL, self._clock.monotonic() + INTERVAL / 2)

    def _taken(self) -> str:
        pieces, self._pieces = self._pieces, []
        return self._output.streams.drawable(self._mask.feed("".join(pieces)))

    def _write_plain(self, text: str) -> None:
        if text:
            self._write(text)
            self._line_open = not text.endswith("\n")

    def _write(self, text: str) -> None:
        if text:
            self._output.streams.write_stdout(text)

    def _raise_failure(self) -> None:
        if self._failure is not None:
            self._ended = True
            raise self._failure


def show(output: "Output", text: str) -> None:
    """A whole answer, which arrived earlier: as it would have been left by a ``Transcript``; in a pipe as it is.

    Raises:
        BrokenPipeError: nobody reads any more.
        LocalError: stdout cannot be written.
    """
    if _draws(output):
        from inference_cli.terminal.page import marks_of, render

        streams = output.streams
        streams.write_stdout(render(streams.drawable(block(text)), streams.width, marks=marks_of(streams)))
    else:
        output.result(text.removesuffix("\n"))


def _draws(output: "Output") -> bool:
    """Whether Markdown is drawn: on a terminal that can, by somebody who wants colour."""
    return output.streams.stdout_is_terminal and output.color("stdout") and not output.streams.dumb


def _page(output: "Output") -> "Page":
    from inference_cli.terminal.page import Page

    return Page(output.streams)


class _Ticker:
    """A thread that draws what arrived last, when nothing follows soon; it lives in real time, whatever the clock."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._wanted, self._stopped = Wake(), Wake()  # a signal may break off whoever feeds, at any step
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Something waits to be drawn."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="transcript", daemon=True)
            self._thread.start()
        self._wanted.set()

    def prepare(self) -> None:
        """Load what code is coloured with while the next piece is waited for, unless the answer ends before."""
        threading.Thread(target=self._prepare, name="colours", daemon=True).start()

    def _prepare(self) -> None:
        if not self._stopped.wait(_SETTLED):
            from inference_cli.terminal.markdown.highlight import prepare

            prepare()

    def stop(self) -> None:
        """Nothing will have to be drawn any more."""
        self._stopped.set()
        self._wanted.set()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._stopped.wait(self._transcript.wait):  # not longer: every later piece would be as late
                return
            self._transcript.draw()
