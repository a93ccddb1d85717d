"""One look at many generations: a list call for all, single calls for what left the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from inference_cli.errors import NotFoundError
from inference_cli.jobs.tracked import Tracked

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.records import Generation

_PAGE = 1000  # rows of one page of the history
_FEW = 4  # ids asked for singly in one look, by two requests at most each; the rest is asked for in the next
_MOST_ROWS = 5000  # of the history; what is older is asked for by id


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the server says about one generation now; ``row`` is None when no route knows it."""

    id: str
    row: "Generation | None"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look brought, and about how many requests it took; ``complete``: nothing was left for the next one."""

    sightings: tuple[Sighting, ...]
    requests: int
    complete: bool = True


NOTHING = Look((), 0)
"""A look that was not answered."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One generation to look for; ``alone``: the list has shown less than is needed, ask for it by its id."""

    tracked: Tracked
    alone: bool = False


def look(client: "Client", sought: Sequence[Sought]) -> Look:
    """Ask for the state of generations, with as few requests as the generation of the API allows: about ten at most.

    Args:
        client: of either generation of the API.
        sought: what to look for.

    Returns:
        What is known now; an id may be missing when too many had to be asked for one by one.

    Raises:
        InferenceError: the server did not answer.
    """
    if not client.dialect.has_generation_route:
        tracked = [one.tracked for one in sought]
        return _with_those_left(client, sought, _listed(client, tracked), requests=len(_lists(tracked)))
    together = [one.tracked for one in sought if not one.alone]
    rows: dict[str, Generation] = {}
    requests = 0
    if len(sought) > 1:
        rows = _active(client, together)
        requests = len({one.namespace for one in together})
    left = {one.tracked.id for one in sought} - rows.keys()
    if len(left) > _FEW:
        past = client.generations.list()
        rows |= _among(islice(past, _MOST_ROWS), left)
        requests += 1 + len(rows) // _PAGE
    return _with_those_left(client, sought, rows, requests=requests)


def _with_those_left(
    client: "Client", sought: Sequence[Sought], rows: "Mapping[str, Generation]", *, requests: int
) -> Look:
    """Those that a list showed, and those that it did not, each asked for by its id, a few per look."""
    left = [one.tracked.id for one in sought if one.tracked.id not in rows]
    found = [Sighting(identity, row) for identity, row in rows.items()]
    singly = [Sighting(identity, single(client, identity)) for identity in left[:_FEW]]
    requests += sum(1 if one.row is not None else 2 for one in singly)
    return Look((*found, *singly), requests, complete=len(left) <= _FEW)


def single(client: "Client", identity: str) -> "Generation | None":
    """One generation, from whichever route knows it; None when none does (fault C16).

    Raises:
        InferenceError: the server did not answer.
    """
    for get in (client.queue.get, client.generations.get):
        try:
            return get(identity)
        except NotFoundError:
            continue
    return None


def _active(client: "Client", tracked: Iterable[Tracked]) -> "dict[str, Generation]":
    """What is in the queue now, by one call per namespace."""
    tracked = tuple(tracked)
    rows: dict[str, Generation] = {}
    for namespace in dict.fromkeys(one.namespace for one in tracked):
        wanted = {one.id for one in tracked if one.namespace == namespace}
        rows |= _among(client.queue.list(namespace=namespace), wanted)
    return rows


def _listed(client: "Client", tracked: Iterable[Tracked]) -> "dict[str, Generation]":
    """What is in the queue of 2026-04, by one call per namespace and model."""
    tracked = tuple(tracked)
    rows: dict[str, Generation] = {}
    for namespace, model in _lists(tracked):
        wanted = {one.id for one in tracked if (one.namespace, one.model) == (namespace, model)}
        rows |= _among(client.queue.list(namespace=namespace, model=model), wanted)
    return rows


def _lists(tracked: Iterable[Tracked]) -> tuple[tuple[str | None, str], ...]:
    """The lists of 2026-04 that may show some generations: namespaces and models."""
    return tuple(dict.fromkeys((one.namespace, one.model) for one in tracked if one.model is not None))


def _among(rows: "Iterable[Generation]", wanted: set[str]) -> "dict[str, Generation]":
    """The rows that are wanted; reading stops when all are found, so that no further page is asked for."""
    found: dict[str, Generation] = {}
    for row in rows:
        if row.generation_id in wanted:
            found[row.generation_id] = row
            if len(found) == len(wanted):
                break
    return found
