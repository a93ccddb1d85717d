"""Columns declared once: a table on a terminal, tab-separated lines in a pipe."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from inference_cli.terminal.lines import cells
from inference_cli.terminal.safe import line, whole
from inference_cli.terminal.styles import RICH, Style

_GAP = 3  # columns between two columns
_SMALLEST = 8  # columns that a cell keeps, however narrow the terminal is
_BREAKS = re.compile(r"\r\n|[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
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

    Args:
        columns: one for each cell of a row.
        rows: cells, from outside or not.
        width: columns of the terminal.
        color: whether states are coloured.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = [[line(_text(cell)) or "\N{EN DASH}" for cell in row] for row in rows]
    width = max(20, width - 2)
    spare = _spare(columns, shown, width)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim", show_header=True)
    for column in columns:
        table.add_column(
            Text(column.title),
            justify=column.align,
            no_wrap=column.shrink,
            overflow="ellipsis" if column.shrink else "fold",
            max_width=spare if column.shrink else None,
            style="dim" if column.dim else "",
        )
    for row in shown:
        table.add_row(*(Text(text, style=_style(column, text)) for column, text in zip(columns, row, strict=True)))
    canvas = io.StringIO()
    console = Console(
        file=canvas,
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        legacy_windows=False,
        _environ={},
    )
    console.print(table)
    return "".join(f"  {text.rstrip()}\n" for text in canvas.getvalue().splitlines())


def _spare(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> int:
    """Columns that each column that may shrink can have, once the others have what they need."""
    needs = [
        max(map(cells, [column.title, *texts])) for column, texts in zip(columns, zip(*rows, strict=True), strict=True)
    ]
    shrinking = sum(column.shrink for column in columns)
    taken = sum(need for column, need in zip(columns, needs, strict=True) if not column.shrink)
    return max(_SMALLEST, (width - taken - _GAP * (len(columns) - 1)) // max(1, shrinking))


def _style(column: Column, text: str) -> str:
    return RICH[_STATES[text]] if column.state and text in _STATES else ""


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
