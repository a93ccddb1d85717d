"""The document as a whole."""

from typing import Any

from inference_cli.sandbox.openapi import chat, errors, media, models, queue, results

_ABOUT = (
    "The Inference API offline. Routes below /ai and /events are of the current generation, the others of 2026-04; "
    "another method than those of a path is 405, another path 404, both with the generation's error."
)


def document(api: str, media_url: str) -> dict[str, Any]:
    """The OpenAPI document of a sandbox.

    Args:
        api: which generations answer: ``both``, ``current`` or ``2026-04``.
        media_url: the origin of results.
    """
    return {
        "openapi": "3.1.0",
        "info": {"title": "Inference API sandbox", "version": "1", "description": _ABOUT},
        "servers": [{"url": "/api"}],
        "security": [{"token": []}],
        "paths": _named(_paths(api) | results.paths(media_url)),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in (errors, chat, media, queue, models):
        found |= module.SCHEMAS
    return found


def _paths(api: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if api != "2026-04":
        found |= {**chat.paths("/ai", older=False), **media.paths("/ai", older=False)}
        found |= {**queue.current_paths(), **models.current_paths()}
    if api != "current":
        found |= {**chat.paths("", older=True), **media.paths("", older=True)}
        found |= {**queue.older_paths(), **models.older_paths()}
    found["/ai/queue"] = {**found.get("/ai/queue", {}), "post": queue.enqueuing(older=api == "2026-04")}
    described: dict[str, Any] = {
        "200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {}}}}
    }
    found["/openapi.json"] = {
        "get": {"summary": "This document.", "tags": ["about"], "security": [], "responses": described}
    }
    return found


def _named(paths: dict[str, Any]) -> dict[str, Any]:
    """The same with an id for every operation, made of its method and path."""
    for path, item in paths.items():
        words = "_".join(word.strip("{}").replace(".", "_") for word in path.split("/") if word)
        for method in {"get", "put", "post", "delete", "head"} & item.keys():
            item[method]["operationId"] = f"{method}_{words}"
    return paths
