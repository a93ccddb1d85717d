"""Progress where lines cannot be redrawn: a plain line on stderr per change."""

from typing import TYPE_CHECKING

from inference_cli.jobs.updates import Phase, Update
from inference_cli.terminal.numbers import bytes_in_words
from inference_cli.terminal.safe import line

if TYPE_CHECKING:
    from inference_cli.terminal.output import Output

_SHORT = 8  # characters of an id that are shown while no other begins with them


class LogLines:
    """``7cf9b23a processing 12s``, ``7cf9b23a saved waves-1.mp4 4.1 MB``.

    Args:
        output: where they go.
        direct: the request itself takes the time, and has no id.
    """

    def __init__(self, output: "Output", *, direct: bool = False) -> None:
        self._output = output
        self._direct = direct
        self._last: dict[str, str] = {}
        self._names: dict[str, str] = {}  # a short id, and the one it stands for

    def show(self, update: Update) -> None:
        """A line, unless nothing changed that is worth one."""
        text = self._text(update)
        if text is None or self._last.get(update.key) == (state := f"{update.phase} {update.status}"):
            return
        self._last[update.key] = state
        self._output.say(f"{self._name(update)} {text}")

    def note(self, update: Update, text: str) -> None:
        """A sentence about one output."""
        self._output.say(f"{self._name(update)} {line(text)}")

    def _text(self, update: Update) -> str | None:
        phase, result = update.phase, update.result
        age = f"{int(max(0.0, update.elapsed))}s"
        if phase is Phase.SENDING:
            return "generating" if self._direct else None
        if phase is Phase.DOWNLOADING:
            return None
        if phase in {Phase.SAVED, Phase.SKIPPED}:
            path = line(str(result.path)) if result and result.path else ""
            size = bytes_in_words(result.bytes) if result and result.bytes is not None and phase is Phase.SAVED else ""
            return " ".join(part for part in (phase.value, path, size) if part)
        reason = f": {line(update.error.message)}" if update.error else ""
        if phase is Phase.UNKNOWN:
            return f"{line(update.status) or 'unknown'} {age}{reason}"
        return f"{phase.value} {age}{reason}"

    def _name(self, update: Update) -> str:
        if update.generation_id is None:
            return line(update.label)
        short = update.generation_id[:_SHORT]
        return (
            short
            if self._names.setdefault(short, update.generation_id) == update.generation_id
            else (update.generation_id)
        )
