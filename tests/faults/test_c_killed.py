"""Rows C6 to C8: a command that is killed between writing down what it asks for and writing down what it got."""

import sqlite3
import threading
from pathlib import Path

import pytest

from tests.support.account import FOX
from tests.support.faultd import Step
from tests.support.harness import Fault
from tests.support.installed import needs

SUBMIT = ("queue", "submit", "a red fox", "-m", FOX)
_PATIENCE = 60.0  # seconds until a broken test ends


def state(fault: Fault) -> str:
    """What the journal says of the last request."""
    return str(fault.journal("SELECT state FROM intents ORDER BY number DESC LIMIT 1")[0][0])


@needs("strace")
def test_C06_killed_before_it_was_sent(fault: Fault) -> None:
    """At the sync of what it plans: nothing was sent, nothing is sent later, and nothing is left to find out."""
    fault.run(*SUBMIT)  # makes the journal
    kill = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync",
            "-e", "inject=fdatasync,fsync:signal=SIGKILL:when=3")  # fmt: skip
    killed = fault.run(*SUBMIT, prefix=kill)
    before = state(fault)
    done = fault.inside("recover", "--json")

    assert (killed.code, before, done.code, state(fault)) == (137, "planned", 0, "not_sent")
    assert len(fault.api.paid) == 1


@pytest.mark.parametrize("api", ["current", "2026-04"])
def test_C07_C08_killed_before_the_ids_were_written_down(tmp_path: Path, api: str) -> None:
    """The server took it and answered: the next command says so, and `recover` takes it up, without a second request."""
    with Fault(tmp_path, older=api == "2026-04") as fault:
        fault.run("config", "set", "namespace", "me")
        fault.run(*SUBMIT)
        fault.api.looks = 9  # 2026-04 lists only what runs
        (journal,) = fault.home.rglob("journal.sqlite3")
        answered = threading.Event()
        with sqlite3.connect(journal, check_same_thread=False, isolation_level=None) as lock:
            fault.api.script(
                "POST /api/ai/queue",
                lambda answer: Step((answer,), before=lambda: lock.execute("BEGIN IMMEDIATE"), between=answered.set),
            )
            since = len(fault.api.asked)
            process = fault.start(*SUBMIT)
            assert answered.wait(_PATIENCE)
            process.kill()
            killed = fault.end(process, since=since)
            lock.execute("ROLLBACK")
        lock.close()
        notice = fault.run("config", "get", "namespace")
        known = {row[0] for row in fault.journal("SELECT id FROM generations")}
        done = fault.inside("recover", "--json", "--timeout", "5m")

        assert (killed.code, len(known), notice.out) == (137, 1, b"me\n")
        assert notice.err == "1 request has an unknown outcome. Find out:  inference recover\n"
        assert {row[0] for row in fault.journal("SELECT id FROM generations")} == set(fault.api.made)
        assert (done.code, len(fault.api.paid), state(fault)) == (9 if fault.older else 0, 2, "accepted")
