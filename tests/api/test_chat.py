import json
from typing import Any

import pytest

from inference_cli.api.chat import FIRST_BYTE, GO_ON, IDLE
from inference_cli.api.completion import Completion, Delta, Usage
from inference_cli.api.dialect import CURRENT, LEGACY, OPENAI, Dialect
from inference_cli.api.wire import httpx
from inference_cli.errors import (
    DamagedError,
    InferenceError,
    RefusedError,
    SpendingError,
    TemporaryError,
)
from tests.support.api import Script, client_of
from tests.support.chats import (
    BODY,
    COUNTED,
    DONE,
    END,
    EVENTS,
    USAGE,
    answered,
    ask,
    piece,
    raw,
    sse,
    streamed,
)

WHOLE = (piece(role="assistant", content=""), piece("Hel"), piece("lo"), END, COUNTED, DONE)


def test_a_stream_is_asked_for_with_usage_and_put_together() -> None:
    """Over a connection of its own, in no content encoding."""
    script = Script(streamed(*WHOLE))
    with client_of(script) as client, client.chat.stream(BODY) as answering:
        deltas = list(answering)
        completion = answering.completion

    (request,) = script.requests
    assert script.lines == ["POST /api/ai/chat/completions"]
    assert script.bodies == [{**BODY, "stream": True, "stream_options": {"include_usage": True}}]
    assert (request.headers["connection"], request.headers["accept-encoding"]) == ("close", "identity")
    assert "".join(delta.text for delta in deltas) == "Hello"
    message = {"role": "assistant", "content": "Hello"}
    assert completion == Completion(
        text="Hello",
        finish_reason="stop",
        usage=Usage(3, 2, USAGE),
        model="m-1",
        complete=True,
        raw={
            "id": "c1",
            "object": "chat.completion",
            "model": "m-1",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": USAGE,
        },
    )


@pytest.mark.parametrize(
    ("dialect", "path"),
    [(CURRENT, "/api/ai/chat/completions"), (LEGACY, "/api/chat/completions"), (OPENAI, "/api/chat/completions")],
    ids=["current", "2026-04", "openai"],
)
def test_each_generation_has_its_route(dialect: Dialect, path: str) -> None:
    """The whole answer at once is asked for in so many words."""
    script = Script(httpx.Response(200, json=answered()))
    with client_of(script, dialect=dialect) as client:
        completion = client.chat.complete(BODY)
    assert (script.lines, script.bodies) == ([f"POST {path}"], [{**BODY, "stream": False}])
    assert (completion.text, completion.complete, completion.raw) == ("Hello", True, answered())


def test_the_time_limits_are_those_of_a_chat() -> None:
    """Ten minutes for the first byte, two between two of them, none for the whole."""
    limits: list[float] = []

    def handler(request: httpx.Request) -> httpx.Response:
        read = request.extensions["timeout"]["read"]

        def body() -> Any:
            for event in WHOLE:
                limits.append(read.left())
                yield sse(event)

        return httpx.Response(200, headers=EVENTS, content=body())

    with client_of(handler) as client, client.chat.stream(BODY) as answering:
        list(answering)
    assert (limits[0], set(limits[1:])) == (FIRST_BYTE, {IDLE})


def test_B02_other_line_ends_are_text() -> None:
    """Only CR, LF and CRLF end a line of a stream."""
    text = "a\u2028b\u2029c\u0085d\x0be\x0cf"
    deltas, completion, _ = ask(httpx.Response(200, headers=EVENTS, content=_unescaped(text)))
    assert ("".join(delta.text for delta in deltas), completion.text) == (text, text)


def _unescaped(text: str) -> bytes:
    inner = json.dumps(piece(text), ensure_ascii=False).replace("\\u000b", "\x0b").replace("\\f", "\x0c")
    return f"data: {inner}\n\n".encode() + sse(END, DONE)


def test_B03_invalid_utf8_is_replaced_and_said_once() -> None:
    """The answer goes on; a U+FFFD that the model wrote itself is no damage."""
    notices: list[str] = []
    bad = sse(piece("a?b")).replace(b"?", b"\xff")
    deltas, completion, failure = ask(raw(bad, bad, sse(END, DONE)), notices=notices)
    assert ("".join(delta.text for delta in deltas), completion.complete, failure) == ("a\ufffdba\ufffdb", True, None)
    assert notices == ["the answer holds bytes that are not UTF-8; they are shown as \ufffd"]

    fine = json.dumps(piece("\ufffd"), ensure_ascii=False)
    ask(streamed(fine, END, DONE), notices=notices)
    assert len(notices) == 1


