"""Streamed answers: ``chat-N`` is N tokens of Markdown at full speed, ``chat-N@RATE`` marked ones at a pace."""

import functools
import json
import random
import re
import socket
import time
from collections.abc import Iterator

from tests.benchmarks.server.http import STREAM, chunk

LAST = 99_999
"""The number of the mark that ends every answer."""
_NAMED = re.compile(r"chat-(\d+)(?:@(\d+))?")
_TOGETHER = 1 << 16  # bytes of one write
_WORDS = ("small", "clear", "rivers", "carry", "light", "stones", "past", "quiet", "houses", "where", "people", "read", "letters", "and", "answer", "none", "before", "dinner")  # fmt: skip


def tokens(count: int) -> list[str]:
    """So many pieces of an answer as models write it: headings, prose, lists, code, tables; the last is marked."""
    pieces = _pieces(random.Random(17))
    return [next(pieces) for _ in range(count - 1)] + [f"\n\ntok{LAST}\n"]


def _pieces(chance: random.Random) -> Iterator[str]:
    def words(count: int) -> list[str]:
        return [f"{chance.choice(_WORDS)} " for _ in range(count)]

    section = 0
    while True:
        section += 1
        yield from ("\n\n## ", "Part ", f"{section}\n\n")
        yield from (*words(45), "**strong** ", "and ", "`code`", " then ", *words(25), "end.\n\n")
        for _ in range(4):
            yield from ("- ", *words(9), "\n")
        yield from ("\n```", "python\n")
        for line in range(9):
            yield from ("    value", f"_{line}", " = ", "compute(", f"{line}", ")\n")
        yield from ("```", "\n\n")
        if section % 3 == 0:
            yield from ("| name ", "| value |\n", "|---", "|---|\n")
            for _ in range(5):
                yield from ("| ", *words(1), "| ", *words(2), "|\n")
            yield "\n"


def _event(model: str, delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    document = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1_790_000_000,
        "model": model,
        "choices": [choice],
    }
    return chunk(b"data: " + json.dumps(document, separators=(",", ":")).encode() + b"\n\n")


def _ending(model: str) -> bytes:
    return _event(model, {}, "stop") + chunk(b"data: [DONE]\n\n") + chunk(b"")


@functools.lru_cache(8)
def _whole(model: str, count: int) -> bytes:
    """Every token an event and a chunk of its own, as servers send them."""
    said = [_event(model, {"content": text}) for text in tokens(count)]
    return STREAM + _event(model, {"role": "assistant", "content": ""}) + b"".join(said) + _ending(model)


def answer(connection: socket.socket, model: str, sent: dict[int, float]) -> None:
    """Write a streamed answer; of a paced one ``sent`` learns when each token went out."""
    named = _NAMED.search(model)
    count, rate = (int(named[1]), int(named[2] or 0)) if named else (8, 0)
    if not rate:
        whole = memoryview(_whole(model, count))
        for start in range(0, len(whole), _TOGETHER):
            connection.sendall(whole[start : start + _TOGETHER])
        return
    connection.sendall(STREAM)
    begun = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        event = _event(model, {"content": f"tok{number:05} "})
        sent[number] = time.monotonic()
        connection.sendall(event)
    connection.sendall(_event(model, {"content": f"\n\ntok{LAST}\n"}) + _ending(model))
