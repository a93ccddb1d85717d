"""The part of the screen that may still change: below what stays, redrawn in place, never above its own top."""

import re
from collections.abc import Sequence
from itertools import takewhile

from inference_cli.terminal.widths import cells, fitting

_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")
_RESET = "\x1b[0m"
_MAY_BE_NOTHING = re.compile("\ufe0f|\u200d.?")  # what follows a joiner may be drawn into what is before it


class Region:
    """Lines at the bottom of a screen, the cursor behind the last.

    Nothing is written here: each method returns what has to be written.

    Args:
        refolds: the terminal folds its lines anew when it gets narrower; otherwise it cuts them.
    """

    def __init__(self, *, refolds: bool = True) -> None:
        self._refolds = refolds
        self._drawn = [""]  # rows as they stand there; the cursor is in the last one
        self._columns = 0

    @property
    def empty(self) -> bool:
        """Whether nothing stands there that may change."""
        return self._drawn == [""]

    def show(self, kept: Sequence[str], open_rows: Sequence[str], columns: int, rows: int) -> str:
        """Let lines stay for good, and draw those below that may change.

        Args:
            kept: lines; the terminal folds those that are wider than it.
            open_rows: lines below; of more than the screen has, the last are drawn.
            columns: of the screen now; when they have changed, everything that may change is drawn anew.
            rows: of the screen now.
        """
        folded = [row for line in open_rows[-rows:] for row in _folded(line, columns)]
        below = folded[-max(1, rows - 1) :] or [""]
        wanted = [*kept, *below]
        resized = columns != self._columns and self._columns > 0
        same = 0 if resized else self._same(kept, wanted, columns)
        text = self._redrawn(wanted, len(kept), columns) if resized else self._moved(wanted, same, len(kept))
        self._drawn, self._columns = below, columns
        return text

    def clear(self, columns: int, rows: int) -> str:
        """Take away what may change; the cursor is at the beginning of an empty line."""
        return self.show((), (), columns, rows)

    def _same(self, kept: Sequence[str], wanted: Sequence[str], columns: int) -> int:
        """Rows from the top that stand there already as they are wanted."""
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self._drawn, wanted, strict=False)))
        for n in range(min(same, len(kept))):
            if not _surely_whole(kept[n], columns):
                return n
        return same

    def _redrawn(self, wanted: Sequence[str], kept: int, columns: int) -> str:
        """Everything anew, from the row in which the first one is now."""
        *above, last = self._drawn
        up = len(above)
        if self._refolds:
            up = sum(max(1, -(-_least(row) // columns)) for row in above) + max(0, _least(last) - 1) // columns
        return _beginning(up) + _rows(wanted, 0, kept)

    def _moved(self, wanted: Sequence[str], same: int, kept: int) -> str:
        """Go to the first row that is different, and write from there."""
        drawn = self._drawn
        if same == len(drawn):
            if same == len(wanted):
                return ""
            return _following(wanted, same - 1, kept)
        last, same = len(drawn) - 1, min(same, len(wanted) - 1)  # the cursor has to end in the last row
        beginning = drawn[same].removesuffix(_RESET)
        grows = same == last and wanted[same].startswith(beginning)
        if grows and (same >= kept or _surely_whole(wanted[same], self._columns)):
            more = _continued(beginning, wanted[same])
            return (_unfolded(more) if same >= kept else more) + _following(wanted, same, kept)
        return _beginning(last - same) + _rows(wanted, same, kept)


def _beginning(up: int) -> str:
    """Go up by some rows and erase from there.

    The first row is erased by itself: some terminals (tmux) take an erased screen for one worth keeping above it.
    """
    return f"\x1b[{up}A\r\x1b[K\x1b[B\x1b[J\x1b[A" if up else "\r\x1b[K"


def _least(row: str) -> int:
    """Columns that a row takes on any terminal: going up too far would erase what is finished."""
    return cells(_MAY_BE_NOTHING.sub("", _STYLE.sub("", row)))


def _following(wanted: Sequence[str], row: int, kept: int) -> str:
    """What comes after a row in which the cursor is."""
    return "\r\n" + _rows(wanted, row + 1, kept) if row + 1 < len(wanted) else ""


def _continued(beginning: str, line: str) -> str:
    """The rest of a row, in the style in which its beginning ended."""
    more = line[len(beginning) :]
    styles = _STYLE.findall(beginning)
    bare = not styles or styles[-1] == _RESET or not more or more.startswith("\x1b")
    return more if bare else styles[-1] + more


def _rows(wanted: Sequence[str], start: int, kept: int) -> str:
    """Rows from one on; those that may change are cut by the terminal, if it should find them too wide."""
    below = max(start, kept)
    parts = ["".join(f"{line}\r\n" for line in wanted[start:below])] if start < below else []
    if below < len(wanted):
        parts.append(_unfolded("\r\n".join(wanted[below:])))
    return "".join(parts)


def _unfolded(text: str) -> str:
    return text if text.isascii() else f"\x1b[?7l{text}\x1b[?7h"


def _surely_whole(line: str, columns: int) -> bool:
    """Whether a row fits even on a terminal that draws every character outside ASCII in two columns."""
    if line.isascii():
        return True
    text = _STYLE.sub("", line)
    return len(text) + sum(not char.isascii() for char in text) <= columns


def _folded(line: str, columns: int) -> list[str]:
    """A line as the rows into which a terminal folds it."""
    if len(line) <= columns and line.isascii():
        return [line]
    done: list[str] = []
    row, used, style = "", 0, ""
    for part in _STYLE.split(line):
        if part.startswith("\x1b"):
            style = "" if part == _RESET else part
            row += part
            continue
        rest = part
        while rest:
            size = fitting(rest, columns - used) if used < columns else 0
            taken = rest[:size]
            room = columns - used - cells(taken)
            if size == 0 or (room < 0 and used):
                done.append(row + (_RESET if style else ""))
                row, used = style, 0
                continue
            row, used, rest = row + taken, used + cells(taken), rest[size:]
    return [*done, row] if row or not done else done
