"""What was paid for is shown or kept, and counted once, whatever goes wrong around it."""

import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from inference_cli.api.wire import httpx
from inference_cli.errors import Interrupted
from tests.support.program import Program
from tests.support.talker import MODEL, STREAM, called, chunk, events, said, talker

NO = httpx.Response(400, json={"error": {"message": "no"}})
ASK = ("chat", "who?", "-m", str(MODEL["id"]), "-p", "max_tokens=100")
FORM = ("--schema", "name")


def _database(program: Program, table: str) -> Path:
    """The file in the program's folders that has the table."""
    for file in program.cwd.parent.rglob("*"):
        if file.is_file() and file.read_bytes().startswith(b"SQLite format 3"):
            with sqlite3.connect(file) as database:
                if database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                    return file
    raise AssertionError(table)


def _column(program: Program, table: str, column: str) -> list[Any]:
    with sqlite3.connect(_database(program, table)) as database:
        return [row[0] for row in database.execute(f"SELECT {column} FROM {table}")]  # noqa: S608 - words of this file


def _breaking(folder: Path, answer: bytes) -> Program:
    """A program whose log breaks while the answer is on its way."""
    program, service = talker(folder)
    breaking = threading.Lock()

    def reply(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/chat/completions"):
            with breaking, suppress(AssertionError), sqlite3.connect(_database(program, "turns")) as database:
                database.execute("DROP TABLE turns")  # by the first of several models only
            return httpx.Response(200, headers=STREAM, content=answer)
        return service(request)

    program.transport = lambda: httpx.MockTransport(reply)
    return program


def test_what_has_no_known_cost_counts_as_much_as_it_could(tmp_path: Path) -> None:
    """An answer without usage is not free: the limit holds for the answers after it."""
    program, service = talker(tmp_path, said("x", usage=None), said("y", usage=None))
    done = program(*ASK, *FORM, "--retry-schema", "2", "--max-cost", "0.004", "--no-log")
    assert (done.code, done.out, len(service.chats)) == (12, "x", 1)
    assert "the next round might exceed the limit" in done.err


@pytest.mark.parametrize("kept", [(), ("--no-log",)])
def test_a_refused_second_try_does_not_lose_the_first_answer(tmp_path: Path, kept: tuple[str, ...]) -> None:
    """It does not fit, but it was paid for."""
    program, _ = talker(tmp_path, said("first"), NO)
    done = program(*ASK, *FORM, "--retry-schema", "1", *kept)
    assert (done.code, done.out) == (12, "first")
    assert done.err.splitlines()[-2:] == [
        "  the server refused the request: no",
        "  It was paid for, and is on stdout.",
    ]


def test_each_row_of_the_log_has_its_own_cost(tmp_path: Path) -> None:
    """The cost of a second try is not that of both."""
    program, _ = talker(tmp_path, said("first"), said("second"))
    done = program(*ASK, *FORM, "--retry-schema", "1", "--json")
    assert _column(program, "turns", "cost") == ["0.000090", "0.000090"]
    assert done.json["cost"] == 0.00018


def test_thoughts_before_a_refusal_are_not_free(tmp_path: Path) -> None:
    """A server that has thought has worked: the price stays reserved."""
    thought = events([chunk({"reasoning_content": "hm"}), {"error": {"message": "no", "code": 400}}], done=False)
    program, _ = talker(tmp_path, thought)
    assert program("config", "set", "budget_day", "1").code == 0
    assert program(*ASK, "--no-log").code == 12  # accepted: no code may deny it
    assert _column(program, "answers", "state") == ["answered"]
    assert _column(program, "answers", "cost") == [None]


@pytest.mark.parametrize(
    ("flags", "look"),
    [
        ((), lambda done: done.out),
        (("--json",), lambda done: done.json["choices"][0]["message"]["content"]),
        (("--no-stream",), lambda done: done.out),
        (("-x",), lambda done: done.out),
        (("--schema", "a"), lambda done: done.out),
        (("-m", "other", "--json"), lambda done: done.json["answers"][0]["choices"][0]["message"]["content"]),
    ],
)
def test_a_log_that_breaks_loses_no_answer(tmp_path: Path, flags: tuple[str, ...], look: Callable[[Any], str]) -> None:
    """It is shown all the same, and the exit code says that it is not kept."""
    done = _breaking(tmp_path, said('{"a": "paid"}'))(*ASK, *flags)
    assert (done.code, look(done)) == (11, '{"a": "paid"}')
    assert "is not in the log" in done.err


def test_an_answer_that_cannot_be_a_file_is_somewhere(tmp_path: Path) -> None:
    """In the log, else on standard output."""
    program, _ = talker(tmp_path, said("paid"), said("paid"))
    kept, shown = program(*ASK, "-o", "/dev/full"), program(*ASK, "-o", "/dev/full", "--no-log")
    assert (kept.code, kept.out, shown.code, shown.out) == (11, "", 11, "paid")
    assert "The answer is kept:  inference logs show" in kept.err
    assert "The answer is on stdout instead" in shown.err


def test_a_signal_while_the_price_is_asked_for_stops_the_rounds(tmp_path: Path) -> None:
    """It is not taken for a price that is not known: the next round, which costs too, is not sent."""
    program, service = talker(tmp_path, called(("time", {})), said("more"))

    def reply(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/chat/completions"):
            raise Interrupted("stopped", signum=signal.SIGINT)
        return service(request)

    program.transport = lambda: httpx.MockTransport(reply)
    done = program("chat", "x", "-m", str(MODEL["id"]), "-T", "time")
    assert (done.code, len(service.chats)) == (130, 1)
    assert _column(program, "answers", "state") == ["answered"]
