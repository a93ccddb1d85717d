"""An answer in sections, which falls into tokens: reasoning, words, calls of tools."""

from collections.abc import Iterator
from dataclasses import dataclass

from inference_cli.sandbox.chat import tokens
from inference_cli.sandbox.chat.tools import Call


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an answer.

    ``kind`` is ``reasoning``, ``content`` or ``call``; of a call ``text`` is what there is of its arguments, and its
    name counts as one token before them.
    """

    kind: str
    text: str
    call: Call | None = None

    @property
    def tokens(self) -> int:
        """How many it has."""
        return tokens.count(self.text) + (self.call is not None)

    def first(self, most: int) -> "Section":
        """Its first tokens, at least one."""
        return Section(self.kind, tokens.first(self.text, most - (self.call is not None)), self.call)


@dataclass(frozen=True, slots=True)
class Piece:
    """One token; of a call ``place`` is its index, and the first piece of it has no text but ``call``."""

    kind: str
    text: str
    place: int = 0
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All of it, and why it ended."""

    sections: tuple[Section, ...]
    finish: str

    @property
    def tokens(self) -> int:
        """How many are charged for: of reasoning and calls too."""
        return sum(section.tokens for section in self.sections)

    def text(self, kind: str) -> str | None:
        """The reasoning or the content; None where there is none."""
        found = [section.text for section in self.sections if section.kind == kind]
        return "".join(found) if found else None

    def reasoning_tokens(self) -> int:
        """How many of them are reasoning."""
        return sum(section.tokens for section in self.sections if section.kind == "reasoning")

    def first(self, most: int, finish: str) -> "Answer":
        """Its first tokens."""
        kept = []
        for section in self.sections:
            if most <= 0:
                break
            kept.append(section if section.tokens <= most else section.first(most))
            most -= section.tokens
        return Answer(tuple(kept), finish)

    def pieces(self) -> Iterator[Piece]:
        """Its tokens, one after the other."""
        place = -1
        for section in self.sections:
            if section.call is not None:
                place += 1
                yield Piece(section.kind, "", place, section.call)
            for text in tokens.pieces(section.text):
                yield Piece(section.kind, text, max(0, place))
