"""What generations really cost, kept in the journal as soon as the server says so."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from inference_cli.api.records import Generation, State
from inference_cli.errors import InferenceError

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.jobs.journal import Journal

_MINUTE = 60.0  # seconds after a bad end in which a charge may still come, or be given back
_SINGLY = 8  # single calls are cheaper than a page of the history up to here
_PATIENCE = 3.0  # seconds for all of one look: what was paid for is on disk already, and wants to be shown


def cost_of(row: Generation, *, now: float) -> Decimal | None:
    """What a row says that was charged, in US dollars; None where it does not say, or may still change.

    A generation that ended badly was not charged where its row has a cost, and the cost is null (the API's own
    description of the history: null is what has not been charged); for a minute after its end that proves nothing.

    Args:
        row: as the server shows it.
        now: Unix seconds.
    """
    if row.state is State.SUCCEEDED:
        return row.cost if row.cost is not None and row.cost >= 0 else None
    if row.state not in {State.FAILED, State.CANCELLED} or "cost" not in row.raw:
        return None
    times = [time for time in (row.enqueued_at, row.started_at, row.completed_at) if time is not None]
    if not times or now < max(times) + _MINUTE:
        return None
    return max(Decimal(0), row.cost or Decimal(0))


def keep(journal: "Journal", rows: Iterable[Generation]) -> None:
    """Write down what rows say of costs.

    Raises:
        LocalError: the journal cannot be written.
    """
    costs = _costs(journal, rows)
    if costs:
        journal.charged(costs.items())


def bring(
    client: "Client", journal: "Journal", ids: Sequence[str], *, singly: int = _SINGLY, seconds: float = _PATIENCE
) -> Mapping[str, Decimal]:
    """Ask once what generations cost, and write it down; trouble is silent, and costs a few seconds at most.

    Args:
        client: of either generation of the API; 2026-04 has no history, and is not asked.
        journal: where costs are kept; those that it knows are not asked for.
        ids: generations that have ended.
        singly: up to so many are asked for one by one, more by one page of the history.
        seconds: for all of it.

    Returns:
        What is known now, by id; of those asked for only, whatever rows the server answered with.
    """
    known: dict[str, Decimal] = {}
    rows: list[Generation] = []
    with suppress(InferenceError):
        known = _kept(journal, ids)
        left = [identity for identity in ids if identity not in known]
        if left and client.dialect.has_history:
            for row in client.generations.glance(left, singly=singly, seconds=seconds):
                rows.append(row)  # noqa: PERF402 - those before a failure count
    with suppress(InferenceError):
        keep(journal, rows)
    found = known | _costs(journal, rows)
    return {identity: found[identity] for identity in ids if identity in found}


def _costs(journal: "Journal", rows: Iterable[Generation]) -> dict[str, Decimal]:
    now = journal.clock.now()
    return {row.generation_id: cost for row in rows if (cost := cost_of(row, now=now)) is not None}


def _kept(journal: "Journal", ids: Sequence[str]) -> dict[str, Decimal]:
    kept = (journal.get(identity) for identity in ids)
    return {one.id: one.cost for one in kept if one is not None and one.cost is not None}
