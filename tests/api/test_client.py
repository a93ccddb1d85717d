import json

import pytest

from inference_cli.api.client import Client
from inference_cli.api.dialect import CURRENT
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.errors import (
    TokenError,
    UsageError,
)
from inference_cli.origin import parse_origin
from tests.support.api import BASE, CANARY, Script, client_of, in_pieces
from tests.support.failing import TAKEN, caught


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


def test_A08_a_paid_request_has_a_transport_of_its_own() -> None:
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


def test_H04_numbers_that_are_none_are_said_once() -> None:
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
