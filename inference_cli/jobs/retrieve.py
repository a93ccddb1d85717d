"""Requests whose answer was lost, looked for at once: what was accepted goes on, the rest is named."""

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.errors import InferenceError, UnknownOutcomeError
from inference_cli.jobs.endings import LOOK, go_on, stopped
from inference_cli.jobs.lost import Lost
from inference_cli.jobs.naming import Place, short
from inference_cli.jobs.order import Order
from inference_cli.jobs.reconcile import PAUSES, Finding, Verdict, claim, reconcile
from inference_cli.jobs.save import Wanted
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.updates import Phase, Update

if TYPE_CHECKING:
    from inference_cli.api.records import Generation
    from inference_cli.jobs.bench import Bench
    from inference_cli.jobs.submit import Submitted

Choose = Callable[[Finding], Sequence[str] | None]
"""Asks a person which of the doubtful generations are a request's own: their ids, none, or None for no answer."""


@dataclass(frozen=True, slots=True)
class Search:
    """How it is looked for; ``until`` is a monotonic second; ``lags`` says that the server's list may be late."""

    lags: bool = True
    until: float | None = None
    choose: Choose = lambda _: None


def look_for(submitted: "Submitted", order: Order, bench: "Bench", search: Search, *, count: int) -> Iterator[Update]:
    """Settle requests whose answer was lost (faults C1 to C5).

    Args:
        submitted: the requests, and what the server took of the others; what is found is added.
        order: what they are part of.
        bench: what the command works with.
        search: how long, and whom to ask.
        count: outputs of the whole command, for their names.

    Yields:
        A note for each, and an update with an error for every output that was not found.

    Raises:
        Interrupted: a stop was asked for; the journal keeps what is not settled.
    """
    lost, started = submitted.lost, bench.clock.monotonic()
    for one in lost:
        note = f"{one.error.message.partition(';')[0]}; looking for it in the server's list"
        yield _wanted(order, one, one.known(), count, started).update(bench, Phase.SENDING, note=note)
    try:
        findings = reconcile(
            bench, only={one.intent.id for one in lost}, pauses=PAUSES if search.lags else (), until=search.until
        )
    except InferenceError as trouble:  # a journal that cannot be written settles nothing, and loses nothing
        findings = ()
        first = _wanted(order, lost[0], lost[0].known(), count, started)
        yield first.update(bench, Phase.SENDING, note=trouble.message)
    found = {finding.doubt.id: finding for finding in findings}
    for one in lost:
        finding = found.get(one.intent.id)
        if finding is not None and finding.verdict is Verdict.AMBIGUOUS and not bench.stop.requested:
            finding = _asked(finding, bench, search)
        rows = finding.rows if finding else ()
        tracked = [_tracked(order, one, place, row, count, bench, started) for place, row in enumerate(rows)]
        submitted.tracked += tracked
        yield from _told(order, one, finding, bench, count, started)
    if bench.stop.requested:
        states = [(one.id, one.status) for one in submitted.tracked]
        raise go_on(states, bench) if states else stopped(bench, sent=True)


def _asked(finding: Finding, bench: "Bench", search: Search) -> Finding:
    with bench.stop.breakable():
        ids = search.choose(finding)
    return finding if ids is None else claim(bench.journal, finding, ids)


def _wanted(order: Order, lost: Lost, index: int, count: int, started: float) -> Wanted:
    body = lost.intent.body
    place = Place(order.output, body.first + index, count, model=order.model, seed=body.seed, prompt=order.prompt)
    return Wanted(str(body.first + index), "", None, place, started, status="")


def _tracked(
    order: Order, lost: Lost, index: int, row: "Generation", count: int, bench: "Bench", started: float
) -> Tracked:
    body = lost.intent.body
    n = body.first + lost.taken + index
    place = Place(
        order.output, n, max(count, n), id=row.generation_id, model=order.model, seed=body.seed, prompt=order.prompt
    )
    return Tracked(
        id=row.generation_id,
        key=str(n),
        place=place,
        age=max(0.0, bench.clock.monotonic() - started),
        kind=order.kind,
        model=order.model,
        namespace=order.namespace,
        status=row.status,
    )


def _told(
    order: Order, lost: Lost, finding: Finding | None, bench: "Bench", count: int, started: float
) -> list[Update]:
    """What is to be said of a request: that it was found, and an error for each output that was not."""
    rows = finding.rows if finding else ()
    updates: list[Update] = []
    if rows:
        ids = ", ".join(short(row.generation_id) for row in rows)
        note = f"it was accepted all the same, and goes on: {ids}"
        updates.append(_wanted(order, lost, lost.taken, count, started).update(bench, Phase.QUEUED, note=note))
    missing = range(lost.known(len(rows)), lost.intent.body.count)
    error = unknown(lost.error, finding, known=lost.taken + len(rows), came=lost.came) if missing else None
    return updates + [
        _wanted(order, lost, index, count, started).update(bench, Phase.UNKNOWN, error=error) for index in missing
    ]


def unknown(cause: InferenceError, finding: Finding | None, *, known: int = 0, came: int = 0) -> UnknownOutcomeError:
    """The error of a request that was not found, or not all of it: what was looked for, and what to do next.

    Args:
        cause: why its outcome is not known.
        finding: what the looking brought; None where it could not be looked for.
        known: how many of its outputs are known by their ids.
        came: how many were inside what came of its answer.
    """
    message, details, hint = cause.message, list(cause.details), LOOK
    what = "The rest" if came else "It"
    if finding is None or finding.trouble is not None:
        details += [f"{what} could not be looked for: {finding.trouble}"] if finding and finding.trouble else []
    elif finding.verdict is Verdict.PRESUMED_NOT_SENT:
        details.append(f"It is not in the server's list{_after(finding)}: presumed not sent, and not billed.")
        hint = f"Nothing was sent twice.  {ask_again(finding.doubt.command)}"
    elif finding.verdict is Verdict.AMBIGUOUS:
        details.append("These could be its own, and nobody can tell:")
        details += [in_words(row) for row in finding.doubtful]
    elif known:
        details.append(f"{known} of {finding.doubt.count} were found; of the rest nothing is known.")
    else:
        details.append(f"{what} is not in the server's list{_after(finding)}, {why_not(finding)}.")
    return UnknownOutcomeError(message, hint=hint, details=details, status=cause.status, request_id=cause.request_id)


def _after(finding: Finding) -> str:
    return f" after {finding.waited:.0f} s" if finding.waited >= 1 else ""


def why_not(finding: Finding) -> str:
    """Why a request that is in no list may have been accepted all the same."""
    if finding.doubt.route != "queue":
        return "which may not show direct generations: it may have been accepted (and billed)"
    if not finding.doubt.baseline or '"api": "2026-04"' in finding.doubt.baseline:
        return "which forgets what has ended: it may have been accepted (and billed)"
    return "which may be late: it may have been accepted (and billed)"


def ask_again(command: Sequence[str]) -> str:
    """The command that a request came from, to be typed again."""
    text = shlex.join(command)
    plain = command[:1] == ("inference",) and "  " not in text and text.isprintable() and "sha256:" not in text
    return f"Ask again:  {text}" if plain else "Ask again with the same command"


def in_words(row: "Generation") -> str:
    """A generation in one line, with its whole id."""
    return "  ".join(filter(None, (row.generation_id, row.model, row.status, row.prompt)))
