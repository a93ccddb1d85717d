"""Progress on a terminal: a line per output that is redrawn in place, and stays when it has ended."""

import io
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from inference_cli.clock import Wake
from inference_cli.jobs.updates import Phase, Update
from inference_cli.terminal.numbers import bytes_in_words, duration_in_words
from inference_cli.terminal.rows import Row
from inference_cli.terminal.safe import line
from inference_cli.terminal.styles import RICH
from inference_cli.terminal.widths import cells

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live
    from rich.progress_bar import ProgressBar
    from rich.table import Table

    from inference_cli.clock import Clock
    from inference_cli.terminal.output import Output

_FRAME = 0.1  # seconds; shorter ones are not seen, and burn a processor
_ROWS = 10  # lines at most, however many outputs there are
_BAR = 24  # columns of a bar on a terminal that is wide enough
_SMALLEST_BAR = 5
_NAME = 32  # columns of a name at most
_WORD = 11  # columns of the longest word for a state
_ALMOST = 0.95  # how far a bar goes on a guess; only the end itself is the end


class LiveLines:
    """What is going on, drawn by rich ten times a second at most, however many outputs end in one of them.

    Any method may be called from any thread.

    Args:
        output: where it is drawn; whatever else it writes makes the lines step aside.
        clock: for running times.
        direct: the request itself takes the time: no queue, seconds with a tenth.
        usual: seconds that a generation of this kind takes, where known.
        automatic: redraw from a thread; tests redraw by hand.
    """

    def __init__(
        self,
        output: "Output",
        clock: "Clock",
        *,
        direct: bool = False,
        usual: float | None = None,
        automatic: bool = True,
    ) -> None:
        self._output, self._clock = output, clock
        self._direct, self._usual, self._automatic = direct, usual, automatic
        self._rows: dict[str, Row] = {}  # in the order in which they came; values are replaced, never changed
        self._widest = 0  # columns of the longest name so far
        self._live: Live | None = None  # None: nothing of it is on the screen
        self._leaving = False
        self._due = float("-inf")  # when it may be drawn again
        self._lock = threading.RLock()
        self._over = Wake()
        self._frames: threading.Thread | None = None
        self._console = self._open_console()

    def show(self, update: Update) -> None:
        """Take the next update; an ended output leaves the moving part and stays as a line."""
        with self._lock:
            now = self._clock.monotonic()
            before = self._rows.get(update.key, Row(update, now))
            known = update.key in self._rows
            if not known:
                self._widest = max(self._widest, cells(line(update.label)))
            row = self._rows[update.key] = before.after(update, now)
            if row.update.phase.ended and not (known and before.update.phase.ended):
                self._output.say(self._ended_line(row, now))
            self._appear()

    def note(self, update: Update, text: str) -> None:
        """A sentence about one output, above the moving part."""
        self._output.note(f"  {line(update.label)}: {line(text)}")

    def refresh(self) -> None:
        """Draw the moving part again."""
        with self._lock:
            if self._live is not None:
                self._live.refresh()
            else:
                self._start()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Take the moving part off the screen while something else is written."""
        with self._lock:
            self._stop(leave=False)
            try:
                yield
            finally:
                self._appear()

    def close(self) -> None:
        """Leave the last state on the screen, and the terminal as it was found."""
        self._over.set()
        with self._lock:
            self._start()
            self._stop(leave=True)

    def _active(self) -> list[Row]:
        return [row for row in self._rows.values() if not row.update.phase.ended]

    def _appear(self) -> None:
        """Draw it if it is not on the screen: at once, or with the next frame when it has just been."""
        if self._live is None and self._clock.monotonic() >= self._due:
            self._start()

    def _start(self) -> None:
        from rich.live import Live

        if self._live is not None or not self._active():
            return
        if self._automatic and self._frames is None:
            self._frames = threading.Thread(target=self._redraw, name="frames", daemon=True)
            self._frames.start()
        self._leaving = False
        self._due = self._clock.monotonic() + _FRAME
        # A new one each time: rich remembers the height of what it has erased.
        self._live = Live(
            console=self._console,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
            vertical_overflow="crop",
            get_renderable=self._drawn,
        )
        self._live.start(refresh=True)

    def _redraw(self) -> None:
        """In a thread: frame after frame."""
        while not self._over.wait(_FRAME):
            with self._lock:
                if not self._over.is_set():
                    self.refresh()

    def _stop(self, *, leave: bool) -> None:
        live, self._live = self._live, None
        if live is not None:
            live.transient = self._leaving = not leave
            live.stop()

    def _drawn(self) -> "RenderableType":
        from rich.console import Group
        from rich.text import Text

        if self._leaving:
            return Text()  # rich draws once more before it erases
        streams = self._output.streams
        self._console.size = (streams.width, streams.height)
        now, active = self._clock.monotonic(), self._active()
        room = max(1, min(_ROWS, streams.height - 3))
        shown = active if len(active) <= room + 1 else active[:room]
        grid = self._grid(shown, now)
        rest = Counter(row.word(direct=self._direct) for row in active[len(shown) :])
        if not rest:
            return grid
        words = ", ".join(f"{count} {word}" for word, count in rest.items())
        return Group(
            grid, Text(f"  … and {rest.total()} more: {words}", style="dim", no_wrap=True, overflow="ellipsis")
        )

    def _grid(self, rows: list[Row], now: float) -> "Table":
        """A line per row; a column in which nobody has anything is not there."""
        from rich.table import Table

        room = self._room_for_bars(rows, now)
        lines = [self._cells(row, now, room) for row in rows]
        filled = [n for n in range(5) if any(line[n] for line in lines)]
        widths = (self._name_width(), _WORD, 0, 0, 0)
        grid = Table.grid(padding=(0, 2, 0, 0))
        for n in filled:
            grid.add_column(no_wrap=True, min_width=widths[n], overflow="ellipsis")
        for cells_of_line in lines:
            grid.add_row(*(cells_of_line[n] for n in filled))
        return grid

    def _cells(self, row: Row, now: float, room: int) -> "list[RenderableType]":
        from rich.text import Text

        name, word = self._name_and_word(row)
        return [
            Text.assemble("  ", ("●", RICH[row.style]), f" {name}"),
            Text(word),
            self._bar(row, now, room) or Text(),
            Text(row.time(now, direct=self._direct)),
            Text(self._extra(row), style="dim"),
        ]

    def _name_and_word(self, row: Row) -> tuple[str, str]:
        """What stands after the dot; a direct call alone on the screen needs no name."""
        word = row.word(direct=self._direct)
        return (word, "") if self._direct and len(self._rows) == 1 else (line(row.update.label), word)

    def _name_width(self) -> int:
        return min(_NAME, 4 + self._widest) if not self._direct or len(self._rows) > 1 else 0

    def _room_for_bars(self, rows: list[Row], now: float) -> int:
        """Columns that names, words, times and sizes leave for a bar; a bar is the first to go."""
        texts = max(
            (cells(f"{row.time(now, direct=self._direct)}  {self._extra(row)}".rstrip()) for row in rows), default=0
        )
        room = self._output.streams.width - self._name_width() - _WORD - texts - 7
        return min(_BAR, room) if room >= _SMALLEST_BAR else 0

    def _bar(self, row: Row, now: float, width: int) -> "ProgressBar | None":
        from rich.progress_bar import ProgressBar

        update = row.update
        if not width:
            return None
        total: float | None = None
        done = 0.0
        if update.phase is Phase.DOWNLOADING:
            total, done = update.total, update.received
        elif update.phase is not Phase.PROCESSING:
            return None
        elif self._usual:
            total, done = self._usual, min(row.elapsed(now), self._usual * _ALMOST)
        return ProgressBar(
            total=total,
            completed=done,
            width=width,
            animation_time=now,
            style="dim",
            complete_style="yellow",
            finished_style="green",
            pulse_style="yellow",
        )

    def _extra(self, row: Row) -> str:
        """What is worth knowing beyond the time: the usual one, or size, speed and time left of a download."""
        if row.update.phase is Phase.DOWNLOADING:
            return _download(row)
        waiting = row.update.phase in {Phase.SENDING, Phase.PROCESSING}
        return f"usually {duration_in_words(self._usual)}" if self._usual and waiting else ""

    def _ended_line(self, row: Row, now: float) -> str:
        name, word = self._name_and_word(row)
        gap = " " * (self._name_width() - 4 - cells(name))
        reason = line(row.update.error.message) if row.update.error else ""
        parts = [f"{name}{gap}", f"{word:<{_WORD}}" if word else "", row.time(now, direct=self._direct), reason]
        return f"  {self._output.paint('●', row.style)} " + "  ".join(part for part in parts if part)

    def _open_console(self) -> "Console":
        from rich.console import Console

        color = self._output.color("stderr")
        return Console(
            file=cast("IO[str]", _ErrorText(self._output)),
            force_terminal=True,
            color_system="standard" if color else None,
            no_color=not color,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
            _environ={"TERM": "xterm"},  # only asked for when it can redraw
        )


def _download(row: Row) -> str:
    """``1.2/4.1 MB  3.4 MB/s  2 s left``."""
    size = bytes_in_words(row.update.received)
    if row.update.total is not None:
        number, _, unit = size.partition(" ")
        total = bytes_in_words(row.update.total)
        size = f"{number if total.endswith(unit) else size}/{total}"
    parts = [size]
    if row.speed is not None:
        parts.append(f"{bytes_in_words(int(row.speed))}/s")
    if row.left is not None:
        parts.append(f"{duration_in_words(round(row.left))} left")
    return "  ".join(parts)


class _ErrorText(io.TextIOBase):
    """The text file that rich writes to; everything ends in the one place that writes to stderr."""

    def __init__(self, output: "Output") -> None:
        super().__init__()
        self._streams = output.streams

    @property
    def encoding(self) -> str:  # type: ignore[override] # typeshed has a plain attribute there
        """How text becomes bytes; rich draws plainer bars where it is not Unicode."""
        return self._streams.stderr.encoding

    def isatty(self) -> bool:
        """It is a terminal: nothing is drawn elsewhere."""
        return True

    def write(self, text: str) -> int:
        """Hand it on."""
        self._streams.write_stderr(text)
        return len(text)
