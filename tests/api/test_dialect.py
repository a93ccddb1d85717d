import pytest

from inference_cli.api.dialect import CURRENT, DIALECTS, LEGACY, OPENAI, detect
from inference_cli.api.wire import httpx
from inference_cli.errors import InferenceError, NotFoundError, TemporaryError
from tests.support.api import Script, client_of


def test_places_are_percent_encoded() -> None:
    """A slash in an id does not make a path; where the route takes the rest of the path, it does."""
    assert CURRENT.route("models.get", id="org/Model v1.5") == ("GET", "/ai/models/org%2FModel%20v1.5")
    assert LEGACY.route("queue.list", namespace="ox en", model="org/m?x") == (
        "GET",
        "/media/generations/status/ox%20en/org/m%3Fx",
    )


@pytest.mark.parametrize("value", ["", ".", "..", "\ud800"])
def test_a_value_that_would_change_the_path_is_not_found(value: str) -> None:
    """Dot segments would be folded away on the way."""
    with pytest.raises(NotFoundError):
        CURRENT.route("models.get", id=value)
    with pytest.raises(NotFoundError):
        LEGACY.route("queue.list", namespace="ox", model=f"a/{value}")


@pytest.mark.parametrize("operation", ["queue.events", "generations.list"])
def test_a_route_that_a_generation_of_the_api_lacks(operation: str) -> None:
    """It is not found, by the name of that generation."""
    with pytest.raises(
        NotFoundError, match=r"the 2026-04 API has no route for (queue events|generations list)"
    ) as caught:
        LEGACY.route(operation)
    assert caught.value.code == "not_found"


def test_by_name() -> None:
    """In the words of the settings."""
    assert DIALECTS == {"current": CURRENT, "2026-04": LEGACY, "openai": OPENAI}


def test_detect_asks_for_the_models_once() -> None:
    """A list means current, 404 means 2026-04; nothing paid is sent to find out."""
    current = Script(httpx.Response(200, json={"object": "list", "data": []}))
    legacy = Script(httpx.Response(404, text="<html>no</html>"), httpx.Response(200, json={"models": []}))
    with client_of(current) as one, client_of(legacy) as other:
        assert (detect(one), detect(other)) == (CURRENT, LEGACY)
    assert current.lines == ["GET /api/ai/models"]
    assert legacy.lines == ["GET /api/ai/models", "GET /api/evaluations/models"]


def test_a_mistyped_base_url_is_no_older_api() -> None:
    """Where neither list is, there is no Inference API: nothing is concluded, and nothing remembered."""
    nowhere = Script(httpx.Response(404), httpx.Response(404))
    with client_of(nowhere) as client, pytest.raises(NotFoundError):
        detect(client)


def test_detect_does_not_take_trouble_for_an_answer() -> None:
    """A server in trouble says nothing about its generation of the API."""
    with client_of(lambda _: httpx.Response(503)) as client, pytest.raises(TemporaryError):
        detect(client)
    with client_of(lambda _: httpx.Response(401)) as client, pytest.raises(InferenceError):
        detect(client)


@pytest.mark.parametrize(
    ("operation", "what"),
    [
        ("images.generate", "image generation"),
        ("images.edit", "image generation"),
        ("videos.generate", "video generation"),
        ("queue.cancel", "queue"),
        ("queue.events", "queue"),
        ("generations.get", "history of generations"),
        ("models.favorites", "favorites"),
        ("models.search", "route for models search"),
    ],
)
def test_what_an_openai_compatible_server_lacks(operation: str, what: str) -> None:
    """All but chats and its models, in words."""
    with pytest.raises(NotFoundError) as caught:
        OPENAI.route(operation)
    assert caught.value.message == f"an OpenAI-compatible server has no {what}"


def test_nothing_is_cancelled_where_there_is_no_queue() -> None:
    """Said before anything is sent."""
    script = Script()
    with client_of(script, dialect=OPENAI) as client, pytest.raises(NotFoundError):
        client.queue.cancel("a1")
    assert script.requests == []
