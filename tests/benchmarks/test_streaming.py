"""A stream costs little per token: counted in work, so that it can always be run; ratios: ``streaming.py`` beside it."""

import sys
from collections.abc import Iterable
from types import FrameType
from typing import Any

from inference_cli.api.dialect import OPENAI
from tests.support.api import client_of
from tests.support.chats import BODY, DONE, END, piece, sse
from tests.support.faultd import Faultd, Step

TOKENS = 2_000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def _chunked(events: Iterable[Any]) -> bytes:
    """Each event a chunk of its own, as servers send them."""
    parts = [sse(event) for event in events]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


class _Calls:
    """Calls of functions in this thread, those in C included, and those of h11 among them."""

    def __init__(self) -> None:
        self.all = self.h11 = 0

    def count(self, frame: FrameType, event: str, _argument: Any) -> None:
        """For ``sys.setprofile``."""
        self.all += event in {"call", "c_call"}
        self.h11 += event == "call" and "/h11/" in frame.f_code.co_filename


def test_tokens_that_arrive_together_are_read_together() -> None:
    """Of a stream at full speed each token takes few calls, and h11 sees reads of the socket, not tokens."""
    answer = HEAD + _chunked([*(piece(f"word{number} ") for number in range(TOKENS)), END, DONE])
    calls, before = _Calls(), sys.getprofile()
    with (
        Faultd(Step((answer,), "close")) as server,
        client_of(None, base_url=f"{server.url}/v1", dialect=OPENAI) as client,
        client.chat.stream(BODY) as answering,
    ):
        sys.setprofile(calls.count)
        try:
            texts = [delta.text for delta in answering]
        finally:
            sys.setprofile(before)
    assert "".join(texts) == "".join(f"word{number} " for number in range(TOKENS))
    assert len(texts) < TOKENS / 20
    assert calls.h11 < TOKENS
    assert calls.all / TOKENS < 40
