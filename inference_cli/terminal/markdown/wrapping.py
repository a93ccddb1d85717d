"""Styled words become lines of a given width, as the words arrive."""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Self

from inference_cli.late import pattern
from inference_cli.terminal.widths import cells, fitting

Piece = tuple[str, str]
"""Safe text, and the parameters of the SGR sequence that it is drawn with (``1;3``), or nothing."""
_PARTS = pattern(r"[^ \n]+|\n| +")
_IDEOGRAPHS = pattern("[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
_NOT_FIRST = set("、。，．：；！？）］｝」』】〉》〕々ー…‥・ぁぃぅぇぉっゃゅょァィゥェォッャュョ")  # noqa: RUF001 - they are meant
_NOT_LAST = set("（［｛「『【〈《〔")  # noqa: RUF001 - the same
_ISOLATES = pattern("[\u2066-\u2069]")
_POP = "\u2069"


class Wrapper:
    """Fills lines with words; whatever is returned never changes again.

    Args:
        width: columns of a line, at least 1.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._line: list[Piece] = []
        self._used = 0
        self._gap: str | None = None  # the style of the space before the word; None: there is none
        self._word: list[Piece] = []
        self._length = 0

    def copy(self) -> Self:
        """Another one in the same state."""
        other = copy(self)
        other._line, other._word = self._line[:], self._word[:]  # noqa: SLF001 - of the same class
        return other

    def resize(self, width: int) -> list[str]:
        """Go on in another width; returns what of the open line has no room in it."""
        line, word, gap = self._line, self._word, self._gap
        self.__init__(width)  # type: ignore[misc] # the same object in its first state
        done = self.push(line)
        if gap is not None:
            done += self.push([(" ", gap)])
        return done + self.push(word)

    def push(self, pieces: Iterable[Piece]) -> list[str]:
        """Take more text, in which a line end breaks the line; returns the lines that are full."""
        done: list[str] = []
        for text, style in pieces:
            for part in _PARTS.findall(text):
                if part[0] == " ":
                    self._place(done)
                    self._gap = style
                elif part == "\n":
                    self._place(done)
                    self._break(done)
                elif part.isascii() and (not self._word or self._word[-1][0].isascii()):
                    self._extend(part, style, done)
                else:
                    self._extend_by_character(part, style, done)
        return done

    def end(self) -> list[str]:
        """The last line, if there is one; the wrapper can be used again."""
        done: list[str] = []
        self._place(done)
        if self._line:
            self._break(done)
        self._gap = None
        return done

    def _extend(self, text: str, style: str, done: list[str]) -> None:
        self._word.append((text, style))
        self._length += cells(text)
        if self._length <= self._width:
            return
        if self._line:
            self._break(done)
        self._gap = None
        while self._length > self._width:
            chunk, self._word = _split(self._word, self._width)
            length = sum(cells(part) for part, _ in self._word)
            if length == 0:  # one character that is wider than a line
                self._word, self._length = chunk, 0
                return
            done.append(painted(chunk))
            self._length = length

    def _extend_by_character(self, text: str, style: str, done: list[str]) -> None:
        """Text that may be broken between two characters."""
        start = 0
        last = self._word[-1][0][-1] if self._word else ""
        for n, char in enumerate(text):
            between = last and (_IDEOGRAPHS.match(char) or _IDEOGRAPHS.match(last))
            if between and char not in _NOT_FIRST and last not in _NOT_LAST and cells(char):
                if n > start:
                    self._extend(text[start:n], style, done)
                self._place(done)
                start = n
            last = char
        self._extend(text[start:], style, done)

    def _place(self, done: list[str]) -> None:
        """Put the word where it fits."""
        if not self._word:
            return
        gap = self._gap is not None and bool(self._line)
        if self._line and self._used + gap + self._length > self._width:
            self._break(done)
            gap = False
        if gap:
            self._line.append((" ", self._gap or ""))
        self._line += self._word
        self._used += gap + self._length
        self._word, self._length, self._gap = [], 0, None

    def _break(self, done: list[str]) -> None:
        done.append(painted(self._line))
        self._line, self._used, self._gap = [], 0, None


def wrapped(pieces: Sequence[Piece], width: int) -> list[str]:
    """Complete text in lines."""
    wrapper = Wrapper(width)
    return wrapper.push(pieces) + wrapper.end()


def painted(pieces: Iterable[Piece]) -> str:
    """Pieces as one line with their styles; isolates end with the line."""
    out, current = [], ""
    for text, style in pieces:
        if style != current:
            out.append(f"\x1b[0;{style}m" if style and current else f"\x1b[{style}m" if style else "\x1b[0m")
            current = style
        out.append(text)
    line = "".join(out)
    if not line.isascii() and _ISOLATES.search(line):
        line = _balanced(line)
    return line + "\x1b[0m" if current else line


def _balanced(line: str) -> str:
    """What a line opens is closed on it, and nothing is closed that was not opened on it."""
    depth, out = 0, []
    for char in line:
        if char == _POP:
            if depth == 0:
                continue
            depth -= 1
        elif _ISOLATES.match(char):
            depth += 1
        out.append(char)
    return "".join(out) + _POP * depth


def _split(pieces: Sequence[Piece], width: int) -> tuple[list[Piece], list[Piece]]:
    """As much as fits, and the rest."""
    text = "".join(part for part, _ in pieces)
    end = fitting(text, width)
    first: list[Piece] = []
    rest: list[Piece] = []
    for part, style in pieces:
        if end > 0:
            first.append((part[:end], style))
        if end < len(part):
            rest.append((part[max(0, end) :], style))
        end -= len(part)
    return first, rest
