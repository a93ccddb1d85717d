import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx
import pytest

from tests.support.chatting import CURRENT, OLDER, ask, deltas, events, said, send, stream, text_of, tool
from tests.support.offline import TEXT, Offline, read_until_it_breaks

USAGE = {"include_usage": True}


def joined(chunks: list[Any], key: str = "content") -> str:
    """The text of a stream."""
    return "".join(delta.get(key, "") for delta in deltas(chunks))


def test_a_stream_is_the_whole_answer_token_by_token(offline: Offline) -> None:
    """Who speaks, a token each, why it ended, then the end; no usage, as nobody asked for it."""
    whole = ask(offline, "What is a fox?")
    chunks = stream(offline, "What is a fox?")

    assert chunks.pop() == "[DONE]"
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert len({(chunk["id"], chunk["model"], chunk["created"]) for chunk in chunks}) == 1
    assert [delta.keys() for delta in deltas(chunks)][:2] == [{"role", "content"}, {"content"}]
    assert len(chunks) == 1 + whole["usage"]["completion_tokens"] + 1
    assert joined(chunks) == whole["choices"][0]["message"]["content"]
    assert [chunk["choices"][0]["finish_reason"] for chunk in chunks[-2:]] == [None, "stop"]
    assert not any("usage" in chunk for chunk in chunks)


def test_usage_at_the_end_of_a_stream(offline: Offline) -> None:
    """On demand: the last chunk, without a choice, says what the whole answer would; the others say null."""
    whole = ask(offline, "hi")
    chunks = stream(offline, "hi", stream_options=USAGE)
    assert (chunks[-1], chunks[-2]["choices"]) == ("[DONE]", [])
    assert chunks[-2]["usage"] == whole["usage"]
    assert {json.dumps(chunk["usage"]) for chunk in chunks[:-2]} == {"null"}


def test_a_stream_costs_what_the_whole_costs(offline: Offline) -> None:
    """With usage or without."""
    ask(offline, "hi")
    once = 100 - Decimal(offline.credits())
    stream(offline, "hi")
    assert 100 - Decimal(offline.credits()) == 2 * once


def test_a_pace(offline: Offline) -> None:
    """Each token after a fiftieth of a second; without one nobody waits."""
    stream(offline, "sandbox:tokens=100")
    assert offline.time.slept == []
    stream(offline, "sandbox:tokens=100 sandbox:pace=50")
    assert offline.time.slept == [0.02] * 100


