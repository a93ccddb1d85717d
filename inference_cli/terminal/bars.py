"""A bar chart of amounts for a terminal: a line for each, the bar between its name and its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from inference_cli.terminal.safe import line
from inference_cli.terminal.styles import painted
from inference_cli.terminal.widths import beginning, cells

_GAP = "   "
_BLOCK, _PARTS = "█", "▏▎▍▌▋▊▉"
MARKS = _BLOCK + _PARTS + "…"
"""What a terminal must be able to draw; another gets ASCII."""
_LONGEST, _SHORTEST = 40, 8  # columns of a bar
_NAME = 12  # columns that a name keeps, however narrow the terminal is
_STEPS = len(_PARTS) + 1


@dataclass(frozen=True, slots=True)
class Bar:
    """One line; ``amount`` None has no bar. ``skipped`` makes it a remark on what is left out, without figures."""

    name: str
    amount: Decimal | None = None
    figures: tuple[str, ...] = ()
    skipped: bool = False


def drawn(
    titles: Sequence[str], bars: Sequence[Bar], *, total: Bar | None = None, width: int, plain: bool, color: bool
) -> str:
    """The chart, indented by two; figures that find no room are left out from the right, the first one never.

    Args:
        titles: of the names, and of each figure.
        bars: from top to bottom; texts from outside or not.
        total: a last line without a bar.
        width: columns of the terminal.
        plain: in ASCII.
        color: whether headings and remarks are dim.
    """
    lines = [bar for bar in (*bars, total) if bar is not None and not bar.skipped]
    count = len(titles) - 1
    widths = [max(cells(titles[n + 1]), *(cells(bar.figures[n]) for bar in lines)) for n in range(count)]
    names = max(cells(titles[0]), *(cells(line(bar.name)) for bar in lines))
    room = max(20, width) - 2
    while count > 1 and _taken(min(names, _NAME), widths[:count]) + _SHORTEST > room:
        count -= 1
    taken = _taken(0, widths[:count])
    names = max(min(names, _NAME), min(names, room - taken - _SHORTEST))
    extent = min(_LONGEST, room - taken - names)
    extent = extent if extent >= _SHORTEST else 0
    most = max((bar.amount for bar in bars if bar.amount is not None), default=Decimal(0))
    text = [painted(_line(titles[0], "", titles[1:], widths[:count], names, extent, plain=plain), "dim", color=color)]
    for bar in (*bars, *([total] if total else [])):
        if bar.skipped:
            text.append(painted(f"  {'...' if plain else '…'}  {line(bar.name)}", "dim", color=color))
            continue
        drawing = _bar(bar.amount, most, extent, plain=plain) if bar is not total else ""
        text.append(_line(bar.name, drawing, bar.figures, widths[:count], names, extent, plain=plain))
    return "".join(f"{one}\n" for one in text)


def _taken(name: int, widths: Sequence[int]) -> int:
    return name + sum(widths) + len(_GAP) * (len(widths) + 1)


def _line(
    name: str, drawing: str, figures: Sequence[str], widths: Sequence[int], names: int, extent: int, *, plain: bool
) -> str:
    shown = beginning(line(name), names, end="..." if plain else "…")
    parts = [shown + " " * (names - cells(shown))]
    if extent:
        parts.append(drawing + " " * (extent - len(drawing)))
    parts += [" " * (width - cells(figure)) + figure for figure, width in zip(figures, widths, strict=False)]
    return f"  {_GAP.join(parts)}".rstrip()


def _bar(amount: Decimal | None, most: Decimal, extent: int, *, plain: bool) -> str:
    """A bar for its share of the greatest amount; what is more than nothing can be seen."""
    if amount is None or amount <= 0 or extent == 0:
        return ""
    if plain:
        return "#" * max(1, round(amount / most * extent))
    whole, part = divmod(max(1, round(amount / most * extent * _STEPS)), _STEPS)
    return _BLOCK * whole + (_PARTS[part - 1] if part else "")
