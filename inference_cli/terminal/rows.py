"""One output while it is watched: its word, its colour, its time and the speed of its download."""

from dataclasses import dataclass, replace
from typing import Self

from inference_cli.jobs.updates import Phase, Update
from inference_cli.terminal.numbers import clock_face, duration_in_words
from inference_cli.terminal.safe import line
from inference_cli.terminal.styles import Style

_WINDOW = 5.0  # seconds over which a speed is measured
_MINUTE = 60
_STYLES: dict[Phase, Style] = {
    Phase.SAVED: "good",
    Phase.FAILED: "bad",
    Phase.VANISHED: "bad",
    Phase.CANCELLED: "dim",
    Phase.SKIPPED: "dim",
}


@dataclass(frozen=True, slots=True)
class Row:
    """The last update of one output, when it came (monotonic seconds), and the bytes received lately."""

    update: Update
    seen: float
    samples: tuple[tuple[float, int], ...] = ()

    def after(self, update: Update, now: float) -> Self:
        """The row with its next update."""
        if update.phase is not Phase.DOWNLOADING:
            return replace(self, update=update, seen=now, samples=())
        # The newest sample that is older than the window stays: a speed needs two.
        first = max((n for n, (time, _) in enumerate(self.samples) if now - time >= _WINDOW), default=0)
        samples = (*self.samples[first:], (now, update.received))
        return replace(self, update=update, seen=now, samples=samples)

    @property
    def style(self) -> Style:
        """The colour of its state."""
        return _STYLES.get(self.update.phase, "waiting")

    def word(self, *, direct: bool) -> str:
        """Its state in a word; what the server says stands there as it is when we do not know it (fault C18)."""
        phase = self.update.phase
        if phase is Phase.SENDING and direct:
            return "generating"
        if phase in {Phase.SUCCEEDED, Phase.SAVED} and direct:
            return "generated"
        if phase is Phase.SAVED:
            return "done"
        if phase is Phase.UNKNOWN:
            return line(self.update.status) or "unknown"
        return phase.value

    def elapsed(self, now: float) -> float:
        """Seconds since its request; they go on between updates until it has ended."""
        return self.update.elapsed + (0.0 if self.update.phase.ended else max(0.0, now - self.seen))

    def time(self, now: float, *, direct: bool) -> str:
        """The same as text: ``3.2 s`` for a direct call, ``0:01:12`` for one that waits in a queue."""
        elapsed = self.elapsed(now)
        if not direct:
            return clock_face(elapsed)
        return f"{elapsed:.1f} s" if elapsed < _MINUTE else duration_in_words(elapsed)

    @property
    def speed(self) -> float | None:
        """Bytes a second over the last seconds, where two moments are known."""
        if not self.samples:
            return None
        (start, before), (end, after) = self.samples[0], self.samples[-1]
        return (after - before) / (end - start) if end > start and after > before else None

    @property
    def left(self) -> float | None:
        """Seconds until the download is done, where size and speed are known."""
        speed, total = self.speed, self.update.total
        return (total - self.update.received) / speed if speed and total is not None else None
