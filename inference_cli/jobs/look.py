"""One look at many generations: a list call for all, single calls for what left the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inference_cli.api.records import State
from inference_cli.errors import DamagedError, InferenceError, NotFoundError, TemporaryError
from inference_cli.jobs.baseline import oldest_of
from inference_cli.jobs.tracked import Tracked

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.generations import Page
    from inference_cli.api.records import Generation

_PAGE, _MOST_PAGES = 1000, 5  # rows of one page of the history, and pages of one look; what is older is asked for by id
LAG = 30.0  # seconds in which the server may not know yet what it has just accepted (fault C17)
_PATIENCE = 30.0  # seconds for a page, which is asked for once a look
_FEW = 4  # ids asked for singly in one look, by two requests at most each; the rest is asked for in the next
_MOST = 10  # requests of one look, which is what the server allows in a second (fault C26)
_STRANGERS = 2  # ids that a server of 2026-04 does not know by themselves, until it is believed to know none


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the server says about one generation now.

    ``row`` is None when no route knows it, or when the answer about this one alone could not be had: then ``error``
    says why.
    """

    id: str
    row: "Generation | None"
    error: InferenceError | None = None


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
    """One generation to look for.

    ``alone``: the list has shown less than is needed, ask for it by its id. ``enqueued`` is when the server took it, in
    its own Unix seconds, where it has said so: no page of the history need be asked for that ends before.
    """

    tracked: Tracked
    alone: bool = False
    enqueued: float | None = None


class Lookout:
    """Asks for the state of generations, with as few requests as the generation of the API allows.

    Args:
        client: of either generation of the API.
    """

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._strangers = 0
        self._shown: set[str] = set()  # ids that a list of 2026-04 had
        self._further_on = False  # a server of 2026-04 that answers by id although it does not promise to

    def look(self, sought: Sequence[Sought]) -> Look:
        """Look once: one list call for all of a namespace, and a page of the history where several have left it.

        In 2026-04 it is one list call per namespace and model. About ten requests at most.

        Args:
            sought: what to look for.

        Returns:
            What is known now; an id may be missing when too many had to be asked for one by one.

        Raises:
            InferenceError: the server did not answer about any of them.
        """
        if not self._client.dialect.has_generation_route:
            return self._older(sought)
        rows: dict[str, Generation] = {}
        requests = 0
        if len(sought) > 1:
            together = [one.tracked for one in sought if not one.alone]
            rows = _active(self._client, together)
            requests = len({one.namespace for one in together})
        left = [one for one in sought if one.tracked.id not in rows]
        if len(left) > 1:
            requests += _past(self._client, left, rows)
            for one in left:
                if one.alone and _lacks_link(rows.get(one.tracked.id)):
                    del rows[one.tracked.id]  # its own route may say more
        return self._singly(sought, rows, requests, most=max(1, min(_FEW, (_MOST - requests) // 2)))

    def _older(self, sought: Sequence[Sought]) -> Look:
        """One list call per namespace and model; what has left it is asked for by its id until that proves useless."""
        tracked = [one.tracked for one in sought]
        rows, requests = _listed(self._client, tracked), len(_lists(tracked))
        look = self._singly(sought, rows, requests, most=_FEW if self._further_on else _STRANGERS - self._strangers)
        singly = look.sightings[len(rows) :]
        self._further_on = self._further_on or any(one.row is not None for one in singly)
        self._shown |= rows.keys()
        young = {one.id for one in tracked if one.known and one.age < LAG} - self._shown  # fault C17
        self._strangers += sum(one.row is None and one.error is None and one.id not in young for one in singly)
        if self._further_on or self._strangers < _STRANGERS:
            return look
        seen = {one.id for one in look.sightings}
        rest = (Sighting(one.id, None) for one in tracked if one.id not in seen)
        return replace(look, sightings=(*look.sightings, *rest), complete=True)

    def _singly(self, sought: Sequence[Sought], rows: "Mapping[str, Generation]", requests: int, *, most: int) -> Look:
        """Those that a list showed, and those that it did not, each asked for by its id, a few per look."""
        left = [one.tracked.id for one in sought if one.tracked.id not in rows]
        found = [Sighting(identity, row) for identity, row in rows.items()]
        singly = []
        for identity in left[:most]:
            singly.append(self._glimpse(identity))
            if singly[-1].error is not None:
                break  # the others wait for the next look, in which this one comes last
        requests += sum(1 if one.row is not None else 2 for one in singly)
        return Look((*found, *singly), requests, complete=len(left) <= len(singly))

    def _glimpse(self, identity: str) -> Sighting:
        """One asked for by its id: its trouble is not that of the others."""
        try:
            return Sighting(identity, single(self._client, identity))
        except (TemporaryError, DamagedError) as error:
            return Sighting(identity, None, error)


def single(client: "Client", identity: str) -> "Generation | None":
    """One generation, from whichever route knows it; None when none does (fault C16).

    Raises:
        DamagedError: the answer is about another one.
        InferenceError: the server did not answer.
    """
    for get in (client.queue.get, client.generations.get):
        try:
            row = get(identity)
        except NotFoundError:
            continue
        if row.generation_id.lower() != identity.lower():  # its link would lead to somebody else's result
            raise DamagedError("the server answers about another generation than the one it was asked for")
        return row
    return None


def _active(client: "Client", tracked: Iterable[Tracked]) -> "dict[str, Generation]":
    """What is in the queue now, by one call per namespace."""
    tracked = tuple(tracked)
    rows: dict[str, Generation] = {}
    for namespace in dict.fromkeys(one.namespace for one in tracked):
        wanted = {one.id for one in tracked if one.namespace == namespace}
        rows |= _among(client.queue.list(namespace=namespace), wanted)
    return rows


def _past(client: "Client", left: Iterable[Sought], rows: "dict[str, Generation]") -> int:
    """Add what the history says of those that left the queue; how many pages that took, per namespace.

    A history that does not answer brings nothing: what it would have said is asked for by ids.
    """
    left = tuple(left)
    requests = 0
    for namespace in dict.fromkeys(one.tracked.namespace for one in left):
        missing = {one.tracked.id: one.enqueued for one in left if one.tracked.namespace == namespace}
        pages = client.generations.pages({"namespace": namespace}, page_size=_PAGE, seconds=_PATIENCE)
        for _ in range(_MOST_PAGES):
            try:
                page = next(pages, None)
            except InferenceError:
                return requests + 1
            if page is None:
                break
            requests += 1
            rows |= {row.generation_id: row for row in page.rows if row.generation_id in missing}
            missing = {identity: time for identity, time in missing.items() if identity not in rows}
            if not missing or _is_older(page, missing.values()):
                break
    return requests


def _is_older(page: "Page", times: Iterable[float | None]) -> bool:
    """Whether the pages after this one are all of a time before those moments; an unknown one may be anywhere."""
    known = [time for time in times if time is not None]
    oldest = oldest_of(page.rows) if known and all(time is not None for time in times) else None
    return oldest is not None and oldest < min(known)


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


def link_of(row: "Generation") -> str | None:
    """Where a result is, also when the server wraps the link in a list or an object (fault C20)."""
    if row.result_url is not None:
        return row.result_url
    found = row.raw.get("result_url")
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if isinstance(found, dict):
        found = found.get("url")
    return found if isinstance(found, str) and found else None


def _lacks_link(row: "Generation | None") -> bool:
    return row is not None and row.state is State.SUCCEEDED and link_of(row) is None
