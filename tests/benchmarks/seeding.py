"""Fills a profile, for the interpreter of the version that is measured.  ORIGIN STATE DATA GENERATIONS CONVERSATIONS.

The files are made by the program itself; the rows go in at once, spread over two years, since each by itself would be
a transaction.
"""

import json
import random
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inference_cli.conversation.log_schema import LOG
from inference_cli.jobs.database import JOURNAL
from inference_cli.profile.database import Shape, open_database

_YEARS = 2 * 365 * 86400.0
_WORDS = (
    "river",
    "stone",
    "house",
    "letter",
    "dinner",
    "light",
    "paper",
    "garden",
    "winter",
    "signal",
    "copper",
    "boat",
)
_MODELS = ("film-1-0", "kling-video-v2-6-pro-text-to-video", "black-forest-labs-flux-2-klein-4b")
_Row = dict[str, Any]


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(count))


def journal(origin: str, count: int, now: float) -> Iterator[tuple[str, _Row]]:
    """Generations that are on the disk, each with its request; one in fifty failed."""
    chance = random.Random(1)
    for number in range(count):
        when = now - _YEARS * (count - number) / count
        intent = str(uuid.UUID(int=chance.getrandbits(128)))
        failed = number % 50 == 0
        model, prompt = chance.choice(_MODELS), _words(chance, 8)
        output = {"target": None}
        yield (
            "intents",
            {
                "id": intent, "owner": "seed", "origin": origin, "created": when, "argv": json.dumps(["video", prompt]),
                "kind": "video", "route": "queue", "model": model, "prompt": prompt, "params": "{}",
                "body_sha256": "0" * 64, "count": 1, "first": 1, "total": 1, "output": json.dumps(output),
                "state": "accepted", "updated": when, "price": "0.0125",
            },
        )  # fmt: skip
        yield (
            "generations",
            {
                "id": str(uuid.UUID(int=chance.getrandbits(128))), "origin": origin, "intent": intent, "n": 1, "direct": 0,
                "accepted": when, "state": "failed" if failed else "downloaded",
                "status": "failed" if failed else "succeeded", "error": "it failed" if failed else None,
                "path": None if failed else f"/films/{number}.mp4", "size": 1_000_000, "sha256": "0" * 64, "updated": when,
                "cost": "0.0125",
            },
        )  # fmt: skip


def log(origin: str, count: int, now: float) -> Iterator[tuple[str, _Row]]:
    """Conversations of two turns each."""
    chance = random.Random(2)
    for number in range(count):
        when = now - _YEARS * (count - number) / count
        conversation = f"{chance.getrandbits(64):016x}"
        yield "conversations", {"id": conversation, "origin": origin, "created": when, "model": "claude-sonnet-4-6"}
        for turn in (2 * number + 1, 2 * number + 2):
            yield (
                "turns",
                {
                    "number": turn, "conversation": conversation, "asked": when, "model": "claude-sonnet-4-6",
                    "parameters": "{}", "complete": 1, "answered": when + 1, "finish_reason": "stop", "seconds": 1.0,
                    "prompt_tokens": 20, "completion_tokens": 120, "cost": "0.002",
                },
            )  # fmt: skip
            for role, length in (("user", 12), ("assistant", 100)):
                text = _words(chance, length)
                body = json.dumps({"role": role, "content": text})
                yield "messages", {"turn": turn, "role": role, "text": text, "body": body}


def fill(path: Path, shape: Shape, rows: Iterator[tuple[str, _Row]], now: float) -> None:
    """Put rows into a file that the program makes."""
    connection = open_database(path, shape, now=now).connection
    connection.execute("BEGIN")
    for table, row in rows:
        places = ", ".join(f":{name}" for name in row)
        connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", row)  # noqa: S608 - our own names
    connection.execute("COMMIT")
    connection.close()


def main(origin: str, state: str, data: str, generations: str, conversations: str) -> None:
    """Fill both files."""
    now = time.time()
    fill(Path(state) / "journal.sqlite3", JOURNAL, journal(origin, int(generations), now), now)
    fill(Path(data) / "conversations.sqlite3", LOG, log(origin, int(conversations), now), now)


if __name__ == "__main__":
    main(*sys.argv[1:])
