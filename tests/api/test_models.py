import pytest

from inference_cli.api.dialect import LEGACY
from inference_cli.api.records import Model
from inference_cli.api.wire import httpx
from inference_cli.errors import NotFoundError, RefusedError, UsageError
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


def test_filters_of_the_list() -> None:
    """The server of today knows three; 2026-04 is asked for none of them."""
    script = Script(*(httpx.Response(200, json=[FILM]) for _ in range(2)))
    with client_of(script) as client:
        client.models.list(developer="Black Forest Labs", provider="oxen", action="fine_tune")
        client.dialect = LEGACY
        client.models.list(developer="Kling")
    assert script.lines == [
        "GET /api/ai/models?developer_name=Black+Forest+Labs&provider_name=oxen&action=fine_tune",
        "GET /api/evaluations/models",
    ]


def test_favorites_and_featured() -> None:
    """Lists of their own."""
    script = Script(httpx.Response(200, json={"data": [FILM]}), httpx.Response(200, json={"data": [PICTURE]}))
    with client_of(script) as client:
        assert (ids(client.models.favorites()), ids(client.models.featured())) == (["kling"], ["org/Flux.2"])
    assert script.lines == ["GET /api/ai/models/favorites", "GET /api/ai/models/featured"]


def test_a_live_look_at_the_deployments() -> None:
    """Asked for by name; 2026-04 has no deployments, and is asked as always."""
    row = {**PICTURE, "deployments": [{"status": "deploying"}, "active", {}, {"status": 1}]}
    script = Script(*(httpx.Response(200, json=row) for _ in range(2)))
    with client_of(script) as client:
        assert client.models.get("org/Flux.2", live=True).deployments == ("deploying", "active")
        client.dialect = LEGACY
        client.models.get("org/Flux.2", live=True)
    assert script.lines == [
        "GET /api/ai/models/org%2FFlux.2?deployment_status=live",
        "GET /api/evaluations/models/org%2FFlux.2",
    ]


@pytest.mark.parametrize("name", ["search", "favorites", "featured"])
def test_the_names_of_lists_are_no_models(name: str) -> None:
    """Their addresses would answer, with something else."""
    with client_of(Script()) as client, pytest.raises(NotFoundError, match=f"no model named {name}"):
        client.models.get(name)


def test_changes() -> None:
    """Each has its method and path; what the answer holds is the model after it, if anything."""
    script = Script(
        *(httpx.Response(200, json=PICTURE) for _ in range(4)), httpx.Response(204), httpx.Response(200, json={})
    )
    with client_of(script) as client:
        models = client.models
        done = [models.favorite("a/B"), models.unfavorite("a/B"), models.activate("a/B"), models.deactivate("a/B")]
        assert [model.id if model else None for model in done] == ["org/Flux.2"] * 4
        assert (models.update("a/B", {"display_name": "Föxe"}), models.delete("a/B")) == (None, None)
    assert script.lines == [
        "POST /api/ai/models/a%2FB/favorite",
        "DELETE /api/ai/models/a%2FB/favorite",
        "POST /api/ai/models/a%2FB/activate",
        "POST /api/ai/models/a%2FB/deactivate",
        "PUT /api/ai/models/a%2FB",
        "DELETE /api/ai/models/a%2FB",
    ]
    assert script.bodies == [{"display_name": "Föxe"}]


def test_a_change_is_sent_again_when_it_broke() -> None:
    """It is free, and the same when it is done twice."""
    script = Script(httpx.ReadError("reset"), httpx.Response(503), httpx.Response(200, json=PICTURE))
    with client_of(script) as client:
        client.models.activate("x")
    assert script.lines == ["POST /api/ai/models/x/activate"] * 3


def test_a_refused_change_is_not() -> None:
    """Nor is one that cannot be carried."""
    script = Script(httpx.Response(400, json={"error": {"detail": "Only custom models can be updated"}}))
    with client_of(script) as client:
        with pytest.raises(RefusedError, match="Only custom models"):
            client.models.update("x", {"a": 1})
        with pytest.raises(UsageError):
            client.models.update("x", {"a": float("nan")})


@pytest.mark.parametrize(
    ("call", "what"),
    [
        ("favorites", "favorites"),
        ("featured", "featured models"),
        ("favorite", "favorites"),
        ("unfavorite", "favorites"),
        ("activate", "deployments"),
        ("deactivate", "deployments"),
        ("delete", "way to delete a model"),
    ],
)
def test_what_2026_04_lacks(call: str, what: str) -> None:
    """Said without asking."""
    with client_of(Script(), dialect=LEGACY) as client, pytest.raises(NotFoundError) as caught:
        getattr(client.models, call)(*([] if call in {"favorites", "featured"} else ["x"]))
    assert caught.value.message == f"the 2026-04 API has no {what}"
