"""The routes and field names of both generations of the API, as data."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from inference_cli.errors import NotFoundError
from inference_cli.frozen import dataclass

if TYPE_CHECKING:
    from inference_cli.api.client import Client


_ABSENT = {
    "models.favorites": "favorites",
    "models.favorite": "favorites",
    "models.unfavorite": "favorites",
    "models.featured": "featured models",
    "models.activate": "deployments",
    "models.deactivate": "deployments",
    "models.update": "way to change a model",
    "models.delete": "way to delete a model",
}
"""What is missing, in words, where a generation of the API has no route for it."""

_RESOURCES = {
    "images": "image generation",
    "videos": "video generation",
    "queue": "queue",
    "generations": "history of generations",
}
"""The same where it has no route for a whole resource."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One generation of the API (contract, "Routes").

    ``routes`` maps ``resource.operation`` to a method and a path template below the base URL.
    """

    name: str
    routes: Mapping[str, str]
    queue_has_urls: bool  # a queued generation says where its result is
    has_generation_route: bool  # one generation can be asked for by its id, and a 404 means that there is none
    has_events: bool
    has_history: bool
    filters_models: bool  # the model list takes output_capability; else the client filters
    model_filters: tuple[str, ...]  # what else the model list takes in its query
    queue_filters: tuple[str, ...]  # what the queue list takes in its query; the rest is filtered here
    title: str  # what an error calls it
    needs_token: bool = True
    default_output: str | None = None  # what a model makes that does not say what it makes

    def route(self, operation: str, **places: str) -> tuple[str, str]:
        """The method and the path of an operation, its placeholders filled in and percent-encoded.

        Args:
            operation: such as ``queue.get``.
            **places: a value per placeholder; slashes survive only where the template says ``{*name}``.

        Raises:
            NotFoundError: this generation of the API has no such route, or a value cannot stand in a path.
        """
        template = self.routes.get(operation)
        if template is None:
            raise NotFoundError(f"{self.title} has no {_ABSENT.get(operation) or self._missing(operation)}")
        method, path = template.split(" ", 1)
        for name, value in places.items():
            path = path.replace(f"{{*{name}}}", "/".join(_segment(part) for part in value.split("/")))
            path = path.replace(f"{{{name}}}", _segment(value))
        return method, path

    def _missing(self, operation: str) -> str:
        resource, _, word = operation.partition(".")
        if resource in _RESOURCES and not any(name.startswith(f"{resource}.") for name in self.routes):
            return _RESOURCES[resource]
        return f"route for {resource} {word}"


def _segment(value: str) -> str:
    if value in {"", ".", ".."}:
        raise NotFoundError(f"'{value}' is no id and no name")
    try:
        return quote(value, safe="")
    except UnicodeEncodeError as error:
        raise NotFoundError("an id or a name is not valid UTF-8") from error


CURRENT = Dialect(
    name="current",
    title="the current API",
    routes={
        "chat.completions": "POST /ai/chat/completions",
        "images.generate": "POST /ai/images/generate",
        "images.edit": "POST /ai/images/edit",
        "videos.generate": "POST /ai/videos/generate",
        "queue.enqueue": "POST /ai/queue",
        "queue.list": "GET /ai/queue",
        "queue.get": "GET /ai/queue/{id}",
        "queue.cancel": "DELETE /ai/queue/{id}",
        "queue.events": "GET /events",
        "generations.list": "GET /ai/generations",
        "generations.get": "GET /ai/generations/{id}",
        "models.list": "GET /ai/models",
        "models.search": "GET /ai/models/search",
        "models.get": "GET /ai/models/{id}",
        "models.favorites": "GET /ai/models/favorites",
        "models.featured": "GET /ai/models/featured",
        "models.favorite": "POST /ai/models/{id}/favorite",
        "models.unfavorite": "DELETE /ai/models/{id}/favorite",
        "models.activate": "POST /ai/models/{id}/activate",
        "models.deactivate": "POST /ai/models/{id}/deactivate",
        "models.update": "PUT /ai/models/{id}",
        "models.delete": "DELETE /ai/models/{id}",
    },
    queue_has_urls=True,
    has_generation_route=True,
    has_events=True,
    has_history=True,
    filters_models=False,
    model_filters=("developer_name", "provider_name", "action"),
    queue_filters=("namespace", "model", "status", "media_type", "repo", "folder"),
)

LEGACY = Dialect(
    name="2026-04",
    title="the 2026-04 API",
    routes={
        "chat.completions": "POST /chat/completions",
        "images.generate": "POST /images/generate",
        "images.edit": "POST /images/edit",
        "videos.generate": "POST /videos/generate",
        "queue.enqueue": "POST /ai/queue",
        "queue.list": "GET /media/generations/status/{namespace}/{*model}",
        "queue.cancel": "DELETE /media/generations/{namespace}/{id}",
        # Not of this generation: a server that is further on has them, and may know what has left the list.
        "queue.get": "GET /ai/queue/{id}",
        "generations.get": "GET /ai/generations/{id}",
        "models.list": "GET /evaluations/models",
        "models.search": "GET /evaluations/models/search",
        "models.get": "GET /evaluations/models/{id}",
    },
    queue_has_urls=False,
    has_generation_route=False,
    has_events=False,
    has_history=False,
    filters_models=True,
    model_filters=(),
    queue_filters=(),
)

OPENAI = Dialect(
    name="openai",
    title="an OpenAI-compatible server",
    routes={
        "chat.completions": "POST /chat/completions",
        "models.list": "GET /models",
        "models.get": "GET /models/{id}",
    },
    queue_has_urls=False,
    has_generation_route=False,
    has_events=False,
    has_history=False,
    filters_models=False,
    model_filters=(),
    queue_filters=(),
    needs_token=False,
    default_output="text",
)
"""What any server speaks that serves OpenAI's chat completions, such as one on this machine."""

DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in (CURRENT, LEGACY, OPENAI)}


def detect(client: "Client") -> Dialect:
    """Find out which generation of the API an origin speaks, by a free call (interface contract, "Settings").

    Returns:
        ``CURRENT`` when ``GET /ai/models`` is there, ``LEGACY`` when it is a 404 and the older list is there.

    Raises:
        InferenceError: anything else went wrong; it says nothing about the generation of the API.
    """
    try:
        client.get("/ai/models")
    except NotFoundError:
        client.get("/evaluations/models")  # another 404: a mistyped base URL is no older API
        return LEGACY
    return CURRENT
