"""Failures on demand, for tests: a script file that says what happens to which request.

TOML, a ``[[fault]]`` for each, or JSON, ``{"fault": [{…}]}``; the first that matches a request decides::

    [[fault]]
    method = "POST"                 # any method where it is missing
    path = "/api/ai/queue"          # a shell pattern; * matches slashes too; media paths begin with /results/
    nth = 1                         # which of the matching requests: a number from 1, or a list; every one if missing
    delay = 0.5                     # seconds before anything happens
    drop = "before"                 # the connection drops before the request reaches the sandbox, or
                                    # "after" it did: accepted and charged, and no answer
    status = 503                    # answered so, without reaching the sandbox, with
    headers = { Retry-After = "2" }
    body = { error = { message = "busy" } }   # text, or anything as JSON
    truncate = 100                  # of the sandbox's answer only so many bytes of the body, then the connection drops
    piece = 1024                    # the answer's body comes in pieces of so many bytes
    pause = 0.2                     # with so many seconds before each
    stream = "error"                # a streamed chat ends before its time: "tear" (no connection), "error" (an event),
                                    # "stall" (nothing for 24 hours) or "end" (in good order, but no finish, no [DONE])
    tokens = 20                     # after so many tokens; half of them where this is missing
    expired = true                  # the result URLs in the answer have expired already

Requests are counted in the process that serves them, from its start.
"""

import fnmatch
import json
import tomllib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inference_cli.sandbox.chat.demands import ENDS, Interruption

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of a script; see the module's own text for what each field does."""

    path: str = "*"
    method: str | None = None
    nth: frozenset[int] | None = None
    delay: float = 0.0
    drop: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = ""
    truncate: int | None = None
    piece: int | None = None
    pause: float = 0.0
    stream: str | None = None
    tokens: int | None = None
    expired: bool = False


def read(path: Path) -> tuple[Fault, ...]:
    """The faults of a script file.

    Raises:
        ValueError: it can't be read, is neither JSON nor TOML, or holds a key that no fault has.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ValueError(f"the script {path} cannot be read: {error.strerror}") from error
    document = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    rows = document.get("fault") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f'{path.name} holds no list of faults: [[fault]] in TOML, {{"fault": […]}} in JSON')
    return tuple(_fault(row) for row in rows)


def _fault(row: Mapping[str, Any]) -> Fault:
    unknown = row.keys() - {known.name for known in fields(Fault)}
    if unknown:
        raise ValueError(f"no such key of a fault: {', '.join(sorted(unknown))}")
    if row.get("drop") not in {None, "before", "after"}:
        raise ValueError('drop must be "before" or "after"')
    if row.get("stream") not in {None, *ENDS}:
        raise ValueError(f"stream must be one of {', '.join(ENDS)}")
    nth = row.get("nth")
    if nth is None:
        return Fault(**row)
    return Fault(**{**row, "nth": frozenset(nth if isinstance(nth, list) else [nth])})


class Scripted:
    """The application behind a script of faults."""

    def __init__(self, inner: ASGIApp, faults: Sequence[Fault], sleep: Sleep) -> None:
        self._inner = inner
        self._faults = faults
        self._counts = [0] * len(faults)
        self._sleep = sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or let the script have its way with it."""
        fault = self._next(scope)
        if fault is None:
            await self._inner(scope, receive, send)
            return
        if fault.delay:
            await self._sleep(fault.delay)
        abort = scope["extensions"]["sandbox.abort"]
        if fault.drop == "before":
            abort()
        elif fault.drop == "after":
            await self._inner(scope, receive, _ignore)
            abort()
        elif fault.status is not None:
            await _response(fault)(scope, receive, send)
        else:
            scope["sandbox.expired"] = fault.expired
            if fault.stream is not None:
                scope["sandbox.interruption"] = Interruption(fault.stream, fault.tokens)
            await self._inner(scope, receive, Spoiler(fault, send, abort, self._sleep))

    def _next(self, scope: Scope) -> Fault | None:
        """The first fault for this request; each that could have been counts it."""
        chosen = None
        for place, fault in enumerate(self._faults):
            if fault.method not in {None, scope["method"]} or not fnmatch.fnmatchcase(scope["path"], fault.path):
                continue
            self._counts[place] += 1
            if chosen is None and (fault.nth is None or self._counts[place] in fault.nth):
                chosen = fault
        return chosen


async def _ignore(message: Message) -> None:
    """Nobody hears the answer."""


def _response(fault: Fault) -> Response:
    assert fault.status is not None
    if isinstance(fault.body, str):
        return Response(fault.body, fault.status, fault.headers)
    return Response(json.dumps(fault.body), fault.status, fault.headers, "application/json")


class Spoiler:
    """Passes an answer on in pieces, slowly, or only in part."""

    def __init__(self, fault: Fault, send: Send, abort: Callable[[], None], sleep: Sleep) -> None:
        self._fault = fault
        self._send = send
        self._abort = abort
        self._sleep = sleep
        self._left = fault.truncate
        self._gone = False

    async def __call__(self, message: Message) -> None:
        """Pass one message on."""
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        if self._gone:
            return
        body = message.get("body", b"")
        cut = self._left is not None and len(body) >= self._left
        if cut:
            body = body[: self._left]
        step = self._fault.piece or max(1, len(body))
        for start in range(0, max(1, len(body)), step):
            if self._fault.pause and body:
                await self._sleep(self._fault.pause)
            last = start + step >= len(body)
            more = message.get("more_body", False) or not last or cut
            await self._send({**message, "body": body[start : start + step], "more_body": more})
        if cut:
            self._gone = True
            self._abort()
        elif self._left is not None:
            self._left -= len(body)
