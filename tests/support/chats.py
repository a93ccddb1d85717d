"""Streams of chat completions, as servers send them and as fakes give them."""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inference_cli.api.assembly import Assembly
from inference_cli.api.completion import Completion, Delta
from inference_cli.api.redaction import Redactor
from inference_cli.api.wire import httpx
from inference_cli.errors import InferenceError
from tests.support.api import Script, client_of, in_pieces

EVENTS = {"content-type": "text/event-stream"}
BODY = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}
USAGE = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
DONE = "[DONE]"
END: dict[str, Any] = {"id": "c1", "model": "m-1", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
COUNTED: dict[str, Any] = {"id": "c1", "choices": [], "usage": USAGE}


def piece(content: Any = None, **delta: Any) -> dict[str, Any]:
    """A chunk that adds to the first choice."""
    if content is not None:
        delta["content"] = content
    return {"id": "c1", "object": "chat.completion.chunk", "model": "m-1", "choices": [{"index": 0, "delta": delta}]}


def call_piece(index: int | None, arguments: str | None = None, **more: str) -> dict[str, Any]:
    """A chunk with a piece of a tool call; ``id`` and ``name`` where they are given."""
    function = {
        key: value for key, value in (("name", more.get("name")), ("arguments", arguments)) if value is not None
    }
    call: dict[str, Any] = {"function": function}
    call |= {key: value for key, value in (("index", index), ("id", more.get("id"))) if value is not None}
    return piece(tool_calls=[call])


def sse(*events: Any) -> bytes:
    """The bytes of a stream: an event for each document, text as it is."""
    datas = (event if isinstance(event, str) else json.dumps(event) for event in events)
    return "".join(f"data: {data}\n\n" for data in datas).encode()


def streamed(*events: Any) -> httpx.Response:
    """A stream as an answer."""
    return httpx.Response(200, headers=EVENTS, content=sse(*events))


def answered(content: str = "Hello", **more: Any) -> dict[str, Any]:
    """A whole completion."""
    message = {"role": "assistant", "content": content, **more}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if "tool_calls" in more else "stop"}
    return {"id": "c1", "object": "chat.completion", "model": "m-1", "choices": [choice], "usage": USAGE}


@dataclass
class FakeAnswering:
    """An answer that is what its chunks make; an exception among them is raised where it stands."""

    chunks: Sequence[Any]
    assembly: Assembly = field(default_factory=lambda: Assembly(Redactor()))
    ended: bool = False

    @property
    def completion(self) -> Completion:
        """All of it so far."""
        return self.assembly.completion(complete=self.ended)

    def __iter__(self) -> Iterator[Delta]:
        """Its pieces."""
        for chunk in self.chunks:
            if isinstance(chunk, BaseException):
                raise chunk
            self.assembly.take(chunk)
            delta = self.assembly.drain()
            if delta is not None:
                yield delta
        self.ended = True


class FakeChat:
    """A chat that gives the next answer of its script, and keeps what it was asked."""

    def __init__(self, *answers: Sequence[Any]) -> None:
        self._answers = iter(answers)
        self.bodies: list[Mapping[str, Any]] = []
        self.closed = 0

    @contextlib.contextmanager
    def stream(self, body: Mapping[str, Any], *, stop: Any = None) -> Iterator[FakeAnswering]:
        """The next answer, streamed."""
        del stop
        self.bodies.append(json.loads(json.dumps(body)))
        try:
            yield FakeAnswering(next(self._answers))
        finally:
            self.closed += 1

    def complete(self, body: Mapping[str, Any], *, stop: Any = None) -> Completion:
        """The next answer, whole."""
        with self.stream(body, stop=stop) as answering:
            for _ in answering:
                pass
            return answering.completion


@dataclass(frozen=True)
class FakeTool:
    """A tool that a function is."""

    name: str
    function: Callable[[Mapping[str, Any]], str]
    acts: bool = False


@dataclass(frozen=True)
class FakeResult:
    """What a fake tool gave."""

    content: str
    failed: bool = False
    approved: bool = True
    seconds: float = 0.5


class FakeToolbox:
    """Tools in a dictionary."""

    def __init__(self, *tools: FakeTool) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self.called: list[list[str]] = []

    @property
    def definitions(self) -> tuple[dict[str, Any], ...]:
        """What a request says of them."""
        return tuple({"type": "function", "function": {"name": name}} for name in self._tools)

    def tool(self, name: str, /) -> FakeTool | None:
        """The tool of that name."""
        return self._tools.get(name)

    def call_all(
        self, calls: Sequence[Any], approve: Callable[[Any, Mapping[str, Any]], bool], /
    ) -> tuple[FakeResult, ...]:
        """Call them one by one."""
        self.called.append([call.name for call in calls])
        results = []
        for call in calls:
            tool, arguments = self._tools[call.name], json.loads(call.arguments or "{}")
            allowed = approve(tool, arguments)
            content = tool.function(arguments) if allowed else "refused"
            results.append(FakeResult(content, failed=not allowed, approved=allowed))
        return tuple(results)


def ask(*answers: httpx.Response | Exception, notices: list[str] | None = None) -> tuple[list[Delta], Completion, Any]:
    """What a stream gives, all of it, and how it ended."""
    notices = [] if notices is None else notices
    deltas: list[Delta] = []
    completion = Completion()
    failure: InferenceError | None = None
    with client_of(Script(*answers), notice=notices.append) as client:
        try:
            with client.chat.stream(BODY) as answering:
                try:
                    deltas.extend(answering)
                finally:
                    completion = answering.completion
        except InferenceError as error:
            failure = error
    return deltas, completion, failure


def raw(*chunks: bytes | Exception, **headers: str) -> httpx.Response:
    """An answer of these bytes."""
    return httpx.Response(200, headers={**EVENTS, **headers}, content=in_pieces(*chunks))
