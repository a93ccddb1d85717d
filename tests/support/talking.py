"""Somebody who talks: entries typed one after the other, and everything that is seen, sent and kept."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from inference_cli.cli.repl import Start
from inference_cli.cli.session import Session
from inference_cli.cli.talk.conversation import hold
from inference_cli.cli.world import World
from inference_cli.clock import ManualClock, SystemClock
from inference_cli.conversation.attachments import Attachment
from inference_cli.conversation.outcome import Outcome
from inference_cli.errors import InferenceError
from inference_cli.terminal.streams import Stream, Streams

MODEL = "gpt-5"
TOKEN = "canary-token-0123456789"
Typed = str | Callable[[], str | None]
Handler = Callable[[httpx.Request], httpx.Response]


def said(*pieces: str, tokens: tuple[int, int] = (10, 5), finish: str = "stop", **usage: Any) -> bytes:
    """A stream that says so, to its end."""
    events: list[dict[str, Any]] = [{"choices": [{"index": 0, "delta": {"content": piece}}]} for piece in pieces]
    events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    counted = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], **usage}
    events.append({"choices": [], "usage": counted})
    return b"".join(f"data: {json.dumps(event)}\n\n".encode() for event in events) + b"data: [DONE]\n\n"


def begun(text: str) -> bytes:
    """The beginning of a stream."""
    return f"data: {json.dumps({'choices': [{'index': 0, 'delta': {'content': text}}]})}\n\n".encode()


def streamed(*parts: bytes | Callable[[], bytes] | Exception) -> httpx.Response:
    """An answer of these parts; one that is called does something on the way."""

    def body() -> Iterator[bytes]:
        for part in parts:
            if isinstance(part, Exception):
                raise part
            yield part if isinstance(part, bytes) else part()

    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=body())


class Server:
    """An OpenAI-compatible server: models, and answers to chat requests in the order of a script."""

    def __init__(self, *answers: httpx.Response | bytes | Exception) -> None:
        self._answers = iter(answers)
        self.bodies: list[Any] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        if not request.url.path.endswith("/chat/completions"):
            return self._models(request.url.path.rpartition("/models")[2].strip("/"))
        self.bodies.append(json.loads(request.content))
        answer = next(self._answers, None)
        assert answer is not None, f"nobody expected {request.content!r}"
        if isinstance(answer, Exception):
            raise answer
        return streamed(answer) if isinstance(answer, bytes) else answer

    @staticmethod
    def _models(name: str) -> httpx.Response:
        rows: list[dict[str, Any]] = [
            {"id": MODEL, "capabilities": {"input": ["text", "image"], "output": ["text"]}, "context_length": 1000},
            {"id": "other", "capabilities": {"input": ["text"], "output": ["text"]}},
            {"id": "painter", "capabilities": {"input": ["text"], "output": ["image"]}},
        ]
        if not name:
            return httpx.Response(200, json={"data": rows})
        found = [row for row in rows if row["id"] == name]
        return httpx.Response(200, json=found[0]) if found else httpx.Response(404, json={"error": "no such model"})

    @property
    def messages(self) -> list[list[tuple[str, Any]]]:
        """Who said what in each request."""
        return [[(one["role"], one["content"]) for one in body["messages"]] for body in self.bodies]


@dataclass(slots=True)
class MemoryLog:
    """A log in memory."""

    rows: list[Any] = field(default_factory=list)

    def begin(self, *, model: str, system: str | None = None, template: str | None = None) -> str:
        """Begin a conversation."""
        self.rows.append(("begin", model, system, template))
        return f"c{sum(row[0] == 'begin' for row in self.rows)}"

    def set_system(self, conversation_id: str, system: str | None, /) -> None:
        """Change the system prompt."""
        self.rows.append(("system", conversation_id, system))

    def withdraw(self, conversation_id: str, /) -> None:
        """Take the last answered turn back."""
        self.rows.append(("withdraw", conversation_id))

    def asked(
        self,
        conversation_id: str,
        /,
        *,
        model: str,
        messages: Sequence[dict[str, Any]],
        parameters: Mapping[str, Any],
        attachments: Sequence[Attachment],
    ) -> int:
        """Keep a question."""
        self.rows.append(("asked", conversation_id, model, messages[0]["content"], dict(parameters), len(attachments)))
        return len(self.rows)

    def answered(self, turn_id: int, outcome: Outcome, /, *, cost: Decimal | None, error: str | None) -> None:
        """Keep an answer."""
        self.rows.append(("answered", turn_id, outcome.text, outcome.complete, cost, error))


class Typist:
    """Types entries; one that is a function does something first."""

    def __init__(self, entries: Sequence[Typed]) -> None:
        self._entries = iter(entries)
        self._ending: BaseException | None = None
        self.drafts: list[str] = []

    def read(self, default: str = "") -> str | None:
        """The next entry."""
        self.drafts.append(default)
        if self._ending is not None:
            raise self._ending
        entry = next(self._entries, None)
        entry = entry() if callable(entry) else entry
        if self._ending is not None:
            raise self._ending
        return entry

    def stop(self, error: BaseException) -> None:
        """Type no more."""
        self._ending = error


@dataclass(slots=True)
class Talked:
    """What a conversation left."""

    code: int
    out: str
    err: str
    drafts: list[str]
    log: MemoryLog

    @property
    def notes(self) -> list[str]:
        """The lines on stderr, without spaces around them."""
        return [line.strip() for line in self.err.splitlines() if line.strip()]


def talk(folder: Path, server: Handler | None, *entries: Typed, start: Start | None = None, **env: str) -> Talked:
    """Hold a conversation in a terminal.

    Args:
        folder: of the user.
        server: answers; None talks to the sandbox.
        *entries: what is typed; then the user leaves.
        start: how it begins; ``log`` is one in memory unless it says otherwise.
        **env: more of the environment.
    """
    out, err, log, typist = io.BytesIO(), io.BytesIO(), MemoryLog(), Typist(entries)
    session = session_of(folder, server, out, err, **env)
    code = 0
    try:
        given = start or Start(model=MODEL, log=log)
        hold(session, given, typist)
    except InferenceError as error:
        code = session.fail(error)
    finally:
        session.close()
    return Talked(code, out.getvalue().decode(), err.getvalue().decode(), typist.drafts, log)


def session_of(
    folder: Path,
    server: Handler | None = None,
    out: io.BytesIO | None = None,
    err: io.BytesIO | None = None,
    **env: str,
) -> Session:
    """A session in a terminal, with the sandbox where nobody else answers."""
    home = folder / "home"
    names = {f"INFERENCE_{kind}_DIR": str(home / kind.lower()) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
    names |= {"HOME": str(home), "INFERENCE_SANDBOX_SPEED": "100", "TERM": "xterm-256color", "COLUMNS": "100"}
    full = {**names, "NO_COLOR": "1", "INFERENCE_API_KEY": TOKEN, **env}
    stdin, stdout, stderr = (Stream(stream or io.BytesIO(), terminal=True) for stream in (None, out, err))
    streams = Streams(stdin, stdout, stderr, full, open_terminal=lambda: io.BytesIO(b""))
    transport = None if server is None else lambda: httpx.MockTransport(server)
    world = World(streams, full, folder / "work", ManualClock() if server else SystemClock(), transport)
    session = Session(world, ())
    session.begin(sandbox=server is None)
    return session
