"""Clients of the API for tests: against a handler in process, or against a scripted server on loopback."""

import contextlib
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from inference_cli.api.client import Client
from inference_cli.api.dialect import CURRENT, Dialect
from inference_cli.api.retry import Retry
from inference_cli.api.wire import httpx
from inference_cli.clock import Clock, ManualClock
from inference_cli.origin import parse_origin

CANARY = "canary-token-0123456789"
BASE = "https://hub.oxen.ai/api"

Handler = Callable[[httpx.Request], httpx.Response]


def client_of(
    handler: Handler | None,
    *,
    base_url: str = BASE,
    dialect: Dialect = CURRENT,
    namespace: str | None = None,
    clock: Clock | None = None,
    token: str | None = CANARY,
    trace: Callable[[str], None] | None = None,
    notice: Callable[[str], None] | None = None,
    retry: Retry | None = None,
    env: dict[str, str] | None = None,
) -> Client:
    """A client whose requests a handler answers, or, without one, the real network."""
    clock = clock or ManualClock()
    return Client(
        base_url=base_url,
        origin=parse_origin(base_url),
        token=token,
        token_source="environment INFERENCE_API_KEY",
        dialect=dialect,
        namespace=namespace,
        clock=clock,
        retry=retry or Retry(clock=clock, jitter=lambda: 1.0),
        transport=None if handler is None else (lambda: httpx.MockTransport(handler)),
        trace=trace,
        notice=notice,
        env=env,
    )


class Script:
    """A handler that answers each request with the next response, and keeps the requests."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers = iter(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer with what is next in the script."""
        self.requests.append(request)
        answer = next(self._answers, None)
        assert answer is not None, f"nobody expected {request.method} {request.url}"
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def lines(self) -> list[str]:
        """Method, path and query of what was asked."""
        return [f"{one.method} {one.url.raw_path.decode()}" for one in self.requests]

    @property
    def bodies(self) -> list[Any]:
        """The JSON of the requests that had a body."""
        return [json.loads(one.content) for one in self.requests if one.content]


class Sinks:
    """Sinks in memory: ``data`` holds what was closed, which outlives its sink, ``cut`` what was left open."""

    def __init__(self) -> None:
        self.data: dict[int, bytes] = {}
        self._opened: dict[int, io.BytesIO] = {}

    @property
    def cut(self) -> dict[int, bytes]:
        """What came of outputs whose end did not."""
        return {number: sink.getvalue() for number, sink in self._opened.items() if number not in self.data}

    def __call__(self, number: int) -> io.BytesIO:
        """Open sink ``number``."""
        sinks = self

        class Sink(io.BytesIO):
            def close(self) -> None:
                if not self.closed:
                    sinks.data[number] = self.getvalue()
                super().close()

        opened = self._opened[number] = Sink()
        return opened


def in_pieces(*pieces: bytes | Exception) -> Iterator[bytes]:
    """A body that arrives in these pieces; an exception is raised where it stands."""
    for piece in pieces:
        if isinstance(piece, Exception):
            raise piece
        yield piece


@contextlib.contextmanager
def no_sinks() -> Iterator[Callable[[int], io.BytesIO]]:
    """A sink that must not be opened."""

    def refuse(number: int) -> io.BytesIO:
        raise AssertionError(f"sink {number} was opened")

    yield refuse
