"""Conversations of the log as JSON; the schemas are where the others are."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inference_cli.terminal.documents import SCHEMA, money

if TYPE_CHECKING:
    from inference_cli.conversation.log_records import Attached, Conversation, Exchange, Found, Logged


def list_document(rows: "Sequence[Logged]", *, complete: bool) -> dict[str, Any]:
    """Conversations in a list.

    Args:
        rows: the conversations.
        complete: whether these are all that fit.
    """
    return {"schema": SCHEMA, "complete": complete, "data": [_row(row) for row in rows]}


def found_document(found: "Sequence[Found]") -> dict[str, Any]:
    """What a search found."""
    rows = [
        {
            "conversation_id": one.id,
            "model": one.model,
            "asked_at": one.at,
            "role": one.role,
            "snippet": one.snippet,
            "matches": one.matches,
        }
        for one in found
    ]
    return {"schema": SCHEMA, "data": rows}


def conversations_document(
    conversations: "Sequence[Conversation]", path: Callable[[str], Path | None]
) -> dict[str, Any]:
    """Conversations, whole.

    Args:
        conversations: the conversations.
        path: where the content of a SHA-256 is on this machine.
    """
    return {"schema": SCHEMA, "data": [_whole(one, path) for one in conversations]}


def _row(row: "Logged") -> dict[str, Any]:
    return {
        "conversation_id": row.id,
        "model": row.models[-1],
        "models": list(row.models),
        "created_at": row.created,
        "asked_at": row.latest,
        "turns": row.turns,
        "cost": money(row.cost),
        "complete": row.complete,
        "prompt": row.first,
        "template": row.template,
        "group_id": row.group,
    }


def _whole(one: "Conversation", path: Callable[[str], Path | None]) -> dict[str, Any]:
    return {
        "conversation_id": one.id,
        "origin": one.origin,
        "model": one.model,
        "created_at": one.created,
        "system": one.system,
        "template": one.template,
        "group_id": one.group,
        "cost": money(one.cost),
        "turns": [_turn(turn, path) for turn in one.turns],
    }


def _turn(turn: "Exchange", path: Callable[[str], Path | None]) -> dict[str, Any]:
    return {
        "turn": turn.number,
        "model": turn.model,
        "asked_at": turn.asked,
        "answered_at": turn.answered,
        "complete": turn.complete,
        "withdrawn": turn.withdrawn,
        "error": turn.error,
        "finish_reason": turn.finish_reason,
        "answered_model": turn.answered_model,
        "seconds": turn.seconds,
        "cost": money(turn.cost),
        "prompt_tokens": turn.prompt_tokens,
        "completion_tokens": turn.completion_tokens,
        "usage": turn.usage,
        "parameters": turn.parameters,
        "messages": list(turn.messages),
        "response": turn.response,
        "reasoning": turn.reasoning or None,
        "attachments": [_attachment(attached, path) for attached in turn.attachments],
        "calls": list(turn.calls),
        "responses": list(turn.responses),
    }


def _attachment(one: "Attached", path: Callable[[str], Path | None]) -> dict[str, Any]:
    file = path(one.sha256) if one.sha256 else None
    return {
        "kind": one.kind,
        "mime": one.mime,
        "name": one.name,
        "bytes": one.size,
        "sha256": one.sha256,
        "source": one.source,
        "path": None if file is None else str(file),
    }
