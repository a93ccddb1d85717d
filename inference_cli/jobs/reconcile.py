"""Unknown outcomes settled by the difference of ids: adopted, presumed not sent, or left for a person. Never guessed.

Nothing is sent again here (journal protocol, rules d and e). What is decided is decided in one transaction, so that
commands that settle at the same moment never claim the same generation.
"""

import enum
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inference_cli.api.records import Generation
from inference_cli.errors import InferenceError
from inference_cli.jobs.claims import Party, Share, share
from inference_cli.jobs.doubts import Doubt, open_doubts, rivals
from inference_cli.jobs.echo import fits
from inference_cli.jobs.listing import Listing, listing
from inference_cli.jobs.waiting import mark, unmark

if TYPE_CHECKING:
    from inference_cli.jobs.bench import Bench
    from inference_cli.jobs.journal import Journal

PAUSES = (3.0, 5.0, 8.0, 13.0)  # seconds between looks: a list may lag behind (journal protocol, rule d)
_SETTLED = 60.0  # seconds after which nothing appears any more
_LONG_AGO = 600.0  # seconds after which a part of a request is all that there is
_FORGOTTEN = 86400.0  # seconds that a generation lives in 2026-04 (contract, "The queue"): no list can tell more
_OVERLAP = 60.0  # seconds before a request: what direct ones had made by then was there when it was looked before
# From one origin to the next by the index of states, which begins with them: never over all rows.
_ANY_OPEN = """
WITH RECURSIVE origins (origin) AS (
    SELECT min(origin) FROM intents
    UNION ALL
    SELECT (SELECT min(i.origin) FROM intents i WHERE i.origin > o.origin) FROM origins o WHERE o.origin IS NOT NULL
)
SELECT 1 FROM origins o CROSS JOIN intents i ON i.origin = o.origin WHERE i.state IN ('unknown', 'sending') LIMIT 1
"""


