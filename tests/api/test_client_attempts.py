import gzip
from typing import Any

import pytest

from inference_cli.api.retry import Retry
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.errors import (
    DamagedError,
    InferenceError,
    NotFoundError,
    PartialError,
    RefusedError,
    TemporaryError,
    TokenError,
    UnknownOutcomeError,
    UsageError,
)
from tests.support.api import Script, client_of, in_pieces
from tests.support.failing import TAKEN, caught


def test_A22_a_free_request_is_sent_again() -> None:
    """500, then 200: one retry, said to whoever wants to know."""
    said: list[str] = []
    clock = ManualClock()
    script = Script(httpx.Response(500, json={"error": "boom"}), httpx.Response(200, json={"data": []}))
    retry = Retry(clock=clock, jitter=lambda: 1.0, notice=said.append)
    with client_of(script, clock=clock, retry=retry) as client:
        assert client.get("/ai/models") == {"data": []}
    assert (clock.slept, retry.count) == ([0.5], 1)
    assert said == ["HTTP 500 from the server; trying again in 0.5 s"]


def test_A24_a_gateway_that_stays_down() -> None:
    """Five attempts, then temporary; of the page only its title."""
    script = Script(*(httpx.Response(502, html="<title>Bad Gateway</title>") for _ in range(5)))
    error = caught(script, paid=False)
    assert (type(error), error.message, error.details) == (
        TemporaryError,
        "HTTP 502 from the gateway",
        ("Bad Gateway",),
    )
    assert len(script.requests) == 5


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, json={"error": {"type": "unknown_error"}}),
        httpx.Response(502, html="<title>Bad Gateway</title>"),
        httpx.Response(503),
        httpx.Response(504, text="upstream timed out"),
        httpx.Response(408),
        httpx.Response(200, html="<html>maintenance</html>"),
        httpx.Response(200),
        httpx.Response(204),
        httpx.Response(200, json=None),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"generations": []}),
        httpx.Response(200, json={"generations": [{"status": "queued"}]}),
        httpx.Response(200, json={"generations": [{"generation_id": "../../etc"}]}),
        httpx.Response(200, content=b'{"generations": ['),
        httpx.Response(200, content=in_pieces(b"plain"), headers={"content-encoding": "gzip"}),
        httpx.Response(200, content=in_pieces(b'{"gen', httpx.ReadError("reset"))),
        httpx.Response(200, content=in_pieces(b'{"gen', httpx.RemoteProtocolError("peer closed connection"))),
        httpx.Response(200, content=in_pieces(b'{"gen', httpx.ReadTimeout("late"))),
        httpx.RemoteProtocolError("Server disconnected without sending a response."),
        httpx.RemoteProtocolError("illegal status line"),
        httpx.ReadError("reset"),
        httpx.WriteError("broken pipe"),
        httpx.WriteTimeout("late"),
        httpx.ReadTimeout("late"),
    ],
    ids=repr,
)
def test_a_paid_request_that_may_have_been_accepted_is_sent_once(answer: httpx.Response | Exception) -> None:
    """Faults A7, A10, A13, A23, A26: unknown, whatever broke; the next command is named, nothing is sent twice."""
    script = Script(answer)
    error = caught(script, paid=True)
    assert type(error) is UnknownOutcomeError
    assert "may have been accepted (and billed)" in error.message
    assert error.hint == "Nothing was sent twice.  Find out and collect it:  inference recover"
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("refused"), httpx.ConnectTimeout("late"), httpx.PoolTimeout("x")]
)
def test_A03_a_paid_request_that_was_not_sent_is_tried_twice_more(failure: Exception) -> None:
    """Then it is temporary: nothing was accepted."""
    script = Script(failure, failure, failure)
    error = caught(script, paid=True)
    assert (type(error), len(script.requests)) == (TemporaryError, 3)
    well = Script(failure, failure, httpx.Response(200, json=TAKEN))
    with client_of(well) as client:
        assert [one.generation_id for one in client.queue.enqueue({})] == ["a1"]


def test_no_retry() -> None:
    """The switch makes every attempt the last."""
    script = Script(httpx.ConnectError("refused"))
    clock = ManualClock()
    error = caught(script, paid=True, clock=clock, retry=Retry(clock=clock, enabled=False))
    assert (type(error), clock.slept) == (TemporaryError, [])


def test_A28_429_is_waited_out_even_by_a_paid_request() -> None:
    """It was refused before any work; the wait is always said."""
    said: list[str] = []
    clock = ManualClock()
    script = Script(
        httpx.Response(429, headers={"retry-after": "2"}, json={"error": {"message": "slow down"}}),
        httpx.Response(200, json=TAKEN),
    )
    with client_of(script, clock=clock, notice=said.append) as client:
        client.queue.enqueue({})
    assert clock.slept == [2.5]
    assert said == ["the server is asked too often; trying again in 2.5 s"]


def test_A29_A30_how_long_is_waited() -> None:
    """Dates by the server's clock; nonsense as an ordinary pause; more than two minutes not at all."""
    clock = ManualClock()
    dates = {"date": "Wed, 21 Oct 2015 07:28:00 GMT", "retry-after": "Wed, 21 Oct 2015 07:28:07 GMT"}
    script = Script(
        httpx.Response(429, headers=dates),
        httpx.Response(429, headers={"retry-after": "garbage"}),
        httpx.Response(200, json=TAKEN),
    )
    with client_of(script, clock=clock) as client:
        client.queue.enqueue({})
    assert clock.slept == [7.5, 1.0]
    error = caught(Script(httpx.Response(429, headers={"retry-after": "86400"})), paid=True, clock=clock)
    assert error.message == "the server is asked too often; it asks to wait 24 h (HTTP 429)"
    assert clock.slept == [7.5, 1.0]


