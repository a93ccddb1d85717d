"""What has become of a turn so far: messages for the history, usage, calls, the server's own documents."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from inference_cli.api.calls import call_documents
from inference_cli.api.completion import Completion, ToolCall, Usage
from inference_cli.frozen import dataclass, field

_THOUGHTS = ("reasoning_content", "reasoning", "reasoning_details")
_NO_RESULT = "No result: the turn ended before this was called, or before it answered."


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A tool call and what became of it; ``seconds`` is how long it took."""

    call: ToolCall
    result: str
    failed: bool
    approved: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Round:
    """One request's answer, and the calls that it asked for, as far as they were made."""

    completion: Completion
    records: tuple[CallRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A turn, as far as it came.

    ``text`` and ``reasoning`` are those of the last assistant message; ``new_messages`` follow the user's in the
    history, and can be sent again as they are, whatever was cut; ``usage`` is that of all requests, None where one of
    them has none; ``responses`` holds the server's document of each; ``seconds`` is how long it took.
    """

    text: str = ""
    reasoning: str = ""
    new_messages: tuple[dict[str, Any], ...] = ()
    usage: Usage | None = None
    model: str | None = None
    finish_reason: str | None = None
    complete: bool = False
    responses: tuple[dict[str, Any], ...] = ()
    calls: tuple[CallRecord, ...] = field(default=())
    seconds: float = 0.0


def said(completion: Completion) -> str:
    """What the model says: its text, else the words with which it refuses."""
    refusal = completion.message.get("refusal")
    return completion.text or (refusal if isinstance(refusal, str) else "")


def outcome_of(rounds: Sequence[Round], partial: Completion | None, *, complete: bool, seconds: float) -> Outcome:
    """Everything so far, put together.

    Args:
        rounds: those whose answer came to its end.
        partial: the one that did not, if any.
        complete: whether the turn came to its end.
        seconds: how long it took.
    """
    answers = [one.completion for one in rounds] + ([partial] if partial is not None else [])
    spoken = [one for one in answers if said(one) or one.reasoning or one.tool_calls] or answers
    last = spoken[-1] if spoken else Completion()
    return Outcome(
        text=said(last),
        reasoning=last.reasoning,
        new_messages=messages_of(rounds, partial),
        usage=total(one.usage for one in answers),
        model=next((one.model for one in reversed(answers) if one.model), None),
        finish_reason=answers[-1].finish_reason if answers else None,
        complete=complete,
        responses=tuple(one.raw for one in answers if one.raw),
        calls=tuple(record for one in rounds for record in one.records),
        seconds=seconds,
    )


def messages_of(rounds: Sequence[Round], partial: Completion | None = None) -> tuple[dict[str, Any], ...]:
    """The messages of assistant and tools; every call has an answer, since no server takes a history without."""
    messages: list[dict[str, Any]] = []
    for one in rounds:
        results = [record.result for record in one.records]  # all, in the order of the calls, or none
        messages.append(_assistant(one.completion))
        calls = one.completion.tool_calls
        messages += [
            _tool(call, result) for call, result in zip(calls, results or [_NO_RESULT] * len(calls), strict=True)
        ]
    if partial is not None and said(partial):
        messages.append({"role": "assistant", "content": said(partial)})  # calls that were cut cannot be sent again
    return tuple(messages)


def total(usages: Iterable[Usage | None]) -> Usage | None:
    """The usage of several requests; None where one of them is not known, for a part would pass for the whole."""
    known: list[Usage] = []
    for usage in usages:
        if usage is None:
            return None
        known.append(usage)
    if not known:
        return None
    into, out = ([getattr(usage, side) for usage in known] for side in ("prompt_tokens", "completion_tokens"))
    raw = reduce(_added, (usage.raw for usage in known))
    return Usage(None if None in into else sum(into), None if None in out else sum(out), raw)


def _added(first: Any, second: Any) -> Any:
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return {name: _added(first.get(name), second.get(name)) for name in {**first, **second}}
    if _is_number(first) and _is_number(second):
        exact = Decimal(str(first)) + Decimal(str(second))  # dollars: no 0.30000000000000004
        return float(exact) if float in {type(first), type(second)} else int(exact)
    return first if second is None else second


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _assistant(completion: Completion) -> dict[str, Any]:
    calls = call_documents(completion.message.get("tool_calls"))
    if not calls:
        return {"role": "assistant", "content": said(completion)}
    message = completion.message
    thoughts = {name: message[name] for name in _THOUGHTS if message.get(name)}
    # Models that think between calls refuse a call that comes back without what they thought.
    return {"role": "assistant", "content": completion.text or None, **thoughts, "tool_calls": calls}


def _tool(call: ToolCall, result: str) -> dict[str, Any]:
    return {"role": "tool", "tool_call_id": call.id, "content": result}
