"""Laws of streams: however they are cut, and whatever they hold."""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.assembly import Assembly
from inference_cli.api.completion import Completion
from inference_cli.api.masking import StreamMask
from inference_cli.api.redaction import Redactor
from inference_cli.api.wire import httpx
from inference_cli.errors import InferenceError
from tests.support.api import CANARY, Script, client_of
from tests.support.chats import BODY, COUNTED, DONE, END, EVENTS, call_piece, piece, sse

STREAM = sse(
    piece(role="assistant", content=""),
    piece(reasoning="so \u2028"),
    json.dumps(piece("H\u00e9llo \U0001f600"), ensure_ascii=False),
    piece(f" {CANARY} "),
    piece(CANARY[:9]),
    call_piece(0, '{"a":', id="k", name="f"),
    call_piece(0, " 1}"),
    END,
    COUNTED,
    DONE,
).replace(b"\n\n", b"\r\n\r\n", 3)


def given_as(chunks: Iterable[bytes]) -> tuple[str, str, Completion]:
    """The text and the reasoning as they were streamed, and the completion."""
    answer = httpx.Response(200, headers=EVENTS, content=iter(list(chunks)))
    with client_of(Script(answer)) as client, client.chat.stream(BODY) as answering:
        deltas = list(answering)
        completion = answering.completion
    return "".join(delta.text for delta in deltas), "".join(delta.reasoning for delta in deltas), completion


def as_far_as_it_goes(body: bytes, kind: str = "text/event-stream") -> tuple[Completion, InferenceError | None]:
    """What came, and why no more did."""
    completion = Completion()
    with client_of(Script(httpx.Response(200, headers={"content-type": kind}, content=body))) as client:
        try:
            with client.chat.stream(BODY) as answering:
                try:
                    deltas = list(answering)
                    assert deltas == [delta for delta in deltas if delta.text or delta.reasoning]
                finally:
                    completion = answering.completion
        except InferenceError as error:
            return completion, error
    return completion, None


WHOLE = given_as([STREAM])


def test_the_whole_says_what_it_should() -> None:
    """The token masked, the calls put together, to the end."""
    text, reasoning, completion = WHOLE
    assert (text, reasoning) == (f"H\u00e9llo \U0001f600 *** {CANARY[:9]}", "so \u2028")
    assert (completion.text, completion.tool_calls[0].arguments, completion.complete) == (text, '{"a": 1}', True)


@pytest.mark.unmeasured
def test_B01_every_single_cut() -> None:
    """Two pieces, cut anywhere."""
    assert all(given_as([STREAM[:place], STREAM[place:]]) == WHOLE for place in range(len(STREAM)))


@given(st.lists(st.integers(0, len(STREAM)), max_size=40))
def test_B01_many_cuts(places: list[int]) -> None:
    """Pieces of any size, empty ones included."""
    edges = [0, *sorted(places), len(STREAM)]
    assert given_as(STREAM[start:end] for start, end in pairwise(edges)) == WHOLE


@given(st.integers(0, len(STREAM)))
def test_B04_wherever_it_ends(place: int) -> None:
    """What came is a beginning of the whole; it is complete or it is a failure, never both."""
    completion, failure = as_far_as_it_goes(STREAM[:place])
    assert completion.complete is (failure is None)
    assert WHOLE[2].text.startswith(completion.text) or CANARY[:1] in completion.text


SECRETS = ("abab-token", "ab")


@given(st.lists(st.text("abtoken-x", max_size=6), max_size=30))
def test_a_mask_is_the_same_for_every_cut(pieces: list[str]) -> None:
    """As if the text had come at once; nothing else is ever held back for good."""
    mask = StreamMask(SECRETS[:1])
    shown = "".join(map(mask.feed, pieces)) + mask.flush()
    assert shown == "".join(pieces).replace(SECRETS[0], "***")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = ("content", "role", "tool_calls", "reasoning", "reasoning_details", "refusal", "function", "id", "index")
_DELTA = _JSON | st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=4)
_CHOICE = _JSON | st.dictionaries(
    st.sampled_from(("index", "delta", "message", "finish_reason", "logprobs", "usage")), _JSON | _DELTA, max_size=4
)
_CHUNK = _JSON | st.dictionaries(
    st.sampled_from(("choices", "usage", "model", "error", "cost", "id")),
    _JSON | st.lists(_CHOICE, max_size=2),
    max_size=4,
)


@given(st.lists(_CHUNK, max_size=5))
def test_H08_chunks_of_any_shape(chunks: list[Any]) -> None:
    """No crash: a completion whose document is JSON, or one of our own failures."""
    completion, failure = as_far_as_it_goes(sse(*map(json.dumps, chunks), DONE))
    assert json.dumps(completion.raw)
    assert completion.complete is (failure is None)


@given(_CHUNK)
def test_H08_whole_answers_of_any_shape(chunk: Any) -> None:
    """The same for an answer in one piece."""
    completion, failure = as_far_as_it_goes(json.dumps(chunk).encode(), "application/json")
    assert completion.complete is (failure is None)


@pytest.mark.unmeasured
def test_the_assembly_is_linear() -> None:
    """Ten times the pieces are ten times the work: nothing is joined twice."""
    assembly = Assembly(Redactor())
    for _ in range(50_000):
        assembly.take(piece("word "))
        assembly.take(call_piece(0, "x"))
    completion = assembly.completion(complete=True)
    assert (len(completion.text), len(completion.tool_calls[0].arguments)) == (250_000, 50_000)
