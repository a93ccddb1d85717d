"""What becomes of a chat that is broken off: by Ctrl-C, or by this machine."""

import json
import signal
import sqlite3
import subprocess
import threading
from pathlib import Path

import pytest

from tests.journeys.test_openai import local
from tests.support.chats import DONE, END, EVENTS, piece, sse
from tests.support.command import INFERENCE, User
from tests.support.faultd import Faultd, Step, http


def test_a_comparison_that_is_stopped(user: User) -> None:
    """Each of its answers is kept as stopped, at a cost that nobody knows."""
    begun = threading.Barrier(3)
    start = http(headers=EVENTS.items(), length=None) + sse(piece("part"))
    with Faultd(*(Step((start,), "hang", between=lambda: begun.wait(20)) for _ in range(2))) as server:
        running = local(user, server).start("chat", "x", "-m", "a", "-m", "b", "--json")
        begun.wait(20)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=20)
    answers = json.loads(out)["answers"]
    assert [(one["cost"], one["complete"]) for one in answers] == [(None, False)] * 2
    assert [one["error"]["message"] for one in answers] == ["stopped"] * 2
    assert running.returncode == -signal.SIGINT


@pytest.mark.parametrize("flag", ["--events", "--json", "--no-stream", "-q"])
def test_standard_output_is_full(user: User, flag: str) -> None:
    """Exit 11, said once on stderr, with the place where the answer is kept: no crash over telling of it."""
    with Faultd(Step((http(headers=EVENTS.items(), length=None) + sse(piece("paid"), END, DONE),))) as server:
        somebody = local(user, server)
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [INFERENCE, "chat", "x", "-m", "a", flag],
                stdin=subprocess.DEVNULL,
                stdout=full,
                stderr=subprocess.PIPE,
                env=somebody.environment,
                timeout=60,
                check=False,
            )
    assert done.returncode == 11
    first, second = done.stderr.decode().splitlines()
    assert first == "error: cannot write to standard output: no space left on device"
    assert second.startswith("  What came is kept:  inference logs show ")


def test_a_log_of_a_newer_version_names_the_way_around_it(user: User) -> None:
    """Nothing is sent, and that is said."""
    folder = user.home / "data"
    folder.mkdir(mode=0o700)
    with sqlite3.connect(folder / "conversations.sqlite3") as database:
        database.execute("PRAGMA user_version = 999")
    with Faultd() as server:
        done = local(user, server).having(INFERENCE_DATA_DIR=str(folder)).run("chat", "x", "-m", "a")
    assert (done.code, server.seen) == (12, [])
    assert "  Nothing was sent." in done.err.splitlines()
    assert done.err.endswith("Ask without keeping it:  --no-log\n")
