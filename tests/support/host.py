"""A loopback host whose every answer a test may break, and that keeps every request and what was answered."""

import json
import re
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from tests.support.faultd import Faultd, Seen, Step, http

PAID = (
    "/api/ai/queue",
    "/api/ai/images/generate",
    "/api/ai/images/edit",
    "/api/ai/videos/generate",
    "/api/ai/chat/completions",
    "/api/images/generate",
    "/api/images/edit",
    "/api/videos/generate",
    "/api/chat/completions",
)
"""Paths of requests that cost something, in both generations of the API."""

Broken = Step | Callable[[bytes], Step]
"""What a case does to a request: a step instead of the answer (nothing is accepted), or one made of the honest answer."""


def whole(answer: bytes) -> Step:
    """The honest answer, as it is."""
    return Step((answer,), "close")


def reset(answer: bytes) -> Step:
    """It was accepted, and the connection is reset before a byte of the answer."""
    return Step((), "reset")


def silent(answer: bytes) -> Step:
    """It was accepted, and the connection is closed before a byte of the answer."""
    return Step((), "close")


def document(content: Any, status: str = "200 OK", **headers: str) -> bytes:
    """A JSON answer; an underscore in a header's name stands for a hyphen."""
    extra = [(name.replace("_", "-"), value) for name, value in headers.items()]
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return http(status, body, headers=[("Content-Type", "application/json"), *extra])


@dataclass(slots=True)
class Asked:
    """A request, and how much of which answer went out."""

    line: str
    seen: Seen
    answer: bytes = b""
    sent: int = 0

    @property
    def whole(self) -> bool:
        """Whether all of the answer was sent, its length included."""
        return bool(self.answer) and self.sent >= len(self.answer)

    @property
    def paid(self) -> bool:
        """Whether it was a request that costs something."""
        method, _, path = self.line.partition(" ")
        return method == "POST" and path.partition("?")[0] in PAID

    @property
    def refused(self) -> bool:
        """Whether the answer proves that it was not accepted (faults, finding 1 and the retry policy).

        That is a whole 4xx without ids, and for a chat a 503 or 529 that says in JSON that the server is busy.
        """
        chat = "/chat/" in self.line and b"application/json" in self.answer
        pattern = rb"HTTP/1\.[01] (4|503|529)" if chat else rb"HTTP/1\.[01] 4"
        return self.whole and re.match(pattern, self.answer) is not None and not self.ids

    @property
    def ids(self) -> list[str]:
        """The ids in a whole answer, those that may stand in a path."""
        found = re.findall(rb'"generation_id"\s*:\s*"([A-Za-z0-9._-]{1,128})"', self.answer) if self.whole else []
        return [one.decode() for one in found if one not in {b".", b".."}]

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.seen.body)


@dataclass(slots=True)
class Scripts:
    """What a case does to requests that come: by method and path, one after the other."""

    steps: dict[str, deque[Broken]] = field(default_factory=lambda: defaultdict(deque))
    always: dict[str, Broken] = field(default_factory=dict)

    def peek(self, line: str) -> Broken | None:
        """The step for a request, if there is one; ``*`` at the end of a pattern stands for any rest."""
        plain = line.partition("?")[0]
        scripted = (steps[0] for pattern, steps in self.steps.items() if steps and _fits(pattern, plain))
        always = (step for pattern, step in self.always.items() if _fits(pattern, plain))
        return next(scripted, None) or next(always, None)

    def take(self, line: str) -> Broken | None:
        """The same, which is used up thereby."""
        plain = line.partition("?")[0]
        step = self.peek(line)
        for pattern, steps in self.steps.items():
            if steps and _fits(pattern, plain):
                steps.popleft()
                break
        return step


def _fits(pattern: str, line: str) -> bool:
    return line.startswith(pattern[:-1]) if pattern.endswith("*") else line == pattern


def _line(seen: Seen) -> str:
    return " ".join(seen.line.split(" ")[:2])


class Host:
    """A scripted loopback host that keeps every request.

    Args:
        host: the address it listens on.
        honest: what it answers when nothing is broken.
        tls: the context to speak TLS with, if any.
    """

    def __init__(self, honest: Callable[[Seen], bytes], host: str = "127.0.0.1", tls: Any = None) -> None:
        self._honest = honest
        self._scripts = Scripts()
        self._lock = threading.Lock()
        self.asked: list[Asked] = []
        self.server = Faultd(host=host, route=self._route, appetite=self._appetite, tls=tls)
        self.url = self.server.url

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.__exit__(*error)

    def script(self, where: str, *steps: Broken) -> None:
        """Break the next requests of that method and path, ``POST /api/ai/queue``, one step each."""
        self._scripts.steps[where].extend(steps)

    def always(self, where: str, step: Broken) -> None:
        """Break every request of that method and path for which no script is left."""
        self._scripts.always[where] = step

    def count(self, where: str) -> int:
        """How many requests of that method and path came."""
        return len(self.of(where))

    def of(self, where: str) -> list[Asked]:
        """The requests of that method and path."""
        return [one for one in self.asked if _fits(where, one.line.partition("?")[0])]

    def _appetite(self, seen: Seen) -> int | None:
        step = self._scripts.peek(_line(seen))
        return step.read if isinstance(step, Step) else None

    def _route(self, seen: Seen) -> Step:
        asked = Asked(_line(seen), seen)
        with self._lock:
            self.asked.append(asked)
            broken = self._scripts.take(asked.line)
            step = broken if isinstance(broken, Step) else (broken or whole)(self._honest(seen))
        asked.answer = b"".join(step.send)

        def sent(count: int) -> None:
            asked.sent += count

        return replace(step, sent=sent)
