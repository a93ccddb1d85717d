"""What every command that waits shares: signals, progress, and the outcome as files, JSON and an exit code."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from inference_cli.errors import InferenceError, PartialError, SpendingError, TemporaryError, gravest

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.jobs.updates import Result, Update


@dataclass(slots=True)
class Watched:
    """What a watched run left: the last word on each output, in the order of their first update."""

    last: dict[str, "Update"] = field(default_factory=dict)
    broken: InferenceError | None = None  # what ended the watching early: a signal, or the time limit

    @property
    def results(self) -> "list[Result]":
        """A row for each output that is known by now."""
        from inference_cli.jobs.updates import Result

        return [
            update.result or Result(generation_id=update.generation_id, status=update.status or update.phase.value)
            for update in self.last.values()
        ]

    @property
    def failure(self) -> InferenceError | None:
        """Why the command does not exit 0, or None."""
        errors = [update.error for update in self.last.values() if update.error is not None]
        if self.broken is not None:
            errors.append(self.broken)
        if not errors:
            return None
        worst = gravest(errors)
        saved = sum(1 for update in self.last.values() if update.error is None)
        if self.broken is None and saved and not isinstance(gravest([worst, _partial(0, 1)]), type(worst)):
            return _partial(saved, len(self.last), worst)
        return worst


def _partial(saved: int, total: int, cause: InferenceError | None = None) -> PartialError:
    """Some of several outputs: exit 10, unless something graver happened."""
    if cause is None:
        return PartialError("partial")
    again = isinstance(cause, SpendingError | TemporaryError)  # their hint is to run it again: that would pay for all
    return PartialError(
        f"{saved} of {total} are done; the rest: {cause.message}",
        hint=f"Ask for what is missing only:  -n {total - saved}" if again else cause.hint,
        details=cause.details,
        generation_ids=cause.generation_ids,
    )


def watch(session: "Session", updates: "Iterable[Update]", *, direct: bool = False) -> Watched:
    """Draw every update until the end; signals stop the waiting, never the generation.

    Args:
        session: the run.
        updates: what happens.
        direct: whether the updates are of direct calls, which have no queue.

    Returns:
        What was seen. Errors are kept in it, not raised, so that finished outputs can still be shown.
    """
    from inference_cli.terminal.progress import Progress

    watched = Watched()
    with session.stop.listening():
        with Progress(session.output, session.clock, direct=direct) as progress:
            try:
                for update in updates:
                    watched.last[update.key] = update
                    progress.show(update)
            except InferenceError as error:
                watched.broken = error
        if watched.broken is None:
            _settle(session, watched)
    return watched


def _settle(session: "Session", watched: Watched) -> None:
    """Ask once what the generations that have ended really cost; everything is on disk, so nothing fails over it."""
    from dataclasses import replace

    from inference_cli.jobs.costs import bring

    ended = {update.generation_id: key for key, update in watched.last.items() if update.phase.ended and update.result}
    ids = [identity for identity in ended if identity is not None]
    costs: Mapping[str, Decimal] = {}
    with suppress(InferenceError):  # a second Ctrl-C: enough of this
        costs = bring(session.client, session.journal, ids) if ids else {}
    for identity, cost in costs.items():
        update = watched.last[ended[identity]]
        if update.result is not None and (cost or update.error is None):
            result = replace(update.result, cost=update.result.cost or cost)
            watched.last[ended[identity]] = replace(update, result=result)


def finish(
    session: "Session",
    watched: Watched,
    *,
    model: str | None,
    estimated: Decimal | None = None,
    started: float | None = None,
    request: Any = None,
    tag: str | None = None,
) -> None:
    """Show paths or the JSON document, then raise what went wrong.

    Args:
        session: the run.
        watched: what was seen.
        model: the model asked, where it is one.
        estimated: the estimate in US dollars, where there was one.
        started: the monotonic second at which the command began to send, for the time in the last line.
        request: what was sent, where nothing was waited for: then the ids are the result.
        tag: the user's label for it.

    Raises:
        InferenceError: the gravest failure among the outputs.
    """
    failure, results = watched.failure, watched.results
    marks = [session.tally.number(result) if session.tally else "" for result in results]
    if session.tally is not None and results:
        session.tally.spent(total_cost(results), estimated if failure is None else None)
    if failure is not None:
        session.addressed(failure)
    output = session.output
    if output.wants_document:
        from inference_cli.terminal.documents import media_document

        cost = total_cost(results)
        output.document(
            media_document(
                model=model,
                cost=cost,
                estimated_cost=estimated,
                results=results,
                error=failure,
                request=request,
                tag=tag,
            )
        )
    elif not output.wants_events:
        elapsed = None if started is None else session.clock.monotonic() - started
        _show_files(session, watched, elapsed, marks, ids=request is not None)
    if failure is not None:
        raise failure


def total_cost(results: "Sequence[Result]") -> Decimal | None:
    """What the server charged for all of them, in US dollars; None where it said so for none."""
    costs = [result.cost for result in results if result.cost is not None]
    return sum(costs, Decimal(0)) if costs else None


def _show_files(
    session: "Session", watched: Watched, elapsed: float | None, marks: Sequence[str], *, ids: bool
) -> None:
    """A path per file with its facts and its mark below; the id of what nobody waited for."""
    from inference_cli.jobs.updates import Phase
    from inference_cli.terminal.lines import facts_line

    for update, result, mark in zip(watched.last.values(), watched.results, marks, strict=True):
        if result.path is not None:
            session.output.result(result.path)
            if update.phase is Phase.SAVED or mark:
                facts = facts_line(result, elapsed=elapsed)
                session.output.note("  " + " · ".join(filter(None, (facts, mark))))
        elif ids and result.generation_id is not None:
            session.output.result(result.generation_id)
