"""Whatever a server answers: a record or one of our own errors, never a crash (fault H8)."""

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.api.client import Client
from inference_cli.api.dialect import CURRENT, LEGACY, Dialect
from inference_cli.api.wire import httpx
from inference_cli.errors import InferenceError, UnknownOutcomeError
from tests.support.api import Sinks, client_of, in_pieces

NAMES = st.sampled_from(
    [
        "generations",
        "generation_id",
        "id",
        "status",
        "data",
        "models",
        "name",
        "images",
        "videos",
        "url",
        "b64_json",
        "error",
        "message",
        "detail",
        "type",
        "code",
        "model",
        "total_pages",
        "page_size",
        "capabilities",
        "pricing",
    ]
)
WORDS = st.sampled_from(["a1", "../x", "queued", "error", "success", "aGk=", "https://x/y", "", "\u2028", "inline:0"])
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
CALLS: dict[str, Callable[[Client], object]] = {
    "enqueue": lambda client: client.queue.enqueue({}),
    "list": lambda client: client.queue.list(model="m"),
    "get": lambda client: client.queue.get("a1"),
    "cancel": lambda client: client.queue.cancel("a1"),
    "history": lambda client: list(client.generations.list()),
    "one": lambda client: client.generations.get("a1"),
    "models": lambda client: client.models.list(output="image"),
    "search": lambda client: client.models.search("x"),
    "model": lambda client: client.models.get("m"),
    "image": lambda client: client.images.generate({}, Sinks()),
}


@pytest.mark.parametrize("name", sorted(CALLS))
@given(st.sampled_from([CURRENT, LEGACY]), DOCUMENTS, st.sampled_from([200, 202, 400, 404, 429, 500, 302]))
@settings(max_examples=60, deadline=None)
def test_any_document(name: str, dialect: Dialect, document: Any, status: int) -> None:
    """Any JSON with any status."""
    body = json.dumps(document).encode()
    headers = {"content-type": "application/json"}
    with (
        client_of(
            lambda _: httpx.Response(status, content=body, headers=headers), dialect=dialect, namespace="ours"
        ) as client,
        contextlib.suppress(InferenceError),
    ):
        CALLS[name](client)


@pytest.mark.parametrize("name", sorted(CALLS))
@given(st.binary(max_size=60), st.sampled_from(["", "gzip", "br", "deflate, gzip"]), st.sampled_from([200, 500]))
@settings(max_examples=40, deadline=None)
def test_any_bytes(name: str, body: bytes, encoding: str, status: int) -> None:
    """Any bytes in any encoding."""
    headers = {"content-encoding": encoding} if encoding else {}
    with (
        client_of(
            lambda _: httpx.Response(status, content=in_pieces(body), headers=headers), namespace="ours"
        ) as client,
        contextlib.suppress(InferenceError),
    ):
        CALLS[name](client)


@given(st.integers(0, 200))
@settings(deadline=None)
def test_a_paid_answer_cut_anywhere_is_unknown(cut: int) -> None:
    """And the ids that were whole are kept."""
    ids = ["7cf9b23a-0001", "bb8f5eb7-0002"]
    whole = json.dumps({"generations": [{"generation_id": one, "status": "queued"} for one in ids]}).encode()
    body = whole[: min(cut, len(whole) - 1)]
    with client_of(lambda _: httpx.Response(200, content=body)) as client, pytest.raises(UnknownOutcomeError) as caught:
        client.queue.enqueue({})
    assert caught.value.generation_ids == tuple(one for one in ids if f'"{one}"'.encode() in body)
