"""What a service answered each command, recorded once from the sandbox and played again with something changed."""

import asyncio
import json
import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from inference_cli.clock import ManualClock
from inference_cli.sandbox.app import Sandbox
from inference_cli.sandbox.transport import SandboxTransport
from tests.support.api import CANARY
from tests.support.fuzz.answers import Answer, mutated
from tests.support.program import Program, program_in

API_URL = "https://hub.oxen.ai"
MEDIA_URL = "https://results.example"
_MOST_ROWS = 12
Key = tuple[str, str]
"""Method, and host with path; the query is left out, so that a page that was never asked for is the one that was."""


def key_of(request: httpx.Request) -> Key:
    """What a request asks for."""
    return request.method, f"{request.url.host}{request.url.path}"


@dataclass(frozen=True, slots=True)
class Talk:
    """One command and everything that it was answered, in order, by what was asked."""

    name: str
    arguments: tuple[str, ...]
    answers: Mapping[Key, tuple[Answer, ...]]
    stdin: bytes = b""
    older: bool = False

    @property
    def paid(self) -> int:
        """How many paid requests it sent."""
        return sum(len(found) for key, found in self.answers.items() if is_paid(*key))


def is_paid(method: str, path: str) -> bool:
    """Whether a request may cost something."""
    return method == "POST" and path.endswith(("/queue", "/generate", "/edit", "/completions"))


class Recorder(httpx.BaseTransport):
    """Passes requests on and keeps what they were answered, long lists shortened."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.answers: dict[Key, list[Answer]] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on."""
        response = self._inner.handle_request(request)
        answer = shortened(Answer.of(response))
        response.close()
        self.answers.setdefault(key_of(request), []).append(answer)
        return answer.response(request)


def shortened(answer: Answer) -> Answer:
    """The same with a list of models of a few."""
    if not answer.kind.startswith("application/json"):
        return answer
    document = json.loads(answer.content)
    rows = document.get("data", document.get("models")) if isinstance(document, dict) else document
    if not isinstance(rows, list) or len(rows) <= _MOST_ROWS:
        return answer
    rows[:] = rows[:: len(rows) // _MOST_ROWS]
    return Answer(answer.status, answer.headers, json.dumps(document).encode())


@dataclass
class Player(httpx.BaseTransport):
    """Answers as recorded, but for one request: what that is answered is mutated, each time that it is asked.

    ``accepted`` counts the paid requests that were not wholly refused.
    """

    talk: Talk
    rng: random.Random
    spoilt: Key | None
    accepted: int = 0
    asked: dict[Key, int] = field(default_factory=dict)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        request.read()
        key = key_of(request)
        found = self.talk.answers.get(key) or self._like(key)
        place = self.asked[key] = self.asked.get(key, -1) + 1
        answer = found[min(place, len(found) - 1)] if found else Answer(404, (), b'{"error": {"detail": "none"}}')
        if key == self.spoilt or not found:
            answer = mutated(answer, self.rng)
        self.accepted += is_paid(*key) and not answer.refuses
        return answer.response(request)

    def _like(self, key: Key) -> tuple[Answer, ...]:
        """What something of the same kind was answered: the same path but for its last part."""
        start = key[1].rpartition("/")[0]
        near = (found for name, found in self.talk.answers.items() if name[0] == key[0] and name[1].startswith(start))
        return next(near, ())


class QuickClock(ManualClock):
    """A clock on which time passes by waiting only, and whoever waits lets other threads work for a moment.

    Args:
        share: of what is waited for passes in fact, so that work of other threads has its time too.
    """

    def __init__(self, share: float = 0.001) -> None:
        super().__init__()
        self._share = share

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Let the time pass; whether the event was set."""
        if event.wait(0.001 + max(0.0, seconds) * self._share):
            return True
        self.sleep(seconds)
        return event.is_set()

    async def pass_by(self, seconds: float) -> None:
        """Advance, and let others run."""
        self.sleep(seconds)
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A command to be recorded, and commands that go before it and are not."""

    name: str
    arguments: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    stdin: bytes = b""
    older: bool = False


def signed_in(folder: Path, transport: Any, *, clock: ManualClock | None = None, older: bool = False) -> Program:
    """A program with a token, a clock of its own, and that transport instead of a network."""
    program = program_in(folder, clock=clock or QuickClock(), transport=lambda: transport)
    program.env = {**program.env, "INFERENCE_API_KEY": CANARY}
    (folder / "out").mkdir()
    config = program.home / "config" / "config.toml"
    config.parent.mkdir(parents=True, mode=0o700)
    generation = 'api = "2026-04"\nnamespace = "ours"\n' if older else ""
    config.write_text(f"[profiles.default]\nconfirm_above = 1000\n{generation}")
    config.chmod(0o600)
    return program


def filled(words: tuple[str, ...], **values: str) -> list[str]:
    """A command line whose ``{id}`` and ``{out}`` stand for something."""
    for name, value in values.items():
        words = tuple(word.replace(f"{{{name}}}", value) for word in words)
    return list(words)


def record(recipe: Recipe, folder: Path) -> Talk:
    """Run a command against the sandbox and keep its answers; ``{id}`` is the first generation made before it."""
    clock = QuickClock(1.0)  # drawing pictures takes its time, during which nothing may time out
    sandbox = Sandbox(
        folder / "sandbox",
        speed=100,
        api_url=API_URL,
        media_url=MEDIA_URL,
        clock=clock.now,
        sleep=clock.pass_by,
        url_seconds=1e9,
    )
    transport = SandboxTransport(sandbox.application)
    recorder = Recorder(transport)
    program = signed_in(folder, recorder, clock=clock, older=recipe.older)
    identity, out = "", f"{folder}/out/"
    try:
        for words in recipe.before:
            done = program(*filled(words, out=out))
            assert done.code == 0, (words, done)
            identity = identity or done.lines[0]
            clock.sleep(60)
        recorder.answers.clear()
        done = program(*filled(recipe.arguments, id=identity, out=out), stdin=recipe.stdin)
        assert done.code == 0, (recipe, done)
    finally:
        transport.close()
        sandbox.close()
    answers = {key: tuple(found) for key, found in recorder.answers.items()}
    return Talk(recipe.name, tuple(filled(recipe.arguments, id=identity)), answers, recipe.stdin, recipe.older)
