"""Conversations for tests of the log: a log in a folder, turns with made-up answers, files that are attached."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from inference_cli.api.completion import ToolCall, Usage
from inference_cli.api.redaction import Redactor
from inference_cli.clock import Clock, ManualClock
from inference_cli.conversation.attachments import Attachment
from inference_cli.conversation.log import Log
from inference_cli.conversation.outcome import CallRecord, Outcome

ORIGIN = "https://hub.example"
MODEL = "claude-sonnet-4-6"
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(range(64))


def log_in(
    folder: Path,
    *,
    clock: Clock | None = None,
    origin: str | None = ORIGIN,
    redactor: Callable[[], Redactor] = Redactor,
    patience: float = 30.0,
) -> Log:
    """A log in that folder, as the program keeps it in its data folder."""
    return Log(
        folder / "conversations.sqlite3",
        clock=clock or ManualClock(),
        attachments=folder / "attachments",
        origin=origin,
        redactor=redactor,
        patience=patience,
    )


def outcome(text: str = "", *, complete: bool = True, messages: Sequence[dict[str, Any]] = (), **more: Any) -> Outcome:
    """An answer of one message, or of those."""
    said = tuple(messages) or (({"role": "assistant", "content": text},) if text else ())
    return Outcome(text=text, new_messages=said, complete=complete, seconds=1.5, **more)


def usage(into: int = 12, out: int = 34) -> Usage:
    """Tokens."""
    return Usage(into, out, {"prompt_tokens": into, "completion_tokens": out})


def record(name: str = "time", result: str = "noon") -> CallRecord:
    """A call that was answered."""
    return CallRecord(ToolCall("call_1", name, "{}"), result, failed=False, approved=True, seconds=0.5)


def attachment(data: bytes = PIXEL, name: str = "fox.png", mime: str = "image/png") -> Attachment:
    """A picture as it is attached."""
    url = f"data:{mime};base64,{base64.b64encode(data).decode()}"
    digest = hashlib.sha256(data).hexdigest()
    part = {"type": "image_url", "image_url": {"url": url}}
    return Attachment("image", mime, name, len(data), digest, f"~/{name}", part)


def user(text: str, *attachments: Attachment) -> dict[str, Any]:
    """What somebody asks."""
    from inference_cli.conversation.messages import user_message

    return user_message(text, attachments)


def talk(log: Log, *exchanges: tuple[str, str], model: str = MODEL, cost: str | None = "0.0125", **more: Any) -> str:
    """A conversation: questions and their answers; an empty answer is none."""
    conversation = log.begin(model=model, **more)
    for question, answer in exchanges:
        turn = log.asked(conversation, model=model, messages=[user(question)], parameters={"max_tokens": 100})
        if answer:
            price = None if cost is None else Decimal(cost)
            log.answered(turn, outcome(answer, usage=usage(), model=model), cost=price)
    return conversation


def roles(messages: Sequence[dict[str, Any]]) -> list[str]:
    """Who says what, in short."""
    return [f"{one['role']}: {one.get('content')}" for one in messages]
