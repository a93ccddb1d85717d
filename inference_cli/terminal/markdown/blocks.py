"""The parts that a Markdown answer is made of, each turning its source into lines that never change again."""

from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Protocol, Self

from inference_cli.terminal.markdown.inline import spans
from inference_cli.terminal.markdown.wrapping import Piece, Wrapper, painted, wrapped
from inference_cli.terminal.widths import fitting

if TYPE_CHECKING:
    from inference_cli.terminal.markdown.highlight import Highlighter

_LONGEST = 32_000  # characters of a paragraph; what follows is shown as it is (fault G14)
_HELD = 2_000  # characters of a line without end that may still be broken between words
_STEP = 200  # characters that are worth another look


class Block(Protocol):
    """One part that is still open."""

    def add(self, text: str) -> list[str]:
        """Take a line of source; returns the lines that are certain now."""
        ...

    def extend(self, text: str) -> list[str]:
        """Take more of an overlong line of source."""
        ...

    def end(self, *, guess: bool = False) -> list[str]:
        """The lines that are left; ``guess``: it is only looked at, as if what is open were closed."""
        ...

    def resize(self, width: int) -> list[str]:
        """Go on in another width; returns lines that find no room in it any more."""
        ...

    def copy(self) -> Self:
        """Another one in the same state."""
        ...


class Paragraph:
    """Running text, or a heading.

    Args:
        width: columns.
        style: SGR parameters that hold for all of it.
    """

    def __init__(self, width: int, style: str = "") -> None:
        self._style = style
        self._wrapper = Wrapper(width)
        self._source, self._before = "", " "
        self._hard = False  # the last line of source ends with a line break
        self._size, self._worth = 0, 0
        self._rest: Verbatim | None = None  # where what is too long goes on
        self._width = width
        self.first = ""
        """The first line of source."""
        self.lines = 0
        """Lines of source so far."""

    def copy(self) -> Self:
        """Another one in the same state."""
        other = copy(self)
        other._wrapper = self._wrapper.copy()  # noqa: SLF001 - of the same class
        other._rest = self._rest and self._rest.copy()  # noqa: SLF001 - of the same class
        return other

    def resize(self, width: int) -> list[str]:
        """Go on in another width."""
        self._width = width
        return self._rest.resize(width) if self._rest else self._wrapper.resize(width)

    def add(self, text: str) -> list[str]:
        """Take a line; the first one waits, because the second may make something else of it."""
        self.lines += 1
        if self._rest:
            return self._rest.add(text)
        shown = text.strip(" ")
        hard, self._hard = self._hard, text.endswith("  ")
        if self.lines == 1:
            self.first = shown
            return self._take(shown) if len(shown) > _LONGEST else self._hold(shown)
        return self._take(("\\\n" if hard else "\n") + shown)

    def extend(self, text: str) -> list[str]:
        """Take more of the line."""
        self._hard = text.endswith("  ")
        return self._rest.extend(text) if self._rest else self._take(text)

    def end(self, *, guess: bool = False) -> list[str]:
        """The lines that are left."""
        if self._rest:
            return self._rest.end()
        return self._flush(guess=guess)

    def _hold(self, text: str) -> list[str]:
        self._source += text
        self._size += len(text)
        return []

    def _take(self, text: str) -> list[str]:
        room = _LONGEST - self._size
        self._hold(text[:room])
        if len(text) <= room:
            return self._settled()
        done = self._flush()
        self._rest = Verbatim(self._width)
        return done + self._rest.add(text[room:])

    def _flush(self, *, guess: bool = False) -> list[str]:
        pieces, _ = spans(self._source, self._before, "guess" if guess else "end")
        self._source = ""
        return self._wrapper.push(self._styled(pieces)) + self._wrapper.end()

    def _settled(self) -> list[str]:
        """The lines that are certain; looked for when there is so much more that all looks together stay linear."""
        if len(self._source) < self._worth:
            return []
        pieces, used = spans(self._source, self._before, "more")
        if used:
            self._before, self._source = self._source[used - 1], self._source[used:]
        self._worth = 2 * len(self._source) + _STEP
        return self._wrapper.push(self._styled(pieces))

    def _styled(self, pieces: Iterable[Piece]) -> Iterable[Piece]:
        base = self._style
        return ((text, f"{base};{own}" if own else base) for text, own in pieces) if base else pieces