def test_A31_429_with_ids_is_partial_and_not_sent_again() -> None:
    """The ids are raised with it."""
    script = Script(httpx.Response(429, json={**TAKEN, "error": {"message": "limit reached"}}))
    error = caught(script, paid=True)
    assert (type(error), error.generation_ids) == (PartialError, ("a1",))


def test_I2_ids_in_a_cut_answer_are_kept() -> None:
    """Unknown, and yet these were accepted."""
    start = b'{"generations": [{"generation_id": "a1", "status": "queued"}, {"gen'
    for answer in (
        httpx.Response(200, content=start),
        httpx.Response(200, content=in_pieces(start, httpx.ReadError("reset"))),
        httpx.Response(500, content=start),
    ):
        error = caught(Script(answer), paid=True)
        assert (type(error), error.generation_ids) == (UnknownOutcomeError, ("a1",))


@pytest.mark.parametrize("status", [200, 201, 202])
def test_A27_accepted_is_accepted(status: int) -> None:
    """Any good status with ids in the body."""
    with client_of(Script(httpx.Response(status, json=TAKEN))) as client:
        assert [one.generation_id for one in client.queue.enqueue({})] == ["a1"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(200, html="<html>"), DamagedError),
        (httpx.Response(200), DamagedError),
        (
            httpx.Response(
                200, content=in_pieces(gzip.compress(b"{}" * 999)[:-8]), headers={"content-encoding": "gzip"}
            ),
            DamagedError,
        ),
        (httpx.Response(200, json={"error": {"type": "resource_not_found"}}), NotFoundError),
        (httpx.Response(200, json={"status": "error", "status_message": "no"}), RefusedError),
        (httpx.Response(307, headers={"location": "https://evil.example/"}), DamagedError),
        (httpx.RemoteProtocolError("illegal status line: SSH-2.0"), DamagedError),
        (httpx.RemoteProtocolError("Receive buffer too long"), DamagedError),
        (httpx.Response(401), TokenError),
        (httpx.LocalProtocolError("Illegal header value"), UsageError),
    ],
    ids=repr,
)
def test_what_is_final_is_not_asked_again(answer: httpx.Response | Exception, kind: type[InferenceError]) -> None:
    """Faults A12, A16, A17, A25, A26, A32, A41, A43: one request, one sentence."""
    script = Script(answer)
    error = caught(script, paid=False)
    assert isinstance(error, kind)
    assert len(script.requests) == 1


def test_A13_a_free_answer_that_broke_off_is_asked_for_again() -> None:
    """In the middle of the body, by a reset, a close or silence; then it is temporary."""
    broken: list[httpx.Response | Exception] = [
        httpx.Response(200, content=in_pieces(b"{", httpx.ReadError("reset"))),
        httpx.Response(200, content=in_pieces(b"{", httpx.RemoteProtocolError("peer closed connection"))),
        httpx.Response(200, content=in_pieces(b"{", httpx.ReadTimeout("late"))),
        httpx.RemoteProtocolError("Server disconnected without sending a response."),
    ]
    with client_of(Script(*broken, httpx.Response(200, json={"a": 1}))) as client:
        assert client.get("/x") == {"a": 1}
    error = caught(Script(*(httpx.ReadError("reset") for _ in range(5))), paid=False)
    assert error.message == "the connection to https://hub.oxen.ai broke"


def test_A11_the_time_for_a_call_is_for_all_of_it() -> None:
    """A body that drips, or retries that add up: after 120 s of the monotonic clock it is over."""
    clock = ManualClock()

    def drip() -> Any:
        while True:
            clock.sleep(13)
            yield b" "

    script = Script(httpx.Response(200, content=drip()))
    error = caught(script, paid=False, clock=clock)
    assert (type(error), error.message) == (TemporaryError, "https://hub.oxen.ai did not answer in time")
    assert clock.monotonic() == 130
    assert len(script.requests) == 1


def test_a_wait_that_would_pass_the_deadline_is_not_begun() -> None:
    """Retry-After of 100 s, and again: the second is too long for one call."""
    clock = ManualClock()
    answers = [httpx.Response(429, headers={"retry-after": "100"}) for _ in range(2)]
    script = Script(*answers)
    error = caught(script, paid=False, clock=clock, retry=Retry(clock=clock, budget=1e9, jitter=lambda: 0.0))
    assert (type(error), clock.slept, len(script.requests)) == (TemporaryError, [100.0], 2)


def test_x_should_retry_stops_a_retry() -> None:
    """The server knows."""
    script = Script(httpx.Response(503, headers={"x-should-retry": "false"}))
    assert type(caught(script, paid=False)) is TemporaryError


def test_A19_error_bodies_are_capped() -> None:
    """A megabyte, also when it is compressed; the status is still known."""
    bomb = gzip.compress(b" " * (8 * 1024 * 1024))
    script = Script(httpx.Response(400, content=in_pieces(bomb), headers={"content-encoding": "gzip"}))
    error = caught(script, paid=True)
    assert (type(error), error.message) == (RefusedError, "the server refused the request (HTTP 400)")


def test_A09_a_refusal_whose_body_broke_off_is_a_refusal() -> None:
    """The status line was read."""
    script = Script(httpx.Response(413, content=in_pieces(b'{"err', httpx.ReadError("reset"))))
    assert type(caught(script, paid=True)) is RefusedError
