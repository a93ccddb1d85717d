"""What a server says of a generation: words nobody knows, success without a result, ids that come and go."""

from typing import Any

import pytest

from tests.support.broken import RESULTS
from tests.support.faultd import HastyClock, Step, answer, http
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import Broken, document
from tests.support.traces import generations, states

LOOKS = "GET /api/ai/queue/*"
GONE = answer(document({"error": {"type": "resource_not_found"}}, "404 Not Found"))
NAME = "gen-0001-canary"


def says(**fields: Any) -> Broken:
    """The honest row with other fields; a field of ``...`` is left away."""
    import json

    def broken(honest: bytes) -> Step:
        row = {**json.loads(honest.partition(b"\r\n\r\n")[2]), **fields}
        return answer(document({name: value for name, value in row.items() if value is not ...}))

    return broken


def test_C16_an_id_that_disappears(fault: Fault) -> None:
    """It was there, and no route knows it any more: 9, vanished and not failed; the journal keeps it."""
    fault.api.looks = 2
    fault.api.script(LOOKS, says(status="processing", result_url=None))
    fault.api.always(LOOKS, GONE)
    fault.api.always("GET /api/ai/generations/*", GONE)
    done = fault.run(*QUEUED_FOX)

    assert (done.code, fault.files, states(fault)) == (9, [], ["vanished"])
    assert "the generation vanished: the server knew it, and does not any more" in done.err
    assert "in your account on the web" in done.err
    assert "failed:" not in done.err


def test_C16_it_is_in_the_history(fault: Fault) -> None:
    """The queue forgot it, the history did not: 0."""
    fault.api.always(LOOKS, GONE)
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, fault.files) == (0, ["fox.png"])


def test_C16_the_older_api_forgets_all_that_ended(older: Fault) -> None:
    """9: it says what that API cannot tell."""
    older.run("config", "set", "namespace", "me")
    older.api.looks = 2
    done = older.run(*QUEUED_FOX)

    assert (done.code, older.files, len(older.api.paid)) == (9, [], 1)
    assert "it ended, and the 2026-04 API does not say how, nor where its result is" in done.err
    assert [row[0] for row in generations(older)] == [NAME]


@pytest.mark.parametrize("times", [1, 3])
def test_C17_not_known_yet(fault: Fault, times: int) -> None:
    """For half a minute a new id may be unknown."""
    fault.api.script(LOOKS, *[GONE] * times)
    fault.api.script("GET /api/ai/generations/*", *[GONE] * times)
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, fault.files, len(fault.api.paid)) == (0, ["fox.png"], 1)


def test_C17_not_known_at_all(fault: Fault) -> None:
    """After it: 9, and not a second earlier."""
    fault.api.always(LOOKS, GONE)
    fault.api.always("GET /api/ai/generations/*", GONE)
    clock = HastyClock()
    done = fault.inside(*QUEUED_FOX, clock=clock)

    assert (done.code, states(fault)) == (9, ["vanished"])
    assert clock.monotonic() >= 30.0


@pytest.mark.parametrize(
    "word", ["throttled", "", None, 7, {"a": 1}, "\x1b]0;owned\x07paused", "\u202edetesrever"], ids=ascii
)
def test_C18_words_that_nobody_knows(fault: Fault, word: object) -> None:
    """Not an end: it is shown as it is, safely, said once, and waited out."""
    fault.api.script(LOOKS, *[says(status=word, result_url=None)] * 3)
    done = fault.inside(*QUEUED_FOX, terminal=True)

    assert (done.code, fault.files) == (0, ["fox.png"])
    assert (done.out.decode() + done.err).count("which is no known state; waiting on") <= 1


def test_C18_said_once(fault: Fault) -> None:
    """In the words of the server; the end of the waiting is --timeout and nothing else."""
    fault.api.always(LOOKS, says(status="throttled", result_url=None))
    done = fault.inside(*QUEUED_FOX, "--timeout", "40s")

    assert done.code == 124
    assert done.err.count("the server says 'throttled', which is no known state; waiting on") == 1
    assert f"  {NAME}  throttled\n" in done.err


@pytest.mark.parametrize(
    ("word", "code", "state"),
    [
        ("completed", 0, "downloaded"), ("SUCCEEDED", 0, "downloaded"), (" Succeeded ", 0, "downloaded"),
        ("canceled", 9, "cancelled"), ("CANCELLED", 9, "cancelled"), ("error", 9, "failed"), ("Failed", 9, "failed"),
    ],
)  # fmt: skip
def test_C19_other_words_for_the_end(fault: Fault, word: str, code: int, state: str) -> None:
    """Case and spelling are the server's own."""
    fault.api.always(LOOKS, says(status=word))
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, states(fault)) == (code, [state])


