"""Ctrl-C in the middle of answers: they end, and what they cost is not zero but not known."""

import json
import signal
import threading

from tests.journeys.test_openai import local
from tests.support.chats import EVENTS, piece, sse
from tests.support.command import User
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