class Verdict(enum.StrEnum):
    """What is known of a request now."""

    FOUND = "found"  # all that it asked for
    FEWER = "fewer"  # a part, and no more will come
    SOME = "some"  # a part; the rest is unknown
    PRESUMED_NOT_SENT = "presumed_not_sent"
    NOT_FOUND = "not_found"  # which proves nothing (yet)
    AMBIGUOUS = "ambiguous"  # more could be its own than it asked for
    UNKNOWABLE = "unknowable"  # nobody can tell any more

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find out."""
        return self not in {Verdict.SOME, Verdict.NOT_FOUND, Verdict.AMBIGUOUS}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look brought for one request: rows that are its own now, and rows that might be."""

    doubt: Doubt
    verdict: Verdict
    rows: tuple[Generation, ...] = ()
    doubtful: tuple[Generation, ...] = ()
    trouble: str | None = None  # why the server could not be asked
    waited: float = 0.0  # seconds


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a worker heard of the server."""

    listing: Listing | None = None
    error: InferenceError | None = None


def reconcile(
    bench: "Bench",
    *,
    only: Collection[str] | None = None,
    pauses: Sequence[float] = PAUSES,
    until: float | None = None,
) -> tuple[Finding, ...]:
    """Find out what became of requests of unknown outcome, looking again for half a minute while something is missing.

    A stop ends the looking; what was found until then counts.

    Args:
        bench: what the command works with.
        only: ids of intents; None for all of this origin.
        pauses: seconds between looks; those of requests that were lost a minute ago or earlier are not needed.
        until: the monotonic second at which to give up.

    Returns:
        A finding for each, the oldest first.

    Raises:
        LocalError: the journal cannot be read or written.
    """
    found: dict[str, Finding] = {}
    started = bench.clock.monotonic()
    for pause in (0.0, *pauses, None):
        doubts = [doubt for doubt in open_doubts(bench.journal) if only is None or doubt.id in only]
        found |= {doubt.id: Finding(doubt, Verdict.NOT_FOUND) for doubt in doubts if doubt.id not in found}
        if pause is None or not doubts or not _rested(bench, pause, until):
            break
        heard = _asked(bench, doubts)
        waited = bench.clock.monotonic() - started
        if heard.listing is None:
            trouble = heard.error.message if heard.error else "stopped"
            found |= {doubt.id: replace(found[doubt.id], doubt=doubt, trouble=trouble) for doubt in doubts}
            continue
        over = pause == (0.0, *pauses)[-1]
        late = [doubt.id for doubt in doubts if over or bench.clock.now() - doubt.updated >= _SETTLED]
        for finding in settle(bench.journal, heard.listing, [doubt.id for doubt in doubts], late=late):
            before = found[finding.doubt.id].rows
            found[finding.doubt.id] = replace(finding, rows=(*before, *finding.rows), waited=waited)
        if all(one.verdict.settled or one.doubt.id in late for one in found.values()):
            break
    _settle_mark(bench.journal)
    return tuple(sorted(found.values(), key=lambda finding: finding.doubt.number))


def _settle_mark(journal: "Journal") -> None:
    """Take the mark of unknown outcomes away where there are none of any origin, nor any request under way."""
    if journal.store.read(lambda connection: connection.execute(_ANY_OPEN).fetchone()) is None:
        unmark(journal.path)
    else:
        mark(journal.path)  # it may have been lost


def _rested(bench: "Bench", pause: float, until: float | None) -> bool:
    """Wait for the next look; False when there will be none."""
    late = until is not None and bench.clock.monotonic() + pause >= until
    return not (late and pause) and not bench.clock.wait(bench.stop.event, pause)


def _asked(bench: "Bench", doubts: Sequence[Doubt]) -> _Listed:
    """One look by a worker, so that Ctrl-C is answered at once."""

    def ask() -> None:
        try:
            bench.crew.tell(_Listed(listing(bench.client, doubts)))
        except InferenceError as error:
            bench.crew.tell(_Listed(error=error))

    bench.crew.start(ask, lane="look")
    while not bench.stop.requested:
        for message in bench.crew.heard():
            if isinstance(message, _Listed):
                return message
        bench.crew.pause()
    return _Listed()


def settle(journal: "Journal", listed: Listing, ids: Collection[str], *, late: Collection[str]) -> list[Finding]:
    """Decide what a list means for requests, and keep it, all in one transaction.

    Args:
        journal: what this machine knows.
        listed: what the server shows; read after the requests were sent.
        ids: of the intents to decide on; all others take part, and get nothing here.
        late: those of them for which nothing more is expected to appear.

    Raises:
        LocalError: it cannot be written.
    """
    findings: list[Finding] = []

    def write(connection: sqlite3.Connection) -> None:
        findings.clear()
        now = journal.clock.now()
        open_ones = rivals(connection, journal.origin, since=float("inf"))
        wanting = [doubt for doubt in open_ones if doubt.id in ids and doubt.open]
        since = min((doubt.created for doubt in wanting), default=now) - _OVERLAP
        parties = rivals(connection, journal.origin, since=since)
        fitting = _fitting(connection, journal.origin, listed, parties)
        shares = _shares(listed, parties, fitting, late=all(doubt.id in late for doubt in wanting))
        rows = {row.generation_id: row for shelf in listed.rows.values() for row in shelf}
        for doubt in wanting:
            own = shares.get(doubt.number, Share())
            if not (listed.tells_all_of(doubt) and (listed.whole or listed.api == "2026-04")):
                own = Share((), (*own.ids, *own.doubtful))  # what is new is not certain: nothing is taken
            finding = Finding(
                doubt,
                _verdict(doubt, own, listed, late=doubt.id in late, now=now),
                tuple(rows[identity] for identity in own.ids),
                tuple(rows[identity] for identity in own.doubtful),
            )
            _keep(connection, journal.origin, finding, now)
            findings.append(finding)

    journal.store.write(write)
    return findings


def _fitting(
    connection: sqlite3.Connection, origin: str, listed: Listing, parties: Sequence[Doubt]
) -> dict[int, list[str]]:
    """What each request may have made, and nobody has claimed."""
    query = "SELECT 1 FROM generations WHERE origin = ? AND id = ? AND intent IS NOT NULL"
    found: dict[int, list[str]] = {}
    for doubt in parties:
        fitting = [row.generation_id for row in listed.of(doubt) if fits(row, doubt.model, doubt.params)]
        found[doubt.number] = [one for one in fitting if connection.execute(query, (origin, one)).fetchone() is None]
    return found


def _shares(
    listed: Listing, parties: Sequence[Doubt], fitting: Mapping[int, Sequence[str]], *, late: bool
) -> Mapping[int, Share]:
    order = [row.generation_id for shelf in listed.rows.values() for row in shelf]
    taking_part = [
        Party(doubt.number, doubt.room, frozenset(fitting[doubt.number]), doubt.alike, doubt.open)
        for doubt in parties
        if doubt.room and fitting[doubt.number]
    ]
    return share(taking_part, order, late=late)


def _verdict(doubt: Doubt, own: Share, listed: Listing, *, late: bool, now: float) -> Verdict:
    if doubt.known + len(own.ids) >= doubt.count:
        return Verdict.FOUND
    if own.doubtful:
        return Verdict.AMBIGUOUS
    proved = listed.whole and doubt.route == "queue"  # whether direct generations are listed is not documented
    if doubt.known or own.ids:
        return Verdict.FEWER if late and proved and now - doubt.created >= _LONG_AGO else Verdict.SOME
    if late and proved:
        return Verdict.PRESUMED_NOT_SENT
    return Verdict.UNKNOWABLE if late and now - doubt.created >= _FORGOTTEN else Verdict.NOT_FOUND


_STATES = {
    Verdict.FOUND: "accepted",
    Verdict.FEWER: "accepted",
    Verdict.PRESUMED_NOT_SENT: "presumed_not_sent",
    Verdict.UNKNOWABLE: "unknowable",
}


def _keep(connection: sqlite3.Connection, origin: str, finding: Finding, now: float) -> None:
    """Write down whose the generations are, and in which state that leaves the request."""
    doubt = finding.doubt
    known = doubt.count - _missing(connection, doubt)
    for number, row in enumerate(finding.rows, start=doubt.first + known):
        connection.execute(
            "INSERT INTO generations (id, origin, intent, n, direct, accepted, state, status, updated)"
            " VALUES (?, ?, ?, ?, 0, ?, 'accepted', ?, ?) ON CONFLICT (origin, id)"
            " DO UPDATE SET intent = excluded.intent, n = excluded.n WHERE intent IS NULL",
            (row.generation_id, origin, doubt.id, number, doubt.created, row.status, now),
        )
    if finding.verdict in _STATES:
        connection.execute(
            "UPDATE intents SET state = ?, updated = ? WHERE id = ? AND state = 'unknown'",
            (_STATES[finding.verdict], now, doubt.id),
        )


def set_aside(journal: "Journal", findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give up what is still open, because a person says so: it counts as billed, and is not looked for again.

    Raises:
        LocalError: it cannot be written.
    """
    decided = [one if one.verdict.settled else replace(one, verdict=Verdict.UNKNOWABLE) for one in findings]
    given_up = [finding for finding, before in zip(decided, findings, strict=True) if finding is not before]

    def write(connection: sqlite3.Connection) -> None:
        for finding in given_up:
            _keep(connection, journal.origin, replace(finding, rows=()), journal.clock.now())

    journal.store.write(write)
    _settle_mark(journal)
    return tuple(decided)


