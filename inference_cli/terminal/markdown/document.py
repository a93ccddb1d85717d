"""Markdown as it arrives, turned into lines for a terminal; a line that was handed out never changes again.

The work grows with the text and not with its square, whatever the text is: every line of source is looked at once,
every construct has a bounded reach, and what is longer or deeper than any answer is shown as plain text (fault G14).
"""

from copy import copy
from typing import Self

from inference_cli.late import pattern
from inference_cli.terminal.markdown.blocks import Block, Code, Paragraph, Verbatim
from inference_cli.terminal.markdown.containers import Container, Marks, columns, gap, may_interrupt, opened, prefix
from inference_cli.terminal.markdown.grid import Grid, alignments, split_row
from inference_cli.terminal.markdown.highlight import Highlighter

_LINE, _ROW, _CODE_LINE = 240, 4_000, 8_000  # characters of a source line that are looked at together
_BAR_WITHIN = 200  # characters within which a row of a table has its first bar
_DEEPEST = 12  # quotes and lists in each other
_NARROWEST = 10  # columns that text keeps, however deep it stands
_HEADINGS = ("1;4", "1", "1;3")
_FENCE = pattern(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,}) *([^\s{`]*)")
_HEADING = pattern(r" {0,3}(#{1,6})(?: +(.*?))??(?: +#+)? *$")
_RULE = pattern(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_UNDERLINE = pattern(r" {0,3}(=+|-+) *$")
_HTML = pattern(r" {0,3}<(?:/?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|$)|!|\?)")
_WORD = pattern(r" *[*_~`(\[]{0,3}\w")
_INDENTED = pattern(r" {4,}\S")
_HALF = pattern(r"[\s>]*(?:`{1,2}|~{1,2}|[-*+]{1,3}|_{1,3}|={1,3}|#{1,6}|\d{1,9}[.)]?|[|:\s-]+|[-+*]\s+\[[ xX]?\]?) *$")


class Markdown:
    """A streamed answer.

    Args:
        width: columns for text, at least 1.
        marks: characters to draw with.
    """

    def __init__(self, width: int, *, marks: Marks) -> None:
        self._width, self._marks = width, marks
        self._containers: list[Container] = []
        self._block: Block | None = None
        self._blank = False  # an empty line was read since the last block
        self._any = False  # something was shown
        self._partial = ""
        self._limit = 0  # of the overlong line that is being read; 0: none is
        self._out: list[str] = []

    def feed(self, text: str) -> list[str]:
        """Take the next piece of safe text, cut anywhere; returns the lines that are certain now."""
        *lines, self._partial = (self._partial + text).split("\n")
        for line in lines:
            self._read(line, ended=True)
        self._partial = self._read(self._partial, ended=False)
        if isinstance(self._block, Paragraph | Grid) and not self._limit and self._parts(self._partial):
            self._close_block()
        return self._taken()

    def preview(self) -> list[str]:
        """What would follow if the text ended here."""
        other = self._copied()
        if other._partial and (other._limit or not _HALF.fullmatch(other._partial)):  # noqa: SLF001
            other._read(other._partial, ended=True)  # noqa: SLF001 - of the same class
        other._close(0, guess=True)  # noqa: SLF001 - of the same class
        return other._taken()  # noqa: SLF001 - of the same class

    def end(self) -> list[str]:
        """The text is complete; returns the lines that are left."""
        if self._partial:
            self._read(self._partial, ended=True)
            self._partial = ""
        self._close(0)
        return self._taken()

    def resize(self, width: int) -> list[str]:
        """Go on in another width; returns the lines that find no room in it any more."""
        self._width = width
        if self._block is not None:
            self._emit(self._block.resize(self._room()))
        return self._taken()

    # ---------------------------------------------------------------------------------------- reading

    def _read(self, text: str, *, ended: bool) -> str:
        """Take source of one line; returns what has to wait for more of the line."""
        start = 0
        while self._limit or ended or len(text) - start > self._limit_of(text):
            if not self._limit:
                limit = self._limit_of(text)
                whole = len(text) <= limit
                start = limit if whole else len(text[:limit].rstrip(" \t")) or limit  # spaces go to what follows
                self._begin(text[:start].expandtabs(4), whole=whole)
                self._limit = limit
            end = start + self._limit
            if len(text) <= end and not ended:
                return text[start:]
            if start < len(text):
                self._extend(text[start:end].expandtabs(4))
            start = end
            if ended and start >= len(text):
                self._limit = 0
                return ""
        return text

    def _limit_of(self, text: str) -> int:
        if isinstance(self._block, Code):
            return _CODE_LINE
        return _ROW if "|" in text[:_BAR_WITHIN] else _LINE

    def _extend(self, text: str) -> None:
        """More of an overlong line."""
        if self._block is None:
            if not text.strip():
                return
            self._open(Paragraph(self._room()))
        if self._block is not None:
            self._emit(self._block.extend(text))

    def _begin(self, line: str, *, whole: bool) -> None:
        """A line, or the beginning of an overlong one."""
        rest, depth = self._inside(line)
        block = self._block
        if isinstance(block, Code) and depth == len(self._containers) and self._code(block, rest, whole=whole):
            return
        if not rest.strip(" "):
            self._close_block()
            self._close(depth)
            self._blank = True
            return
        entered, rest = self._enter(rest, depth)
        if not entered and depth < len(self._containers):
            if isinstance(block, Paragraph) and not _starts(rest):
                self._emit(block.add(rest))  # a line of the paragraph that leaves out the marks before it
                return
            self._close(depth)
        if not rest.strip(" "):
            self._close_block()
            return
        if not (whole and self._whole(rest)):
            self._text(rest)

    def _inside(self, line: str) -> tuple[str, int]:
        """What a line is inside of the containers that it belongs to, and how many these are."""
        for depth, container in enumerate(self._containers):
            inner = container.inside(line)
            if inner is None:
                return line, depth
            line = inner
        return line, len(self._containers)

    def _parts(self, beginning: str) -> bool:
        """Whether a line, of which this is the beginning, surely begins an item or a quote, and so ends the block."""
        rest, depth = self._inside(beginning.expandtabs(4))
        found = opened(rest, None, 0, self._marks)
        if found is None or not _WORD.match(found[1]):
            return False
        return depth < len(self._containers) or may_interrupt(rest)

    def _enter(self, rest: str, depth: int) -> tuple[bool, str]:
        """Open the quotes and items that a line begins; whether there are any, and the rest of the line."""
        before = self._containers[depth] if depth < len(self._containers) else None
        entered = False
        while len(self._containers[:depth] if not entered else self._containers) < _DEEPEST:
            inside = isinstance(self._block, Paragraph) and not entered and depth == len(self._containers)
            if _RULE.match(rest) or (inside and not may_interrupt(rest)):
                break
            outer = self._containers if entered else self._containers[:depth]
            found = opened(rest, before, sum(one.kind != ">" for one in outer), self._marks)
            if found is None:
                break
            if not entered:
                self._close_block()
                self._close(depth)
            self._containers.append(found[0])
            entered, before, rest = True, None, found[1]
        return entered, rest

    # ----------------------------------------------------------------------------------------- blocks

    def _code(self, block: Code, rest: str, *, whole: bool) -> bool:
        """A line while code is open; whether it belongs to it."""
        if block.fence:
            if whole and block.closed_by(rest):
                self._close_block()
            else:
                self._emit(block.add(rest))
            return True
        if _INDENTED.match(rest) or not rest.strip(" "):
            self._emit(block.add(rest))
            return True
        self._close_block()
        self._blank = True
        return False

    def _whole(self, rest: str) -> bool:
        """A line that is more than text, by itself or together with the paragraph or table before it."""
        block = self._block
        if isinstance(block, Grid) and "|" in rest and not _starts(rest):
            self._emit(block.add(rest))
            return True
        if isinstance(block, Paragraph) and block.lines == 1 and self._second(block, rest):
            return True
        if found := _FENCE.match(rest):
            self._open(Code(found[2], len(found[1]), Highlighter(found[3])))
        elif found := _HEADING.match(rest):
            self._heading(len(found[1]), found[2] or "")
        elif _RULE.match(rest):
            self._open(None)
            self._emit([f"\x1b[2m{self._marks.rule * self._room()}\x1b[0m"])
        elif not isinstance(block, Paragraph) and _INDENTED.match(rest):
            self._open(Code("", 4, Highlighter("")))
            self._text(rest)
        else:
            return False
        return True

    def _second(self, block: Paragraph, rest: str) -> bool:
        """The line below the first line of a paragraph, where it makes a heading or a table of it."""
        if "|" in block.first and (aligns := alignments(rest)) and len(split_row(block.first)) == len(aligns):
            self._block = Grid(block.first, aligns, self._room(), self._marks.rule)
            return True
        if found := _UNDERLINE.match(rest):
            self._block = None
            self._heading(1 if found[1][0] == "=" else 2, block.first, opened=True)
            return True
        return False

    def _heading(self, level: int, text: str, *, opened: bool = False) -> None:
        heading = Paragraph(self._room(), _HEADINGS[min(level, len(_HEADINGS)) - 1])
        if opened:
            self._block = heading
        else:
            self._open(heading)
        heading.add(text)
        self._close_block()

    def _text(self, rest: str) -> None:
        """A line of text."""
        block = self._block
        if not isinstance(block, Paragraph | Verbatim | Code):
            block = Verbatim(self._room()) if _HTML.match(rest) else Paragraph(self._room())
            self._open(block)
        self._emit(block.add(rest))

    def _open(self, block: Block | None) -> None:
        """Begin a block, with an empty line before it where blocks are kept apart."""
        self._close_block()
        in_list = any(one.kind != ">" and (one.started or one.sibling) for one in self._containers)
        if self._any and (self._blank or not in_list):
            self._out.append(gap(self._containers, self._marks))
        self._any, self._blank = True, False
        self._block = block

    def _close_block(self, *, guess: bool = False) -> None:
        if self._block is not None:
            block, self._block = self._block, None
            self._emit(block.end(guess=guess))

    def _close(self, depth: int, *, guess: bool = False) -> None:
        """End what is deeper; an item that has nothing in it is shown all the same."""
        if depth == len(self._containers):
            if depth == 0:
                self._close_block(guess=guess)
            return
        self._close_block(guess=guess)
        if not all(one.started or one.kind == ">" for one in self._containers[depth:]):
            self._open(None)
            self._emit([""])
        del self._containers[depth:]

    # ----------------------------------------------------------------------------------------- output

    def _room(self) -> int:
        return max(_NARROWEST, self._width - columns(self._containers)) if self._containers else self._width

    def _emit(self, lines: list[str]) -> None:
        for line in lines:
            before = prefix(self._containers, self._marks) if self._containers else ""
            self._out.append(before + line if line else before.rstrip())

    def _taken(self) -> list[str]:
        out, self._out = self._out, []
        return out

    def _copied(self) -> Self:
        other = copy(self)
        other._containers = [copy(one) for one in self._containers]  # noqa: SLF001 - of the same class
        other._block = self._block and self._block.copy()  # noqa: SLF001 - of the same class
        other._out = []  # noqa: SLF001 - of the same class
        return other


def _starts(line: str) -> bool:
    """Whether a line begins something that ends a paragraph."""
    return bool(_FENCE.match(line) or _HEADING.match(line) or _RULE.match(line))
