"""Lines that are made of facts: the head of a command, and what is known of one result."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inference_cli.terminal.numbers import bytes_in_words, duration_in_words, money_in_words
from inference_cli.terminal.safe import line
from inference_cli.terminal.widths import cells

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.conversation.turn import Outcome
    from inference_cli.jobs.updates import Result

_WIDEST = 80  # a tag further right than this is not seen as part of the line


def head_line(facts: Sequence[str], *, tag: str = "", width: int = _WIDEST) -> str:
    """``  model · 16:9 · about $0.01          sandbox``: what is about to be made, the tag on the right.

    Args:
        facts: the parts, from outside or not.
        tag: a word for the right edge; it follows after two spaces where there is no room.
        width: columns of the terminal.
    """
    text = "  " + " · ".join(line(fact) for fact in facts if fact)
    if not tag:
        return text
    room = min(width, _WIDEST) - cells(text) - cells(line(tag)) - 1
    return text + " " * max(2, room) + line(tag)


def facts_line(result: "Result", *, elapsed: float | None = None) -> str:
    """``1280x720 PNG · 812 kB · seed 4211 · $0.0100 · 3.4 s``, with a real multiplication sign: what is known.

    What is not known is left out.

    Args:
        result: one output.
        elapsed: seconds that it took.
    """
    size = f"{result.width}\N{MULTIPLICATION SIGN}{result.height}" if result.width and result.height else ""
    kind = line(result.format or "").upper()
    facts = [
        f"{size} {kind}".strip(),
        duration_in_words(result.duration) if result.duration else "",
        bytes_in_words(result.bytes) if result.bytes is not None else "",
        f"seed {result.seed}" if result.seed is not None else "",
        money_in_words(result.cost, exact=True) if result.cost is not None else "",
        duration_in_words(elapsed) if elapsed is not None else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def usage_line(outcome: "Outcome", cost: "Decimal | None") -> str:
    """``1,204 tokens in, 310 out · 3 requests · $0.0061 · 3.4 s``: what an answer took; what is not known is left out.

    Args:
        outcome: of a turn.
        cost: US dollars.
    """
    usage, requests = outcome.usage, len(outcome.responses)
    read, written = (usage.prompt_tokens, usage.completion_tokens) if usage else (None, None)
    tokens = [f"{read:,} tokens in" if read is not None else "", f"{written:,} out" if written is not None else ""]
    facts = [
        ", ".join(filter(None, tokens)) or "tokens not known",
        f"{requests} requests" if requests > 1 else "",
        money_in_words(cost, exact=True) if cost is not None else "cost not known",
        duration_in_words(outcome.seconds),
    ]
    return " · ".join(fact for fact in facts if fact)
