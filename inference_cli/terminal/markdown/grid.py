"""Tables of Markdown: held until they end or have become long, then laid out once and for all.

The columns of a long table are as wide as its first rows need; later rows are wrapped into them, and stay as they come.
How many rows are held depends on the table and the width, never on the height of a screen: the same answer looks the
same everywhere.
"""

from collections.abc import Sequence
from copy import copy
from typing import Self

from inference_cli.late import pattern
from inference_cli.terminal.markdown.inline import spans
from inference_cli.terminal.markdown.wrapping import Piece, wrapped
from inference_cli.terminal.widths import cells

_GAP = 2  # columns between two columns
_SMALLEST = 6  # columns that a column keeps when all of them have to shrink
_BAR = pattern(r"(?<!\\)\|")
_DELIMITER = pattern(r" {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_CODES = pattern(r"\x1b\[[0-9;]*m")
_LINES = 20  # of a table that are held; on most screens they can all be seen while they still change
_SPARE = 4  # columns that a column of a long table gets for what its later rows need, where there is room
_MOST = 64  # columns; a table with more is text
_Cell = list[Piece]


def alignments(line: str) -> list[str] | None:
    """What the line below a table's heading says of its columns (``<``, ``^``, ``>``), or None: it is no such line."""
    if not ("|" in line or ":" in line) or not _DELIMITER.fullmatch(line):
        return None
    marks = split_row(line)
    if len(marks) > _MOST:
        return None
    return ["^" if m[0] == m[-1] == ":" and len(m) > 1 else ">" if m[-1] == ":" else "<" for m in marks]


def split_row(line: str) -> list[str]:
    """The source of the cells of a row."""
    text = line.strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(text, maxsplit=_MOST)]


class Grid:
    """A table.

    Args:
        heading: the line of its headings.
        aligns: a mark for each column.
        width: columns that it may take.
        rule: the character of the rule below the headings.
    """

    def __init__(self, heading: str, aligns: Sequence[str], width: int, rule: str) -> None:
        self._aligns, self._width, self._rule = aligns, width, rule
        self._rows: list[list[_Cell]] = []
        self._natural = [1] * len(aligns)
        self._fixed: list[int] | None = None  # the widths of the columns, once something was shown
        self._listed = False  # too narrow for columns: a line for each cell
        self._airy = False  # rows that take several lines are kept apart by rules
        self._shown = 0
        self._lines = 0  # that the rows which are held will take, roughly
        self._heading = self._parsed(heading, "1")

    def copy(self) -> Self:
        """Another one in the same state."""
        other = copy(self)
        other._rows, other._natural = self._rows[:], self._natural[:]  # noqa: SLF001 - of the same class
        return other

    def resize(self, width: int) -> list[str]:
        """Go on in another width; a table of which something is shown begins again with its headings."""
        self._width = width
        if self._fixed is not None:
            self._fixed, self._shown = None, 0
        return []

    def add(self, text: str) -> list[str]:
        """Take a row."""
        row = self._parsed(text)
        self._rows.append(row)
        self._lines += 1 + sum(cells(part) for cell in row for part, _ in cell) // self._width
        if self._fixed is None and self._lines < _LINES:
            return []
        return self._laid_out(spare=_SPARE)

    def extend(self, text: str) -> list[str]:
        """A row has no more than its line."""
        return wrapped([(text, "")], self._width)

    def end(self, *, guess: bool = False) -> list[str]:  # noqa: ARG002 - nothing is open in it
        """The rows that are held."""
        return self._laid_out() if self._rows or self._fixed is None else []

    def _parsed(self, text: str, base: str = "") -> list[_Cell]:
        """A row with as many cells as there are columns."""
        sources = split_row(text)[: len(self._aligns)]
        sources += [""] * (len(self._aligns) - len(sources))
        row: list[_Cell] = []
        for n, source in enumerate(sources):
            pieces, _ = spans(source)
            row.append([(part, f"{base};{own}" if base and own else base or own) for part, own in pieces])
            self._natural[n] = max(self._natural[n], sum(cells(part) for part, _ in pieces))
        return row

    def _laid_out(self, spare: int = 0) -> list[str]:
        """The rows that are held, and the headings before the first."""
        rows, self._rows = self._rows, []
        lines: list[str] = []
        if self._fixed is None:
            self._fix(spare)
            if not self._listed:
                lines += [*self._row(self._heading), self._line()]
            elif not rows:
                lines += [part for heading in self._heading for part in wrapped(heading, self._width)]
        for row in rows:
            if self._listed:
                lines += self._list(row)
            else:
                lines += ([self._line()] if self._airy and self._shown else []) + self._row(row)
            self._shown += 1
        return lines

    def _fix(self, spare: int) -> None:
        """Decide on the widths: the widest columns give way until all fit."""
        natural, room = self._natural, self._width - _GAP * (len(self._natural) - 1)
        self._listed = sum(min(width, _SMALLEST) for width in natural) > room
        limit = _SMALLEST if sum(natural) > room else max(natural)
        if not self._listed and sum(natural) > room:
            while sum(min(width, limit + 1) for width in natural) <= room:
                limit += 1
        more = max(0, min(spare, (room - sum(natural)) // len(natural)))
        self._fixed = [min(width, limit) + more for width in natural]
        self._airy = sum(natural) > room

    def _line(self) -> str:
        return "\x1b[2m" + (" " * _GAP).join(self._rule * width for width in self._fixed or ()) + "\x1b[0m"

    def _row(self, row: Sequence[_Cell]) -> list[str]:
        widths = self._fixed or ()
        columns = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        lines = []
        for n in range(max(1, *map(len, columns))):
            parts = [
                _aligned(column[n] if n < len(column) else "", width, align)
                for column, width, align in zip(columns, widths, self._aligns, strict=True)
            ]
            lines.append((" " * _GAP).join(parts).rstrip())
        return lines

    def _list(self, row: Sequence[_Cell]) -> list[str]:
        """A line for each cell, after its heading."""
        lines: list[str] = [""] if self._shown else []
        for heading, cell in zip(self._heading, row, strict=True):
            if cell:
                name = [*heading, (": ", "1")] if heading else []
                lines += wrapped([*name, *cell], self._width)
        return lines


def _aligned(text: str, width: int, align: str) -> str:
    spare = max(0, width - cells(_CODES.sub("", text)))
    left = 0 if align == "<" else spare if align == ">" else spare // 2
    return " " * left + text + " " * (spare - left)
