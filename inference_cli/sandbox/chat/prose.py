"""The sandbox's answers in words: what it was asked, told and shown. Plainly its own."""

import random
from collections.abc import Iterator, Sequence

from inference_cli.sandbox.chat import tokens
from inference_cli.sandbox.chat.demands import WORDS
from inference_cli.sandbox.chat.messages import Talk, Turn
from inference_cli.sandbox.chat.seen import Seen

_LONGEST, _REMEMBERED = 280, 4
_FOXES = ("A fox", "The old fox", "No fox", "Every second fox", "One of the foxes", "The fox of the sandbox")
_DOINGS = ("crosses the yard", "sleeps in the sand", "digs a hole", "counts its tokens", "waits for the rain")
_TIMES = ("at dawn", "before noon", "in the evening", "at night", "once a week", "when nobody looks")


def quoted(text: str) -> str:
    """A text in quotation marks on one line, shortened to what can be read at a glance."""
    line = " ".join(text[: 8 * _LONGEST].split())
    if len(line) > _LONGEST or len(text) > 8 * _LONGEST:
        line = f"{line[:_LONGEST].rpartition(' ')[0] or line[:_LONGEST]} \N{HORIZONTAL ELLIPSIS}"
    return f"\N{LEFT DOUBLE QUOTATION MARK}{line}\N{RIGHT DOUBLE QUOTATION MARK}"


def reply(model: str, talk: Talk, seen: Sequence[Sequence[Seen]]) -> str:
    """The answer to a question.

    Args:
        model: the name that was asked for.
        talk: the messages; nothing else is remembered.
        seen: what is attached to each of them.
    """
    asked = quoted(talk.asked.text) if talk.asked.text.strip() else "nothing in words"
    paragraphs = [
        f"This is the sandbox in place of {model}: rules wrote this answer, no model has read your message.",
        f"You asked: {asked}",
    ]
    if talk.system.strip():
        paragraphs.append(f"My instructions are: {quoted(talk.system)}")
    shown = list(_shown(talk, seen))
    if shown:
        paragraphs.append("\n".join(["I looked at what is attached:", "", *shown]))
    if talk.results:
        told = (f"- `{name}`: {quoted(text)}" for name, text in talk.results)
        paragraphs.append("\n".join(["The tools answered:", "", *told]))
    before = [turn for turn in talk.before if turn.role not in {"system", "developer"}]
    if before:
        paragraphs.append("\n".join(_remembered(before)))
    return "\n\n".join(paragraphs)


def _shown(talk: Talk, seen: Sequence[Sequence[Seen]]) -> Iterator[str]:
    for turn, facts in zip(talk.turns, seen, strict=True):
        earlier = "" if turn is talk.asked else " (in an earlier message)"
        yield from (f"- {one.kind}: {one.facts}{earlier}" for one in facts)


def _remembered(turns: Sequence[Turn]) -> Iterator[str]:
    many = len(turns) > 1
    last = turns[-_REMEMBERED:]
    of_them = f", the last {len(last)}" if len(turns) > len(last) else ""
    yield f"Before that I see {len(turns)} message{'s' if many else ''} of this talk{of_them}:"
    yield ""
    for turn in last:
        said = (
            quoted(turn.text) if turn.text.strip() else f"called {', '.join((turn.calls or {}).values()) or 'nothing'}"
        )
        yield f"- {turn.role}: {said}"


def reasoning(talk: Talk) -> str:
    """What is said to have been thought."""
    return (
        f"The sandbox pretends to think. Messages in this talk: {len(talk.turns)}; characters in the last of the user: "
        f"{len(talk.asked.text)}.\n\nIt will say what it was asked."
    )


def help_table() -> str:
    """The magic words as a table."""
    rows = (f"| `{word}` | {meaning} |" for word, meaning in WORDS.items())
    table = ["| word | what it does |", "|---|---|", *rows]
    tools = "A tool is called when the prompt says its name, or a telling word of it."
    return "\n".join(["The sandbox does what these words in a prompt say:", "", *table, "", tools])


def filled(texts: Iterator[str], count: int) -> str:
    """The first tokens of texts that never end.

    Args:
        texts: one after the other.
        count: how many tokens.
    """
    found: list[str] = []
    length = 0
    while length < count * tokens.CHARACTERS:
        found.append(next(texts))
        length += len(found[-1])
    return tokens.first("".join(found), count)


def paragraphs(seed: str) -> Iterator[str]:
    """Sentences without end, in paragraphs; each is numbered."""
    rng = random.Random(seed)
    yield "This is the sandbox, which writes as much as it was asked for.\n\n"
    number = 0
    while True:
        number += 1
        end = "\n\n" if number % 5 == 0 else " "
        yield f"{number}. {rng.choice(_FOXES)} {rng.choice(_DOINGS)} {rng.choice(_TIMES)}.{end}".replace(". ", ": ", 1)
