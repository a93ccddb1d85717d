"""What stands inside a paragraph of Markdown: emphasis, code, links; decided from left to right, with bounded sight.

A construct that is not closed within ``REACH`` characters is text. So the beginning of a paragraph is certain before
its end has arrived, and any text at all takes a time in proportion to its length.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from inference_cli.late import pattern
from inference_cli.terminal.markdown.wrapping import Piece
from inference_cli.terminal.safe import line

REACH = 1_000
"""Characters between the two ends of an emphasis, of code, or of a link."""
Mode = Literal["more", "end", "guess"]
"""More text will come; it is complete; it is shown as if what is open were closed at its end."""
_OPENERS = 16  # emphases that wait for their end at once
_LONGEST = 100  # backticks that can enclose code
_BREAK = "\r"  # a line end that stays one, while it is among the others; safe text has none
_DEEPEST = 2  # links in texts of links (pictures)
_BOLD, _ITALIC, _STRUCK, _CODE, _LINK, _ADDRESS = 1, 2, 4, 8, 16, 32
_ATTRIBUTES = {_BOLD: "1", _ITALIC: "3", _STRUCK: "9", _CODE: "36", _LINK: "4", _ADDRESS: "2"}
_SPECIAL = pattern(r"`+|\*+|_+|~+|[\\<&]|!?\[+|https?://")
_URL = pattern(r"https?://[^\s<>`*|]+")
_AFTER_URL = pattern(r"[?!.,:;_~'\"]+$")
_TICKS = pattern("`+")
_HALF_URL = pattern(r"(?:h(?:t(?:t(?:p(?:s?(?::/?)?)?)?)?)?|!)\Z")
_LINK_TEXT = r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,500})\]"
_LINK_PLACE = r"\(\s?(<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s?\)"
_FULL_LINK = pattern(rf"!?{_LINK_TEXT}{_LINK_PLACE}", re.DOTALL)
_AUTOLINK = pattern(r"<((?:https?|mailto):[^\s<>]{1,900}|[\w.+-]{1,200}@[\w.-]{1,200})>")
_HALF_AUTOLINK = pattern(r"<[^\s<>]*\Z")
_ENTITY = pattern(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HALF_ENTITY = pattern(r"&[#\w]{0,33}\Z")
_PUNCTUATION = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_STYLES: dict[int, str] = {}


@dataclass(slots=True)
class _Opener:
    """A run of ``*``, ``_`` or ``~`` that may begin an emphasis."""

    node: int
    at: int
    since: int  # where the emphases begin that the same run has closed; from there it all belongs together
    char: str
    count: int
    original: int
    closes: bool


def spans(source: str, before: str = " ", mode: Mode = "end") -> tuple[list[Piece], int]:
    """The styled pieces of a text.

    Args:
        source: safe text, its lines joined by line ends.
        before: the character before it.
        mode: whether more of it will come.

    Returns:
        The pieces, and the number of characters that they stand for: less than all only where more will come.
    """
    scanner = _Scanner(source, before, mode)
    scanner.run()
    return scanner.pieces()


def style(mask: int) -> str:
    """The SGR parameters of a set of styles."""
    known = _STYLES.get(mask)
    if known is None:
        known = _STYLES[mask] = ";".join(code for bit, code in _ATTRIBUTES.items() if mask & bit)
    return known


class _Scanner:
    """One pass over a text."""

    def __init__(self, source: str, before: str, mode: Mode, depth: int = 0) -> None:
        self._source, self._before, self._mode, self._depth = source, before, mode, depth
        self._more = mode == "more"
        self._texts: list[str] = []
        self._masks: list[int] = []
        self._starts: list[int] = []
        self._openers: list[_Opener] = []
        self._pos = 0
        self._stop = len(source)  # where something begins that is not decided

    def run(self) -> None:
        """Read up to the end, or to where more text is needed."""
        source, size = self._source, len(self._source)
        while self._pos < size:
            found = _SPECIAL.search(source, self._pos)
            at = found.start() if found else size
            if at > self._pos:
                self._plain(at)
            if found is None or self._pos < at:
                return
            if not self._special(found.group()):
                self._stop = at
                return

    def pieces(self) -> tuple[list[Piece], int]:
        """The result."""
        self._mark_open()
        until = self._stop
        if self._more:
            alive = [one.since for one in self._openers if self._stop - one.at <= REACH]
            until = min([until, *alive])
        result = [
            (text.replace("\n", " ").replace(_BREAK, "\n"), style(mask))
            for text, mask, start in zip(self._texts, self._masks, self._starts, strict=True)
            if start < until and text
        ]
        return result, until

    def masked(self) -> list[tuple[str, int]]:
        """The result with its styles as sets."""
        return list(zip(self._texts, self._masks, strict=True))

    def _mark_open(self) -> None:
        """What is open is shown as what it will probably be; a run at the very end is not shown."""
        if self._mode != "guess":
            return
        for opener in self._openers:
            if opener.node + 1 < len(self._texts):
                bit = _STRUCK if opener.char == "~" else _ITALIC if opener.count == 1 else _BOLD
                self._style(opener.node + 1, bit)
                self._texts[opener.node] = ""

    def _add(self, text: str, end: int, mask: int = 0) -> bool:
        self._texts.append(text)
        self._masks.append(mask)
        self._starts.append(self._pos)
        self._pos = end
        return True

    def _plain(self, end: int) -> None:
        """Text without a meaning; the beginning of an address at the end of what is known waits."""
        if (
            self._more
            and end == len(self._source)
            and (half := _HALF_URL.search(self._source, max(self._pos, end - 8)))
        ):
            self._stop = half.start()
            if half.start() > self._pos:
                self._add(self._source[self._pos : half.start()], half.start())
            return
        self._add(self._source[self._pos : end], end)

    def _special(self, found: str) -> bool:
        """One construct; False where it cannot be decided yet."""
        first = found[0]
        if first == "\\":
            return self._escape()
        if first == "`":
            return self._code(self._pos + len(found))
        if first in "*_~":
            return self._run(first, self._pos + len(found))
        if first in "![":
            return self._link(found)
        if first == "<":
            return self._autolink()
        return self._entity() if first == "&" else self._address()

    def _escape(self) -> bool:
        following = self._source[self._pos + 1 : self._pos + 2]
        if not following:
            return not self._more and self._add("\\" if self._mode == "end" else "", self._pos + 1)
        if following == "\n":
            return self._add(_BREAK, self._pos + 2)
        return self._add(following if following in _PUNCTUATION else "\\" + following, self._pos + 2)

    def _code(self, end: int) -> bool:
        source, start = self._source, self._pos
        if self._more and end == len(source):
            return False
        near = len(source) - end < REACH and end - start <= _LONGEST
        closing = self._closing(end, end - start)
        if closing is not None and self._more and closing[1] == len(source):
            return False
        if closing is None:
            if self._more and near:
                return False
            if self._mode == "guess" and near:
                return self._add(source[end:].strip("` "), len(source), _CODE)
            return self._add(source[start:end], end)
        text = source[end : closing[0]].replace("\n", " ")
        if text.startswith(" ") and text.endswith(" ") and text.strip():
            text = text[1:-1]
        return self._add(text, closing[1], _CODE)

    def _closing(self, start: int, ticks: int) -> tuple[int, int] | None:
        """Where a run of exactly that many backticks begins and ends."""
        if ticks > _LONGEST:
            return None
        for run in _TICKS.finditer(self._source, start, start + REACH):
            if run.end() - run.start() == ticks:
                beyond = run.end() == start + REACH and self._source.startswith("`", run.end())
                return None if beyond else run.span()
        return None

    def _run(self, char: str, end: int) -> bool:
        """A run of emphasis marks: it closes what it can, and what is left of it may open."""
        source, start = self._source, self._pos
        if end == len(source) and self._mode != "end":
            return self._mode == "guess" and self._guess_run(char, end)
        opens, closes = _flanks(source[start - 1] if start else self._before, char, source[end : end + 1] or " ")
        count = original = end - start
        if char == "~" and count != 2:  # noqa: PLR2004 - the length of the mark
            opens = closes = False
        self._openers = [one for one in self._openers if start - one.at <= REACH]
        since = start
        if closes:
            count, since = self._close(char, original, opens)
        self._add(char * count, end)
        if opens and count and start - since <= REACH:
            self._openers.append(_Opener(len(self._texts) - 1, start, since, char, count, original, closes))
            del self._openers[:-_OPENERS]
        return True

    def _guess_run(self, char: str, end: int) -> bool:
        """A run that is still being written closes what it can, and is not shown."""
        self._close(char, end - self._pos, opens=False)
        return self._add("", end)

    def _close(self, char: str, original: int, opens: bool) -> tuple[int, int]:
        """Marks that are left after every emphasis that ends here, and where the first of these began."""
        count, n, since = original, len(self._openers) - 1, self._pos
        while count and n >= 0:
            opener = self._openers[n]
            if opener.char != char or _mismatched(opener, original, opens):
                n -= 1
                continue
            used = 2 if min(count, opener.count) > 1 else 1
            self._style(opener.node + 1, _STRUCK if char == "~" else _BOLD if used > 1 else _ITALIC)
            count -= used
            since = min(since, opener.since)
            opener.count -= used
            self._texts[opener.node] = char * opener.count
            del self._openers[n + (opener.count > 0) :]
            n = len(self._openers) - 1
        return count, since

    def _style(self, first: int, bit: int) -> None:
        for n in range(first, len(self._masks)):
            self._masks[n] |= bit

    def _link(self, found: str) -> bool:
        source, start = self._source, self._pos
        brackets = len(found.lstrip("!"))
        if self._more and start + len(found) == len(source):
            return False
        if brackets > 2 or self._depth > _DEEPEST:  # noqa: PLR2004 - a picture in a link
            return self._add(found, start + len(found))
        full = _FULL_LINK.match(source, start, start + REACH)
        if full is None:
            if self._more and len(source) - start < REACH:
                return False
            width = len(found) - brackets + 1
            return self._add(found[:width], start + width)
        inner = _Scanner(full[1], "[", "end", self._depth + 1)
        inner.run()
        shown = inner.masked()
        for text, mask in shown:
            self._add(text, start, mask if mask & _ADDRESS else mask | _LINK)
        place = full[2].strip("<>")
        if place and place != "".join(text for text, _ in shown):
            self._add(f" ({place})" if shown else place, start, _ADDRESS)
        self._pos = full.end()
        return True

    def _autolink(self) -> bool:
        start = self._pos
        if full := _AUTOLINK.match(self._source, start):
            return self._add(full[1], full.end(), _LINK)
        if self._more and len(self._source) - start < REACH and _HALF_AUTOLINK.match(self._source, start):
            return False
        return self._add("<", start + 1)

    def _entity(self) -> bool:
        start = self._pos
        if full := _ENTITY.match(self._source, start):
            from html import unescape

            return self._add(line(unescape(full[0])), full.end())
        if self._more and _HALF_ENTITY.match(self._source, start):
            return False
        return self._add("&", start + 1)

    def _address(self) -> bool:
        start = self._pos
        full = _URL.match(self._source, start, start + REACH)
        if full is None:
            return not self._more and self._add(self._source[start : start + 4], start + 4)
        if self._more and full.end() == len(self._source) and len(self._source) - start < REACH:
            return False
        text = _AFTER_URL.sub("", full[0])
        spare = min(text.count(")") - text.count("("), len(text) - len(text.rstrip(")")))
        text = _AFTER_URL.sub("", text[:-spare]) if spare > 0 else text
        return self._add(text, start + len(text), _LINK)


def _flanks(before: str, char: str, after: str) -> tuple[bool, bool]:
    """Whether a run of marks can open and close, by what stands around it."""
    space_before, space_after = before.isspace(), after.isspace()
    sign_before, sign_after = _is_sign(before), _is_sign(after)
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    if char != "_":
        return left, right
    return left and (not right or sign_before), right and (not left or sign_after)


def _is_sign(char: str) -> bool:
    return char in _PUNCTUATION if char.isascii() else unicodedata.category(char)[0] in "PS"


def _mismatched(opener: _Opener, original: int, opens: bool) -> bool:
    """CommonMark's rule of three, which keeps ``*a**b*`` from being torn apart."""
    if not (opener.closes or opens) or (opener.original + original) % 3:
        return False
    return bool(opener.original % 3 or original % 3)
