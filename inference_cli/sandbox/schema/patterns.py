"""A text that a regular expression describes: literals, classes, groups, alternatives, repetition."""

import random
import string
from collections.abc import Callable

_ANY = string.ascii_lowercase + string.digits
_CLASSES = {
    "d": string.digits,
    "w": string.ascii_letters + string.digits + "_",
    "s": " ",
    "D": string.ascii_letters,
    "W": "-",
    "S": _ANY,
}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_MOST = 1000
_PRINTABLE = "".join(map(chr, range(32, 127)))


def sample(pattern: str, rng: random.Random, more: int = 0) -> str:
    """A text that the pattern matches.

    Args:
        pattern: as JSON Schema has them; lookarounds, back references and Unicode properties are beyond this.
        rng: draws the characters.
        more: how many more repetitions than the least each repeated part gets, where it may have more.

    Raises:
        ValueError: it is too special.
    """
    reader = _Reader(pattern, rng, more)
    made = reader.alternatives()
    if reader.rest():
        raise ValueError(f"unbalanced: {reader.rest()}")
    return made()


Maker = Callable[[], str]


class _Reader:
    """Reads a pattern from left to right into something that makes texts."""

    def __init__(self, pattern: str, rng: random.Random, more: int) -> None:
        self._pattern = pattern
        self._place = 0
        self._rng = rng
        self._more = more

    def rest(self) -> str:
        """What has not been read."""
        return self._pattern[self._place :]

    def _take(self, count: int = 1) -> str:
        taken = self._pattern[self._place : self._place + count]
        if len(taken) < count:
            raise ValueError("the pattern ends too early")
        self._place += count
        return taken

    def alternatives(self) -> Maker:
        """``a|b|c`` up to the end or the closing bracket."""
        options = [self._sequence()]
        while self.rest().startswith("|"):
            self._take()
            options.append(self._sequence())

        def one_of_them() -> str:
            return self._rng.choice(options)()

        return one_of_them

    def _sequence(self) -> Maker:
        makers: list[Maker] = []
        while self.rest() and self.rest()[0] not in "|)":
            makers.append(self._repeated(self._atom()))
        return lambda: "".join(maker() for maker in makers)

    def _atom(self) -> Maker:
        mark = self._take()
        if mark in "^$":
            return str
        if mark == "(":
            return self._group()
        if mark == "[":
            return self._drawn(self._set())
        if mark == "\\":
            return self._escaped()
        if mark == ".":
            return self._drawn(_ANY)
        if mark in "*+?{":
            raise ValueError(f"nothing to repeat before {mark}")
        return lambda: mark

    def _drawn(self, characters: str) -> Maker:
        if not characters:
            raise ValueError("a class without a character")
        return lambda: self._rng.choice(characters)

    def _group(self) -> Maker:
        if self.rest().startswith("?:"):
            self._take(2)
        elif self.rest().startswith("?"):
            raise ValueError("a group of a special kind")
        made = self.alternatives()
        if self._take() != ")":
            raise ValueError("a group without an end")
        return made

    def _escaped(self) -> Maker:
        mark = self._take()
        if mark in "bB":
            return str
        return self._drawn(self._class_of(mark))

    def _class_of(self, mark: str) -> str:
        """The characters that a backslash and this letter stand for."""
        if mark in _CLASSES:
            return _CLASSES[mark]
        if mark in "xu":
            return chr(int(self._take(2 if mark == "x" else 4), 16))
        if mark.isalnum() and mark not in _CONTROLS:
            raise ValueError(f"\\{mark} is beyond this")
        return _CONTROLS.get(mark, mark)

    def _set(self) -> str:
        negated = self.rest().startswith("^")
        if negated:
            self._take()
        found = ""
        while (mark := self._take()) != "]":
            first = self._class_of(self._take()) if mark == "\\" else mark
            if len(first) == 1 and self.rest().startswith("-") and not self.rest().startswith("-]"):
                self._take()
                mark = self._take()
                last = self._class_of(self._take()) if mark == "\\" else mark
                found += "".join(map(chr, range(ord(first), min(ord(last), ord(first) + _MOST) + 1)))
            else:
                found += first
        if negated:
            return "".join(character for character in _PRINTABLE if character not in found)
        return found

    def _repeated(self, made: Maker) -> Maker:
        least, most = self._bounds()
        count = min(most, least + self._more)
        if count > _MOST:
            raise ValueError(f"more than {_MOST} repetitions")
        return lambda: "".join(made() for _ in range(count))

    def _bounds(self) -> tuple[int, int]:
        rest = self.rest()
        least, most = 1, 1
        if rest[:1] in {"*", "+", "?"}:
            mark = self._take()
            least, most = {"*": (0, _MOST), "+": (1, _MOST), "?": (0, 1)}[mark]
        elif rest.startswith("{"):
            inner, _, _ = self._take(rest.index("}") + 1)[1:].partition("}")
            low, comma, high = inner.partition(",")
            least = int(low or 0)
            most = int(high) if high else _MOST if comma else least
        else:
            return least, most
        if self.rest()[:1] in {"?", "+"}:
            self._take()  # lazy or possessive: the same texts
        return least, most
