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
    NotFoundError,
    RefusedError,
    SpendingError,
    TemporaryError,
    TokenError,
    UsageError,
)
from tests.support.api import BASE, CANARY, Script, client_of, in_pieces
from tests.support.chats import BODY, COUNTED, DONE, END, EVENTS, USAGE, answered, call_piece, piece, sse, streamed

WHOLE = (piece(role="assistant", content=""), piece("Hel"), piece("lo"), END, COUNTED, DONE)


def ask(*answers: httpx.Response | Exception, notices: list[str] | None = None) -> tuple[list[Delta], Completion, Any]:
    """What a stream gives, all of it, and how it ended."""
    notices = [] if notices is None else notices
    deltas: list[Delta] = []
    completion = Completion()
    failure: InferenceError | None = None
    with client_of(Script(*answers), notice=notices.append) as client:
        try:
            with client.chat.stream(BODY) as answering:
                try:
                    deltas.extend(answering)
                finally:
                    completion = answering.completion
        except InferenceError as error:
            failure = error
    return deltas, completion, failure


def raw(*chunks: bytes | Exception, **headers: str) -> httpx.Response:
    """An answer of these bytes."""
    return httpx.Response(200, headers={**EVENTS, **headers}, content=in_pieces(*chunks))


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


def test_B2_other_line_ends_are_text() -> None:
    """Only CR, LF and CRLF end a line of a stream."""
    text = "a\u2028b\u2029c\u0085d\x0be\x0cf"
    deltas, completion, _ = ask(httpx.Response(200, headers=EVENTS, content=_unescaped(text)))
    assert ("".join(delta.text for delta in deltas), completion.text) == (text, text)


def _unescaped(text: str) -> bytes:
    inner = json.dumps(piece(text), ensure_ascii=False).replace("\\u000b", "\x0b").replace("\\f", "\x0c")
    return f"data: {inner}\n\n".replace("\x0b", "\\u000b").replace("\x0c", "\\f").encode() + sse(END, DONE)


def test_B3_invalid_utf8_is_replaced_and_said_once() -> None:
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
def test_B4_a_stream_that_ends_early_keeps_what_came(end: bytes) -> None:
    """Without DONE and without a reason to have ended it is incomplete: 12."""
    deltas, completion, failure = ask(raw(sse(piece("Hel")), end))
    assert deltas == [Delta("Hel")]
    assert (completion.text, completion.complete, completion.finish_reason) == ("Hel", False, None)
    assert (type(failure), failure.message, failure.hint) == (DamagedError, "the stream ended early", GO_ON)


def test_B4_a_stream_that_ends_before_it_began() -> None:
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
def test_B5_what_has_said_why_it_ended_is_complete(end: tuple[Exception, ...]) -> None:
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
            RefusedError,
            "the server refused the request: Flagged by moderation",
        ),
        ({"message": "Insufficient credits"}, SpendingError, "there are not enough credits"),
    ],
    ids=["server", "529", "429", "moderation", "credits"],
)
def test_B6_an_error_in_the_middle_of_the_stream(error: Any, kind: type[InferenceError], message: str) -> None:
    """Its body says of which class it is; what came is kept, and the error with it."""
    deltas, completion, failure = ask(streamed(piece("Hel"), {"error": error}, DONE))
    assert (deltas, type(failure), failure.message) == ([Delta("Hel")], kind, message)
    assert (completion.text, completion.complete, completion.raw["error"]) == ("Hel", False, error)


def test_B6_an_error_at_the_beginning_of_a_stream() -> None:
    """Nothing came: it was not taken, and may be asked again."""
    _, completion, failure = ask(streamed({"error": {"message": "Rate limit", "type": "rate_limit_error"}}))
    assert (type(failure), completion.complete) == (TemporaryError, False)


def test_B6_an_error_as_the_end_of_a_choice() -> None:
    """As routers of models send it."""
    end = {
        "error": {"code": 502, "message": "Upstream died"},
        "choices": [{"delta": {"content": ""}, "finish_reason": "error"}],
    }
    deltas, _, failure = ask(streamed(piece("Hel"), end))
    assert (deltas, failure.message) == ([Delta("Hel")], "the server broke off its answer: Upstream died")


def test_B6_an_event_that_is_called_error() -> None:
    """Whatever it holds."""
    _, completion, failure = ask(raw(sse(piece("Hel")), b'event: error\ndata: {"message": "internal trouble"}\n\n'))
    assert (failure.message, completion.text) == ("the server broke off its answer: internal trouble", "Hel")