class Verbatim:
    """Text that is shown as it is, line by line: raw HTML, and what is too long to be looked at."""

    def __init__(self, width: int) -> None:
        self._width = max(1, width)
        self._text = ""

    def copy(self) -> Self:
        """Another one in the same state."""
        return copy(self)

    def resize(self, width: int) -> list[str]:
        """Go on in another width."""
        self._width = max(1, width)
        return []

    def add(self, text: str) -> list[str]:
        """Take a line."""
        return self.end() + self.extend(text)

    def extend(self, text: str) -> list[str]:
        """Take more of the line."""
        self._text += text
        return self._cut(max(_HELD, 2 * self._width))

    def end(self, *, guess: bool = False) -> list[str]:  # noqa: ARG002 - nothing is open in it
        """The lines that are left."""
        text = self._text
        if len(text) <= self._width and text.isascii():
            self._text = ""
            return [text] if text.strip() else []
        if text[: 2 * self._width].isspace():
            pieces = [text]
        else:
            indent = len(text) - len(text.lstrip(" "))
            room = max(1, self._width - indent)
            pieces = [" " * indent + one for one in wrapped([(text[indent:], "")], room)]
        self._text = ""
        return pieces

    def _cut(self, keep: int) -> list[str]:
        """Lines as wide as there is room, while more than some characters are left."""
        text, width = self._text, self._width
        if len(text) <= keep:
            return []
        done: list[str] = []
        start, last = 0, len(text) - keep
        while start < last:
            one = text[start : start + fitting(text[start : start + 2 * width], width)]
            done.append(one)
            start += len(one)
        self._text = text[start:]
        return done


class Code:
    """Code: a line of it is a line on the screen, however long; the terminal folds it, so that it is copied whole.

    Args:
        fence: the characters that opened it; empty for code that is only indented.
        indent: columns that the fence stands to the right.
        highlighter: gives it colours.
    """

    def __init__(self, fence: str, indent: int, highlighter: "Highlighter") -> None:
        self.fence = fence
        self._indent = indent
        self._highlighter = highlighter
        self._blank = 0  # empty lines that are shown when something follows; only of indented code

    def copy(self) -> Self:
        """Another one in the same state."""
        other = copy(self)
        other._highlighter = copy(self._highlighter)  # noqa: SLF001 - of the same class
        return other

    def resize(self, width: int) -> list[str]:  # noqa: ARG002 - code is not wrapped
        """Nothing depends on the width."""
        return []

    def closed_by(self, line: str) -> bool:
        """Whether a line is the closing fence."""
        text = line.strip()
        closing = bool(self.fence) and len(text) >= len(self.fence) and text.strip(self.fence[0]) == ""
        return closing and len(line) - len(line.lstrip(" ")) < 4  # noqa: PLR2004 - more is code

    def add(self, text: str) -> list[str]:
        """Take a line."""
        lead = min(self._indent, len(text) - len(text.lstrip(" ")))
        line = text[lead:].rstrip()
        if not line and not self.fence:
            self._blank += 1
            return []
        blank, self._blank = [""] * self._blank, 0
        return [*blank, "  " + painted(self._highlighter.line(line)) if line else ""]

    def extend(self, text: str) -> list[str]:
        """Take more of the line."""
        return ["  " + text] if text else []

    def end(self, *, guess: bool = False) -> list[str]:  # noqa: ARG002 - nothing is open in it
        """Nothing is left."""
        return []