def _missing(connection: sqlite3.Connection, doubt: Doubt) -> int:
    """How many generations of a request are not known."""
    query = "SELECT count(*) FROM generations WHERE intent = ? AND NOT direct"
    (known,) = connection.execute(query, (doubt.id,)).fetchone()
    return doubt.count - int(known)


def claim(journal: "Journal", finding: Finding, ids: Sequence[str]) -> Finding:
    """Take what a person says is a request's own; what another one has claimed meanwhile is left out.

    Args:
        journal: what this machine knows.
        finding: an ambiguous one.
        ids: of its doubtful rows; none means that none of them is, and that it was not accepted.

    Raises:
        LocalError: it cannot be written.
    """
    taken: list[Finding] = []

    def write(connection: sqlite3.Connection) -> None:
        query = "SELECT 1 FROM generations WHERE origin = ? AND id = ? AND intent IS NOT NULL"
        free = [one for one in ids if connection.execute(query, (journal.origin, one)).fetchone() is None]
        rows = tuple(row for row in finding.doubtful if row.generation_id in free)
        known = finding.doubt.count - _missing(connection, finding.doubt) + len(rows)
        verdict = Verdict.FOUND if known >= finding.doubt.count else Verdict.FEWER
        if not known and not finding.doubt.direct:  # what came inside its answer proves that it was accepted
            verdict = Verdict.AMBIGUOUS if ids else Verdict.PRESUMED_NOT_SENT
        decided = replace(finding, verdict=verdict, rows=rows, doubtful=())
        _keep(connection, journal.origin, decided, journal.clock.now())
        taken[:] = [replace(decided, rows=(*finding.rows, *rows))]

    journal.store.write(write)
    _settle_mark(journal)
    return taken[0]
