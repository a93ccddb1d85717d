"""The code in an answer: fenced blocks found as CommonMark finds them, their bytes unchanged.

Fences of backticks and tildes, of any length, indented by up to three columns, inside quotes and lists of any kind. A
fence that is not closed goes on to the end of what it stands in. Unlike CommonMark, a fence inside an HTML block (right
under ``<details>``) is one too: whoever reads the answer sees code there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"(?P<mark>`{3,})[^`\n]*$|(?P<tilde>~{3,})")
_MARKER = re.compile(r"(?:[-+*]|(?P<number>\d{1,9})[.)])(?=[ \t]|$)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_CODE = 4  # columns from which on a line is indented code, or goes on with a paragraph
_WIDEST = 40  # columns of white space that are told apart; nothing asks for more
_DEEPEST = 100  # quotes and lists inside each other; deeper ones are text


def code_block(text: str, *, last: bool = False) -> str | None:
    """The first fenced code block of a Markdown text, or the last.

    Returns:
        Its lines with their ends, without the indentation of its fence and of the quote or list that it stands in;
        empty for an empty block, None where there is no block.
    """
    found = None
    for block in _blocks(text):
        found = block
        if not last:
            break
    return found


class _Line:
    """A line that is read from the left, in columns: a tab goes to the next multiple of four."""

    def __init__(self, text: str, end: str) -> None:
        self.text, self.end = text, end
        self._at = self._column = self._spare = 0  # spare: columns left of a tab that was taken in part

    @property
    def indent(self) -> int:
        """Columns of white space from here, ``_WIDEST`` or a little more where there are many."""
        at, column = self._at, self._column + self._spare
        while at < len(self.text) and self.text[at] in " \t" and column - self._column < _WIDEST:
            column += 1 if self.text[at] == " " else 4 - column % 4
            at += 1
        return column - self._column

    @property
    def rest(self) -> str:
        """What follows, a tab that was taken in part as spaces."""
        return " " * self._spare + self.text[self._at :]

    @property
    def words(self) -> str:
        """What follows, without the white space before it."""
        return self.text[self._at :].lstrip(" \t")

    @property
    def blank(self) -> bool:
        """Whether nothing but white space follows."""
        return not self.text[self._at :].strip(" \t")

    def skip(self, columns: int) -> None:
        """Take white space, at most so many columns of it."""
        while columns > 0:
            if self._spare == 0:
                if self._at == len(self.text) or self.text[self._at] not in " \t":
                    return
                self._spare = 1 if self.text[self._at] == " " else 4 - self._column % 4
                self._at += 1
            taken = min(columns, self._spare)
            self._spare -= taken
            self._column += taken
            columns -= taken

    def take(self, characters: int) -> None:
        """Take characters that are no white space."""
        self._at += characters
        self._column += characters


@dataclass(slots=True)
class _Container:
    """A quote (``offset`` 0), or a list item whose content is so many columns to the right of its parent's."""

    offset: int = 0
    empty: bool = False  # an item whose first line has nothing after its marker

    def continues(self, line: _Line) -> bool:
        """Whether a line belongs to it; what of the line is its own is taken."""
        if not self.offset:
            if line.indent >= _CODE or not line.words.startswith(">"):
                return False
            line.skip(line.indent)
            line.take(1)
            line.skip(1)
            return True
        if line.blank:
            line.skip(self.offset)
            return not self.empty
        if line.indent < self.offset:
            return False
        self.empty = False
        line.skip(self.offset)
        return True


@dataclass(slots=True)
class _Fence:
    """An open block of code."""

    mark: str
    indent: int
    lines: list[str]

    def closes(self, line: _Line) -> bool:
        """Whether a line is the end of it."""
        words = line.words.rstrip(" \t")
        return line.indent < _CODE and len(words) >= len(self.mark) and not words.strip(self.mark[0]) and words != ""

    def add(self, line: _Line) -> None:
        """Take a line of code."""
        line.skip(self.indent)
        self.lines.append(line.rest + line.end)


class _Reader:
    """Reads a text line by line; ``fence`` is the block of code that is open."""

    def __init__(self) -> None:
        self._containers: list[_Container] = []
        self._paragraph = False
        self.fence: _Fence | None = None

    def feed(self, line: _Line) -> Iterator[str]:
        """Read a line; gives each block that ends with it."""
        matched = self._matched(line)
        closed = matched < len(self._containers)
        if self.fence is not None and not closed:
            if self.fence.closes(line):
                yield from self.finish()
            else:
                self.fence.add(line)
            return
        if closed:
            yield from self.finish()
        self._open(line, matched)

    def finish(self) -> Iterator[str]:
        """Close the block that is open."""
        if self.fence is not None:
            yield "".join(self.fence.lines)
        self.fence = None

    def _matched(self, line: _Line) -> int:
        for number, container in enumerate(self._containers):
            if not container.continues(line):
                return number
        return len(self._containers)

    def _open(self, line: _Line, matched: int) -> None:
        """Read a line that no block of code took: new quotes and lists, then what is in them."""
        paragraph, kept = self._paragraph, matched
        lazy = matched < len(self._containers)
        while kept < _DEEPEST and (container := self._container(line, paragraph=paragraph and not lazy)):
            del self._containers[kept:]
            self._containers.append(container)
            kept, paragraph, lazy = kept + 1, False, False
        self._leaf(line, kept, paragraph=paragraph, lazy=lazy)

    @staticmethod
    def _container(line: _Line, *, paragraph: bool) -> _Container | None:
        """The quote or list item that begins here; inside a paragraph not every number and dash begins one."""
        indent, words = line.indent, line.words
        if indent >= _CODE:
            return None
        if words.startswith(">"):
            line.skip(indent)
            line.take(1)
            line.skip(1)
            return _Container()
        marker = _MARKER.match(words)
        if marker is None or _is_rule(words):
            return None
        empty = not words[marker.end() :].strip(" \t")
        if paragraph and (empty or int(marker["number"] or 1) != 1):
            return None
        line.skip(indent)
        line.take(marker.end())
        space = line.indent
        if empty or space > _CODE:
            space = 1
        line.skip(space)
        return _Container(indent + marker.end() + space, empty=empty)

    def _leaf(self, line: _Line, kept: int, *, paragraph: bool, lazy: bool) -> None:
        words, code = line.words, line.indent >= _CODE
        fence = None if code else _FENCE.match(words)
        starts = bool(fence or (not code and (_is_rule(words) or _HEADING.match(words))))
        if lazy and paragraph and not starts and not line.blank:
            return  # a paragraph goes on without the marks of the quote or list that it stands in
        del self._containers[kept:]
        if fence:
            self.fence = _Fence(fence["mark"] or fence["tilde"], line.indent, [])
        goes_on = paragraph and not lazy
        ends = line.blank or starts or (goes_on and not code and bool(_UNDERLINE.match(words)))
        self._paragraph = not ends and (goes_on or not code)


def _is_rule(words: str) -> bool:
    """Whether a line is a thematic break, such as ``* * *``, which looks like lists inside each other."""
    mark = words[:1]
    return mark in {"*", "-", "_"} and words.count(mark) >= 3 and not words.strip(f"{mark} \t")  # noqa: PLR2004


def _blocks(text: str) -> Iterator[str]:
    reader = _Reader()
    for whole in re.findall(r"[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+", text):
        end = whole[len(whole.rstrip("\r\n")) :]
        yield from reader.feed(_Line(whole.removesuffix(end), end))
    yield from reader.finish()
