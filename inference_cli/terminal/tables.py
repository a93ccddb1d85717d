"""Columns declared once: a table on a terminal, tab-separated lines in a pipe."""

from collections.abc import Sequence
from typing import Literal

from inference_cli.frozen import dataclass
from inference_cli.late import pattern
from inference_cli.terminal.safe import line, whole
from inference_cli.terminal.styles import Style, painted
from inference_cli.terminal.widths import beginning, cells, folded

_INDENT = 2
_GAP = 3  # columns between two columns
_NARROWEST = 20  # columns that a table takes, however narrow the terminal is
_LEAST = 6  # columns that a cell needs, if it has so many: with less for any of them, each cell gets a line of its own
_SMALLEST = 8  # columns that a cell keeps, however narrow the terminal is
_BREAKS = pattern(r"\r\n|[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNKNOWN = "\N{EN DASH}"
_STATES: dict[str, Style] = {
    "succeeded": "good",
    "saved": "good",
    "queued": "waiting",
    "processing": "waiting",
    "failed": "bad",
    "vanished": "bad",
    "cancelled": "dim",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``shrink`` lets its cells be cut on a narrow terminal, where others fold (ids and paths stay whole)."""

    title: str
    align: Literal["left", "right"] = "left"
    shrink: bool = False
    state: bool = False  # its words are states, and have their colours
    dim: bool = False


def tab_separated(rows: Sequence[Sequence[object]]) -> str:
    """A line per row and no heading, for ``cut`` and ``while read``; a tab or line end in a cell becomes a space."""
    return "".join("\t".join(_BREAKS.sub(" ", whole(_text(cell))) for cell in row) + "\n" for row in rows)


def drawn(columns: Sequence[Column], rows: Sequence[Sequence[object]], *, width: int, color: bool) -> str:
    """A table for a terminal, indented by two, with dim headings; an unknown value is a dash.

    Where there is no room for so many columns, a row is a line for each of its cells, behind its title.

    Args:
        columns: one for each cell of a row.
        rows: cells, from outside or not.
        width: columns of the terminal.
        color: whether states are coloured.
    """
    titles = [column.title for column in columns]
    shown = [[line(_text(cell)) or _UNKNOWN for cell in row] for row in rows]
    room = max(_NARROWEST, width) - _INDENT
    needs = [max(map(cells, texts)) for texts in zip(titles, *shown, strict=True)]
    if sum(min(need, _LEAST) for need in needs) + _GAP * (len(needs) - 1) > room:
        return "\n".join(_listed(columns, row, room, color=color) for row in shown)
    widths = _widths(columns, needs, room)
    text = _row(columns, titles, widths, ["dim"] * len(columns), color=color)
    for row in shown:
        styles = [_style(column, cell) for column, cell in zip(columns, row, strict=True)]
        text += _row(columns, row, widths, styles, color=color)
    return text


def _widths(columns: Sequence[Column], needs: Sequence[int], width: int) -> list[int]:
    """How wide each column is: what may be cut gives way first, then the widest of what is folded, then all of them."""
    room = max(len(columns), width - _GAP * (len(columns) - 1))
    shrinking = sum(column.shrink for column in columns)
    taken = sum(need for column, need in zip(columns, needs, strict=True) if not column.shrink)
    spare = max(_SMALLEST, (room - taken) // max(1, shrinking))
    widths = [min(need, spare) if column.shrink else need for column, need in zip(columns, needs, strict=True)]
    fixed = sum(width for column, width in zip(columns, widths, strict=True) if column.shrink)
    levelled = _levelled(
        [0 if column.shrink else need for column, need in zip(columns, needs, strict=True)], room - fixed
    )
    if sum(levelled) + fixed <= room:
        return [width if column.shrink else fold for column, width, fold in zip(columns, widths, levelled, strict=True)]
    return _levelled(widths, room)


def _levelled(widths: Sequence[int], room: int) -> list[int]:
    """The widest made narrower, together, until all of them fit or none is wider than what a cell keeps or than one."""
    limit = min(max(widths), max(1, room))
    while limit > 1 and sum(min(width, limit) for width in widths) > room:
        limit -= 1
    return [min(width, limit) for width in widths]


def _row(
    columns: Sequence[Column], row: Sequence[str], widths: Sequence[int], styles: Sequence[Style | None], *, color: bool
) -> str:
    """The lines of a row."""
    drawn_cells = [
        [beginning(text, width)] if column.shrink else folded(text, width)
        for column, text, width in zip(columns, row, widths, strict=True)
    ]
    text = ""
    for number in range(max(map(len, drawn_cells))):
        parts = []
        for column, lines, width, style in zip(columns, drawn_cells, widths, styles, strict=True):
            part = lines[number] if number < len(lines) else ""
            padding = " " * (width - cells(part))
            parts.append(painted(padding + part if column.align == "right" else part + padding, style, color=color))
        text += f"{' ' * _INDENT}{(' ' * _GAP).join(parts)}".rstrip() + "\n"
    return text


def _listed(columns: Sequence[Column], row: Sequence[str], room: int, *, color: bool) -> str:
    """The lines of a row that has no room side by side; what is not known is left out."""
    text = ""
    for column, cell in zip(columns, row, strict=True):
        if cell == _UNKNOWN:
            continue
        first, *more = folded(f"{column.title}: {cell}", room)
        head = min(len(column.title) + 1, len(first))
        style = _style(column, cell)
        parts = painted(first[:head], "dim", color=color) + painted(first[head:], style, color=color)
        for part in (parts, *(painted(part, style, color=color) for part in more)):
            text += f"{' ' * _INDENT}{part}\n"
    return text


def _style(column: Column, text: str) -> Style | None:
    if column.state and text in _STATES:
        return _STATES[text]
    return "dim" if column.dim else None


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
