import pytest

from inference_cli.api.dialect import LEGACY
from inference_cli.api.records import Model
from inference_cli.api.wire import httpx
from inference_cli.errors import NotFoundError
from tests.support.api import Script, client_of

FILM = {"id": "kling", "capabilities": {"input": ["text"], "output": ["video"]}, "request_schema": {"type": "object"}}
PICTURE = {"id": "org/Flux.2", "capabilities": {"output": ["image"]}, "pricing": {"method": "per_image"}}


def ids(models: tuple[Model, ...]) -> list[str]:
    """Just the ids."""
    return [model.id for model in models]


def test_list() -> None:
    """All of them, or those that make one medium; the server of today has no such filter."""
    script = Script(
        *(httpx.Response(200, json={"object": "list", "data": [FILM, PICTURE, {}, FILM]}) for _ in range(2))
    )
    with client_of(script) as client:
        assert client.models.list() == (Model.from_json(FILM), Model.from_json(PICTURE))
        assert ids(client.models.list(output="image")) == ["org/Flux.2"]
    assert script.lines == ["GET /api/ai/models"] * 2


@pytest.mark.parametrize("wrapped", [True, False])
def test_list_in_2026_04(*, wrapped: bool) -> None:
    """Another path, other names, wrapped or bare; the server filters, and what it says of itself is believed."""
    rows = [{"name": "kling", "json_request_schema": {"type": "object"}}, {**PICTURE, "name": "x"}]
    script = Script(httpx.Response(200, json={"models": rows} if wrapped else rows))
    with client_of(script, dialect=LEGACY) as client:
        found = client.models.list(output="video")
    assert [(model.id, model.schema) for model in found] == [("kling", {"type": "object"})]
    assert script.lines == ["GET /api/evaluations/models?output_capability=video"]


def test_search() -> None:
    """The words go to the server as they are."""
    script = Script(httpx.Response(200, json={"data": [FILM]}), httpx.Response(200, json=[FILM]))
    with client_of(script) as client:
        assert ids(client.models.search("a b&c")) == ["kling"]
        client.dialect = LEGACY
        assert ids(client.models.search("x")) == ["kling"]
    assert script.lines == ["GET /api/ai/models/search?search=a+b%26c", "GET /api/evaluations/models/search?search=x"]


@pytest.mark.parametrize("wrap", [lambda row: row, lambda row: {"model": row}, lambda row: {"data": row}])
def test_get(wrap: object) -> None:
    """An id with a slash stays one segment of the path."""
    assert callable(wrap)
    script = Script(httpx.Response(200, json=wrap(PICTURE)))
    with client_of(script) as client:
        assert client.models.get("org/Flux.2") == Model.from_json(PICTURE)
    assert script.lines == ["GET /api/ai/models/org%2FFlux.2"]


def test_A35_no_such_model() -> None:
    """Not found, by name where the server says it."""
    answer = httpx.Response(404, json={"error": {"message": "Model not found: kling-vido"}})
    with client_of(Script(answer)) as client, pytest.raises(NotFoundError) as caught:
        client.models.get("kling-vido")
    assert (caught.value.message, caught.value.hint) == ("no model named kling-vido", "See:  inference models list")
