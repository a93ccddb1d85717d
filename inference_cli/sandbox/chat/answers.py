"""From a question to its answer, by rules alone: the same question has the same answer every time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inference_cli.sandbox.chat import markdown, prose, tools
from inference_cli.sandbox.chat.answer import Answer, Section
from inference_cli.sandbox.chat.demands import Demands
from inference_cli.sandbox.chat.messages import Talk
from inference_cli.sandbox.chat.seen import Seen
from inference_cli.sandbox.chat.terms import Terms
from inference_cli.sandbox.schema import instances

_UNFIT: tuple[Any, ...] = ({"sandbox": "does not fit"}, "sandbox", 0, None, [], {})


@dataclass(frozen=True, slots=True)
class Question:
    """A request that was read; ``seen`` is what is attached to each message, ``spoil`` asks for JSON that is wrong."""

    model: str
    talk: Talk
    seen: Sequence[Sequence[Seen]]
    terms: Terms
    demands: Demands
    spoil: bool


def answer(question: Question) -> Answer:
    """The answer.

    Raises:
        ImpossibleError: nothing fits the schema that was given.
    """
    terms, words = question.terms, question.demands.words
    called = tools.calls(question.talk, terms, question.demands, spoil=question.spoil)
    thought = (Section("reasoning", prose.reasoning(question.talk)),) if "reasoning" in words else ()
    if called:
        said = tuple(Section("call", call.arguments, call) for call in called)
    else:
        said = (Section("content", _until(_text(question), terms.stops)),)
    whole = Answer((*thought, *said), "tool_calls" if called else "stop")
    if "filter" in words:
        whole = whole.first(whole.tokens // 2, "content_filter")
    if terms.limit is not None and whole.tokens > terms.limit:
        return whole.first(terms.limit, "length")
    return whole


def _until(text: str, stops: Sequence[str]) -> str:
    """A text up to the first of the stops, which is not in it."""
    ends = [place for place in map(text.find, stops) if place >= 0]
    return text[: min(ends)] if ends else text


def _text(question: Question) -> str:
    talk, demands = question.talk, question.demands
    if "empty" in demands.words:
        return ""
    if question.terms.form != "text":
        return _document(question)
    if demands.tokens is not None:
        endless = markdown.pages() if "markdown" in demands.words else prose.paragraphs(talk.asked.text)
        return prose.filled(endless, demands.tokens)
    if "markdown" in demands.words:
        return markdown.tour()
    if "help" in demands.words:
        return prose.help_table()
    return prose.reply(question.model, talk, question.seen)


def _document(question: Question) -> str:
    """The answer as JSON that fits, or on demand does not."""
    talk, schema = question.talk, question.terms.schema
    if schema is None:
        if question.spoil:
            return '{"sandbox": true, '
        return _written(
            {"sandbox": True, "model": question.model, "asked": talk.asked.text, "messages": len(talk.turns)}
        )
    told = "\n".join((talk.asked.text, *(text for _, text in talk.results)))
    if not question.spoil:
        return _written(instances.build(schema, told))
    return next((_written(value) for value in _UNFIT if not instances.fits(schema, value)), '{"sandbox": ')


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
