import gzip
import json
from typing import Any

import pytest

from inference_cli.api.client import Client
from inference_cli.api.dialect import CURRENT
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
from inference_cli.origin import parse_origin
from tests.support.api import BASE, CANARY, Script, client_of, in_pieces

TAKEN = {"generations": [{"generation_id": "a1", "status": "queued"}]}
REQUEST = httpx.Request("POST", BASE)


def caught(script: Script, *, paid: bool, **settings: Any) -> InferenceError:
    """The failure of one call that a script answers."""
    with client_of(script, **settings) as client:
        call = (lambda: client.queue.enqueue({"model": "m"})) if paid else (lambda: client.get("/ai/models"))
        with pytest.raises(InferenceError) as failure:
            call()
    return failure.value


def test_what_a_request_carries() -> None:
    """The token, what is accepted, who asks; a paid one closes its connection."""
    script = Script(httpx.Response(200, json={}), httpx.Response(200, json=TAKEN))
    with client_of(script) as client:
        client.get("/ai/models", {"a": "1 2", "b": None})
        client.queue.enqueue({"model": "m"})
    free, paid = script.requests
    assert str(free.url) == "https://hub.oxen.ai/api/ai/models?a=1+2"
    assert dict(free.headers) == {
        "host": "hub.oxen.ai",
        "authorization": f"Bearer {CANARY}",
        "accept": "application/json",
        "accept-encoding": "gzip",
        "user-agent": "inference-cli/0.1.0",
    }
    assert dict(paid.headers) == {
        **dict(free.headers),
        "accept-encoding": "identity",
        "content-type": "application/json",
        "connection": "close",
        "content-length": "13",
    }


def test_F12_cookies_are_neither_kept_nor_sent() -> None:
    """Whatever the server sets."""
    script = Script(*(httpx.Response(200, json={}, headers={"set-cookie": "a=b; Path=/"}) for _ in range(2)))
    with client_of(script) as client:
        client.get("/x")
        client.get("/x")
    assert [request.headers.get("cookie") for request in script.requests] == [None, None]


def test_A8_a_paid_request_has_a_transport_of_its_own() -> None:
    """Free requests share one; each paid one gets a fresh one, which is closed after it, as all are in the end."""

    class Tracked(httpx.MockTransport):
        is_open = True

        def close(self) -> None:
            self.is_open = False

    made: list[Tracked] = []

    def make() -> httpx.BaseTransport:
        made.append(Tracked(lambda _: httpx.Response(200, json=TAKEN)))
        return made[-1]

    clock = ManualClock()
    origin = parse_origin(BASE)
    client = Client(
        base_url=BASE, origin=origin, token=CANARY, dialect=CURRENT, namespace=None, clock=clock, transport=make
    )
    with client:
        client.get("/ai/queue")
        client.queue.enqueue({})
        client.get("/ai/queue")
        client.queue.enqueue({})
        assert [transport.is_open for transport in made] == [True, False, False]
    assert [transport.is_open for transport in made] == [False, False, False]
    client.close()


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
    assert error.hint == "Nothing was sent twice.  See:  inference queue list"
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("refused"), httpx.ConnectTimeout("late"), httpx.PoolTimeout("x")]
)
def test_A3_a_paid_request_that_was_not_sent_is_tried_twice_more(failure: Exception) -> None:
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


def test_A9_a_refusal_whose_body_broke_off_is_a_refusal() -> None:
    """The status line was read."""
    script = Script(httpx.Response(413, content=in_pieces(b'{"err', httpx.ReadError("reset"))))
    assert type(caught(script, paid=True)) is RefusedError


def test_the_trace_and_the_errors_hold_no_secret() -> None:
    """Faults F4, F5: the token and signatures are masked in what is traced, said and raised."""
    lines: list[str] = []
    said: list[str] = []
    signed = "https://media.example/a.png?X-Amz-Signature=canarysignature"
    text = f"the token {CANARY} may not read {signed}\nsecond {CANARY}"
    script = Script(
        httpx.Response(429, headers={"location": signed, "x-request-id": "r7"}, json={"error": {"message": text}}),
        httpx.Response(422, json={"error": {"message": text}}, headers={"x-request-id": "r8"}),
    )
    error = caught(script, paid=True, trace=lines.append, notice=said.append)
    everything = "\n".join([*lines, *said, str(error), error.message, *error.details, repr(error)])
    assert "canary" not in everything
    assert error.message == (
        "the server refused the request: the token *** may not read https://media.example/a.png?X-Amz-Signature=***"
    )
    assert error.request_id == "r8"
    assert "> POST https://hub.oxen.ai/api/ai/queue (13 bytes)" in lines
    assert "> authorization: ***" in lines
    assert "< 429 application/json" in lines


def test_the_trace_names_what_broke() -> None:
    """In a word."""
    lines: list[str] = []
    caught(Script(httpx.ReadError(CANARY)), paid=True, trace=lines.append)
    assert lines[-1] == "! ReadError"


def test_bad_bodies_and_missing_tokens_send_nothing() -> None:
    """Faults G10, H4, F2: exit 2 and 3 before anything goes out."""
    script = Script()
    for body in ({"prompt": "\udcff"}, {"n": float("nan")}):
        with client_of(script) as client, pytest.raises(UsageError):
            client.queue.enqueue(body)
    with (
        client_of(script, token=None) as client,
        pytest.raises(TokenError, match=r"no token for https://hub\.oxen\.ai"),
    ):
        client.queue.enqueue({})
    with pytest.raises(TokenError):
        client_of(script, token="canary\r\nX: y")
    assert script.requests == []


def test_the_base_url_must_be_at_the_origin() -> None:
    """A token is bound to one."""
    origin = parse_origin(BASE)
    with pytest.raises(UsageError, match=r"not at https://hub\.oxen\.ai"):
        Client(
            base_url="https://evil.example/api",
            origin=origin,
            token=CANARY,
            dialect=CURRENT,
            namespace=None,
            clock=ManualClock(),
        )


def test_H4_numbers_that_are_none_are_said_once() -> None:
    """The notice comes from the answer's reading."""
    said: list[str] = []
    with client_of(Script(httpx.Response(200, content=b'{"a": NaN}')), notice=said.append) as client:
        assert client.get("/x") == {"a": None}
    assert len(said) == 1


def test_a_body_is_read_whatever_its_pieces() -> None:
    """Byte by byte."""
    body = json.dumps(TAKEN).encode()
    with client_of(
        Script(httpx.Response(200, content=in_pieces(*(body[at : at + 1] for at in range(len(body))))))
    ) as client:
        assert client.get("/x") == TAKEN
