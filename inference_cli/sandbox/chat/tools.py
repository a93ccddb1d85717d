"""Which tools are called, with what: by their names, in the words of the prompt."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from inference_cli.sandbox.chat.demands import Demands
from inference_cli.sandbox.chat.messages import Talk
from inference_cli.sandbox.chat.terms import Terms
from inference_cli.sandbox.schema import instances

_PLAIN = frozenset(
    {"call", "fetch", "find", "function", "from", "info", "list", "make", "show", "tool", "with", "read"}
)
"""Words of a tool's name that say nothing of what it is about."""
_WORD = re.compile(r"[^\W\d_]+")
UNKNOWN = "sandbox_unknown"
"""What nobody offered."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a tool; ``arguments`` are JSON, unless the prompt asked for something else."""

    id: str
    name: str
    arguments: str


def calls(talk: Talk, terms: Terms, demands: Demands, *, spoil: bool) -> tuple[Call, ...]:
    """The calls that a request is answered with; none when it is answered in words.

    Args:
        talk: the messages; arguments are taken from the last of the user.
        terms: the tools, and which of them may or must be called.
        demands: of the prompt.
        spoil: whether the arguments are to be no JSON.

    Raises:
        ImpossibleError: nothing fits the parameters of a tool.
    """
    if not terms.tools or terms.choice == "none":
        return ()
    prompt = talk.asked.text
    if terms.choice != "required" and talk.rounds >= demands.rounds:
        return ()
    chosen = _chosen(terms, prompt)
    if "wrongtool" in demands.words:
        chosen = (UNKNOWN,)
    return tuple(
        Call(_identity(talk, place, name), name, _arguments(terms.tools.get(name, {"type": "object"}), prompt, spoil))
        for place, name in enumerate(chosen if terms.parallel else chosen[:1])
    )


def _chosen(terms: Terms, prompt: str) -> tuple[str, ...]:
    if terms.forced is not None:
        return (terms.forced,)
    meant = tuple(name for name in terms.tools if _named(name, prompt))
    if not meant:
        meant = tuple(name for name in terms.tools if _told(name, prompt))
    return meant or (tuple(terms.tools)[:1] if terms.choice == "required" else ())


def _named(name: str, prompt: str) -> bool:
    spoken = r"[\s_-]+".join(map(re.escape, re.split(r"[_-]+", name)))
    return re.search(rf"(?<!\w){spoken}(?!\w)", prompt, re.IGNORECASE) is not None


def _told(name: str, prompt: str) -> bool:
    words = {word.casefold() for word in _WORD.findall(prompt)}
    telling = {word.casefold() for word in _WORD.findall(name) if len(word) > 3} - _PLAIN
    return not telling.isdisjoint(words)


def _identity(talk: Talk, place: int, name: str) -> str:
    """Of a call: the same for the same talk, another at every place of it."""
    told = json.dumps([[turn.role, turn.text] for turn in talk.turns])
    return f"call_{hashlib.sha256(f'{place} {name} {told}'.encode()).hexdigest()[:24]}"


def _arguments(schema: Any, prompt: str, spoil: bool) -> str:
    written = json.dumps(instances.build(schema, prompt), ensure_ascii=False)
    return written[:-1] + ", sandbox" if spoil else written
