"""Answers as OpenAI's chat completions write them: one document, or a stream of chunks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inference_cli.sandbox.chat.answer import Answer, Piece

DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Frame:
    """What every document and chunk of an answer has in common; ``created`` is in Unix seconds."""

    id: str
    created: int
    model: str

    def around(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        """A document of that kind."""
        shared = {"id": self.id, "object": kind, "created": self.created, "model": self.model}
        return {**shared, "choices": choices, "system_fingerprint": "sandbox"}


def usage(into: int, out: int, reasoning: int) -> dict[str, Any]:
    """How many tokens are charged for."""
    details = {"reasoning_tokens": reasoning}
    counts = {"prompt_tokens": into, "completion_tokens": out, "total_tokens": into + out}
    return {**counts, "completion_tokens_details": details}


def completion(frame: Frame, answer: Answer, used: Mapping[str, Any]) -> dict[str, Any]:
    """The whole answer in one document."""
    message: dict[str, Any] = {"role": "assistant", "content": answer.text("content"), "refusal": None}
    reasoning = answer.text("reasoning")
    if reasoning is not None:
        message["reasoning_content"] = reasoning
    called = [_call(section.call.id, section.call.name, section.text) for section in answer.sections if section.call]
    if called:
        message["tool_calls"] = called
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": answer.finish}
    return {**frame.around("chat.completion", [choice]), "usage": dict(used)}


def _call(identity: str, name: str, arguments: str) -> dict[str, Any]:
    return {"id": identity, "type": "function", "function": {"name": name, "arguments": arguments}}


class Chunks:
    """Chunks as server-sent events.

    With ``stream_options.include_usage`` the last one has the usage and no choice, and all others have ``usage: null``.
    Without it there is no usage in the stream at all; what is charged is the same.
    """

    def __init__(self, frame: Frame, *, with_usage: bool) -> None:
        self._frame = frame
        self._with_usage = with_usage

    def role(self) -> bytes:
        """The first chunk: who speaks."""
        return self._chunk({"role": "assistant", "content": ""})

    def piece(self, piece: Piece) -> bytes:
        """A token."""
        if piece.kind == "call":
            called: dict[str, Any] = {"index": piece.place, "function": {"arguments": piece.text}}
            if piece.call is not None:
                called = {"index": piece.place, **_call(piece.call.id, piece.call.name, "")}
            return self._chunk({"tool_calls": [called]})
        return self._chunk({"content" if piece.kind == "content" else "reasoning_content": piece.text})

    def finish(self, reason: str) -> bytes:
        """Why it ended."""
        return self._chunk({}, reason)

    def usage(self, used: Mapping[str, Any]) -> bytes:
        """The last chunk: what was used, and no choice."""
        return event({**self._frame.around("chat.completion.chunk", []), "usage": dict(used)})

    def _chunk(self, delta: dict[str, Any], reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        chunk = self._frame.around("chat.completion.chunk", [choice])
        return event({**chunk, "usage": None} if self._with_usage else chunk)


def event(document: Mapping[str, Any]) -> bytes:
    """A document as a server-sent event."""
    return f"data: {json.dumps(document, ensure_ascii=False)}\n\n".encode("utf-8", "replace")
