"""What is searched for: words, phrases in quotes, beginnings of words; nothing that is typed is a syntax error."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass
from inference_cli.late import pattern

_TERM = pattern(r'"([^"]*)"?(\*?)|([^\s"]+)')
_RUNS = pattern(  # of scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31c0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)
_SNIPPET = 80  # characters around what was found
_BEFORE = 24  # of them in front of it
_STEP = 64  # characters that are folded together on the way to a place


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase; ``prefix``: its last word may go on."""

    text: str
    prefix: bool = False

    @property
    def tokens(self) -> tuple[str, ...]:
        """Its words as an index has them: runs of letters and digits, folded."""
        return tuple(_tokens(folded(self.text)))

    @property
    def is_plain(self) -> bool:
        """Whether the index alone finds it: it holds nothing but words of a script that parts them by spaces."""
        left = folded(self.text).split()
        return list(self.tokens) == left and bool(left) and not _RUNS.search(folded(self.text))


class Query:
    """A message fits when it holds all of the terms, in any order, whatever their case and accents.

    Args:
        text: as typed; ``"two words"`` is a phrase, ``begin*`` the beginning of a word.

    Raises:
        UsageError: it holds nothing to look for.
    """

    def __init__(self, text: str) -> None:
        found = [
            Term(phrase or word.rstrip("*"), bool(star) or word.endswith("*"))
            for phrase, star, word in _TERM.findall(text)
        ]
        self.terms = tuple(term for term in found if term.text.strip())
        if not self.terms:
            raise UsageError("nothing to look for", hint='Look for words:  inference logs search "red fox"')

    @property
    def match(self) -> str | None:
        """What FTS5 is asked of texts as ``indexed`` gives them; None where its index is no help with any term."""
        parts = []
        for term in self.terms:
            if runs := _RUNS.findall(folded(term.text)):  # what stands beside them may be a part of a word
                parts += [_quoted(_spelled(run)) for run in runs]
            elif term.tokens:
                parts.append(_quoted(folded(term.text)) + ("*" if term.prefix else ""))
        return " AND ".join(parts) or None

    @cached_property
    def literal(self) -> "tuple[Term, ...]":
        """The terms that the index does not settle: those with signs in them, and scripts without spaces."""
        return tuple(term for term in self.terms if not term.is_plain)

    def holds(self, text: str, *, all_terms: bool) -> bool:
        """Whether a text fits.

        Args:
            text: of a message.
            all_terms: whether all are looked for, or only those that the index does not settle.
        """
        found = folded(text)
        words = " ".join(_tokens(found)) if all_terms else ""
        return all(self._is_in(term, found, f" {words} ") for term in (self.terms if all_terms else self.literal))

    @staticmethod
    def _is_in(term: Term, text: str, words: str) -> bool:
        if not term.is_plain:
            return folded(term.text) in text
        return f" {' '.join(term.tokens)}{'' if term.prefix else ' '}" in words

    def snippet(self, text: str) -> str:
        """A line of the text around the first place where something of it was found."""
        line = " ".join(text.split())
        plain = folded(line)
        starts = [_place(term, plain) for term in self.terms]
        first = min((start for start in starts if start >= 0), default=0)
        start = max(0, _unfolded(line, first) - _BEFORE)
        if start and " " in line[start : start + _BEFORE]:
            start = line.index(" ", start) + 1
        end = start + _SNIPPET
        if end < len(line) and " " in line[end - _BEFORE : end]:
            end = line.rindex(" ", start, end)
        return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")


def folded(text: str) -> str:
    """Without case and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    for mark in filter(unicodedata.combining, set(apart)):
        apart = apart.replace(mark, "")
    return apart.casefold()


def _unfolded(text: str, place: int) -> int:
    """Where in a text that comes from which stands at a place of it folded."""
    if text.isascii():
        return place
    start = 0
    while (step := len(folded(text[start : start + _STEP]))) <= place and start < len(text):
        place -= step
        start += _STEP
    for number in range(start, len(text)):
        place -= len(folded(text[number]))
        if place < 0:
            return number
    return 0


def indexed(text: str) -> str:
    """A text as the index has it: folded, and every character of a script without spaces a word of its own.

    What was indexed is taken out again by the same text: whoever changes this changes the index's own name.
    """
    text = folded(text)
    return text if text.isascii() else _RUNS.sub(lambda run: f" {_spelled(run[0])} ", text)


def _spelled(run: str) -> str:
    """Characters by their numbers: which of them an index takes for letters depends on the age of SQLite."""
    return " ".join([f"u{ord(char):x}" for char in run])


def _quoted(text: str) -> str:
    return '"' + text.replace("\0", " ").replace('"', " ") + '"'


def _place(term: Term, text: str) -> int:
    """Where a term stands in folded text: as a word if it does so anywhere."""
    tokens = term.tokens
    if not tokens or not term.is_plain:
        place = text.find(folded(term.text))
        if place >= 0 or not tokens:
            return place
    found = re.search(r"(?<!\w)" + r"\W+".join(map(re.escape, tokens)), text)
    return found.start() if found else text.find(tokens[0])


def _tokens(text: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r"[^\W_]+", text))
