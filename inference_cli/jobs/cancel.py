"""A generation called off, and what really became of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.api.records import Generation, State, state_of
from inference_cli.errors import GenerationError, InferenceError, NotFoundError, UsageError
from inference_cli.jobs.endings import masked, nowhere
from inference_cli.jobs.inspect import seen
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.updates import Result

if TYPE_CHECKING:
    from inference_cli.api.client import Client


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What became of it: its state now, a sentence where that is not the one wished for, or why it is not known."""

    result: Result
    note: str | None = None
    error: InferenceError | None = None


def cancel(client: "Client", journal: Journal, tracked: Tracked) -> Cancelled:
    """Cancel one generation and report its real state; one that has ended stays as it is (fault C22).

    Args:
        client: of the API that has it.
        journal: takes down the state.
        tracked: the generation.

    Returns:
        Its state now; every failure is in it, none is raised, so that the next one gets its turn.
    """
    kept = journal.get(tracked.id)
    try:
        if kept and kept.direct:
            raise UsageError(f"{tracked.id} was made directly: there is nothing to cancel")
        row = _cancelled(client, tracked)
    except InferenceError as error:
        return Cancelled(Result(generation_id=tracked.id, status=tracked.status), error=error)
    journal.moved([(tracked.id, row.state.value, row.status, masked(row.error_message or "") or None)])
    result = Result(generation_id=tracked.id, status=row.status, cost=row.cost, raw=row.raw)
    if row.state is State.SUCCEEDED:
        return Cancelled(result, f"It had ended before. Fetch it:  inference queue download {tracked.id}")
    if row.state is not State.CANCELLED:
        return Cancelled(result, error=_not_cancelled(row))
    return Cancelled(result)


def _cancelled(client: "Client", tracked: Tracked) -> Generation:
    """Its row after the cancellation.

    Raises:
        InferenceError: the server does not know it, or did not answer.
    """
    dialect = client.dialect
    try:
        row = client.queue.cancel(tracked.id, namespace=tracked.namespace)
    except NotFoundError as error:
        row = seen(client, tracked)
        if row is None and state_of(tracked.status) is State.CANCELLED:
            return _gone(tracked)
        if row is None:
            known = tracked.known and not dialect.has_generation_route
            raise nowhere(tracked.id, known=known, api=dialect.name, can_look=dialect.has_generation_route) from error
    if row is None and not dialect.has_generation_route:
        return _gone(tracked)
    row = row or seen(client, tracked)
    if row is None:
        raise nowhere(tracked.id, known=True, api=dialect.name, can_look=True)
    return row


def _not_cancelled(row: Generation) -> GenerationError:
    return GenerationError(
        f"it was not cancelled: the server says it is {row.status}",
        hint=f"See:  inference queue show {row.generation_id}",
        generation_ids=[row.generation_id],
    )


def _gone(tracked: Tracked) -> Generation:
    """What was cancelled, where the server forgets it."""
    return Generation(tracked.id, State.CANCELLED.value, State.CANCELLED, model=tracked.model)
