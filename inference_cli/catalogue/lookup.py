"""One model of the service, or the names that are closest to one that it does not have."""

import re
from typing import TYPE_CHECKING, Protocol

from inference_cli.catalogue.nearest import nearest
from inference_cli.errors import InferenceError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inference_cli.api.records import Model

_SHORTEST = 3  # letters of a word that is worth searching for


class Models(Protocol):
    """Where models are looked up."""

    def get(self, name: str, /, *, stale: bool = False) -> "Model":
        """One model."""
        ...

    def list(self) -> "Iterable[Model]":
        """All models."""
        ...


def find(models: Models, name: str, *, stale: bool = False) -> "Model":
    """Look up the model of a request (fault A35).

    Args:
        models: where to look.
        name: its id.
        stale: whether an old copy will do while the server cannot be reached.

    Raises:
        NotFoundError: there is none of that name; the closest ones are in its details.
    """
    if not name.strip():
        raise NotFoundError("no model is named", hint="Nothing was sent.  See:  inference models list")
    try:
        return models.get(name, stale=stale)
    except NotFoundError as missing:
        raise unknown(models, name, missing, sent="Nothing was sent.  ") from None


def unknown(models: Models, name: str, missing: NotFoundError, *, sent: str = "") -> NotFoundError:
    """What is said about an id that the server does not know.

    Args:
        models: where the ids that there are come from.
        name: the id.
        missing: the server's answer.
        sent: a sentence for the hint to begin with.
    """
    try:
        ids = [model.id for model in models.list()]
    except InferenceError:
        ids = []
    close = nearest(name, ids)
    word = _word(name, ids)
    see = f"inference models search {word}" if word else "inference models list"
    return NotFoundError(
        f"no model named {name}",
        details=[f"closest: {', '.join(close)}"] if close else (),
        hint=f"{sent}See:  {see}",
        status=missing.status,
        request_id=missing.request_id,
    )


def _word(name: str, ids: "Sequence[str]") -> str | None:
    """The first word of an id that finds anything."""
    words = [word for word in re.split(r"[^a-z0-9]+", name.casefold()) if len(word) >= _SHORTEST]
    return next((word for word in words if any(word in known.casefold() for known in ids)), None)
