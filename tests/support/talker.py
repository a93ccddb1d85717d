"""Answers of a chat for tests: scripted streams, and a program whose requests they answer."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from tests.support.api import CANARY
from tests.support.program import Program, program_in

MODEL = {
    "id": "claude-sonnet-4-6",
    "endpoint": "/chat/completions",
    "capabilities": {"input": ["text", "image", "file"], "output": ["text"]},
    "pricing": {"method": "token", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05},
    "request_schema": None,
}
USAGE = {"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 14}
STREAM = {"content-type": "text/event-stream"}


def chunk(delta: Mapping[str, Any], *, finish: str | None = None, **more: Any) -> dict[str, Any]:
    """One chunk of the first choice."""
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m1", "choices": [choice], **more}


def events(chunks: Iterable[Mapping[str, Any]], *, done: bool = True) -> bytes:
    """Chunks as a stream of server-sent events."""
    lines = b"".join(b"data: " + json.dumps(one).encode() + b"\n\n" for one in chunks)
    return lines + (b"data: [DONE]\n\n" if done else b"")


def said(*pieces: str, finish: str = "stop", reasoning: str = "", usage: Any = USAGE) -> bytes:
    """An answer of these pieces."""
    thought = [chunk({"reasoning_content": reasoning})] if reasoning else []
    return events(
        [
            chunk({"role": "assistant", "content": ""}),
            *thought,
            *(chunk({"content": piece}) for piece in pieces),
            chunk({}, finish=finish),
            {"id": "c1", "object": "chat.completion.chunk", "choices": [], "usage": usage},
        ]
    )


def cut(*pieces: str) -> bytes:
    """The beginning of an answer, and then nothing."""
    return events([chunk({"content": piece}) for piece in pieces], done=False)


def called(*calls: tuple[str, Mapping[str, Any]]) -> bytes:
    """A model that calls tools: arguments come in two pieces, by index."""
    chunks = []
    for index, (name, arguments) in enumerate(calls):
        text = json.dumps(arguments)
        start = {"index": index, "id": f"call_{index}", "type": "function"}
        chunks.append(chunk({"tool_calls": [{**start, "function": {"name": name, "arguments": text[:3]}}]}))
        chunks.append(chunk({"tool_calls": [{"index": index, "function": {"arguments": text[3:]}}]}))
    return events([*chunks, chunk({}, finish="tool_calls"), {"choices": [], "usage": USAGE}])


@dataclass
class Service:
    """Answers chats from a script, and questions about models from a list; keeps what was asked.

    An answer is the bytes of a stream, a whole response, or an exception.
    """

    answers: list[bytes | httpx.Response | Exception] = field(default_factory=list)
    models: list[Mapping[str, Any]] = field(default_factory=lambda: [MODEL])
    chats: list[dict[str, Any]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        self.requests.append(request)
        path = request.url.path
        if path.endswith("/chat/completions"):
            self.chats.append(json.loads(request.content))
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return httpx.Response(200, headers=STREAM, content=answer) if isinstance(answer, bytes) else answer
        found = [one for one in self.models if path.endswith(f"/{one['id']}")]
        if path.endswith("/models"):
            return httpx.Response(200, json={"object": "list", "data": self.models})
        return httpx.Response(200, json=found[0]) if found else httpx.Response(404, json={"error": {"detail": "no"}})

    @property
    def questions(self) -> list[Any]:
        """The last message of each chat."""
        return [one["messages"][-1]["content"] for one in self.chats]


def talker(folder: Path, *answers: bytes | httpx.Response | Exception) -> tuple[Program, Service]:
    """A program that is signed in to a service with those answers."""
    service = Service(list(answers))
    program = program_in(folder, clock=ManualClock(), transport=lambda: httpx.MockTransport(service))
    program.env = {**program.env, "INFERENCE_API_KEY": CANARY}
    return program, service


def pieces_of(text: str, size: int) -> Iterator[str]:
    """A text in pieces of that many characters."""
    return (text[place : place + size] for place in range(0, len(text), size))
