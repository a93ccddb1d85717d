"""Answers that break off, drip, or lie about their length and coding (A6 to A18).

A free request is asked again or damaged (12), never taken for an empty answer. A paid one is sent once: ids that could
be read are collected, everything else is an unknown outcome (8).
"""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.faultd import HastyClock, LeapingClock, Step, http
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import Broken, whole
from tests.support.ways import DIRECT, QUEUED, Way, each_way

_JSON = [("Content-Type", "application/json")]
_GZIP = [*_JSON, ("Content-Encoding", "gzip")]
_MODELS = "GET /api/ai/models"
_LARGE = b"a red fox " * 100_000  # more than the buffers of a connection hold


def body(answer: bytes) -> bytes:
    """What comes after the head."""
    return answer.partition(b"\r\n\r\n")[2]


def _chunked(answer: bytes) -> Step:
    data = body(answer)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Step((head + b"%x\r\n" % len(data) + data[: len(data) // 2],))


def _short(answer: bytes) -> Step:
    return Step((http(body=body(answer)[:-4], headers=_JSON, length=len(body(answer))),))


def _long(answer: bytes) -> Step:
    return Step((answer + b'{"not": "part of it"}',), "keep")


def _endless(answer: bytes) -> Step:
    return Step((http(body=body(answer)[:-4], headers=_JSON, length=None),))


def _cut_gzip(answer: bytes) -> Step:
    return Step((http(body=gzip.compress(body(answer), 0)[:-12], headers=_GZIP),))


def _no_gzip(answer: bytes) -> Step:
    return Step((http(body=body(answer), headers=_GZIP),))


@pytest.mark.parametrize("part", [0.0, 0.001, 0.5, 0.9999])
def test_A06_a_free_answer_that_is_reset(part: float, fault: Fault) -> None:
    """At any byte: asked again, and shown whole."""
    fault.api.script(_MODELS, whole, lambda answer: Step((answer[: int(len(answer) * part)],), "reset"))
    done = fault.inside("models", "list", "-v", clock=LeapingClock())

    assert (done.code, len(done.lines)) == (0, 3)
    assert f"the connection to {fault.api.url} broke; trying again in " in done.err


def test_A06_free_answers_that_are_always_reset(fault: Fault) -> None:
    """Five times, then exit 7."""
    fault.api.always(_MODELS, Step((b"HTTP/1.1 2",), "reset"))
    done = fault.run("models", "list")

    assert (done.code, done.err) == (7, f"error: the connection to {fault.api.url} broke\n")
    assert fault.api.count(_MODELS) == 5


@pytest.mark.parametrize("end", ["close", "reset"])
@each_way
def test_A07_no_answer_to_a_paid_request(way: Way, end: str, tmp_path: Path) -> None:
    """Exit 8: it may have been accepted; sent once, kept in the journal, and the next command is named."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, Step(end=end))
        done = way.pay(fault)
        *_, error, hint = done.err.splitlines()

        assert (done.code, fault.api.count(way.post), fault.files) == (8, 1, [])
        assert "may have been accepted (and billed)" in done.err
        assert hint.startswith("  ")
        assert "inference " in hint
        assert error
        assert fault.journal("SELECT count(*) FROM generations") == [(0,)]
        assert fault.journal("SELECT count(*) FROM intents") == [(1,)]


@each_way
def test_A09_a_connection_that_is_closed_while_the_request_is_written(way: Way, tmp_path: Path) -> None:
    """Nobody knows how much of it was read: exit 8, sent once."""
    words = tuple("-" if word == "a red fox" else word for word in way.words)
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, Step(end="reset", read=1000))
        done = fault.inside(*words, clock=LeapingClock(), stdin=_LARGE * 4)

        assert (done.code, fault.api.count(way.post)) == (8, 1)


def test_A09_a_whole_refusal_while_the_request_is_written(fault: Fault) -> None:
    """A complete 413 is honoured: exit 5, unless a reset overtakes it, then 8; sent once either way."""
    refusal = http("413 Payload Too Large", b'{"error": {"message": "too large"}}', headers=_JSON)
    fault.api.script(QUEUED.post, Step((refusal,), read=1000))
    done = fault.inside("image", "-", *QUEUED_FOX[2:], clock=LeapingClock(), stdin=_LARGE * 4)

    assert fault.api.count(QUEUED.post) == 1
    assert (done.code, "the server refused the request: too large" in done.err) in {(5, True), (8, False)}


@each_way
def test_A10_no_answer_to_a_paid_request_in_time(way: Way, tmp_path: Path) -> None:
    """Two minutes for the queue, a quarter of an hour for a direct call; then exit 8, sent once."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, Step(end="hang"))
        clock = HastyClock(400)
        done = way.pay(fault, clock=clock)

        assert (done.code, fault.api.count(way.post)) == (8, 1)
        assert (
            f"{fault.api.url} did not answer in time after the request was sent; it may have been accepted" in done.err
        )
        assert clock.monotonic() > (900 if way.direct else 120)


@pytest.mark.parametrize("part", [0.01, 0.9])
def test_A11_an_answer_that_drips(part: float, fault: Fault) -> None:
    """A byte every two seconds, in the head or in the body: the time for all of it ends it, exit 7."""
    clock = HastyClock(200)

    def drip(answer: bytes) -> Step:
        start = int(len(answer) * part)
        pieces = (answer[:start], *(answer[place : place + 1] for place in range(start, len(answer))))
        return Step(pieces, between=lambda: clock.sleep(2))

    fault.api.always(_MODELS, drip)
    done = fault.inside("models", "list", clock=clock)

    assert (done.code, done.err) == (7, f"error: {fault.api.url} did not answer in time\n")
    assert 120 < clock.monotonic() < 240


@each_way
def test_A11_an_answer_to_a_paid_request_that_drips(way: Way, tmp_path: Path) -> None:
    """The same, and nobody knows: exit 8, sent once."""
    clock = LeapingClock()
    drip = Step((b"HTTP/1.1 200 OK\r\n", *[b"x"] * 500), between=lambda: clock.sleep(2), end="hang")
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, drip)
        done = way.pay(fault, clock=clock)

        assert (done.code, fault.api.count(way.post)) == (8, 1)
        assert "did not answer in time after the request was sent" in done.err


def test_A12_a_head_without_end(fault: Fault) -> None:
    """200 kB of one header: exit 12, asked once."""
    fault.api.script(_MODELS, Step((b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,)))
    done = fault.run("models", "list")

    assert (done.code, done.err) == (12, f"error: what {fault.api.url} answers is not HTTP\n")
    assert len(fault.api.asked) == 1


@each_way
def test_A12_a_head_without_end_after_a_paid_request(way: Way, tmp_path: Path) -> None:
    """Exit 8, sent once."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, Step((b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,)))

        assert (way.pay(fault).code, fault.api.count(way.post)) == (8, 1)


@pytest.mark.parametrize("broken", [_chunked, _short])
def test_A13_A14_a_free_answer_that_is_cut(broken: Broken, fault: Fault) -> None:
    """In the middle of a chunk, or before its length: asked again, and shown whole."""
    fault.api.script(_MODELS, whole, broken)
    done = fault.run("models", "list") if broken is _short else fault.inside("models", "list", clock=LeapingClock())

    assert (done.code, len(done.lines), fault.api.count(_MODELS)) == (0, 3, 3)


@pytest.mark.parametrize("cut", [_chunked, _short, _endless, _cut_gzip, _no_gzip])
@each_way
def test_A13_A14_A16_A17_A18_an_answer_to_a_paid_request_that_cannot_be_read(
    way: Way, cut: Callable[[bytes], Step], tmp_path: Path
) -> None:
    """Before anything of it could be read: an unknown outcome, exit 8, sent once."""
    with way.case(tmp_path) as fault:
        step = cut(http(body=b'{"crea', headers=_JSON))
        fault.api.script(way.post, step)

        assert (way.pay(fault).code, fault.api.count(way.post), fault.files) == (8, 1, [])


@pytest.mark.parametrize("cut", [_short, _long, _endless, _cut_gzip, _no_gzip])
def test_A14_A15_A16_A17_A18_ids_in_a_damaged_answer_are_collected(cut: Callable[[bytes], Step], fault: Fault) -> None:
    """What could be read of the ids is what was taken: it is waited for, exit 0."""
    fault.api.script(QUEUED.post, cut)
    done = fault.run(*QUEUED_FOX) if cut is _endless else fault.inside(*QUEUED_FOX, clock=LeapingClock())

    assert (done.code, done.lines, fault.api.count(QUEUED.post)) == (0, ["fox.png"], 1)
    assert fault.journal("SELECT id, state FROM generations") == [("gen-0001-canary", "downloaded")]


@pytest.mark.parametrize("way", [QUEUED, DIRECT], ids=str)
def test_A15_more_than_was_said(way: Way, fault: Fault) -> None:
    """What is beyond the length is ignored, and never read as the next answer on that connection."""
    fault.api.always("GET *", _long)
    fault.api.script(way.post, _long)
    done = fault.run(*way.words)

    assert (done.code, done.lines, fault.api.count(way.post)) == (0, ["fox.png"], 1)


def test_A15_less_than_the_whole_document_was_said(fault: Fault) -> None:
    """What the length leaves is still held to be JSON: exit 12."""
    fault.api.script(_MODELS, whole, lambda answer: Step((http(body=body(answer), headers=_JSON, length=30),)))
    done = fault.inside("models", "list", clock=LeapingClock())

    assert (done.code, done.err) == (12, "error: the answer is not JSON, or it was cut\n")


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (_endless, "the answer is not JSON, or it was cut"),
        (_cut_gzip, "the gzip answer was cut"),
        (_no_gzip, "the answer says that it is gzip, and is not"),
    ],
)
def test_A16_A17_A18_cuts_that_nobody_declared(broken: Broken, words: str, fault: Fault) -> None:
    """No length and an early close, a cut gzip of the right length, a plain body declared gzip: exit 12, no empty list."""
    fault.api.script(_MODELS, whole, broken)
    done = fault.run("models", "list") if broken is _endless else fault.inside("models", "list", clock=LeapingClock())

    assert (done.code, done.out, done.err) == (12, b"", f"error: {words}\n")
    assert fault.api.count(_MODELS) == 2


@pytest.mark.parametrize("way", [QUEUED, DIRECT], ids=str)
def test_A16_a_result_that_ends_early(way: Way, fault: Fault) -> None:
    """No length says so, the container does: exit 12, nothing under the final name, the bytes kept aside."""
    fault.storage.script("GET /results/*", lambda answer: Step((http(body=body(answer)[:-9], length=None),)))
    done = fault.inside(*way.words, clock=LeapingClock())

    assert (done.code, fault.api.count(way.post)) == (12, 1)
    assert "fox.png" not in fault.files
