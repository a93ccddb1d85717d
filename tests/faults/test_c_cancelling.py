"""Cancelling: what really became of it is said, and a result that was paid for is not lost over it."""

import pytest

from tests.support.faultd import Step, answer
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import Broken, document, reset, silent
from tests.support.traces import generations, states

SUBMIT = ("queue", "submit", "a red fox", "-m", "fox-1", "-o", "fox.png")
CANCEL = ("queue", "cancel", "last")
DELETES = "DELETE /api/ai/queue/*"
NAME = "gen-0001-canary"
FOR_EVER = 10**6


def test_C22_it_had_ended_before(fault: Fault) -> None:
    """200, and it had succeeded: its state is said, with the command that fetches it."""
    fault.run(*SUBMIT)
    done = fault.run(*CANCEL)

    assert (done.code, done.text, states(fault)) == (0, f"{NAME}\tsucceeded\n", ["succeeded"])
    assert f"It had ended before. Fetch it:  inference queue download {NAME}" in done.err
    fetched = fault.run("queue", "download", NAME)
    assert (fetched.code, fault.files) == (0, ["fox.png"])


def test_C22_it_is_cancelled(fault: Fault) -> None:
    """And stays so for whoever waits for it: 9."""
    fault.api.looks = FOR_EVER
    fault.inside(*SUBMIT)
    done, waited = fault.inside(*CANCEL), fault.inside("queue", "wait", "last")

    assert (done.code, done.text, waited.code) == (0, f"{NAME}\tcancelled\n", 9)
    assert states(fault) == ["cancelled"]


@pytest.mark.parametrize("word", ["processing", "failed"])
def test_C22_it_is_neither(fault: Fault, word: str) -> None:
    """The server accepted the wish, and it runs on, or had failed: 9, and no claim that it was cancelled."""
    fault.inside(*SUBMIT)
    row = {"generation_id": NAME, "status": word}
    fault.api.always(DELETES, answer(document(row)))
    done = fault.inside(*CANCEL)

    assert (done.code, states(fault)) == (9, [word])
    assert f"it was not cancelled: the server says it is {word}" in done.err


def test_C22_only_a_receipt(fault: Fault) -> None:
    """The answer says that the request succeeded, not the generation: its state is asked for."""
    fault.inside(*SUBMIT)
    fault.api.always(DELETES, answer(document({"status": "success", "generation_id": NAME})))
    done = fault.inside(*CANCEL)

    assert (done.code, done.text) == (0, f"{NAME}\tsucceeded\n")
    assert [one.line for one in fault.api.asked][-1] == f"GET /api/ai/generations/{NAME}"


def test_C22_in_the_older_api(older: Fault) -> None:
    """What is cancelled there is forgotten: the journal remembers it."""
    older.run("config", "set", "namespace", "me")
    older.api.looks = FOR_EVER
    older.run(*SUBMIT)
    done = older.run(*CANCEL)

    assert (done.code, done.text, states(older)) == (0, f"{NAME}\tcancelled\n", ["cancelled"])


@pytest.mark.parametrize(
    "broken", [reset, silent, answer(document({}, "503 Service Unavailable"))], ids=["reset", "closed", "503"]
)
def test_C23_the_answer_is_lost(fault: Fault, broken: Broken) -> None:
    """Cancelling twice is cancelling once: it is sent again, and the state is the server's."""
    fault.api.looks = FOR_EVER
    fault.inside(*SUBMIT)
    fault.api.script(DELETES, broken, broken)
    done = fault.inside(*CANCEL)

    assert (done.code, done.text, fault.api.count(DELETES)) == (0, f"{NAME}\tcancelled\n", 3)


def test_C23_no_answer_ever(fault: Fault) -> None:
    """7, after a few times; nothing is claimed."""
    fault.api.looks = FOR_EVER
    fault.run(*SUBMIT)
    fault.api.always(DELETES, Step(end="reset"))
    installed = fault.run(*CANCEL, "--no-retry")
    once = fault.api.count(DELETES)
    done = fault.inside(*CANCEL)

    assert (installed.code, installed.text, once) == (7, "", 1)
    assert (done.code, done.text, fault.api.count(DELETES)) == (7, "", 6)
    assert states(fault) == ["accepted"]


@pytest.mark.parametrize(
    ("status", "code"), [("404 Not Found", 4), ("403 Forbidden", 3), ("401 Unauthorized", 3), ("409 Conflict", 5)]
)
def test_C24_what_is_not_ours(fault: Fault, status: str, code: int) -> None:
    """Unknown: 4; not allowed: 3; nothing is tried again, and nothing is noted as cancelled."""
    fault.api.always(DELETES, answer(document({"error": {"title": "no"}}, status)))
    done = fault.inside("queue", "cancel", "gen-of-somebody-else")

    assert (done.code, done.text, fault.api.count(DELETES)) == (code, "", 1)
    assert generations(fault) == []


def test_C24_the_installed_command(fault: Fault) -> None:
    """Several: each gets its turn, the gravest decides."""
    fault.api.looks = FOR_EVER
    fault.run(*QUEUED_FOX, "--no-wait")
    done = fault.run("queue", "cancel", "nobody-knows-this", NAME)

    assert (done.code, done.text) == (4, f"{NAME}\tcancelled\n")
    assert "nobody-knows-this" in done.err