@pytest.mark.parametrize(
    "end", [b"", b'data: {"choices": [{"delta": {"con', b"data: {}"], ids=["nothing", "half", "open"]
)
def test_B04_a_stream_that_ends_early_keeps_what_came(end: bytes) -> None:
    """Without DONE and without a reason to have ended it is incomplete: 12."""
    deltas, completion, failure = ask(raw(sse(piece("Hel")), end))
    assert deltas == [Delta("Hel")]
    assert (completion.text, completion.complete, completion.finish_reason) == ("Hel", False, None)
    assert (type(failure), failure.message, failure.hint) == (DamagedError, "the stream ended early", GO_ON)


def test_B04_a_stream_that_ends_before_it_began() -> None:
    """It may have been billed all the same."""
    _, completion, failure = ask(raw(b""))
    assert (type(failure), failure.message) == (DamagedError, "the stream ended early; it may have been billed")
    assert completion == Completion(raw={"object": "chat.completion", "choices": []})


@pytest.mark.parametrize(
    "end",
    [
        (),
        (httpx.RemoteProtocolError("peer closed connection without sending complete message body"),),
        (httpx.ReadError("reset"),),
        (httpx.ReadTimeout("late"),),
    ],
    ids=["closed", "cut", "reset", "silent"],
)
def test_B05_what_has_said_why_it_ended_is_complete(end: tuple[Exception, ...]) -> None:
    """Only DONE is missing."""
    deltas, completion, failure = ask(raw(sse(piece("Hello"), END), *end))
    assert (deltas, completion.complete, completion.finish_reason, failure) == ([Delta("Hello")], True, "stop", None)


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        ({"message": "boom", "type": "server_error"}, DamagedError, "the server broke off its answer: boom"),
        ({"message": "Overloaded", "code": 529}, DamagedError, "the server broke off its answer: Overloaded"),
        ({"message": "slow down", "code": 429}, DamagedError, "the server broke off its answer: slow down"),
        (
            {"message": "Flagged by moderation.", "type": "content_policy"},
            DamagedError,
            "the server broke off its answer: Flagged by moderation",
        ),
        ({"message": "Insufficient credits"}, DamagedError, "the server broke off its answer: Insufficient credits"),
    ],
    ids=["server", "529", "429", "moderation", "credits"],
)
def test_B06_an_error_in_the_middle_of_the_stream(error: Any, kind: type[InferenceError], message: str) -> None:
    """The request was accepted, so that no class may say otherwise; what came is kept, and the error's words."""
    deltas, completion, failure = ask(streamed(piece("Hel"), {"error": error}, DONE))
    assert (deltas, type(failure), failure.message) == ([Delta("Hel")], kind, message)
    assert (completion.text, completion.complete, completion.raw["error"]) == ("Hel", False, error)


def test_B06_an_error_at_the_beginning_of_a_stream() -> None:
    """Nothing came: it was not taken, and may be asked again."""
    _, completion, failure = ask(streamed({"error": {"message": "Rate limit", "type": "rate_limit_error"}}))
    assert (type(failure), completion.complete) == (TemporaryError, False)


@pytest.mark.parametrize(
    ("error", "kind"),
    [({"message": "Flagged.", "type": "content_policy"}, RefusedError), ({"message": "no credits"}, SpendingError)],
)
def test_B06_a_refusal_at_the_beginning_of_a_stream(error: Any, kind: type[InferenceError]) -> None:
    """Before any of the answer its body says of which class it is."""
    _, _, failure = ask(streamed({"error": error}))
    assert type(failure) is kind


def test_B06_an_error_as_the_end_of_a_choice() -> None:
    """As routers of models send it."""
    end = {
        "error": {"code": 502, "message": "Upstream died"},
        "choices": [{"delta": {"content": ""}, "finish_reason": "error"}],
    }
    deltas, _, failure = ask(streamed(piece("Hel"), end))
    assert (deltas, failure.message) == ([Delta("Hel")], "the server broke off its answer: Upstream died")


