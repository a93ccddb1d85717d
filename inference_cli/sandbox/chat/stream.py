"""The answer as it comes: token by token, at a pace, and on demand not to its end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from inference_cli.sandbox import faults
from inference_cli.sandbox.chat.answer import Answer
from inference_cli.sandbox.chat.demands import Interruption
from inference_cli.sandbox.chat.documents import DONE, Chunks, event, usage
from inference_cli.sandbox.refusals import UNKNOWN, error_body
from inference_cli.sandbox.world import DAY, World

_BREATH = 64  # tokens, after which others get their turn on the loop


@dataclass(slots=True)
class Streaming:
    """One answer on its way.

    Args:
        world: whose time passes.
        answer: all of it.
        chunks: writes it.
        into: tokens of the request.
        with_usage: whether they are told in the end.
        pace: tokens a second, None as fast as can be.
        interruption: where it ends before its time.
        undone: whether ``[DONE]`` is left out.
        older: which generation of the API an error event is written for.
        abort: drops the connection.
        settle: told once, at the end however it came, how many tokens were sent.
        sent: how many tokens have been sent so far.
    """

    world: World
    answer: Answer
    chunks: Chunks
    into: int
    with_usage: bool
    pace: float | None
    interruption: Interruption | None
    undone: bool
    older: bool
    abort: Callable[[], None]
    settle: Callable[[int], None]
    sent: int = 0
    settled: bool = False

    async def events(self) -> AsyncIterator[bytes]:
        """The stream's events."""
        ends = self._reach()
        yield self.chunks.role()
        for piece in self.answer.pieces():
            if self.sent == ends:
                break
            if self.pace is not None:
                await self.world.sleep(1 / (self.pace * self.world.speed))
            elif self.sent % _BREATH == _BREATH - 1:
                await asyncio.sleep(0)
            self.sent += 1
            yield self.chunks.piece(piece)
        if self.interruption is not None:
            async for last in self._interrupted(self.interruption.kind):
                yield last
            return
        yield self.chunks.finish(self.answer.finish)
        if self.with_usage:
            yield self.chunks.usage(usage(self.into, self.answer.tokens, self.answer.reasoning_tokens()))
        if not self.undone:
            yield DONE

    def _reach(self) -> int:
        """After how many tokens it ends."""
        if self.interruption is None:
            return -1
        return self.answer.tokens // 2 if self.interruption.tokens is None else self.interruption.tokens

    async def _interrupted(self, kind: str) -> AsyncIterator[bytes]:
        if kind == "stall":
            await self.world.sleep(DAY)
        self.end()
        if kind == "error":
            yield event(error_body(UNKNOWN, faults.FAILED, older=self.older))
        elif kind in {"stall", "tear"}:
            self.abort()

    def end(self) -> None:
        """Settle what was sent, the first time."""
        if not self.settled:
            self.settled = True
            self.settle(self.sent)


class Settled(StreamingResponse):
    """A stream that is settled however it ended: to its end, cut, or left by the client."""

    def __init__(self, streaming: Streaming) -> None:
        headers = {"cache-control": "no-cache"}
        super().__init__(streaming.events(), media_type="text/event-stream", headers=headers)
        self._streaming = streaming

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._streaming.end()
