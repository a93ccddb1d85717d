"""Answers of several models: side by side where the terminal is wide enough, else one below the other."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from inference_cli.terminal.safe import block, line, whole
from inference_cli.terminal.styles import painted
from inference_cli.terminal.widths import cells, folded

if TYPE_CHECKING:
    from inference_cli.terminal.output import Output

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_GAP = 3  # columns between two answers
_NARROWEST = 32  # columns of an answer that can still be read
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Column:
    """An answer: the model, what it said, what that took, and why it failed if it did."""

    model: str
    text: str
    usage: str
    error: str = ""


def in_turn(output: "Output", columns: list[Column]) -> None:
    """For a pipe: each answer under a line with its model, as the model wrote it.

    Raises:
        LocalError: standard output cannot be written.
    """
    for place, column in enumerate(columns):
        before = "\n" if place else ""
        text = whole(column.text)
        end = "" if text.endswith("\n") or not text else "\n"
        output.raw(f"{before}# {line(column.model)}\n\n{text}{end}".encode())
    for column in columns:
        if not column.error:  # the command ends with those
            output.note(f"  {line(column.model)}: {column.usage}")


def in_columns(output: "Output", columns: list[Column], *, formed: bool) -> None:
    """For a terminal.

    Args:
        output: where.
        columns: in the order in which the models were named.
        formed: whether the answers are JSON, which is shown as it is.

    Raises:
        LocalError: standard output cannot be written.
    """
    width = output.streams.width - _MARGIN
    each = (width - _GAP * (len(columns) - 1)) // len(columns)
    if each < _NARROWEST:
        for column in columns:
            for text in _drawn(output, column, min(100, width - _MARGIN), formed=formed):
                output.raw(_row(output, text))
            output.raw(b"\n")
        return
    drawn = [_drawn(output, column, each, formed=formed) for column in columns]
    for row in zip_longest(*drawn, fillvalue=""):
        padded = (text + " " * (each - _wide(text)) for text in row[:-1])
        text = (" " * _GAP).join([*padded, row[-1]]).rstrip()
        output.raw(_row(output, text))


def _drawn(output: "Output", column: Column, width: int, *, formed: bool) -> list[str]:
    """An answer as lines of that width: its model, its text, what it took."""
    color = output.color("stdout")
    foot = painted(line(column.error), "bad", color=color) if column.error else line(column.usage)
    name = folded(line(column.model), width)
    body = _plain(column.text, width) if formed or not color else _markdown(output, column.text, width)
    return [*(painted(part, "good", color=color) for part in name), "", *body, "",
            *(painted(part, "dim", color=color) for part in folded(foot, width))]  # fmt: skip


def _markdown(output: "Output", text: str, width: int) -> list[str]:
    from inference_cli.terminal.markdown.document import Markdown
    from inference_cli.terminal.page import marks_of

    page = Markdown(width, marks=marks_of(output.streams))
    return [*page.feed(block(text)), *page.end()]


def _plain(text: str, width: int) -> list[str]:
    return [part for one in block(text).split("\n") for part in folded(one, width)]


def _wide(text: str) -> int:
    return cells(_STYLE.sub("", text))


def _row(output: "Output", text: str) -> bytes:
    return f"{f'  {text}'.rstrip()}\n".encode(output.streams.stdout.encoding, "replace")
