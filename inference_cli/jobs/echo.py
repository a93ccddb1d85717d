"""Whether a row of the server may be what a request made: compared by what the row repeats of the request."""

import json
from collections.abc import Mapping
from typing import Any

from inference_cli.api.records import Generation
from inference_cli.jobs.canonical import plain

_OF_THE_REQUEST = frozenset({"num_generations", "num_images", "n", "response_format"})
"""Parameters that say how many and in which form: a row is one of them, and repeats them or not."""


def fits(row: Generation, model: str, params: Mapping[str, Any]) -> bool:
    """Whether nothing in a row speaks against its being of a request (journal protocol, rule d).

    The model has to be equal, and so has every parameter that both name, prompt and seed among them. Media and links
    are not compared: the server repeats them by links of its own. What a row does not say is no reason against it.

    Args:
        row: of the queue or of the history.
        model: of the request.
        params: of the request, as the journal keeps them (``canonical``).
    """
    if row.model is not None and row.model != model:
        return False
    said = row.parameters
    return all(_equal(params[name], plain(said[name])) for name in params.keys() & said.keys() - _OF_THE_REQUEST)


def parameters(text: str) -> Mapping[str, Any]:
    """What the journal keeps of a request's body; nothing where that is no object any more."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _equal(ours: Any, theirs: Any) -> bool:
    if theirs is None or _has_media(ours) or _has_media(theirs):
        return True
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return all(_equal(ours[name], theirs[name]) for name in ours.keys() & theirs.keys())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_equal, ours, theirs))
    return bool(ours == theirs) or str(ours).strip() == str(theirs).strip()  # a service may write "5" for 5


def _has_media(value: Any) -> bool:
    if isinstance(value, str):
        return value.startswith(("sha256:", "data:", "http://", "https://"))
    if isinstance(value, Mapping):
        return any(_has_media(one) for one in value.values())
    return isinstance(value, list) and any(_has_media(one) for one in value)
