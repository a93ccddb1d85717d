"""Operations on models: lists, one model, favourites, deployments, and the user's own."""

from typing import Any

from inference_cli.sandbox import models
from inference_cli.sandbox.openapi.errors import refuses
from inference_cli.sandbox.openapi.shapes import (
    ANYTHING,
    MAYBE_TEXT,
    MOMENT,
    NAME,
    TEXT,
    Schema,
    answers,
    header,
    in_path,
    many,
    maybe,
    one_of,
    query,
    record,
    ref,
    takes,
)

_KINDS = many(one_of("text", "image", "video", "audio", "file"))
_SHARED: Schema = {
    "display_name": TEXT,
    "summary": TEXT,
    "endpoint": {**MAYBE_TEXT, "description": "Below the base URL."},
    "capabilities": record({"input": _KINDS, "output": _KINDS}),
    "pricing": {"type": "object", "description": "US dollars; `method` says what they are for."},
}
_PARAMETERS = {"type": ["object", "null"], "description": "The JSON Schema of the parameters, where there is one."}
SCHEMAS: dict[str, Schema] = {
    "Model": record(
        {
            **_SHARED,
            "id": TEXT,
            "object": {"const": "model"},
            "created": MOMENT,
            "owned_by": TEXT,
            "description": TEXT,
            "model_type": one_of("base", "custom"),
            "fine_tuning": maybe(record({"actions": many(TEXT), "cost_per_second": ANYTHING})),
            "deployments": many(record({"status": TEXT})),
            "developer": record({"name": TEXT, "logo": MAYBE_TEXT}),
            "source_model": MAYBE_TEXT,
            "image_url": MAYBE_TEXT,
            "released_at": MAYBE_TEXT,
            "request_schema": _PARAMETERS,
        }
    ),
    "OlderModel": record({**_SHARED, "name": TEXT, "developer": TEXT, "json_request_schema": _PARAMETERS}),
    "Models": record({"object": {"const": "list"}, "data": many(ref("Model"))}),
    "ModelChanges": record(
        dict.fromkeys(models.CHANGEABLE, TEXT) | {"source_model": NAME},
        optional=(*models.CHANGEABLE, "source_model"),
        open_to_more=True,
        description="source_model is needed where the model does not exist yet.",
    ),
}
_TAGGED = header("If-None-Match", "A tag of before: 304 where nothing changed.")
_UNCHANGED: Schema = {"description": "Nothing changed.", "headers": {"ETag": {"schema": TEXT}}}


def _asks(meaning: str, schema: Schema, *refused: int, older: bool = False, **more: Any) -> dict[str, Any]:
    responses = {"200": answers(meaning, schema), **refuses(*refused, older=older)}
    return {"summary": meaning, "tags": ["models"], **more, "responses": responses}


def _tagged(
    meaning: str, schema: Schema, *refused: int, parameters: tuple[Schema, ...] = (), older: bool = False
) -> dict[str, Any]:
    """A read whose answer has a tag."""
    found = _asks(meaning, schema, *refused, older=older, parameters=[*parameters, _TAGGED])
    found["responses"] |= {"200": answers(meaning, schema, ETag="Of this answer."), "304": _UNCHANGED}
    return found


def current_paths() -> dict[str, Any]:
    """All of the current generation."""
    one = in_path("id", "A model's id; slashes in it may stand as they are.")
    live = query("deployment_status", "The state of deployments is always the live one.")
    filters = tuple(query(name, "Only those.") for name in ("developer_name", "provider_name", "action"))
    deploys = {
        verb: {"parameters": [one], "post": _asks(f"{verb.capitalize()} its deployment.", ref("Model"), 404)}
        for verb in ("activate", "deactivate")
    }
    return {
        "/ai/models": {"get": _tagged("The models that may be called.", ref("Models"), parameters=filters)},
        "/ai/models/search": {
            "get": _asks("Those in which every word occurs.", ref("Models"), parameters=[query("search", "Words.")])
        },
        "/ai/models/favorites": {"get": _asks("The favourites.", ref("Models"))},
        "/ai/models/featured": {"get": _asks("The models of the quick starts.", ref("Models"))},
        "/ai/models/{id}": {
            "parameters": [one],
            "get": _tagged("One model.", ref("Model"), 404, parameters=(live,)),
            "put": _asks(
                "Change a model of one's own; in the sandbox, make one.",
                ref("Model"),
                400,
                404,
                requestBody=takes(ref("ModelChanges")),
            ),
            "delete": _asks("Delete a model of one's own.", ref("Model"), 404),
        },
        "/ai/models/{id}/favorite": {
            "parameters": [one],
            "post": _asks("Add it to the favourites.", ref("Model"), 404),
            "delete": _asks("Take it off the favourites.", ref("Model"), 404),
        },
        **{f"/ai/models/{{id}}/{verb}": found for verb, found in deploys.items()},
    }


def older_paths() -> dict[str, Any]:
    """The list, the search and one model in 2026-04."""
    listed, rows = record({"models": many(ref("OlderModel"))}), many(ref("OlderModel"))
    makes = query("output_capability", "Only those that make this.")
    return {
        "/evaluations/models": {"get": _tagged("All models.", listed, parameters=(makes,), older=True)},
        "/evaluations/models/search": {
            "get": _asks("Those in which every word occurs.", rows, older=True, parameters=[query("search", "Words.")])
        },
        "/evaluations/models/{id}": {
            "parameters": [in_path("id", "A model's id; slashes in it may stand as they are.")],
            "get": _tagged("One model.", ref("OlderModel"), 404, older=True),
        },
    }
