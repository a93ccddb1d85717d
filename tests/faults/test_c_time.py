"""Time: many waits share one pace, clocks are wrong, and results expire."""

from email.utils import formatdate
from typing import Any

import pytest

from tests.support.account import FOX
from tests.support.faultd import HastyClock, answer
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import document
from tests.support.storage import SIGNATURE
from tests.support.traces import states

HUNDRED = ("image", "a red fox", "-m", FOX, "--queue", "-n", "100", "-y", "-q", "-o", "{id}.{ext}")
NOW, HOUR, DAY = 1_790_000_000.0, 3600.0, 86400.0
LIST = ("queue", "list", "--status", "succeeded")


def test_C26_a_hundred_waits(fault: Fault) -> None:
    """One list call serves all of them: a few requests a second and never more than ten, whatever their number."""
    fault.api.looks, clock = 12, HastyClock(10.0)
    done = fault.inside(*HUNDRED, clock=clock, intents=25)

    looks = [
        one.line for one in fault.api.asked if one.line.startswith(("GET /api/ai/queue", "GET /api/ai/generations"))
    ]
    assert (done.code, len(done.lines), states(fault)) == (0, 100, ["downloaded"] * 100)
    assert len(looks) <= 10 * clock.monotonic()
    assert len(looks) < 100
    assert fault.api.count("POST /api/ai/queue") == 25


def test_C26_the_installed_command(fault: Fault) -> None:
    """Its memory and its connections stay small (the invariants look at the memory)."""
    fault.api.looks = 2
    done = fault.run(*HUNDRED, intents=25)

    assert (done.code, len(done.lines)) == (0, 100)
    assert len([one for one in fault.api.asked if one.line.startswith("GET /api/ai/")]) < 60


@pytest.mark.parametrize("leap", [DAY, -DAY, -40 * 365 * DAY])
def test_C27_the_calendar_is_put_right(fault: Fault, leap: float) -> None:
    """In the middle of a wait: what counts is what passes, and no age is negative."""
    fault.api.looks, clock = 6, HastyClock()

    def jump() -> None:
        clock.set_by = leap

    from tests.support.faultd import Step

    fault.api.script("GET /api/ai/queue/*", lambda honest: Step((honest,), before=jump))
    done = fault.inside(*QUEUED_FOX, "--timeout", "10m", clock=clock)
    listed = fault.inside("queue", "list", "--local", clock=clock)

    assert (done.code, fault.files) == (0, ["fox.png"])
    assert "-" not in listed.lines[0].split("\t")[3]


def row(**fields: Any) -> dict[str, Any]:
    """A row of the list."""
    return {"generation_id": "gen-1", "model_name": FOX, "status": "succeeded", "prompt": "a fox", **fields}


def told(fault: Fault, *rows: dict[str, Any], date: float = NOW) -> list[list[str]]:
    """What the list says of each of these rows, at a server that says what time it is."""
    where = "GET /api/media/generations/status/*" if fault.older else "GET /api/ai/queue"
    fault.api.always(where, answer(document({"generations": list(rows)}, Date=formatdate(date, usegmt=True))))
    arguments = ("queue", "list", "-m", FOX, "--namespace", "me") if fault.older else LIST
    return [line.split("\t") for line in fault.run(*arguments).lines]


def test_C27_ages_are_told_by_the_servers_clock(fault: Fault) -> None:
    """This machine's may be wrong by years, as it is here."""
    assert told(fault, row(enqueued_at=NOW - 72))[0][3] == "1m 12s"


def test_C28_links_that_expire(fault: Fault) -> None:
    """By the link itself, or as long after its row as it says; what says nothing does not expire."""
    date = "20260921T121320Z"  # two hours before
    link = f"{fault.storage.url}/results/a.png?X-Amz-Date={date}&X-Amz-Expires=18000&X-Amz-Signature={SIGNATURE}"
    old = f"{fault.storage.url}/results/a.png?X-Amz-Expires=86400&X-Amz-Signature={SIGNATURE}"
    rows = [
        row(result_url=link),
        row(generation_id="gen-2", result_url=old, enqueued_at=NOW - 25 * HOUR),
        row(generation_id="gen-3", result_url="https://media.example/for/ever", enqueued_at=NOW - DAY * 9),
    ]

    assert [line[5] for line in told(fault, *rows)] == ["in 3h", "expired", ""]


def test_C28_nothing_expires(fault: Fault) -> None:
    """No column for it."""
    assert [len(line) for line in told(fault, row(enqueued_at=NOW - 5))] == [5]


def test_C28_in_the_older_api(older: Fault) -> None:
    """A generation lives for a day there."""
    rows = [
        row(status="processing", enqueued_at=NOW - 21 * HOUR),
        row(generation_id="gen-2", status="processing", enqueued_at=NOW - DAY),
    ]

    assert [line[5] for line in told(older, *rows)] == ["in 3h", "expired"]


def test_C28_an_expired_result(fault: Fault) -> None:
    """9, with what that means."""
    fault.run(*QUEUED_FOX, "--no-wait")
    fault.storage.always("GET /results/*", answer(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))
    done = fault.run("queue", "download", "last")

    assert (done.code, fault.files) == (9, [])
    assert "the result has expired: its link is not served any more, and there is no fresh one" in done.err
    assert "It was made, and probably charged." in done.err
