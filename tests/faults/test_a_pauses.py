"""A server that asks to come back later: how long is waited, what is said of it, and what is never sent again (A28 to A31)."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.faultd import LeapingClock, Step
from tests.support.harness import DIRECT_FOX, QUEUED_FOX, Fault
from tests.support.host import document, whole
from tests.support.ways import DIRECT, OLDER_DIRECT, QUEUED, Way, each_way

_NOON = "Thu, 26 Nov 2020 12:00:00 GMT"  # what the server says that it is, whatever this machine's clock says


def _busy(**headers: str) -> Step:
    content = {"error": {"type": "rate_limit_error", "title": "slow down"}}
    return Step((document(content, "429 Too Many Requests", **headers),))


def _pauses(err: str) -> list[float]:
    return [float(line.split()[-2]) for line in err.splitlines() if "; trying again in " in line]


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"Retry-After": "2"}, 2.0, 2.5),
        ({"Retry-After": "Thu, 26 Nov 2020 12:00:07 GMT", "Date": _NOON}, 7.0, 7.5),
        ({"Retry-After": "Thu, 26 Nov 2020 11:00:00 GMT", "Date": _NOON}, 0.5, 1.0),
        ({"Retry-After": "-5"}, 0.0, 0.5),
        ({"Retry-After": "NaN"}, 0.0, 0.5),
        ({"Retry-After": "soon"}, 0.0, 0.5),
        ({}, 0.0, 0.5),
    ],
)
@each_way
def test_A28_A29_A30_a_pause_that_is_made(
    way: Way, headers: dict[str, str], least: float, most: float, tmp_path: Path
) -> None:
    """It was refused before any work, so it is sent again: after what was asked for, and up to half a second more."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, _busy(**headers))
        done = way.pay(fault)

        assert fault.api.count(way.post) == 2
        assert "the server is asked too often; trying again in " in done.err
        (pause,) = _pauses(done.err)
        assert least <= pause <= most
        assert done.code == (0 if way in {QUEUED, DIRECT, OLDER_DIRECT} else 9)  # where the older queue tells no more


def test_A28_the_pause_is_told_and_made(fault: Fault) -> None:
    """By the installed command as well, once."""
    fault.api.script("GET /api/ai/models", whole, _busy(**{"Retry-After": "0.1"}))
    done = fault.run("models", "list")

    assert (done.code, len(done.lines)) == (0, 3)
    assert done.err.startswith("the server is asked too often; trying again in 0.")


def test_A28_a_server_that_is_always_busy(fault: Fault) -> None:
    """Two more times for a paid request, then exit 7: nothing was accepted."""
    fault.api.always(QUEUED.post, _busy(**{"Retry-After": "3"}))
    done = QUEUED.pay(fault)

    assert (done.code, fault.api.count(QUEUED.post)) == (7, 3)
    assert done.err.splitlines()[-2:] == ["error: the server is asked too often", "  slow down"]
    assert fault.journal("SELECT state FROM intents") == [("refused",)]


def test_A28_many_requests_keep_to_the_limit_that_one_ran_into(fault: Fault) -> None:
    """The third of six is refused for two seconds: it is sent again, and those after it come as the server allowed."""
    clock, times = LeapingClock(), []

    def taken(answer: bytes) -> Step:
        times.append(clock.monotonic())
        return whole(answer)

    fault.api.script(QUEUED.post, taken, taken, _busy(**{"Retry-After": "2"}), *[taken] * 4)
    done = fault.inside(*QUEUED_FOX, "-n", "6", "--seed", "7", clock=clock, intents=6, talkative=True)

    assert (done.code, fault.api.count(QUEUED.post)) == (0, 7)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[1] >= 2.0
    assert all(gap > 0.6 for gap in gaps[2:])  # three in two seconds


def test_A28_direct_requests_side_by_side_keep_to_it_too(fault: Fault) -> None:
    """Four are under way at once when one is refused: each of the last four waits for its turn."""
    clock = LeapingClock()
    fault.api.script(DIRECT.post, _busy(**{"Retry-After": "2"}))
    done = fault.inside(*DIRECT_FOX, "-n", "8", "--seed", "7", clock=clock, intents=8, talkative=True)

    assert (done.code, fault.api.count(DIRECT.post)) == (0, 9)
    assert len([pause for pause in clock.slept if pause > 0.2]) >= 4


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"Retry-After": "86400"}, "24 h"),
        ({"Retry-After": "121"}, "2 min"),
        ({"Retry-After": "1" + "0" * 400}, "more than 1000 days"),
        ({"Retry-After": "Thu, 26 Nov 2020 18:00:00 GMT", "Date": _NOON}, "6 h"),
    ],
)
@each_way
def test_A29_A30_a_pause_that_is_too_long(way: Way, headers: dict[str, str], words: str, tmp_path: Path) -> None:
    """More than two minutes is an answer, not a pause: exit 7 at once, and how long it is."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, _busy(**headers))
        clock = LeapingClock()
        installed = way is DIRECT and words == "24 h"
        done = fault.run(*way.words) if installed else way.pay(fault, clock=clock)

        assert (done.code, fault.api.count(way.post)) == (7, 1)
        assert done.err.splitlines()[-2] == f"error: the server is asked too often; it asks to wait {words}"
        assert clock.monotonic() < 60


def test_A31_a_refusal_that_names_what_it_took(fault: Fault) -> None:
    """Two were asked for, one was taken: it is kept and collected, nothing is sent again, exit 10."""

    def part(answer: bytes) -> Step:
        (first, _) = json.loads(answer.partition(b"\r\n\r\n")[2])["generations"]
        content = {"error": {"type": "rate_limit_error", "title": "one is enough"}, "generations": [first]}
        return Step((document(content, "429 Too Many Requests", **{"Retry-After": "1"}),))

    fault.api.script(QUEUED.post, part)
    done = fault.run(*QUEUED_FOX, "-n", "2")

    assert (done.code, fault.api.count(QUEUED.post)) == (10, 1)
    assert fault.journal("SELECT id, state FROM generations") == [("gen-0001-canary", "downloaded")]
    assert fault.files == ["fox-1.png"]


@pytest.mark.parametrize("way", [DIRECT, OLDER_DIRECT], ids=str)
def test_A31_a_refusal_that_holds_a_result(way: Way, tmp_path: Path) -> None:
    """A direct answer has no ids; a result proves as well that it was accepted: nothing is sent again."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, lambda answer: Step((answer.replace(b"200 OK", b"429 Too Many Requests", 1),)))
        done = fault.inside(*DIRECT_FOX, clock=LeapingClock())

        assert (done.code in {0, 8}, fault.api.count(way.post)) == (True, 1)
