"""What a chat answered, as JSON: the API's own response with what this program knows beside it; schemas as elsewhere.

Our own fields win over the API's of the same name.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from inference_cli.frozen import dataclass
from inference_cli.terminal.documents import SCHEMA, error_object, money

if TYPE_CHECKING:
    from inference_cli.conversation.turn import CallRecord, Outcome, Returned
    from inference_cli.errors import InferenceError

_EMPTY = {"object": "chat.completion", "choices": []}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: what came, what it cost (US dollars, None where nobody knows), where it is kept, what went wrong."""

    outcome: "Outcome"
    model: str
    cost: Decimal | None = None
    conversation: str | None = None
    error: "InferenceError | None" = None
    request: Mapping[str, Any] | None = None


def chat_document(answered: Answered) -> dict[str, Any]:
    """An answer: the response of its last round; tokens are those of all rounds."""
    outcome = answered.outcome
    response = dict(outcome.responses[-1]) if outcome.responses else dict(_EMPTY)
    document = {
        **response,
        "schema": SCHEMA,
        "model": response.get("model") or answered.model,
        "conversation_id": answered.conversation,
        "cost": money(answered.cost),
        "complete": outcome.complete,
        "seconds": round(outcome.seconds, 3),
        "rounds": len(outcome.responses),
    }
    if outcome.usage is not None and len(outcome.responses) > 1:
        document["usage"] = dict(outcome.usage.raw)
    if outcome.calls:
        document["calls"] = [_call(record) for record in outcome.calls]
    if answered.request is not None:
        document["request"] = answered.request
    if answered.error is not None:
        document["error"] = error_object(answered.error)
    return document


def comparison_document(answers: Sequence[Answered], error: "InferenceError | None") -> dict[str, Any]:
    """The answers of several models to one question, in the order in which they were named."""
    costs = [answered.cost for answered in answers if answered.cost is not None]
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "cost": money(sum(costs, Decimal(0))) if len(costs) == len(answers) else None,
        "answers": [chat_document(answered) for answered in answers],
    }
    if error is not None:
        document["error"] = error_object(error)
    return document


def text_event(text: str, *, reasoning: bool) -> dict[str, Any]:
    """A piece of an answer, for ``--events``."""
    return {"schema": SCHEMA, "event": "reasoning" if reasoning else "text", "text": text}


def call_event(update: "Returned") -> dict[str, Any]:
    """A call of a tool and what the model was told."""
    call = update.call
    return {
        "schema": SCHEMA,
        "event": "call",
        "id": call.id,
        "name": call.name,
        "arguments": call.arguments,
        "result": update.result,
        "failed": update.failed,
    }


def answer_event(answered: Answered) -> dict[str, Any]:
    """The whole answer, as the last event."""
    return {**chat_document(answered), "event": "answer"}


def _call(record: "CallRecord") -> dict[str, Any]:
    return {
        "id": record.call.id,
        "name": record.call.name,
        "arguments": record.call.arguments,
        "result": record.result,
        "failed": record.failed,
        "approved": record.approved,
        "seconds": round(record.seconds, 3),
    }
