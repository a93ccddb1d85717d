"""One model of the service, or the names that are closest to one that it does not have."""

from typing import TYPE_CHECKING, Protocol

from inference_cli.catalogue.nearest import nearest
from inference_cli.errors import InferenceError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inference_cli.api.records import Model


class Models(Protocol):
    """The part of the API that is asked."""

    def get(self, model: str, /) -> "Model":
        """One model."""
        ...

    def list(self) -> "Iterable[Model]":
        """All models."""
        ...


class HasModels(Protocol):
    """A client of the API."""

    @property
    def models(self) -> Models:
        """Its models."""
        ...


def find(client: HasModels, name: str) -> "Model":
    """Look a model up (fault A35).

    Raises:
        NotFoundError: there is none of that name; the closest ones are in its details.
    """
    if not name.strip():
        raise NotFoundError("no model is named", hint="Nothing was sent.  See:  inference models list")
    try:
        return client.models.get(name)
    except NotFoundError as missing:
        try:
            close = nearest(name, [model.id for model in client.models.list()])
        except InferenceError:
            close = ()
        raise NotFoundError(
            f"no model named {name}",
            details=[f"closest: {', '.join(close)}"] if close else (),
            hint="Nothing was sent.  See:  inference models list",
            status=missing.status,
            request_id=missing.request_id,
        ) from None
