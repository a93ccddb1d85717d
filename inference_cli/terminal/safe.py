"""The one choke point: text from outside, made safe for a terminal.

Every code point is judged by itself, never a "sequence" of them: a masked ESC is harmless wherever a chunk was cut, and
so is an escape sequence that nobody has heard of yet (faults G1 to G5).
"""

import unicodedata

from inference_cli.late import pattern

_LINE_ENDS = {"\n", "\x85", "\u2028", "\u2029"}
_JOINERS = {"\u200c", "\u200d"}
_MARKS = {"\u200e", "\u200f", "\u061c"}
_ISOLATES = {"\u2066", "\u2067", "\u2068"}
_POP = "\u2069"
_OPENING = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
_CLOSING = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
# Format characters that are drawn, with the digits they enclose.
_VISIBLE_FORMAT = pattern("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
_SELECTORS = pattern("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Characters of which nothing has to be decided, in runs; every other one is looked at by itself.
_ORDINARY = pattern(
    "[ -~\u00a1-\u00ac\u00ae-\u058f\u0900-\u180a\u1810-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff"
    "\uf900-\ufb1c\ufe10-\ufe6f\uff00-\uffef\U0001f000-\U0001faff\U00020000-\U0003fffd]+"
)
# Emoji, of which joiners make one: a family, a flag.
_PICTURES = pattern(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
# Scripts whose letters a joiner shapes: Arabic and its kin, those of India and of the lands around it, Mongolian.
_SHAPED = pattern(
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1c4f\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_SURROGATES = pattern("[\ud800-\udfff]")


def whole(text: str) -> str:
    """Text in which every lone surrogate became U+FFFD, so that any encoding can take it (fault G10)."""
    return _SURROGATES.sub("\ufffd", text)


def line(text: str) -> str:
    """One line of text: a name, an id, an error's sentence, a cell.

    Line ends and tabs become spaces, every other control character is shown, bidirectional controls and characters
    without width are named (``U+202E`` in angle quotes). Applying it twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    mask = Mask(single=True)
    return mask.feed(text) + mask.end()


def block(text: str) -> str:
    """Several lines of text, such as a message with line ends in it.

    Line ends and tabs stay. Directional marks stay where right-to-left text is on their line, and isolates are closed
    at its end. Applying it twice changes nothing.
    """
    mask = Mask()
    return mask.feed(text) + mask.end()


class Mask:
    """The same for a text that arrives in chunks: any split gives what the whole text gives.

    Args:
        single: everything on one line.
    """

    def __init__(self, *, single: bool = False) -> None:
        self._single = single
        self._return = False  # a CR was read and what follows decides
        self._before = ""  # the last character, if it was shown as it is
        self._base = ""  # the same, but for what only chooses the form of the one before it
        self._right_to_left = False  # such text was seen on this line
        self._open = 0  # isolates to be closed on this line

    def feed(self, text: str) -> str:
        """The next piece, made safe."""
        shown: list[str] = []
        pos = 0
        while pos < len(text):
            run = None if self._return else _ORDINARY.match(text, pos)
            shown.append(self._show(text[pos]) if run is None else run[0])
            pos = pos + 1 if run is None else run.end()
            if run is not None:
                self._before = self._base = text[pos - 1]
        return "".join(shown)

    def end(self) -> str:
        """What is owed when nothing more comes; the mask can be used again."""
        held = "␍" if self._return else ""
        self._return = False
        return held + self._close_line()

    def _show(self, char: str) -> str:
        held = ""
        if self._return:
            self._return = False
            held = "" if char == "\n" else self._keep("␍")
        if char == "\r":
            self._return = True
            return held
        return held + self._shown(char)

    def _shown(self, char: str) -> str:
        if char in _LINE_ENDS and char != "\x85":
            return self._keep(" ") if self._single else self._close_line() + "\n"
        if char == "\t":
            return self._keep(" " if self._single else char)
        if char in _JOINERS:
            return self._keep(char) if self._joins(char) else self._name(char)
        if _SELECTORS.match(char):
            # One after a visible character shapes it; a row of them can smuggle a text.
            shapes = self._before.isprintable() and self._before.strip() and not _SELECTORS.match(self._before)
            return self._keep(char) if shapes else self._name(char)
        category = unicodedata.category(char)
        if category in {"Cc", "Cs"}:
            return self._drop(_control(char))
        if category == "Cf" and not _VISIBLE_FORMAT.match(char):
            return self._format(char)
        if unicodedata.bidirectional(char) in {"R", "AL"}:
            self._right_to_left = True
        return self._keep(char)

    def _joins(self, char: str) -> bool:
        """Whether Unicode uses that joiner after what stands there; a row of them, or one elsewhere, hides."""
        if self._before in _JOINERS:
            return False
        return bool(_SHAPED.match(self._before) or (char == "\u200d" and _PICTURES.match(self._base) and self._before))

    def _format(self, char: str) -> str:
        """A character that only steers: kept in right-to-left text where that cannot reorder what surrounds it."""
        if self._single or not self._right_to_left:
            return self._name(char)
        if char in _ISOLATES:
            self._open += 1
            return self._keep(char)
        if char == _POP and self._open:
            self._open -= 1
            return self._keep(char)
        return self._keep(char) if char in _MARKS else self._name(char)

    def _keep(self, char: str) -> str:
        if not _SELECTORS.match(char):
            self._base = char
        self._before = char
        return char

    def _drop(self, shown: str) -> str:
        self._before = self._base = ""
        return shown

    def _name(self, char: str) -> str:
        return self._drop(f"{_OPENING}U+{ord(char):04X}{_CLOSING}")

    def _close_line(self) -> str:
        closing = _POP * self._open
        self._open, self._right_to_left, self._before, self._base = 0, False, "", ""
        return closing


def _control(char: str) -> str:
    """A control character, shown: C0 by its picture, DEL as ␡, C1 as an escape, a lone surrogate as U+FFFD."""
    code = ord(char)
    if code < 0x20:  # noqa: PLR2004 - the end of C0
        return chr(0x2400 + code)
    if code == 0x7F:  # noqa: PLR2004 - DEL
        return "␡"
    return f"\\x{code:02x}" if code < 0x100 else "\ufffd"  # noqa: PLR2004 - the end of C1
