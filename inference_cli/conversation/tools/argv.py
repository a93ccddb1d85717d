"""Arguments put into the words of a command: ``["curl", "-s", "https://wttr.in/{city}"]``.

Each word stays one word, whatever is put into it; no shell ever sees it. A word whose argument was not given is left
out; a list of words stands or falls as a whole (``["--days", "{days}"]``). ``{files}`` alone, given a list, becomes a
word for each. A text cannot become an option: where it would begin a word with ``-``, the call fails, unless a ``--``
stands before it or the description says ``dashes = true``. ``{{`` and ``}}`` are braces.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inference_cli.conversation.tools.tool import ToolFailedError

_PIECE = re.compile(r"\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_-]*)\}|[{}]|[^{}]+")


class BraceError(Exception):
    """A brace stands alone in a word."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: literal texts, and the names of arguments in between as tuples of one."""

    pieces: tuple[str | tuple[str], ...]

    @classmethod
    def read(cls, text: str) -> "Word":
        """What a word is made of.

        Raises:
            BraceError: a brace stands alone.
        """
        pieces: list[str | tuple[str]] = []
        for found in _PIECE.finditer(text):
            if found[0] in {"{", "}"}:
                raise BraceError(f"a brace stands alone in {text!r}; a plain one is written twice")
            pieces.append((found[1],) if found[1] else found[0][0] if found[0] in {"{{", "}}"} else found[0])
        return cls(tuple(pieces))

    @property
    def names(self) -> tuple[str, ...]:
        """The arguments in it."""
        return tuple(piece[0] for piece in self.pieces if isinstance(piece, tuple))

    def text(self, arguments: Mapping[str, Any]) -> str:
        """With its arguments put in."""
        return "".join(piece if isinstance(piece, str) else _text(arguments[piece[0]]) for piece in self.pieces)

    def words(self, arguments: Mapping[str, Any]) -> list[str]:
        """The words that it becomes: none where an argument is missing, several where it is nothing but a list."""
        if not arguments.keys() >= set(self.names):
            return []
        if len(self.pieces) == len(self.names) == 1 and isinstance(arguments[self.names[0]], list):
            return [_text(one) for one in arguments[self.names[0]]]
        return [self.text(arguments)]

    def is_bare(self, arguments: Mapping[str, Any]) -> bool:
        """Whether a text from outside begins it."""
        first = self.pieces[0] if self.pieces else ""
        if isinstance(first, str):
            return False
        value = arguments.get(first[0])
        return not isinstance(value, int | float) or isinstance(value, bool) or len(self.pieces) > 1


Group = tuple[Word, ...]
"""Words that stand or fall together."""


def filled(groups: Sequence[Group], arguments: Mapping[str, Any], *, dashes: bool) -> list[str]:
    """The whole command line.

    Args:
        groups: its words.
        arguments: that fit the tool's schema.
        dashes: whether texts may become options.

    Raises:
        ToolFailedError: a text would become an option, or cannot be an argument.
    """
    found: list[str] = []
    guarded = not dashes
    for group in groups:
        if not all(arguments.keys() >= set(word.names) for word in group):
            continue
        for word in group:
            words = word.words(arguments)
            guarded = guarded and word.pieces != ("--",)
            if guarded and word.is_bare(arguments):
                _refuse_options(words)
            found += words
    if any("\0" in word or not _is_valid(word) for word in found):
        raise ToolFailedError("An argument holds a NUL or half a character. Nothing was called.")
    return found


def _refuse_options(words: Sequence[str]) -> None:
    for word in words:
        if word.startswith("-"):
            raise ToolFailedError(f"{word[:100]!r} would be an option of the command. Nothing was called.")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - still exact
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def _is_valid(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True