def test_B6_no_error_beside_an_answer() -> None:
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
def test_B7_a_stream_that_stops_in_the_middle(error: Exception, message: str) -> None:
    """12, what came is kept, and nothing is sent again."""
    script = Script(raw(sse(piece("Hel")), error))
    with client_of(script) as client, pytest.raises(DamagedError) as caught, client.chat.stream(BODY) as answering:
        list(answering)
    assert (caught.value.message, answering.completion.text, len(script.requests)) == (message, "Hel", 1)


def test_B8_a_million_tiny_events_and_comments() -> None:
    """In one go; comments are nothing."""
    tiny = sse(piece("x")) * 20_000 + b": still here\n" * 100_000
    deltas, completion, failure = ask(raw(tiny, sse(END, DONE)))
    assert (sum(len(delta.text) for delta in deltas), len(completion.text), failure) == (20_000, 20_000, None)


def test_B8_a_huge_event() -> None:
    """Eight million characters in one piece, in chunks as they come."""
    data = sse(piece("x" * 8_000_000))
    chunks = [data[start : start + 65536] for start in range(0, len(data), 65536)]
    _, completion, failure = ask(raw(*chunks, sse(END, DONE)))
    assert (len(completion.text), completion.complete, failure) == (8_000_000, True, None)


def test_B9_all_fields_of_an_event() -> None:
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


def test_B11_what_is_missing_is_missing_and_what_is_unknown_is_kept() -> None:
    """No choices, no delta, null content, a list of parts, other fields."""
    parts = [{"type": "text", "text": "Hel"}, "lo", {"type": "image_url", "image_url": {"url": "x"}}, 7]
    thinking = [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]}]
    deltas, completion, failure = ask(
        streamed(
            {"choices": [], "prompt_filter_results": [1]},
            {"choices": None},
            {"choices": [None, {"index": 0}, {"index": 0, "delta": None}]},
            piece(content=None, role="assistant"),
            piece(thinking),
            piece(parts),
            "null",
            "7",
            {**piece(annotations=[{"type": "url_citation"}], odd={"a": 1}), "citations": ["u"], "provider": "p"},
            {"choices": [{"index": 0, "delta": {}, "logprobs": {"content": [1]}}]},
            {"choices": [{"index": 0, "delta": {}, "logprobs": {"content": [2]}}]},
            END,
            DONE,
        )
    )
    assert failure is None
    assert ("".join(d.text for d in deltas), "".join(d.reasoning for d in deltas)) == ("Hello", "Hm")
    assert completion.raw == {
        "id": "c1",
        "object": "chat.completion",
        "model": "m-1",
        "prompt_filter_results": [1],
        "citations": ["u"],
        "provider": "p",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "Hello",
                    "reasoning_content": "Hm",
                    "content_parts": [{"type": "image_url", "image_url": {"url": "x"}}],
                    "annotations": [{"type": "url_citation"}],
                    "odd": {"a": 1},
                },
                "finish_reason": "stop",
                "logprobs": {"content": [1, 2]},
            }
        ],
    }


def test_B11_tool_calls_alone() -> None:
    """Their content is null, as servers want it back."""
    _, completion, _ = ask(streamed(call_piece(0, '{"a"', id="k", name="f"), call_piece(0, ": 1}"), END, DONE))
    assert [(call.id, call.name, call.arguments) for call in completion.tool_calls] == [("k", "f", '{"a": 1}')]
    assert completion.message["content"] is None


@pytest.mark.parametrize("event", ['{"choices": [', "[" * 200_000], ids=["no JSON", "deep"])
def test_H3_an_event_that_cannot_be_read(event: str) -> None:
    """The stream has ended there; what came is kept."""
    deltas, completion, failure = ask(streamed(piece("Hel"), event, piece("lo"), DONE))
    assert (deltas, completion.text, completion.complete) == ([Delta("Hel")], "Hel", False)
    assert (type(failure), failure.message.startswith("the stream ended early: the answer is ")) == (DamagedError, True)


def test_H4_numbers_that_json_does_not_have() -> None:
    """Null in place of an infinity, text in place of an endless integer."""
    usage = '{"choices": [], "usage": {"prompt_tokens": 1e400, "completion_tokens": NaN, "x": ' + "9" * 5000 + "}}"
    _, completion, failure = ask(streamed(piece("Hello"), usage, END, DONE))
    assert failure is None
    assert completion.usage == Usage(None, None, {"prompt_tokens": None, "completion_tokens": None, "x": "9" * 5000})


def test_G10_halves_of_a_pair_meet_again() -> None:
    """A character that was cut between two events is whole; a half that stays alone is U+FFFD."""
    events = (json.dumps(piece("?")).replace("?", half) for half in ("a\\ud83d", "\\ude00b\\udc00", "c\\ud83d"))
    deltas, completion, _ = ask(streamed(*events, END, DONE))
    assert "".join(delta.text for delta in deltas) == "a\U0001f600b\ufffdc\ufffd" == completion.text
    assert completion.message["content"] == completion.text


