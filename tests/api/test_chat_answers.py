"""What answers may hold, and what it means when there is none."""

import json
from typing import Any

import pytest

from inference_cli.api.completion import Delta, Usage
from inference_cli.api.wire import httpx
from inference_cli.errors import (
    DamagedError,
    InferenceError,
    NotFoundError,
    RefusedError,
    SpendingError,
    TokenError,
    UsageError,
)
from tests.support.api import BASE, CANARY, Script, client_of
from tests.support.chats import (
    BODY,
    DONE,
    END,
    EVENTS,
    ask,
    call_piece,
    piece,
    sse,
    streamed,
)


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


@pytest.mark.parametrize("odd", [{}, {"a": 1}, 7, True])
def test_H08_content_of_another_type_takes_no_text_away(odd: Any) -> None:
    """What was said stays in the document, and so does what was sent beside it."""
    _, completion, failure = ask(streamed(piece("good"), piece(odd), END, DONE))
    message = completion.raw["choices"][0]["message"]
    assert (message["content"], message["content_parts"], failure) == ("good", [odd], None)


def test_B11_tool_calls_alone() -> None:
    """Their content is null, as servers want it back."""
    _, completion, _ = ask(streamed(call_piece(0, '{"a"', id="k", name="f"), call_piece(0, ": 1}"), END, DONE))
    assert [(call.id, call.name, call.arguments) for call in completion.tool_calls] == [("k", "f", '{"a": 1}')]
    assert completion.message["content"] is None


@pytest.mark.parametrize("event", ['{"choices": [', "[" * 200_000], ids=["no JSON", "deep"])
def test_H03_an_event_that_cannot_be_read(event: str) -> None:
    """The stream has ended there; what came is kept."""
    deltas, completion, failure = ask(streamed(piece("Hel"), event, piece("lo"), DONE))
    assert (deltas, completion.text, completion.complete) == ([Delta("Hel")], "Hel", False)
    assert (type(failure), failure.message.startswith("the stream ended early: the answer is ")) == (DamagedError, True)


def test_H04_numbers_that_json_does_not_have() -> None:
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
            httpx.Response(503, json={"id": "c1", "choices": [{"message": {"content": "an answer, paid for"}}]}),
            DamagedError,
            "HTTP 503 from the server; it may have been billed (HTTP 503)",
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
