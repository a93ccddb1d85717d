"""The models: which there are, what each takes and makes; favourites, deployments, and the user's own."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from inference_cli.api.conditional import Fetched, fetch
from inference_cli.api.exchange import Call
from inference_cli.api.payload import Payload, encode
from inference_cli.api.records import Model
from inference_cli.api.retry import Kind
from inference_cli.api.rows import read_rows, row_in, rows_in
from inference_cli.errors import DamagedError, NotFoundError

if TYPE_CHECKING:
    from inference_cli.api.client import Client

T = TypeVar("T")
_LISTS = frozenset({"search", "favorites", "featured"})  # what follows ``/models/`` without being an id


class Models:
    """``/ai/models``, in 2026-04 ``/evaluations/models``; no call of it is paid."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    def list(
        self,
        *,
        output: str | None = None,
        developer: str | None = None,
        provider: str | None = None,
        action: str | None = None,
    ) -> tuple[Model, ...]:
        """All models, or some of them.

        Args:
            output: those that can make one medium: ``text``, ``image``, ``video``, ``audio``, ….
            developer: those of a maker; the server of today compares, 2026-04 has no such filter.
            provider: those of an owner; as before.
            action: those that something can be done with, such as ``fine_tune``; as before.

        Raises:
            InferenceError: as the answer says.
        """
        dialect = self._client.dialect
        _, path = dialect.route("models.list")
        asked = {"developer_name": developer, "provider_name": provider, "action": action}
        query = {name: value for name, value in asked.items() if name in dialect.model_filters}
        query["output_capability"] = output if dialect.filters_models else None
        models = _models(self._client.get(path, query))
        if output is None:
            return models
        return tuple(
            model
            for model in models
            if output in model.outputs
            or (not model.outputs and (dialect.filters_models or output == dialect.default_output))
        )

    def list_unless(self, etag: str | None, *, patient: bool = True) -> Fetched[tuple[Model, ...]]:
        """All models, unless they are those of the copy that the server gave this tag.

        Args:
            etag: the tag; None wants them all.
            patient: False tries once, and not for long: an older answer is at hand.

        Raises:
            InferenceError: as the answer says.
        """
        _, path = self._client.dialect.route("models.list")
        return fetch(self._client, path, _models, etag=etag, patient=patient)

    def search(self, text: str, *, patient: bool = True) -> tuple[Model, ...]:
        """The models that the server finds for some words.

        Args:
            text: the words.
            patient: as in ``list_unless``.

        Raises:
            InferenceError: as the answer says.
        """
        _, path = self._client.dialect.route("models.search")
        return fetch(self._client, path, _models, query={"search": text}, patient=patient).value or ()

    def favorites(self) -> tuple[Model, ...]:
        """The models that this account likes.

        Raises:
            NotFoundError: the 2026-04 API has none.
            InferenceError: as the answer says.
        """
        _, path = self._client.dialect.route("models.favorites")
        return _models(self._client.get(path))

    def featured(self) -> tuple[Model, ...]:
        """The models that the service recommends.

        Raises:
            NotFoundError: the 2026-04 API has none.
            InferenceError: as the answer says.
        """
        _, path = self._client.dialect.route("models.featured")
        return _models(self._client.get(path))

    def get(self, model_id: str, *, live: bool = False) -> Model:
        """One model; ids may hold slashes, dots and capitals.

        Args:
            model_id: its id.
            live: let the service look at its deployments first (``deployment_status=live``; not in 2026-04).

        Raises:
            NotFoundError: there is none.
            InferenceError: as the answer says.
        """
        path, query = self._one(model_id, live=live)
        return self._or_listed(model_id, lambda: _model(self._client.get(path, query)), lambda model: model)

    def get_unless(self, model_id: str, etag: str | None, *, patient: bool = True) -> Fetched[Model]:
        """One model, unless it is the copy that the server gave this tag.

        Args:
            model_id: its id.
            etag: the tag; None wants the model.
            patient: as in ``list_unless``.

        Raises:
            NotFoundError: there is none.
            InferenceError: as the answer says.
        """
        path, query = self._one(model_id, live=False)

        def ask() -> Fetched[Model]:
            return fetch(self._client, path, _model, query=query, etag=etag, patient=patient)

        return self._or_listed(model_id, ask, Fetched)

    def _or_listed(self, model_id: str, ask: Callable[[], T], made: Callable[[Model], T]) -> T:
        """One model; many compatible servers list their models and have no page for each."""
        try:
            return ask()
        except NotFoundError:
            if self._client.dialect.default_output is None:
                raise
            listed = next((model for model in self.list() if model.id == model_id), None)
            if listed is None:
                raise
            return made(listed)

    def _one(self, model_id: str, *, live: bool) -> tuple[str, dict[str, str | None]]:
        if model_id in _LISTS:
            raise NotFoundError(f"no model named {model_id}")
        dialect = self._client.dialect
        _, path = dialect.route("models.get", id=model_id)
        return path, {"deployment_status": "live" if live and "models.activate" in dialect.routes else None}

    def favorite(self, model_id: str) -> Model | None:
        """Add a model to the favourites; twice is once.

        Returns:
            The model, where the answer holds one; so do the calls below.

        Raises:
            NotFoundError: there is no such model, or the 2026-04 API is spoken; so do the calls below.
            InferenceError: as the answer says.
        """
        return self._change("models.favorite", model_id)

    def unfavorite(self, model_id: str) -> Model | None:
        """Take a model off the favourites."""
        return self._change("models.unfavorite", model_id)

    def activate(self, model_id: str) -> Model | None:
        """Start the deployment of a model; it takes a while after the answer."""
        return self._change("models.activate", model_id)

    def deactivate(self, model_id: str) -> Model | None:
        """Stop the deployment of a model; it takes a while after the answer."""
        return self._change("models.deactivate", model_id)

    def update(self, model_id: str, changes: Mapping[str, Any]) -> Model | None:
        """Change one of the user's own models.

        Raises:
            UsageError: JSON cannot carry the changes.
            RefusedError: it is not the user's own.
        """
        return self._change("models.update", model_id, encode(changes))

    def delete(self, model_id: str) -> Model | None:
        """Delete one of the user's own models."""
        return self._change("models.delete", model_id)

    def _change(self, operation: str, model_id: str, body: Payload | None = None) -> Model | None:
        method, path = self._client.dialect.route(operation, id=model_id)
        answer = self._client.document(Call(Kind.CHANGE, method, path, body=body))
        try:
            return _model(answer)
        except DamagedError:  # it was done; what the answer to that looks like is not promised everywhere
            return None


def _models(document: Any) -> tuple[Model, ...]:
    rows = rows_in(document, "data", "models")
    return tuple({model.id: model for model in read_rows(rows, Model.from_json)}.values())


def _model(document: Any) -> Model:
    return Model.from_json(row_in(document, "model", "data"))
