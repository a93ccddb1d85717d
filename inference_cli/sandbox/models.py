"""The models: lists, search, one model, favourites, deployments and the user's own, in both generations of the API."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inference_cli.sandbox import bodies, pricing
from inference_cli.sandbox.catalogue import Entry, matches
from inference_cli.sandbox.refusals import INVALID, Refusal, no_such_model
from inference_cli.sandbox.world import USER, World, world_of

CREATED = 1_767_225_600  # 2026-01-01: when the models were registered is not published
FEATURED = (
    "black-forest-labs-flux-2-klein-4b",
    "qwen-image-edit",
    "kling-video-v2-6-pro-text-to-video",
    "kling-video-v2-6-pro-image-to-video",
    "claude-sonnet-4-6",
)
CHANGEABLE = ("display_name", "description", "summary", "image_url")
_DEPLOYING, _DEACTIVATING = 20.0, 4.0  # seconds, at speed 1
_CURRENT_ENDPOINTS = frozenset({"/chat/completions", "/images/generate", "/videos/generate"})


def current_routes() -> list[Route]:
    """The routes of the current generation; an id may hold slashes, so the order matters."""
    one = "/ai/models/{id:path}"
    return [
        Route("/ai/models", list_current, methods=["GET"]),
        Route("/ai/models/search", search_current, methods=["GET"]),
        Route("/ai/models/favorites", list_favorites, methods=["GET"]),
        Route("/ai/models/featured", list_featured, methods=["GET"]),
        Route(f"{one}/favorite", favorite, methods=["POST", "DELETE"]),
        Route(f"{one}/activate", activate, methods=["POST"]),
        Route(f"{one}/deactivate", deactivate, methods=["POST"]),
        Route(one, show_current, methods=["GET"]),
        Route(one, update, methods=["PUT"]),
        Route(one, delete, methods=["DELETE"]),
    ]


def older_routes() -> list[Route]:
    """The routes of the 2026-04 generation."""
    return [
        Route("/evaluations/models", list_older, methods=["GET"]),
        Route("/evaluations/models/search", search_older, methods=["GET"]),
        Route("/evaluations/models/{id:path}", show_older, methods=["GET"]),
    ]


def current_shape(entry: Entry, deployment: str | None = None) -> dict[str, Any]:
    """A model as the current generation writes it; its ``endpoint`` has no value for edits and audio."""
    tuning = entry.pricing.get("fine_tuning_cost_per_second")
    return {
        "id": entry.id,
        "object": "model",
        "created": CREATED,
        "owned_by": "oxen",
        "display_name": entry.display_name,
        "description": entry.summary,
        "summary": entry.summary,
        "model_type": "base",
        "endpoint": entry.endpoint if entry.endpoint in _CURRENT_ENDPOINTS else None,
        "capabilities": {"input": list(entry.inputs), "output": list(entry.outputs)},
        "pricing": dict(entry.pricing),
        "fine_tuning": {"actions": ["fine_tune"], "cost_per_second": tuning} if tuning is not None else None,
        "deployments": [{"status": deployment}] if deployment else [],
        "developer": {"name": entry.developer, "logo": None},
        "source_model": None,
        "image_url": None,
        "released_at": None,
        "request_schema": entry.schema,
    }


def older_shape(entry: Entry) -> dict[str, Any]:
    """A model as the 2026-04 generation writes it."""
    return {
        "name": entry.id,
        "display_name": entry.display_name,
        "summary": entry.summary,
        "endpoint": entry.endpoint,
        "capabilities": {"input": list(entry.inputs), "output": list(entry.outputs)},
        "pricing": pricing.in_older_words(entry.pricing),
        "developer": entry.developer,
        "json_request_schema": entry.schema,
    }


def _custom_shape(world: World, identity: str, body: Mapping[str, Any], deployment: str | None) -> dict[str, Any]:
    source = world.catalogue.get(body["source_model"])
    assert source is not None, "a custom model is only kept with a source that exists"
    changes = {key: body[key] for key in CHANGEABLE if key in body}
    own = {"id": identity, "owned_by": USER, "model_type": "custom", "source_model": source.id}
    return {**current_shape(source, deployment or "inactive"), **own, **changes}


def _shape(world: World, identity: str) -> dict[str, Any]:
    deployment = world.store.deployments(world.clock()).get(identity)
    custom = world.store.customs().get(identity)
    if custom is not None:
        return _custom_shape(world, identity, custom, deployment)
    entry = world.catalogue.get(identity)
    if entry is None:
        raise no_such_model(identity)
    return current_shape(entry, deployment)


def _listed(world: World) -> list[dict[str, Any]]:
    deployments = world.store.deployments(world.clock())
    shapes = [current_shape(entry, deployments.get(entry.id)) for entry in world.catalogue.current()]
    customs = world.store.customs().items()
    return shapes + [_custom_shape(world, name, body, deployments.get(name)) for name, body in customs]


def _list_of(shapes: Iterable[Mapping[str, Any]]) -> Response:
    return JSONResponse({"object": "list", "data": list(shapes)})


def _tagged(request: Request, document: Mapping[str, Any]) -> Response:
    """A document with a tag, or 304 where that tag was named (RFC 9110, 13.1.2)."""
    answer = JSONResponse(document)
    tag = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
    named = [name.strip().removeprefix("W/") for name in request.headers.get("if-none-match", "").split(",")]
    if tag in named or named == ["*"]:
        return Response(status_code=304, headers={"ETag": tag})
    answer.headers["ETag"] = tag
    return answer


async def list_current(request: Request) -> Response:
    """The models that may be called, by maker, owner or what can be done with them."""
    query = request.query_params
    shapes = _listed(world_of(request))
    developer, provider, action = query.get("developer_name"), query.get("provider_name"), query.get("action")
    if developer is not None:
        shapes = [shape for shape in shapes if shape["developer"]["name"].casefold() == developer.casefold()]
    if provider is not None:
        shapes = [shape for shape in shapes if shape["owned_by"].casefold() == provider.casefold()]
    if action is not None:
        shapes = [shape for shape in shapes if action in (shape["fine_tuning"] or {}).get("actions", ())]
    return _tagged(request, {"object": "list", "data": shapes})


async def search_current(request: Request) -> Response:
    """The models in which every word of ``search`` occurs."""
    world, text = world_of(request), request.query_params.get("search", "")
    found = {entry.id for entry in world.catalogue.current() if matches(entry, text)}
    return _list_of(
        shape
        for shape in _listed(world)
        if shape["id"] in found or (shape["model_type"] == "custom" and text.casefold() in shape["id"].casefold())
    )


async def list_favorites(request: Request) -> Response:
    """The user's favourites, removed models too."""
    world = world_of(request)
    return _list_of(_shape(world, name) for name in world.store.favorites())


