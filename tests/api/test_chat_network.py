"""Chats over real sockets: what may be sent again, who closes, who stops."""

import threading
from pathlib import Path
from typing import Any

import pytest

from inference_cli.api.dialect import OPENAI
from inference_cli.api.retry import Retry
from inference_cli.clock import ManualClock, SystemClock
from inference_cli.errors import DamagedError, InferenceError, Interrupted, TemporaryError, TokenError
from tests.support.api import CANARY, client_of
from tests.support.chats import BODY, DONE, END, piece, sse
from tests.support.faultd import Faultd, Step, answer, closed_port, http
from tests.support.loopback_tls import server_context

SSE = [("Content-Type", "text/event-stream")]
JSON = [("Content-Type", "application/json")]
BUSY = http("503 Service Unavailable", b'{"error": {"message": "overloaded"}}', headers=JSON)
WHOLE = http(body=sse(piece("Hello"), END, DONE), headers=SSE)


def asked(server: Faultd, **options: Any) -> tuple[str, InferenceError | None, Retry]:
    """The text of an answer, what went wrong, and the retries that it took."""
    clock = ManualClock()
    retry = Retry(clock=clock, jitter=lambda: 0.0, chat=options.pop("retry_chat", False))
    with client_of(None, base_url=f"{server.url}/api", clock=clock, retry=retry, **options) as client:
        try:
            return client.chat.complete(BODY).text, None, retry
        except InferenceError as error:
            return "", error, retry


def test_A08_each_chat_has_a_connection_of_its_own() -> None:
    """None that somebody may just have closed."""
    with Faultd(answer(WHOLE, "keep"), answer(WHOLE, "keep")) as server:
        assert [asked(server)[0] for _ in range(2)] == ["Hello", "Hello"]
        assert (server.connections, server.seen[0].header("connection")) == (2, "close")
        assert server.seen[0].header("authorization") == f"Bearer {CANARY}"


@pytest.mark.parametrize("end", ["close", "reset"])
def test_B12_a_chat_that_was_lost_is_not_sent_again(end: str) -> None:
    """It is billed by tokens; 12."""
    with Faultd(Step((), end), answer(WHOLE)) as server:
        text, error, retry = asked(server)
        assert (text, type(error), retry.count, len(server.seen)) == ("", DamagedError, 0, 1)


def test_B12_unless_the_user_allows_it() -> None:
    """Twice at most, and only before the first byte."""
    with Faultd(Step((), "close"), Step((), "reset"), answer(WHOLE)) as server:
        text, error, retry = asked(server, retry_chat=True)
        assert (text, error, retry.count) == ("Hello", None, 2)
    begun = http(body=sse(piece("Hel")), headers=SSE, length=None)
    with Faultd(answer(begun), answer(WHOLE)) as server:
        text, error, retry = asked(server, retry_chat=True)
        assert (type(error), retry.count, len(server.seen)) == (DamagedError, 0, 1)


def test_a_busy_server_is_asked_once_more() -> None:
    """It says itself that it did not take the request: 7, if it stays so."""
    with Faultd(answer(BUSY), answer(WHOLE)) as server:
        assert asked(server)[0] == "Hello"
    with Faultd(answer(BUSY), answer(BUSY), answer(WHOLE)) as server:
        _, error, retry = asked(server)
        assert (type(error), retry.count, len(server.seen)) == (TemporaryError, 1, 2)
        assert error is not None
        assert (error.message, error.details) == ("the server did not take the request", ("overloaded",))


def test_A28_a_server_that_asks_to_wait() -> None:
    """Refused before any work: twice more."""
    wait = http("429 Too Many Requests", b"{}", headers=[*JSON, ("Retry-After", "2")])
    with Faultd(answer(wait), answer(wait), answer(WHOLE)) as server:
        text, _, retry = asked(server)
        assert (text, retry.count) == ("Hello", 2)


def test_A03_a_closed_port() -> None:
    """Nothing was sent: twice more, then 7."""
    clock = ManualClock()
    retry = Retry(clock=clock, jitter=lambda: 0.0)
    with (
        closed_port() as port,
        client_of(None, base_url=f"http://127.0.0.1:{port}/api", clock=clock, retry=retry) as client,
        pytest.raises(TemporaryError),
    ):
        client.chat.complete(BODY)
    assert retry.count == 2


@pytest.mark.parametrize(
    "begun", [b"", http(body=sse(piece("Hel")), headers=SSE, length=None)], ids=["silent", "begun"]
)
def test_a_stop_ends_the_reading_at_once(begun: bytes) -> None:
    """Before the first byte and in the middle; the connection is closed, the beginning kept."""
    stop = threading.Event()
    step = Step((begun,), "hang", between=stop.set) if begun else Step((), "hang", before=stop.set)
    with Faultd(step) as server:
        with (
            client_of(None, base_url=f"{server.url}/api", clock=SystemClock()) as client,
            pytest.raises(Interrupted) as caught,
            client.chat.stream(BODY, stop=stop) as answering,
        ):
            list(answering)
        assert (caught.value.exit_status, len(server.seen)) == (130, 1)


def test_a_stop_sends_nothing_again() -> None:
    """Whatever the policy would allow."""
    stop = threading.Event()
    with Faultd(Step((BUSY,), before=stop.set), answer(WHOLE)) as server:
        clock = ManualClock()
        with (
            client_of(None, base_url=f"{server.url}/api", clock=clock) as client,
            pytest.raises(InferenceError),
        ):
            client.chat.complete(BODY, stop=stop)
        assert len(server.seen) == 1


def test_A05_a_certificate_that_is_not_trusted(tmp_path: Path) -> None:
    """12, and nothing was sent."""
    with Faultd(tls=server_context(tmp_path)) as server:
        _, error, retry = asked(server)
        assert (type(error), retry.count, server.seen) == (DamagedError, 0, [])
        assert "SSL_CERT_FILE" in (error.hint or "" if error else "")


def test_without_a_token_nothing_is_signed() -> None:
    """Where the server needs none; one that does, asks, and is told where to store it."""
    refusal = http("401 Unauthorized", b'{"error": {"message": "Missing key"}}', headers=JSON)
    with Faultd(answer(WHOLE), answer(refusal)) as server:
        assert asked(server, dialect=OPENAI, token=None)[0] == "Hello"
        assert server.seen[0].header("authorization") is None
        _, error, _ = asked(server, dialect=OPENAI, token=None)
    assert isinstance(error, TokenError)
    assert (error.message, error.hint) == (f"{server.url} asks for a token", "Store one for it:  inference auth login")
    with Faultd(answer(WHOLE)) as server:
        _, error, _ = asked(server, token=None)
        assert (type(error), server.seen) == (TokenError, [])
