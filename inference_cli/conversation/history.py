"""The messages of a logged conversation, as they can be sent again."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from inference_cli.conversation.blobs import Blobs
from inference_cli.conversation.keeping import MissingError, is_masked, sendable
from inference_cli.errors import NotFoundError

_GONE = "[{name} was attached here; its file is not on this machine any more]"
_EXPIRED = "[{name} was attached here; its link was signed for a while only]"


def messages_to_send(
    connection: sqlite3.Connection, conversation: str, blobs: Blobs, note: Callable[[str], None]
) -> tuple[dict[str, Any], ...]:
    """The system message in its last wording, then the turns that were answered.

    Args:
        connection: the log.
        conversation: its id, whole.
        blobs: the bytes of attachments.
        note: takes a sentence about an attachment that is not there any more.

    Raises:
        NotFoundError: there is no such conversation.
    """
    found = connection.execute("SELECT system FROM conversations WHERE id = ?", (conversation,)).fetchone()
    if found is None:
        raise NotFoundError(f"no conversation {conversation} in the log", hint="See:  inference logs list")
    system: dict[str, Any] | None = {"role": "system", "content": found[0]} if found[0] else None
    turns: dict[int, list[dict[str, Any]]] = {}
    query = (
        "SELECT m.turn, m.body FROM messages m JOIN turns t ON t.number = m.turn"
        " WHERE t.conversation = ? AND NOT t.withdrawn ORDER BY m.turn, m.number"
    )
    for turn, body in connection.execute(query, (conversation,)):
        message = json.loads(body)
        if message.get("role") == "system":
            system = message
        else:
            turns.setdefault(turn, []).append(message)
    sent: list[dict[str, Any]] = [system] if system else []
    for turn, messages in turns.items():
        kept = answered_only(messages)
        if any(message.get("role") == "assistant" for message in kept):
            back = _Back(names_of(connection, turn), blobs, note)
            sent += [back.message(message) for message in kept]
    return tuple(sent)


def answered_only(messages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages without calls that no tool answered, results that nobody asked for, and answers that are empty.

    No service takes a history with one of these.
    """
    kept: list[dict[str, Any]] = []
    for place, message in enumerate(messages):
        role = message.get("role")
        if role == "tool":
            if _asked_for(message, kept):
                kept.append(message)
        elif role == "assistant" and message.get("tool_calls"):
            results = _results_after(messages[place + 1 :])
            if all(call.get("id") in results for call in message["tool_calls"]):
                kept.append(message)
            elif message.get("content"):
                kept.append({key: value for key, value in message.items() if key != "tool_calls"})
        elif role != "assistant" or message.get("content"):
            kept.append(message)
    return kept


def _results_after(messages: Iterable[dict[str, Any]]) -> set[Any]:
    results = set()
    for message in messages:
        if message.get("role") != "tool":
            break
        results.add(message.get("tool_call_id"))
    return results


def _asked_for(result: dict[str, Any], before: Sequence[dict[str, Any]]) -> bool:
    asking: dict[str, Any] = next((message for message in reversed(before) if message.get("role") != "tool"), {})
    return any(call.get("id") == result.get("tool_call_id") for call in asking.get("tool_calls") or ())


def names_of(connection: sqlite3.Connection, turn: int) -> dict[str, str]:
    """The names of a turn's attachments by their SHA-256; only these are put back."""
    rows = connection.execute("SELECT sha256, name FROM attachments WHERE turn = ? AND sha256 IS NOT NULL", (turn,))
    return dict(rows)


class _Back:
    """Puts the attachments of one turn back into its messages."""

    def __init__(self, names: dict[str, str], blobs: Blobs, note: Callable[[str], None]) -> None:
        self._names, self._blobs, self._note = names, blobs, note

    def message(self, message: dict[str, Any]) -> dict[str, Any]:
        content = message.get("content")
        if isinstance(content, list):
            return {**self._value({**message, "content": None}), "content": [self._part(part) for part in content]}
        back: dict[str, Any] = self._value(message)
        return back

    def _part(self, part: Any) -> Any:
        if is_masked(part):
            self._note("the link of an attachment was signed, which is not kept: the model is told that it is gone")
            return {"type": "text", "text": _EXPIRED.format(name="something")}
        back = self._value(part)
        return {"type": "text", "text": back} if isinstance(back, str) else back

    def _value(self, value: Any) -> Any:
        try:
            return sendable(value, self._blobs, self._names)
        except MissingError as error:
            name = self._names.get(str(error), "something")
            self._note(f"the attachment {name} is not in {self._blobs.folder} any more: the model is told so")
            gone = _GONE.format(name=name)
            return {**value, "content": gone} if isinstance(value, dict) and "role" in value else gone