async def list_featured(request: Request) -> Response:
    """The models of the quick starts."""
    world = world_of(request)
    return _list_of(_shape(world, name) for name in FEATURED)


async def show_current(request: Request) -> Response:
    """One model; its deployments are always those of now, as ``deployment_status=live`` asks for."""
    return _tagged(request, _shape(world_of(request), request.path_params["id"]))


async def favorite(request: Request) -> Response:
    """Add a model to the favourites (POST) or take it off (DELETE); twice is once."""
    world, identity = world_of(request), request.path_params["id"]
    shape = _shape(world, identity)
    world.store.set_favorite(identity, wanted=request.method == "POST")
    return JSONResponse(shape)


async def activate(request: Request) -> Response:
    """Start a model's deployment."""
    return _deploy(request, "active", _DEPLOYING)


async def deactivate(request: Request) -> Response:
    """Stop a model's deployment."""
    return _deploy(request, "inactive", _DEACTIVATING)


def _deploy(request: Request, status: str, seconds: float) -> Response:
    world, identity = world_of(request), request.path_params["id"]
    _shape(world, identity)
    world.store.deploy(identity, status, now=world.clock(), seconds=seconds / world.speed)
    return JSONResponse(_shape(world, identity))


async def update(request: Request) -> Response:
    """Change one of the user's own models.

    The service makes such models by fine-tuning. The sandbox, which has none, makes one when an unknown id is PUT with
    a ``source_model`` of the catalogue.
    """
    world, identity = world_of(request), request.path_params["id"]
    body = await bodies.read_body(request)
    if world.catalogue.get(identity) is not None:
        raise Refusal(400, INVALID, "Only custom models can be updated")
    for name in CHANGEABLE:
        if name in body and not isinstance(body[name], str):
            raise Refusal(400, INVALID, f"{name} must be a string")
    known = world.store.customs().get(identity, {})
    kept = {**known, **body}
    if "source_model" not in kept:
        raise no_such_model(identity)
    if not isinstance(kept["source_model"], str) or world.catalogue.get(kept["source_model"]) is None:
        raise no_such_model(kept["source_model"])
    world.store.keep_custom(identity, kept)
    return JSONResponse(_shape(world, identity))


async def delete(request: Request) -> Response:
    """Delete one of the user's own models."""
    world, identity = world_of(request), request.path_params["id"]
    if world.store.customs().get(identity) is None:
        raise no_such_model(identity)
    shape = _shape(world, identity)
    world.store.keep_custom(identity, None)
    world.store.set_favorite(identity, wanted=False)
    return JSONResponse(shape)


async def list_older(request: Request) -> Response:
    """All models, those by now removed too, by what they make."""
    wanted = request.query_params.get("output_capability")
    entries = [entry for entry in world_of(request).catalogue.all() if wanted is None or wanted in entry.outputs]
    return _tagged(request, {"models": [older_shape(entry) for entry in entries]})


async def search_older(request: Request) -> Response:
    """The models in which every word of ``search`` occurs, as a bare list."""
    text = request.query_params.get("search", "")
    return JSONResponse([older_shape(entry) for entry in world_of(request).catalogue.all() if matches(entry, text)])


async def show_older(request: Request) -> Response:
    """One model."""
    entry = world_of(request).catalogue.get(request.path_params["id"])
    if entry is None:
        raise no_such_model(request.path_params["id"])
    return _tagged(request, older_shape(entry))
