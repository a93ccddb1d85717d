"""Progress: lines that are redrawn on a terminal, log lines elsewhere, silence when quiet."""

from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from inference_cli.terminal.loglines import LogLines

if TYPE_CHECKING:
    from inference_cli.clock import Clock
    from inference_cli.jobs.updates import Update
    from inference_cli.terminal.live import LiveLines
    from inference_cli.terminal.output import Output


class _Lines(Protocol):
    """One way to show updates."""

    def show(self, update: "Update") -> None: ...

    def note(self, update: "Update", text: str) -> None: ...


class Progress:
    """Shows the updates of a running command, as a context; what is typed while lines are redrawn is not shown.

    Args:
        output: where.
        clock: for running times between updates.
        direct: a direct call, which has no queue: ``● generating  3.2 s``.
        usual: seconds that such a generation takes, where known: ``usually 2 min``.
        automatic: redraw ten times a second from a thread; False leaves it to ``refresh``.
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
        self._output = output
        self._hush = ExitStack()
        self._noted: set[tuple[str, str]] = set()
        self._live = None if output.quiet else _live_lines(output, clock, direct, usual, automatic)
        self._lines: _Lines | None = self._live
        if self._live is None and not output.quiet:
            self._lines = LogLines(output, direct=direct)

    def __enter__(self) -> Self:
        if self._live is not None:
            self._output.attach(self._live)
            self._hush.enter_context(self._output.streams.echo.hushed())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._hush:
            self._output.attach(None)
            if self._live is not None:
                self._live.close()

    def show(self, update: "Update") -> None:
        """Show a change, its note once, and its line of ``--events``.

        Raises:
            LocalError: stdout cannot be written (``--events``).
        """
        self._output.event(update)
        if self._lines is None:
            return
        if update.note and (update.key, update.note) not in self._noted:
            self._noted.add((update.key, update.note))
            self._lines.note(update, update.note)
        self._lines.show(update)

    def refresh(self) -> None:
        """Redraw now."""
        if self._live is not None:
            self._live.refresh()


def _live_lines(
    output: "Output", clock: "Clock", direct: bool, usual: float | None, automatic: bool
) -> "LiveLines | None":
    """Lines that are redrawn, where they can be; rich is imported only then."""
    if not output.streams.animated:
        return None
    from inference_cli.terminal.live import LiveLines

    return LiveLines(output, clock, direct=direct, usual=usual, automatic=automatic)
