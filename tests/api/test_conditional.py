import pytest

from inference_cli.api.conditional import Fetched
from inference_cli.api.dialect import LEGACY
from inference_cli.api.records import Model
from inference_cli.api.wire import httpx
from inference_cli.errors import TemporaryError, TokenError
from tests.support.api import Script, client_of

FILM = {"id": "kling", "request_schema": {"type": "object"}}


def test_the_first_question_has_no_tag_and_brings_one() -> None:
    """The tag is kept as it is, weak ones too."""
    script = Script(httpx.Response(200, json={"data": [FILM]}, headers={"ETag": 'W/"v1"'}))
    with client_of(script) as client:
        assert client.models.list_unless(None) == Fetched((Model.from_json(FILM),), 'W/"v1"')
    assert "if-none-match" not in script.requests[0].headers


def test_a_copy_that_is_still_right_is_not_sent_again() -> None:
    """304 is no error when a tag was named; its own tag, if it has one, is the one to keep."""
    script = Script(httpx.Response(304, headers={"ETag": '"v2"'}), httpx.Response(304))
    with client_of(script) as client:
        assert client.models.list_unless('W/"v1"') == Fetched(None, '"v2"')
        assert client.models.get_unless("org/Flux.2", '"v1"') == Fetched(None, '"v1"')
    assert [one.headers["if-none-match"] for one in script.requests] == ['W/"v1"', '"v1"']
    assert script.lines == ["GET /api/ai/models", "GET /api/ai/models/org%2FFlux.2"]


def test_a_copy_that_changed_comes_whole() -> None:
    """In the older API too, whose list is bare there."""
    script = Script(httpx.Response(200, json=[{"name": "kling"}]))
    with client_of(script, dialect=LEGACY) as client:
        assert client.models.list_unless('"v1"') == Fetched((Model.from_json({"name": "kling"}),), None)


@pytest.mark.parametrize("tag", ["v1", '"', '"a b"', '"' + "x" * 201 + '"', '"é"'])
def test_a_tag_that_cannot_be_sent_back_is_none(tag: str) -> None:
    """It would only break the next request."""
    answer = httpx.Response(200, json={"data": []}, headers=[(b"etag", tag.encode())])
    with client_of(Script(answer)) as client:
        assert client.models.list_unless(None).etag is None


def test_304_to_a_question_without_a_tag_is_no_answer() -> None:
    """And a refusal stays one, tag or not."""
    with client_of(Script(httpx.Response(304))) as client, pytest.raises(Exception, match="redirected"):
        client.models.list()
    with client_of(Script(httpx.Response(401))) as client, pytest.raises(TokenError):
        client.models.list_unless('"v1"')
    with client_of(Script(*[httpx.Response(503)] * 5)) as client, pytest.raises(TemporaryError):
        client.models.list_unless('"v1"')


def test_somebody_with_an_older_answer_does_not_wait() -> None:
    """One attempt, however it fails."""
    for failure in (httpx.ConnectError("down"), httpx.Response(503), httpx.Response(429, headers={"Retry-After": "1"})):
        script = Script(failure)
        with client_of(script) as client, pytest.raises(TemporaryError):
            client.models.list_unless('"v1"', patient=False)
        assert len(script.requests) == 1
    with client_of(Script(httpx.ReadError("reset"))) as client, pytest.raises(TemporaryError):
        client.models.search("fox", patient=False)
