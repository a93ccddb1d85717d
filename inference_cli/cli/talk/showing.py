"""Lines of a conversation: below the prompt, below an answer, and its totals."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from inference_cli.terminal.numbers import money_in_words
from inference_cli.terminal.widths import beginning

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.api.records import Model
    from inference_cli.conversation.outcome import Outcome
    from inference_cli.conversation.talk import Talk
    from inference_cli.conversation.turn import Calling

_WIDEST = 80
_SHOWN = 200  # columns of the arguments of a call
_WINDOWS = ("context_length", "context_window", "max_context_length", "max_model_len")
"""What servers call the tokens that a model can read."""


def status_line(talk: "Talk", model: "Model | None", *, sandbox: bool) -> str:
    """``claude-sonnet-4-6 · $0.0061 · 1,204 of 200,000 tokens · 2 attached``: what is known."""
    waiting = len(talk.pending) + len(talk.files)
    facts = [
        talk.settings.model,
        _spent(talk),
        _fill(talk.context, window(model)),
        f"{waiting} attached" if waiting else "",
        "sandbox" if sandbox else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _spent(talk: "Talk") -> str:
    totals = talk.totals
    if not totals.all:
        return "price not known" if totals.unpriced else ""
    about = "more than " if totals.unpriced else "about " if totals.estimated else ""
    return about + money_in_words(totals.all, exact=True)


def _fill(tokens: int | None, most: int | None) -> str:
    if tokens is None:
        return ""
    return f"{tokens:,} of {most:,} tokens" if most else f"{tokens:,} tokens"


def window(model: "Model | None") -> int | None:
    """How many tokens a model can read, where its server says so."""
    if model is None:
        return None
    facts = model.raw.get("facts")
    for place in (model.raw, facts if isinstance(facts, Mapping) else {}):
        for name in _WINDOWS:
            found = place.get(name)
            if isinstance(found, int) and not isinstance(found, bool) and found > 0:
                return found
    return None


def exchange_line(outcome: "Outcome", cost: "Decimal | None", *, width: int) -> str:
    """The tokens and the cost of an answer, on the right; empty where neither is known."""
    usage = outcome.usage
    counts = [] if usage is None else [usage.prompt_tokens, usage.completion_tokens]
    tokens = sum(count or 0 for count in counts)
    facts = [f"{tokens:,} tokens" if tokens else "", money_in_words(cost, exact=True) if cost is not None else ""]
    text = " · ".join(fact for fact in facts if fact)
    return text.rjust(min(width, _WIDEST) - 1) if text else ""


def totals_lines(talk: "Talk") -> tuple[str, ...]:
    """What a conversation used and cost, a line for each thing."""
    totals = talk.totals
    answers = "1 answer" if totals.answers == 1 else f"{totals.answers:,} answers"
    lines = [
        f"{answers} · {totals.prompt_tokens:,} tokens in · {totals.completion_tokens:,} out",
        f"{money_in_words(totals.cost, exact=True)} for them"
        + (f", and of {totals.unpriced} it is not known" if totals.unpriced else ""),
    ]
    if talk.outputs or totals.media:
        made = "1 file" if len(talk.outputs) == 1 else f"{len(talk.outputs)} files"
        about = "about " if totals.estimated else ""
        lines.append(f"{about}{money_in_words(totals.media, exact=True)} for {made} made here")
    return tuple(lines)


def arguments_line(update: "Calling") -> str:
    """The arguments of a call, shortened."""
    given = update.call.arguments if update.arguments is None else json.dumps(update.arguments, ensure_ascii=False)
    text = " ".join(given.split())
    return beginning(text, _SHOWN)
