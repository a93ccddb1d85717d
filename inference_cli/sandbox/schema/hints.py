"""Values drawn from a prompt: its numbers, names and words, for JSON that has to be filled with something."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import count

_NUMBER = re.compile(r"(?<![\w.])-?\d{1,15}(?:\.\d{1,6})?(?![\w.]*\d)")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w\u2019'-]+")
_WORD = re.compile(r"[^\W\d_][\w\u2019'-]*")
_MAGIC = re.compile(r"\S*sandbox:\S+|\btokens=\d+")
_LONG = re.compile(
    r"text|summary|descri|bio|content|message|reason|comment|note|answer|quer|question|prompt", re.IGNORECASE
)
_PHRASE = 12  # words


class Hints:
    """What a prompt offers; each kind is handed out in the order of the prompt, over and over.

    The same prompt hands out the same, from the start, every time one of these is made.
    """

    def __init__(self, prompt: str) -> None:
        self._prompt = _MAGIC.sub(" ", prompt[:20_000])
        self._numbers = deque(float(text) for text in _NUMBER.findall(self._prompt))
        self._words: list[str] = _WORD.findall(self._prompt)
        names: list[str] = _NAME.findall(self._prompt)
        self._names = _rounds(names or [word for word in self._words if len(word) > 3] or ["sandbox"])

    def given(self, name: str) -> str | None:
        """What the prompt says about something by its name, as in ``city: Paris`` or ``the city is Paris``."""
        words = re.escape(name).replace("_", r"[\s_-]")
        found = re.search(rf"\b{words}\b\s*(?:[:=]|\bis\b)\s*[\"'“]?([\w.@+-]*\w)", self._prompt, re.IGNORECASE)
        return str(found[1]) if found else None

    def offered(self) -> tuple[float, ...]:
        """The numbers of the prompt; each time the next one is the first."""
        found = tuple(self._numbers)
        self._numbers.rotate(-1)
        return found

    def text(self, name: str) -> str:
        """A text for something of that name: what is given, a phrase where the name promises one, or a name."""
        given = self.given(name) if name else None
        if given is not None:
            return given
        if _LONG.search(name):
            return " ".join(self._words[:_PHRASE]) or "sandbox"
        return next(self._names)

    def mentions(self, text: str) -> bool:
        """Whether the prompt holds a word or phrase, in any case of letters."""
        return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", self._prompt, re.IGNORECASE) is not None


def _rounds(names: Sequence[str]) -> Iterator[str]:
    """Names one after the other; from the second round on each with the round's number, so that none comes twice."""
    different = tuple(dict.fromkeys(names))
    for number in count(1):
        yield from (name if number == 1 else f"{name} {number}" for name in different)
