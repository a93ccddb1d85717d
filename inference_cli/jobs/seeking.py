"""Which rows of the journal fit, found by the index that knows: no filter reads the rows that it does not want."""

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference_cli.jobs.ledger import Wanted

_FACETS = {
    "tag": "tag",
    "repo": "repo",
    "folder": "folder",
    "namespace": "namespace",
    "model": "model",
    "media_type": "kind",
}
"""What a request says, by its column, each with an index in order of time; those that usually fit the fewest first."""
_STATE = (
    "CASE WHEN g.state = 'downloaded' OR (g.state = 'accepted' AND g.direct) THEN 'succeeded'"
    " WHEN g.state = 'accepted' THEN lower(g.status) ELSE g.state END"
)
_SLACK = 100  # rows more than are wanted: those next to each other by the clock may not be so by their numbers
_DAY = 86400.0  # seconds in which a request is accepted; a clock that was set meanwhile counts, too


def numbers(
    connection: sqlite3.Connection, origin: str, wanted: "Wanted", *, direct: bool | None, limit: int
) -> list[int]:
    """The row numbers of generations that fit, the highest first.

    Of more than are wanted those are chosen that are the newest by the clock, give or take a hundred.

    Args:
        connection: of the journal.
        origin: whose.
        wanted: which.
        direct: only those that were made by direct requests, or only the others.
        limit: at most so many; -1 for all.
    """
    given = {name: value for name in wanted.__slots__ if (value := getattr(wanted, name)) is not None}
    values = given | {"origin": origin, "limit": limit, "many": limit if limit < 0 else limit + _SLACK, "day": _DAY}
    facet = next((name for name in _FACETS if name in given), None)
    if facet is not None:
        query = _by_facet(facet, given, direct)
    elif "status" in given:
        query = " UNION ALL ".join(f"SELECT * FROM ({arm})" for arm in _by_state(given, direct))  # noqa: S608 - our own words
    elif direct or not given.keys().isdisjoint({"since", "until"}):
        query = _newest(*_residual(given, direct))
    else:
        plain = " AND NOT g.direct" if direct is not None else ""
        query = f"SELECT g.number FROM generations g WHERE g.origin = :origin{plain}"  # noqa: S608 - our own words
        return _read(connection, f"{query} ORDER BY g.number DESC LIMIT :limit", values)
    return _read(connection, f"SELECT number FROM ({query}) ORDER BY number DESC LIMIT :limit", values)  # noqa: S608 - our own words


def _read(connection: sqlite3.Connection, query: str, values: dict[str, object]) -> list[int]:
    return [row[0] for row in connection.execute(query, values)]


def _by_facet(facet: str, given: dict[str, object], direct: bool | None) -> str:
    """Down the index of what requests said, and to what each of them made: the plus forbids any other way there."""
    where = ["i.origin = :origin", f"i.{_FACETS[facet]} = :{facet}"]
    where += ["i.created >= :since - :day"] if "since" in given else []
    where += ["i.created < :until + :day"] if "until" in given else []
    where += [f"+i.{column} = :{name}" for name, column in _FACETS.items() if name in given and name != facet]
    where += _residual(given, direct)
    return (
        "SELECT g.number FROM intents i CROSS JOIN generations g ON g.intent = i.id AND +g.origin = i.origin"  # noqa: S608 - our own words
        f" WHERE {' AND '.join(where)} ORDER BY i.created DESC LIMIT :many"
    )


def _by_state(given: dict[str, object], direct: bool | None) -> Iterator[str]:
    """A status may be the server's word or this machine's: a look at the end of the index for each."""
    states = ["accepted", *(("downloaded", "succeeded") if given["status"] == "succeeded" else ())]
    yield from (_newest(f"g.state = '{state}'", *_residual(given, direct)) for state in states)
    if given["status"] not in {*states, "downloaded"}:
        yield _newest("g.state = :status", *_residual(given, direct))


def _newest(*where: str) -> str:
    return (
        f"SELECT g.number FROM generations g WHERE {' AND '.join(('g.origin = :origin', *where))}"  # noqa: S608 - our own words
        " ORDER BY g.accepted DESC LIMIT :many"
    )


def _residual(given: dict[str, object], direct: bool | None) -> list[str]:
    """What generations say themselves."""
    where = ["g.accepted >= :since"] if "since" in given else []
    where += ["g.accepted < :until"] if "until" in given else []
    where += [f"{_STATE} = :status"] if "status" in given else []
    if direct is not None:
        where.append("g.direct" if direct else "NOT g.direct")
    return where