def test_events_arrive_at_once(offline: Offline) -> None:
    """The first before the second is made: whoever leaves then pays for what there was until then."""
    body = {"model": TEXT, "messages": said("sandbox:tokens=1000000"), "stream": True}
    with offline.api.stream("POST", CURRENT, json=body) as answer:
        pieces = answer.iter_raw()
        first = next(pieces)
    assert events(first)[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    for _ in range(100):  # requests, in which the loop deals with the leaving
        ask(offline, "hi")
        if Decimal(offline.credits()) > Decimal("99.9"):
            break
    assert Decimal("99.9") < Decimal(offline.credits()) < 100


def test_reasoning_comes_before_the_answer(offline: Offline) -> None:
    """In its own field, counted among the tokens."""
    chunks = stream(offline, "sandbox:reasoning hi", stream_options=USAGE)
    kinds = ["reasoning_content" if "reasoning_content" in delta else "content" for delta in deltas(chunks) if delta]
    message = ask(offline, "sandbox:reasoning hi")["choices"][0]["message"]
    assert joined(chunks, "reasoning_content") == message["reasoning_content"]
    assert joined(chunks) == message["content"]
    assert kinds.index("reasoning_content") == 1
    assert kinds[1:] == sorted(kinds[1:], reverse=True)
    reasoned = kinds.count("reasoning_content")
    assert chunks[-2]["usage"]["completion_tokens_details"] == {"reasoning_tokens": reasoned}


def test_calls_come_in_pieces_by_index(offline: Offline) -> None:
    """First id and name, then the arguments token by token; together what the whole answer has."""
    tools = [tool("get_weather", city={"type": "string"}), tool("get_time", zone={"enum": ["CET", "UTC"]})]
    prompt = "get_weather and get_time for Paris, zone: UTC"
    whole = ask(offline, prompt, tools=tools)["choices"][0]
    chunks = stream(offline, prompt, tools=tools)

    assert whole["finish_reason"] == chunks[-2]["choices"][0]["finish_reason"] == "tool_calls"
    assembled = list(_assembled(chunks))
    assert assembled == whole["message"]["tool_calls"]
    assert [call["function"]["name"] for call in assembled] == ["get_weather", "get_time"]
    assert [json.loads(call["function"]["arguments"]) for call in assembled] == [{"city": "Paris"}, {"zone": "UTC"}]


def _assembled(chunks: list[Any]) -> Iterator[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for delta in deltas(chunks):
        for piece in delta.get("tool_calls", ()):
            index = piece.pop("index")
            if index in found:
                found[index]["function"]["arguments"] += piece["function"]["arguments"]
            else:
                assert piece["function"]["arguments"] == ""
                found[index] = piece
    yield from found.values()


@pytest.mark.parametrize(("tokens", "kept"), [("=5", 5), ("=0", 0), ("", 50)])
def test_a_stream_that_tears(offline: Offline, tokens: str, kept: int) -> None:
    """So many tokens, or half of them, then no connection; only those are paid."""
    words = f"sandbox:tear{tokens} sandbox:tokens=100"
    body = {"model": TEXT, "messages": said(words), "stream": True}
    with offline.api.stream("POST", CURRENT, json=body) as answer:
        got = read_until_it_breaks(answer)
    assert len(events(got)) == 1 + kept
    into = 3 + -(-len(words) // 4)
    assert 100 - Decimal(offline.credits()) == into * Decimal("0.000003") + kept * Decimal("0.000015")


@pytest.mark.parametrize(
    ("path", "error"),
    [
        (
            CURRENT,
            {"type": "unknown_error", "title": "Unknown error", "detail": "The model failed to generate a result"},
        ),
        (OLDER, {"message": "The model failed to generate a result"}),
    ],
)
def test_an_error_in_a_stream(offline: Offline, path: str, error: dict[str, str]) -> None:
    """An event in the shape of the API's generation, and no [DONE]."""
    chunks = stream(offline, "sandbox:error=3 hi", path=path)
    assert len(chunks) == 1 + 3 + 1
    assert chunks[-1]["error"] == error


def test_a_stream_that_stalls(offline: Offline) -> None:
    """Nothing for a day, then no connection; stuck does so from the start."""
    for prompt, kept in (("sandbox:stall=3", 3), ("sandbox:stuck", 0)):
        body = {"model": TEXT, "messages": said(prompt), "stream": True}
        with offline.api.stream("POST", CURRENT, json=body) as answer:
            assert len(events(read_until_it_breaks(answer))) == 1 + kept
        assert offline.time.slept.pop() == 86400


def test_streams_that_end_too_early(offline: Offline) -> None:
    """Without a finish reason, or only without [DONE]."""
    ended = stream(offline, "sandbox:end=4 hi")
    undone = stream(offline, "sandbox:undone hi")
    assert (len(ended), ended[-1]["choices"][0]["finish_reason"]) == (5, None)
    assert undone[-1]["choices"][0]["finish_reason"] == "stop"


def test_a_whole_answer_knows_nothing_of_what_befalls_streams(offline: Offline) -> None:
    """It is there."""
    assert text_of(offline, "sandbox:tear sandbox:error hi").startswith("This is the sandbox")


def test_many_streams_at_once_on_one_loop(offline: Offline) -> None:
    """None has to wait for the end of another."""
    body = {"model": TEXT, "messages": said("sandbox:tokens=100000"), "stream": True}
    with offline.api.stream("POST", CURRENT, json=body) as slow:
        next(slow.iter_raw())
        assert send(offline, "hi").status_code == 200
        assert isinstance(slow, httpx.Response)
