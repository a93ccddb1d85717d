"""Answers to paid requests that are odd: no id is lost, nothing is sent again (invariants I1, I2)."""

import io
import json
import threading
from collections.abc import Iterator

import httpx
import pytest

from inference_cli.api.retry import Retry
from inference_cli.clock import ManualClock
from inference_cli.errors import PartialError, TemporaryError, UnknownOutcomeError
from tests.support.api import Script, client_of


def test_a_time_beyond_all_numbers_is_no_reason_to_lose_an_id() -> None:
    """400 digits are no time; the id beside them counts."""
    body = '{"generations": [{"generation_id": "g1", "status": "queued", "enqueued_at": ' + "9" * 400 + "}]}"
    with client_of(Script(httpx.Response(200, text=body))) as client:
        (row,) = client.queue.enqueue({})

    assert (row.generation_id, row.enqueued_at) == ("g1", None)


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_stored() -> None:
    """A journal takes UTF-8 only; whole pairs stay what they are (fault G10)."""
    body = r'{"generations": [{"generation_id": "g1", "status": "\ud800 \ud83e\udd8a \udc00"}]}'
    with client_of(Script(httpx.Response(200, text=body))) as client:
        (row,) = client.queue.enqueue({})

    assert row.status == "\ufffd \U0001f98a \ufffd"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (402, {"error": {"message": "insufficient credits for 2 of 4"}}),
        (400, {"error": {"message": "only one"}}),
        (429, {"error": {"message": "slower"}}),
    ],
)
def test_a_refusal_that_names_generations_is_a_part(status: int, body: dict[str, object]) -> None:
    """They are paid for (fault A31)."""
    script = Script(httpx.Response(status, json={**body, "generations": [{"generation_id": "g1", "status": "queued"}]}))
    with client_of(script) as client, pytest.raises(PartialError) as caught:
        client.queue.enqueue({})

    assert caught.value.generation_ids == ("g1",)
    assert len(script.requests) == 1


def test_ids_beside_an_error_in_a_good_answer_are_kept() -> None:
    """Whatever else it says."""
    body = {"error": {"message": "only one"}, "status": "error", "generations": [{"generation_id": "g1"}]}
    with client_of(Script(httpx.Response(200, json=body))) as client:
        assert [row.generation_id for row in client.queue.enqueue({})] == ["g1"]


def test_a_server_in_trouble_is_not_asked_again_whatever_it_calls_it() -> None:
    """503 is never sent again, also not as ``rate_limit_error`` (retry policy)."""
    script = Script(httpx.Response(503, json={"error": {"type": "rate_limit_error", "detail": "busy"}}))
    with client_of(script) as client, pytest.raises((UnknownOutcomeError, TemporaryError)):
        client.queue.enqueue({})

    assert len(script.requests) == 1


def test_a_429_that_was_cut_proves_nothing() -> None:
    """Ids may have stood in what is missing."""

    class Cut(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield json.dumps({"error": {}}).encode()[:4]
            raise httpx.RemoteProtocolError("peer closed connection")

    script = Script(httpx.Response(429, stream=Cut()))
    with client_of(script) as client, pytest.raises(UnknownOutcomeError):
        client.queue.enqueue({})

    assert len(script.requests) == 1


@pytest.mark.parametrize("status", [400, 429])
def test_A31_a_refusal_that_holds_a_result_is_none(status: int) -> None:
    """A direct answer has no ids; what it made was paid for, so nothing is sent again."""
    script = Script(httpx.Response(status, json={"images": [{"url": "https://media.example/a.png"}]}))
    with client_of(script) as client, pytest.raises(UnknownOutcomeError):
        client.images.generate({}, lambda _: io.BytesIO())

    assert len(script.requests) == 1


def test_A18_ids_in_a_plain_answer_that_claims_to_be_gzip() -> None:
    """They are read where they stand."""
    plain = b'{"generations": [{"generation_id": "g1", "status": "queued"}]}'
    script = Script(httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(plain)))
    with client_of(script) as client, pytest.raises(UnknownOutcomeError) as caught:
        client.queue.enqueue({})

    assert caught.value.generation_ids == ("g1",)


def test_after_a_wish_to_stop_nothing_is_sent_any_more() -> None:
    """Ctrl-C during the pause that a 429 asked for (fault C10)."""
    stop, clock = threading.Event(), ManualClock()
    stop.set()
    script = Script(httpx.Response(429, headers={"Retry-After": "3"}))
    with client_of(script, clock=clock, retry=Retry(clock=clock, stop=stop)) as client, pytest.raises(TemporaryError):
        client.queue.enqueue({})

    assert len(script.requests) == 1
