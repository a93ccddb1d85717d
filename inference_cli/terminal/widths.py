"""How many columns text takes on a terminal, and how much of it fits into some."""

import unicodedata

_SHAPES_EMOJI = "\ufe0f"
_JOINER = "\u200d"


class _Widths(dict[str, int]):
    """The columns of single characters, looked up once each."""

    def __missing__(self, char: str) -> int:
        if char == _SHAPES_EMOJI:
            width = 1  # drawn as an emoji, the narrow character before it takes two columns
        elif unicodedata.category(char) in {"Mn", "Me", "Cf"}:
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        self[char] = width
        return width


_WIDTHS = _Widths()


def cells(text: str) -> int:
    """Columns that a text takes: rather one too many for an emoji than one too few."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def fitting(text: str, width: int) -> int:
    """How many characters of a text fit into some columns, at least one whole character with all its marks.

    Nothing is cut between a letter and its marks, nor after a joiner.
    """
    head = text[: width + 1]
    if head.isascii() or ({*map(_WIDTHS.__getitem__, head)} == {1} and _SHAPES_EMOJI not in head):
        return min(len(text), max(1, width))
    used, end = 0, 0
    for n, char in enumerate(text):
        mark = char == _SHAPES_EMOJI or _WIDTHS[char] == 0
        used += _WIDTHS[char]
        if n and not mark and text[n - 1] != _JOINER:
            end = n
        if used > width and end:
            return end
    return len(text)


def beginning(text: str, width: int, *, end: str = "…") -> str:
    """The text, or as much of its beginning as leaves room for an ellipsis."""
    if cells(text) <= width:
        return text
    room = width - cells(end)
    return (text[: fitting(text, room)] if room > 0 else "") + end


def folded(text: str, width: int) -> list[str]:
    """One line of text as lines that fit, broken at spaces where there are any; nothing else of it is left out."""
    lines = []
    while (end := fitting(text, width)) < len(text):
        indent = len(text) - len(text.lstrip(" "))
        at = text.rfind(" ", indent, end + 1)
        end = at if at > 0 else end
        lines.append(text[:end].rstrip(" "))
        text = text[end:].lstrip(" ")
    return [*lines, text] if text or not lines else lines