def test_B06_an_event_that_is_called_error() -> None:
    """Whatever it holds."""
    _, completion, failure = ask(raw(sse(piece("Hel")), b'event: error\ndata: {"message": "internal trouble"}\n\n'))
    assert (failure.message, completion.text) == ("the server broke off its answer: internal trouble", "Hel")


def test_B06_no_error_beside_an_answer() -> None:
    """``error: null`` says that there is none."""
    deltas, completion, failure = ask(streamed({**piece("Hello"), "error": None}, END, DONE))
    assert (deltas, completion.complete, failure) == ([Delta("Hello")], True, None)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (httpx.ReadTimeout("late"), "the stream ended early: nothing came for 120 s"),
        (httpx.ReadError("reset"), "the stream ended early: the connection broke"),
        (httpx.RemoteProtocolError("peer closed connection without"), "the stream ended early"),
    ],
    ids=["silent", "reset", "cut"],
)
def test_B07_a_stream_that_stops_in_the_middle(error: Exception, message: str) -> None:
    """12, what came is kept, and nothing is sent again."""
    script = Script(raw(sse(piece("Hel")), error))
    with client_of(script) as client, pytest.raises(DamagedError) as caught, client.chat.stream(BODY) as answering:
        list(answering)
    assert (caught.value.message, answering.completion.text, len(script.requests)) == (message, "Hel", 1)


@pytest.mark.unmeasured
def test_B08_a_million_tiny_events_and_comments() -> None:
    """In one go; comments are nothing."""
    tiny = sse(piece("x")) * 20_000 + b": still here\n" * 100_000
    deltas, completion, failure = ask(raw(tiny, sse(END, DONE)))
    assert (sum(len(delta.text) for delta in deltas), len(completion.text), failure) == (20_000, 20_000, None)


def test_B08_a_huge_event() -> None:
    """Eight million characters in one piece, in chunks as they come."""
    data = sse(piece("x" * 8_000_000))
    chunks = [data[start : start + 65536] for start in range(0, len(data), 65536)]
    _, completion, failure = ask(raw(*chunks, sse(END, DONE)))
    assert (len(completion.text), completion.complete, failure) == (8_000_000, True, None)


def test_B09_all_fields_of_an_event() -> None:
    """A byte order mark, no space after the colon, several lines, ids, delays, names."""
    text = json.dumps(piece("Hello"))
    half = text.index('"choices"')
    stream = f"\ufeffid: 7\r\nretry:3000\r\nevent: message\r\ndata:{text[:half]}\r\ndata: {text[half:]}\r\n\r\n"
    deltas, _, failure = ask(raw(stream.encode(), sse(END), b"data:[DONE]\n\n"))
    assert (deltas, failure) == ([Delta("Hello")], None)


def test_B10_a_whole_answer_to_who_asked_for_a_stream() -> None:
    """By its content type, or by its first byte where there is none."""
    document = answered(reasoning="Hm")
    for answer in (httpx.Response(200, json=document), httpx.Response(200, content=json.dumps(document).encode())):
        deltas, completion, failure = ask(answer)
        assert (deltas, failure) == ([Delta("Hello", "Hm")], None)
        assert (completion.complete, completion.raw, completion.usage) == (True, document, Usage(3, 2, USAGE))


def test_B10_a_stream_to_who_asked_for_a_whole_answer() -> None:
    """Put together as ever."""
    with client_of(Script(streamed(*WHOLE))) as client:
        completion = client.chat.complete(BODY)
    assert (completion.text, completion.complete) == ("Hello", True)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            httpx.Response(200, html="<html>maintenance</html>"),
            "the answer is not JSON, or it was cut; it may have been billed",
        ),
        (httpx.Response(200, json=[]), "the answer is no chat completion; it may have been billed"),
        (httpx.Response(200, json={"id": "c1"}), "the answer is no chat completion; it may have been billed"),
        (
            httpx.Response(200, content=b'{"choices": [', headers={"content-type": "application/json"}),
            "the answer is not JSON, or it was cut; it may have been billed",
        ),
    ],
    ids=["html", "list", "empty", "cut"],
)
def test_an_answer_that_is_no_completion(answer: httpx.Response, message: str) -> None:
    """12: it was sent, and may have been billed."""
    with client_of(Script(answer)) as client, pytest.raises(DamagedError) as caught:
        client.chat.complete(BODY)
    assert caught.value.message == message
