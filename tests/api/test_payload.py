import json
import math
import tracemalloc

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.payload import Payload, encodable, encode
from inference_cli.api.wire import httpx
from inference_cli.errors import UsageError
from tests.support.api import Script, client_of
from tests.support.failing import TAKEN

LONG = 256 * 1024
"""Characters from which on a text is written while it is sent."""

SHORT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ENDLESS = st.tuples(st.text(min_size=1, max_size=6), st.integers(1, 3)).map(lambda drawn: drawn[0] * (LONG // drawn[1]))


def sent(body: dict[str, object]) -> bytes:
    """Its bytes, as they go out."""
    return b"".join(encode(body))


def test_what_is_sent_is_utf8_as_it_was_typed() -> None:
    """No templates, no escapes: the prompt goes out byte for byte (fault H11)."""
    assert sent({"prompt": "{{ü}} %s `x` 😀", "n": 1}) == '{"prompt":"{{ü}} %s `x` 😀","n":1}'.encode()


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}])
def test_H04_what_json_cannot_carry_is_not_sent(value: object) -> None:
    """NaN, infinities and foreign objects."""
    with pytest.raises(UsageError, match="JSON cannot carry"):
        encode({"p": value})


def test_G10_lone_surrogates_are_not_sent() -> None:
    """They come from arguments that are not UTF-8, at any depth."""
    with pytest.raises(UsageError, match="not valid UTF-8"):
        encode({"a": [{"b": "\udcff"}]})


def test_a_body_nested_without_end_is_not_sent() -> None:
    """A usage error, not a crash."""
    body: dict[str, object] = {}
    body["self"] = body
    with pytest.raises(UsageError):
        encode(body)


@given(st.dictionaries(st.text(max_size=8), SHORT, max_size=4), st.lists(ENDLESS, max_size=3))
def test_long_texts_change_nothing(body: dict[str, object], texts: list[str]) -> None:
    """However long the texts are and whatever is in them: the JSON of the library, and that many bytes."""
    whole = {**body, "texts": texts, "first": texts[:1]}
    plain = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    payload = encode(whole)
    assert (b"".join(payload), b"".join(payload), len(payload)) == (plain, plain, len(plain))


def test_only_what_is_long_is_sent_by_pieces() -> None:
    """Everything else is there at once, for whoever looks at a request."""
    assert encode({"prompt": "a" * LONG}).content == b'{"prompt":"' + b"a" * LONG + b'"}'
    assert isinstance(encode({"prompt": "a" * (LONG + 1)}).content, Payload)
    assert max(map(len, encode({"prompt": "\U0001f98a" * (LONG + 1)}))) == 4 * 64 * 1024


def test_G10_a_long_text_with_a_lone_surrogate_is_not_sent() -> None:
    """It is found before anything goes out."""
    with pytest.raises(UsageError, match="not valid UTF-8"):
        encode({"a": "a" * LONG + "\udcff"})


def test_a_long_body_holds_its_text_once() -> None:
    """What is made for sending is a piece at a time."""
    body = {"input_image": "a" * (20 * LONG)}
    tracemalloc.start()
    try:
        payload = encode(body)
        total = sum(map(len, payload))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert total == 20 * LONG + len('{"input_image":""}')
    assert peak < 2 * LONG


def test_a_long_body_is_sent_with_its_length() -> None:
    """Not in chunks, which not every server takes; and as often as it has to be."""
    script = Script(httpx.Response(429, json={}), httpx.Response(200, json=TAKEN))
    body = {"model": "m", "input_image": "\u00e9" * LONG + '"'}
    with client_of(script) as client:
        client.queue.enqueue(body)
    plain = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    assert [request.read() for request in script.requests] == [plain, plain]
    for request in script.requests:
        assert request.headers["content-length"] == str(len(plain))
        assert "transfer-encoding" not in request.headers


def test_G10_lone_surrogates_are_not_asked_for() -> None:
    """A query is refused before it is sent; any other text passes as it is."""
    assert encodable((("search", "a\u00e9\U0001f98a"),)) == (("search", "a\u00e9\U0001f98a"),)
    with pytest.raises(UsageError, match="not valid UTF-8"):
        encodable((("namespace", "me"), ("search", "\udc80")))
