"""An answer in Markdown on a screen: its margin, its width, and the part in which its last lines still change."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from inference_cli.terminal.markdown.containers import ASCII, Marks
from inference_cli.terminal.markdown.document import Markdown
from inference_cli.terminal.region import Region
from inference_cli.terminal.safe import block

if TYPE_CHECKING:
    from inference_cli.terminal.streams import Streams

_MARGIN = 2  # columns on either side of the text
_WIDEST = 100  # columns of text; longer lines are not easily read
_TOO_NARROW = 24  # columns of a terminal that has none to spare for a margin


class Page:
    """The answer as lines; nothing is written here, each method returns what has to be written.

    Args:
        streams: whose standard output is the screen; asked for its size each time, as it may change.
    """

    def __init__(self, streams: "Streams") -> None:
        self._streams = streams
        self._columns = streams.width
        self._markdown = Markdown(_text_width(self._columns), marks=marks_of(streams))
        self._region = Region(refolds=streams.refolds)

    def shown(self, text: str) -> str:
        """What has to be written after more safe text has arrived."""
        kept = self._resized() + self._markdown.feed(text)
        return self._drawn(kept, self._markdown.preview())

    def finished(self, text: str) -> str:
        """What has to be written after the last of the safe text has arrived."""
        return self._drawn(self._resized() + self._markdown.feed(text) + self._markdown.end(), [])

    def cleared(self) -> str:
        """What has to be written to make room for something else."""
        return self._region.clear(self._streams.width, self._streams.height)

    def _resized(self) -> list[str]:
        columns = self._streams.width
        if columns == self._columns:
            return []
        self._columns = columns
        return self._markdown.resize(_text_width(columns))

    def _drawn(self, kept: list[str], below: list[str]) -> str:
        columns = self._columns
        return self._region.show(_indented(kept, columns), _indented(below, columns), columns, self._streams.height)


def render(text: str, columns: int, *, marks: Marks | None = None) -> str:
    """A whole document as a terminal shows it: exactly what is left of it after it was streamed.

    Args:
        text: Markdown from outside; it is made safe here.
        columns: of the terminal, at least 1.
        marks: characters to draw with.

    Returns:
        Lines with their ends, with attributes (SGR) and no other control sequence.
    """
    markdown = Markdown(_text_width(columns), marks=marks or Marks())
    lines = markdown.feed(block(text)) + markdown.end()
    return "".join(f"{line}\n" for line in _indented(lines, columns))


def marks_of(streams: "Streams") -> Marks:
    """The marks that standard output can show."""
    marks = Marks()
    return marks if streams.shows(marks.all) else ASCII


def _indented(lines: Iterable[str], columns: int) -> list[str]:
    margin = " " * _margin(columns)
    return [margin + line if line else "" for line in lines]


def _margin(columns: int) -> int:
    return _MARGIN if columns >= _TOO_NARROW else 0


def _text_width(columns: int) -> int:
    return max(1, min(_WIDEST, columns - 2 * _margin(columns)))
