"""One question and its answer: what is kept of it while it comes, and what is said of it when it broke."""

import sqlite3
from contextlib import closing
from pathlib import Path

from inference_cli.api.wire import httpx
from inference_cli.cli.answering import Savings
from inference_cli.clock import ManualClock
from tests.support.program import Program
from tests.support.talker import STREAM, chunk, cut, events, said, talker


def test_the_pauses_double() -> None:
    """An answer of an hour is kept a dozen times, not a thousand."""
    clock = ManualClock()
    saved: list[float] = []
    savings = Savings(clock, lambda: saved.append(clock.monotonic()))
    for _ in range(3600):
        savings.tick()
        clock.sleep(1)
    assert saved == [2, 6, 14, 30, 62, 126, 254, 510, 1022, 2046]


def kept(program: Program) -> list[tuple[object, ...]]:
    """What the log holds of answers."""
    query = "SELECT complete, error, text FROM turns t JOIN messages m ON m.turn = t.number WHERE role = 'assistant'"
    with closing(sqlite3.connect(program.home / "data" / "conversations.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def test_what_has_come_is_in_the_log_while_more_comes(tmp_path: Path) -> None:
    """A process that is killed later loses little of a long answer."""
    program, service = talker(tmp_path)
    seen: list[list[tuple[object, ...]]] = []

    def body() -> object:
        yield events([chunk({"content": "Once "})], done=False)
        program.clock.sleep(3)
        yield events([chunk({"content": "upon "})], done=False)
        seen.append(kept(program))
        yield said("a time")

    service.answers = [httpx.Response(200, headers=STREAM, content=body())]  # type: ignore[arg-type]
    assert program("chat", "x", "-q").out == "Once upon a time"
    assert seen == [[(0, "it was still being answered", "Once upon ")]]
    assert kept(program) == [(1, None, "Once upon a time")]


def test_where_a_broken_answer_is(tmp_path: Path) -> None:
    """In the log, by its id; with --no-log nowhere, and that is said as well."""
    program, _ = talker(tmp_path, cut("Once"), cut("Once"))
    logged, unlogged = program("chat", "x", "-m", "m"), program("chat", "x", "-m", "m", "--no-log")
    assert (logged.code, unlogged.code) == (12, 12)
    assert logged.err.splitlines()[1].startswith("  What came is kept:  inference logs show ")
    assert logged.err.splitlines()[1].endswith("Go on from it:  inference chat -c")
    assert unlogged.err == "error: the stream ended early\n  What came was shown, and is kept nowhere\n"
