"""A conversation as a Markdown document that a person can read anywhere: front matter, then who said what."""

import json
import re
from datetime import UTC
from typing import Any

from inference_cli.conversation.keeping import words_of
from inference_cli.conversation.log_records import Attached, Conversation, Exchange
from inference_cli.moments import local_time

_PLAIN = re.compile(r"(?=.*[A-Za-z])[\w][\w./@+-]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`\n]*)$", re.MULTILINE)
_SHORTEST = 3  # marks of a fence


def markdown(conversation: Conversation) -> str:
    """The document, with a line end at its end."""
    parts = ["\n".join(["---", *_facts(conversation), "---"])]
    if conversation.system:
        parts.append(f"## System\n\n{_closed(conversation.system)}")
    for turn in conversation.turns:
        parts += _turn(turn)
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def iso(moment: float) -> str:
    """A moment in UTC; Unix seconds where no calendar has it."""
    when = local_time(moment, UTC)
    return f"{moment:.0f}" if when is None else when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _facts(conversation: Conversation) -> list[str]:
    cost, template = conversation.cost, conversation.template
    return [
        f"conversation: {json.dumps(conversation.id)}",  # an id of digits only is no number
        f"model: {_scalar(conversation.model)}",
        f"date: {iso(conversation.created)}",
        *([f"template: {_scalar(template)}"] if template else []),
        *([f"cost: {round(cost, 10).normalize():f}"] if cost is not None else []),
    ]


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=True)


def _turn(turn: Exchange) -> list[str]:
    names = {"system": "System", "user": "User", "assistant": " ".join(turn.model.split())}
    results = {message.get("tool_call_id"): message for message in turn.messages if message.get("role") == "tool"}
    attached = "\n".join(f"- attached: {_attachment(one)}" for one in turn.attachments)
    parts: list[str] = []
    for message in turn.messages:
        role = str(message.get("role"))
        if role not in names:
            continue
        said = [_closed(words_of(message)), *_calls(message, results)]
        if role == "user" and attached:
            said, attached = [attached, *said], ""
        text = "\n\n".join(part for part in said if part.strip())
        parts.append(f"## {names[role]}\n\n{text}")
    if turn.withdrawn:
        parts.append("*Taken back*")
    if not turn.complete:
        parts.append(f"*Incomplete: {' '.join((turn.error or 'no answer was kept').split())}*")
    return parts


def _attachment(one: Attached) -> str:
    content = f", sha256 {one.sha256}" if one.sha256 else ""
    name = one.source if one.sha256 is None and one.source else one.name
    return f"{' '.join(name.split())} ({one.mime}{content})"


def _calls(message: dict[str, Any], results: dict[Any, dict[str, Any]]) -> list[str]:
    told = []
    for call in message.get("tool_calls") or ():
        function = call.get("function") or {}
        result = results.get(call.get("id"))
        told.append(
            f"- called {function.get('name')}, which answered:" if result else f"- called {function.get('name')}"
        )
        told.append(_fenced(str(function.get("arguments") or ""), "json"))
        if result:
            told.append(_fenced(words_of(result), ""))
    return told


def _fenced(text: str, language: str) -> str:
    """A code block, its fence longer than any in the text."""
    longest = max((len(marks) for marks in re.findall(r"`+", text)), default=0)
    fence = "`" * max(_SHORTEST, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _closed(text: str) -> str:
    """The text with the code block closed in which it was cut: what follows it is none of it."""
    opened = ""
    for match in _FENCE.finditer(text):
        marks, info = match.groups()
        if not opened:
            opened = marks
        elif marks[0] == opened[0] and len(marks) >= len(opened) and not info.strip():
            opened = ""
    return f"{text.rstrip()}\n{opened}" if opened else text