@pytest.mark.parametrize("cut", range(1, len(CANARY)))
def test_the_token_is_masked_wherever_it_is_cut(cut: int) -> None:
    """Invariant I5: in the text, in what was thought, in the document."""
    deltas, completion, _ = ask(
        streamed(
            piece("a " + CANARY[:cut]),
            piece(CANARY[cut:] + " b " + CANARY[:cut], reasoning=CANARY[:cut]),
            piece(reasoning=CANARY[cut:]),
            call_piece(0, f'"{CANARY[:cut]}', id="k", name="f"),
            call_piece(0, f'{CANARY[cut:]}"'),
            END,
            DONE,
        )
    )
    assert "".join(delta.text for delta in deltas) == f"a *** b {CANARY[:cut]}" == completion.text
    assert "".join(delta.reasoning for delta in deltas) == "***" == completion.reasoning
    assert CANARY not in json.dumps(completion.raw)
    assert completion.tool_calls[0].arguments == '"***"'


@pytest.mark.parametrize(
    ("answer", "kind", "message"),
    [
        (
            httpx.Response(400, json={"error": {"message": "Messages array cannot be empty"}}),
            RefusedError,
            "the server refused the request: Messages array cannot be empty",
        ),
        (httpx.Response(402), SpendingError, "there are not enough credits (HTTP 402)"),
        (httpx.Response(404, json={"error": {"message": "Model not found: m"}}), NotFoundError, "no model named m"),
        (httpx.Response(401, json={"error": {"message": "no"}}), TokenError, "https://hub.oxen.ai refused the token"),
        (
            httpx.Response(500, json={"error": {"message": "boom"}}),
            DamagedError,
            "HTTP 500 from the server; it may have been billed",
        ),
        (
            httpx.Response(502, html="<title>Bad</title>"),
            DamagedError,
            "HTTP 502 from the gateway; it may have been billed",
        ),
        (
            httpx.Response(503, html="<title>Bad</title>"),
            DamagedError,
            "HTTP 503 from the gateway; it may have been billed",
        ),
        (
            httpx.RemoteProtocolError("Server disconnected without sending a response."),
            DamagedError,
            "the connection broke after the request was sent; it may have been billed",
        ),
        (
            httpx.ReadError("reset"),
            DamagedError,
            "the connection broke after the request was sent; it may have been billed",
        ),
        (
            httpx.ReadTimeout("late"),
            DamagedError,
            "https://hub.oxen.ai did not answer in time after the request was sent; it may have been billed",
        ),
        (
            httpx.WriteError("pipe"),
            DamagedError,
            "the connection broke after the request was sent; it may have been billed",
        ),
    ],
    ids=repr,
)
def test_B12_what_may_have_been_billed_is_sent_once(
    answer: httpx.Response | Exception, kind: type[InferenceError], message: str
) -> None:
    """A refusal is what it says; anything lost is 12."""
    script = Script(answer)
    with client_of(script) as client, pytest.raises(InferenceError) as caught, client.chat.stream(BODY):
        pass
    assert (type(caught.value), caught.value.message, len(script.requests)) == (kind, message, 1)


def test_B13_a_reader_that_stops_closes_the_connection() -> None:
    """Whatever was to come."""
    closed: list[bool] = []

    class Stream(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            while True:
                yield sse(piece("x"))

        def close(self) -> None:
            closed.append(True)

    answer = httpx.Response(200, headers=EVENTS, stream=Stream())
    with client_of(lambda _: answer) as client:
        with client.chat.stream(BODY) as answering:
            first = next(iter(answering))
        assert (first, closed) == (Delta("x"), [True])
    assert (answering.completion.text, answering.completion.complete) == ("x", False)


def test_nothing_is_sent_of_what_json_cannot_carry() -> None:
    """A lone surrogate, for one."""
    script = Script()
    with client_of(script, base_url=BASE) as client, pytest.raises(UsageError):
        client.chat.complete({"model": "m", "messages": [{"role": "user", "content": "\ud800"}]})
    assert script.requests == []


def test_several_answers_to_one_question() -> None:
    """The first is shown; all of them are in the document, by their numbers."""
    second = {"choices": [{"index": 1, "delta": {"content": "Hi"}, "finish_reason": "stop"}]}
    deltas, completion, failure = ask(streamed(piece("Hel"), second, piece("lo"), END, DONE))
    assert ("".join(delta.text for delta in deltas), failure) == ("Hello", None)
    texts = [(choice["index"], choice["message"]["content"]) for choice in completion.raw["choices"]]
    assert texts == [(0, "Hello"), (1, "Hi")]
    _, cut, failure = ask(streamed(second, piece("Hel")))
    assert (cut.complete, type(failure)) == (False, DamagedError)