@pytest.mark.parametrize(
    "fields",
    [{"result_url": ...}, {"result_url": ""}, {"result_url": None}, {"result_url": []}, {"result_url": {}},
     {"result_url": 7}, {"result_url": None, "b64_json": "aGk="}],
    ids=["missing", "empty", "null", "empty list", "empty object", "number", "base64"],
)  # fmt: skip
def test_C20_success_without_a_result(fault: Fault, fields: dict[str, Any]) -> None:
    """It is asked for twice more, then 12: nothing is done without a file."""
    fault.api.always(LOOKS, says(**fields))
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, fault.files, fault.api.count(LOOKS)) == (12, [], 3)
    assert "the generation succeeded, and the server does not say where its result is" in done.err
    assert "Ask again:  inference queue download gen-" in done.err
    assert states(fault) == ["succeeded"]


def test_C20_the_link_comes_late(fault: Fault) -> None:
    """At the second look."""
    fault.api.script(LOOKS, says(result_url=""))
    done = fault.run(*QUEUED_FOX)

    assert (done.code, fault.files, fault.api.count(LOOKS)) == (0, ["fox.png"], 2)


@pytest.mark.parametrize("wrap", [lambda url: [url], lambda url: {"url": url}, lambda url: [{"url": url}]])
def test_C20_a_wrapped_link(fault: Fault, wrap: Any) -> None:
    """A list of one, or an object: it is the link all the same."""

    def wrapped(honest: bytes) -> Step:
        (made,) = fault.api.made.values()
        return says(result_url=wrap(made.row["result_url"]))(honest)  # type: ignore[operator]

    fault.api.always(LOOKS, wrapped)
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, fault.files) == (0, ["fox.png"])


def test_C21_failed_with_a_link(fault: Fault) -> None:
    """The state counts: 9, and the link of something that failed is not followed."""
    fault.api.always(LOOKS, says(status="failed", error_message="out of memory"))
    done = fault.run(*QUEUED_FOX)

    assert (done.code, fault.files, fault.storage.count(RESULTS)) == (9, [], 0)
    assert "error: the generation failed: out of memory\n" in done.err


def test_C21_a_state_that_flips_back(fault: Fault) -> None:
    """Succeeded without a link, processing again, then done: what is newest counts."""
    fault.api.script(LOOKS, says(result_url=None), says(status="processing", result_url=None))
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, states(fault)) == (0, ["downloaded"])


@pytest.mark.parametrize("status", ["processing", "failed", "cancelled"])
def test_C21_a_file_outlives_what_the_server_says(fault: Fault, status: str) -> None:
    """It was downloaded: it stays, and so does what the journal says of it."""
    fault.inside(*QUEUED_FOX)
    kept = (fault.cwd / "fox.png").read_bytes()
    fault.api.always(LOOKS, says(status=status, result_url=None))
    waited, shown = fault.inside("queue", "wait", "last"), fault.inside("queue", "show", "last")
    cancelled = fault.inside("queue", "cancel", "last")

    assert (waited.code, shown.code) == (0, 0)
    assert (fault.cwd / "fox.png").read_bytes() == kept
    assert (states(fault), cancelled.code in {0, 9}) == (["downloaded"], True)


def test_C29_refused_at_once(fault: Fault) -> None:
    """400: 5, in the server's words without its control codes; nothing was paid for."""
    words = "Your prompt was flagged \x1b[31mby our moderation\u202e system"
    fault.api.always(
        "POST /api/ai/*", answer(document({"error": {"type": "moderation", "title": words}}, "400 Bad Request"))
    )
    done = fault.inside(*QUEUED_FOX, terminal=True)
    plain = fault.run(*QUEUED_FOX)

    assert (done.code, plain.code, fault.files) == (5, 5, [])
    assert "Your prompt was flagged" in plain.err
    assert generations(fault) == []


@pytest.mark.parametrize("cost", ["0.03", None])
def test_C29_failed_by_policy(fault: Fault, cost: str | None) -> None:
    """9: why, and whether it was charged where the server says so."""
    fault.api.always(
        LOOKS, says(status="failed", result_url=None, error_message="Blocked by the safety filter.", cost=cost)
    )
    done = fault.run(*QUEUED_FOX)

    assert (done.code, states(fault)) == (9, ["failed"])
    assert "error: the generation failed: Blocked by the safety filter\n" in done.err
    assert ("charged: $0.03" in done.err) == (cost is not None)


def test_C18_an_answer_that_is_none(fault: Fault) -> None:
    """Once or twice: waited out; for ever: 12, and the generation is kept."""
    fault.api.script(LOOKS, *[answer(http(body=b"<html>"))] * 2)
    done = fault.inside(*QUEUED_FOX)
    fault.api.always(LOOKS, answer(http(body=b"null")))
    broken = fault.inside(*QUEUED_FOX, "--anyway")

    assert (done.code, broken.code) == (0, 12)
    assert "inference queue wait gen-" in broken.err
