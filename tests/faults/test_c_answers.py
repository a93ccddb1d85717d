"""Answers to paid requests that are not quite as promised: every id in them is kept, and none reaches a path unvetted."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.account import FOX
from tests.support.faultd import HastyClock, answer, http
from tests.support.harness import DIRECT_FOX, QUEUED_FOX, Fault
from tests.support.host import document
from tests.support.traces import generations, intents, outside, states

POST = "POST /api/ai/queue"
FOUR = (*QUEUED_FOX, "-n", "4")


def made(fault: Fault, number: int) -> list[dict[str, Any]]:
    """Rows of so many generations that the account really has."""
    return [
        {"generation_id": fault.api.make({"model": FOX, "prompt": "a red fox"}), "status": "queued"}
        for _ in range(number)
    ]


def settled(fault: Fault) -> bool:
    """Whether nothing is claimed of the request but that nobody found it."""
    return intents(fault) in (["unknown"], ["presumed_not_sent"])


def test_C25_fewer_than_asked_for(fault: Fault) -> None:
    """Three of four: what came is kept and fetched; 10, and the difference is said."""
    fault.api.script(POST, answer(document({"generations": made(fault, 3)})))
    done = fault.run(*FOUR)

    assert (done.code, len(done.lines), len(fault.api.paid)) == (10, 3, 1)
    assert "3 of 4" in done.err
    assert states(fault) == ["downloaded"] * 3


def test_C25_more_than_asked_for(fault: Fault) -> None:
    """Five of four: they are paid for as well, and so fetched; it is said."""
    fault.api.script(POST, answer(document({"generations": made(fault, 5)})))
    done = fault.inside(*FOUR, talkative=True)

    assert (done.code, len(done.lines), len(fault.files)) == (0, 5, 5)
    assert "the server made 5 instead of 4" in done.err
    assert states(fault) == ["downloaded"] * 5


def test_C25_one_id_twice(fault: Fault) -> None:
    """It is one generation: followed once, and three are missing."""
    fault.api.script(POST, answer(document({"generations": made(fault, 1) * 4})))
    done = fault.inside(*FOUR)

    assert (done.code, len(done.lines)) == (10, 1)
    assert [row[0] for row in generations(fault)] == ["gen-0001-canary"]


@pytest.mark.parametrize(
    "identity", ["/../", "../../etc/passwd", "a" * 10_000, "\x1b]0;x\x07", "", " ", 7, None, ["a"], {"id": "x y"}, "é"], ids=ascii
)  # fmt: skip
def test_C25_ids_that_are_none(fault: Fault, identity: object) -> None:
    """They reach no path, no file and no terminal: 8, since something was accepted; nothing is asked for by them."""
    fault.api.script(POST, answer(document({"generations": [{"generation_id": identity, "status": "queued"}]})))
    done = fault.inside(*QUEUED_FOX, terminal=True, clock=HastyClock(200.0))

    assert (done.code, settled(fault), generations(fault)) == (8, True, [])
    assert {one.line.partition("?")[0] for one in fault.api.asked} <= {
        POST,
        "GET /api/ai/models",
        f"GET /api/ai/models/{FOX}",
        "GET /api/ai/generations",
        "GET /api/ai/queue",
    }
    assert outside(fault) == []


def test_C25_good_ids_beside_bad_ones(fault: Fault) -> None:
    """The good ones are kept and fetched."""
    rows = [*made(fault, 1), {"generation_id": "../x", "status": "queued"}]
    fault.api.script(POST, answer(document({"generations": rows})))
    done = fault.inside(*QUEUED_FOX, "-n", "2")

    assert (done.code, len(done.lines), states(fault)) == (10, 1, ["downloaded"])


SHAPES: dict[str, Callable[[str], object]] = {
    "generations": lambda one: {"generations": [{"generation_id": one}]},
    "bare list": lambda one: [{"generation_id": one, "status": "queued"}],
    "data": lambda one: {"data": [{"generation_id": one, "status": "queued"}]},
    "one object": lambda one: {"generation_id": one, "status": "queued"},
    "in generation": lambda one: {"generation": {"generation_id": one}},
    "wrapped": lambda one: {"status": "success", "data": {"generations": [{"generation_id": one}]}},
    "ids": lambda one: {"ids": [one]},
    "generation_ids": lambda one: {"generation_ids": [one]},
    "id": lambda one: {"id": one, "status": "queued"},
    "job": lambda one: {"job": {"generation_id": one}},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_C32_another_dialect(fault: Fault, shape: str) -> None:
    """The id is found by what it is, whatever it is wrapped in."""
    (row,) = made(fault, 1)
    fault.api.script(POST, answer(document(SHAPES[shape](row["generation_id"]))))
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, fault.files, len(fault.api.paid)) == (0, ["fox.png"], 1)
    assert states(fault) == ["downloaded"]


@pytest.mark.parametrize(
    "body",
    [{"ok": True}, {"generations": []}, {"ticket": 5}, [], "queued", {"generations": {"a": 1}}],
    ids=json.dumps,
)
def test_C32_no_id_at_all(fault: Fault, body: object) -> None:
    """8, and what was answered is kept for its owner alone; nothing is sent again."""
    fault.api.always(POST, answer(document(body)))
    done = fault.inside(*QUEUED_FOX, clock=HastyClock(200.0))

    assert (done.code, len(fault.api.paid), settled(fault)) == (8, 1, True)
    kept = [path for path in fault.home.rglob("*") if path.is_file() and path.parent.name == "answers"]
    assert [json.loads(path.read_bytes()) for path in kept] == [body]
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]
    assert str(kept[0]) in done.err.replace("\n", "")


def test_C32_a_direct_answer(fault: Fault) -> None:
    """A page instead of a direct answer: the same."""
    fault.api.script("POST /api/ai/images/generate", answer(http(body=b"<html>accepted</html>")))
    done = fault.inside(*DIRECT_FOX, clock=HastyClock(200.0))

    assert (done.code, len(fault.api.paid), intents(fault)) == (8, 1, ["unknown"])
    assert "its answer is kept in " in done.err
