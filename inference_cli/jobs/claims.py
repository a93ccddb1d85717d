"""Whose generations are whose: ids that nobody has claimed, shared among requests that may have made them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A request that may have made some of the ids.

    ``room`` is how many it may have made at most; ``alike`` is equal for requests that nobody could tell apart.
    ``open`` says that it wants its ids; another one is still under way, or made them without learning their ids: it
    takes part so that nobody else gets what may be its own.
    """

    number: int  # the order of the requests
    room: int
    ids: frozenset[str]
    alike: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """What a request gets, in the order of the ids; and what might be its own, where that cannot be decided."""

    ids: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def share(parties: Sequence[Party], order: Sequence[str], *, late: bool = False) -> Mapping[int, Share]:
    """Decide, without guessing, who gets which ids (journal protocol, rule d).

    An id that only one request can have made is its own, unless it has more of them than it asked for. Where requests
    compete, they get something only if there is one way to give every id to somebody, or if they are alike, so that it
    makes no difference which of them gets what. The result does not depend on the order of ``parties``.

    Args:
        parties: every request that may have made one of the ids.
        order: the ids, oldest first.
        late: nothing more is expected to appear: requests that are alike share what there is.

    Returns:
        By number, for every open party; no id is in two shares.
    """
    given: dict[str, int] = {}
    for group in _groups(parties):
        given |= _shared(group, late=late)
    return {party.number: _share_of(party, given, order) for party in parties if party.open}


def _share_of(party: Party, given: Mapping[str, int], order: Sequence[str]) -> Share:
    places = {identity: place for place, identity in enumerate(order)}
    ids = sorted(party.ids, key=lambda identity: (places.get(identity, len(places)), identity))
    own = tuple(identity for identity in ids if given.get(identity) == party.number)
    left = tuple(identity for identity in ids if identity not in given)
    return Share(own, left if len(own) < party.room else ())


def _groups(parties: Sequence[Party]) -> Iterator[tuple[Party, ...]]:
    """Requests that compete with each other, directly or through others; each group by number."""
    left = sorted(parties, key=lambda party: party.number)
    while left:
        group, ids, grown = [left.pop(0)], set[str](), True
        ids |= group[0].ids
        while grown:
            joining = [party for party in left if party.ids & ids]
            grown = bool(joining)
            for party in joining:
                left.remove(party)
                ids |= party.ids
            group += joining
        yield tuple(sorted(group, key=lambda party: party.number))


def _shared(group: Sequence[Party], *, late: bool) -> dict[str, int]:
    ids = frozenset[str]().union(*(party.ids for party in group))
    if len(group) > 1 and len(ids) == sum(party.room for party in group):
        whole = _peeled(group, ids, exact=True)
        if len(whole) == len(ids):
            return whole
    given = _peeled(group, ids, exact=False)
    return given | _among_alike(group, ids - given.keys(), given) if late else given


def _peeled(group: Sequence[Party], ids: frozenset[str], *, exact: bool) -> dict[str, int]:
    """Give away what can be nobody else's, until nothing more follows.

    Args:
        group: the requests.
        ids: all of theirs.
        exact: there are as many ids as were asked for: a request gets all that is left for it as soon as it needs it.
    """
    room = {party.number: party.room for party in group}
    edges = {party.number: set(party.ids) for party in group}
    given: dict[str, int] = {}
    going_on = True
    while going_on:
        going_on = False
        for number, mine in edges.items():
            alone = {one for one in mine if not any(one in other for key, other in edges.items() if key != number)}
            needed = exact and len(mine) == room[number]
            fitting = len(alone) <= room[number] if exact else len(mine) <= room[number]
            taken = set(mine) if needed else alone if fitting else set()
            if not taken:
                continue
            going_on = True
            given |= dict.fromkeys(taken, number)
            room[number] -= len(taken)
            for theirs in edges.values():
                theirs.difference_update(taken)
            if not room[number]:
                mine.clear()
    return given | _among_alike(group, ids - given.keys(), given) if exact else given


def _among_alike(group: Sequence[Party], left: frozenset[str], given: Mapping[str, int]) -> dict[str, int]:
    """What is left, in order, where all who still want something are alike and might have made all of it."""
    wanting = [party for party in group if party.ids & left]
    room = {party.number: party.room - sum(1 for one in given.values() if one == party.number) for party in wanting}
    same = len({(party.alike, party.ids & left) for party in wanting}) == 1
    if not same or not all(party.open for party in wanting) or len(left) > sum(room.values()):
        return {}
    places = [party.number for party in wanting for _ in range(room[party.number])]
    return dict(zip(sorted(left), places, strict=False))
