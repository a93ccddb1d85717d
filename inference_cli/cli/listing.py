"""What the queue commands show: rows of the server, rows of the journal, and what a cancellation did."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.cli.speaking import require
from inference_cli.errors import UsageError, gravest

if TYPE_CHECKING:
    from inference_cli.api.records import Generation
    from inference_cli.cli.session import Session
    from inference_cli.errors import InferenceError
    from inference_cli.jobs.inspect import Inspected
    from inference_cli.jobs.journal import Journal
    from inference_cli.jobs.kept import Kept
    from inference_cli.terminal.tables import Column

_DAY = 86400.0  # seconds that a generation lives on the server (contract, "The queue")


def show_remote(session: "Session", model: str | None, filters: Mapping[str, str | None], limit: int) -> None:
    """The queue as the server lists it.

    Raises:
        UsageError: the 2026-04 API lists by model, and neither a flag nor the journal names one.
    """
    rows = _listed(session, model, filters)[:limit]
    if session.output.wants_document:
        from inference_cli.terminal.documents import list_document

        session.output.document(list_document([row.raw for row in rows]))
        return
    _show_rows(session, rows)
    now = session.clock.now()
    warn_of_unknown(session, since=now - _DAY)
    if rows:
        return
    if session.client.dialect.queue_filters:
        session.output.note("  Nothing is queued or running. What ended:  inference queue list --status succeeded")
    else:
        api = session.client.dialect.name
        session.output.note(
            f"  Nothing is there; the {api} API lists what runs only. What ended:  inference queue list --local"
        )


def _show_rows(session: "Session", rows: "Sequence[Generation]") -> None:
    """A row each; what will be gone some day has a further column, by the server's clock (faults C27, C28)."""
    from inference_cli.api.dates import server_now
    from inference_cli.jobs.expiry import expires
    from inference_cli.terminal.tables import Column

    now, dialect = server_now(session.client), session.client.dialect
    ends = [expires(row, dialect) for row in rows]
    if not any(ends):
        session.output.table(_columns(), [_row(session, row, now) for row in rows])
        return
    columns = [*_columns(), Column("expires")]
    table = [(*_row(session, row, now), _left(now, end)) for row, end in zip(rows, ends, strict=True)]
    session.output.table(columns, table)


def _left(now: float, end: float | None) -> str | None:
    """How long a result can still be fetched."""
    from inference_cli.terminal.numbers import age_in_words

    if end is None:
        return None
    return f"in {age_in_words(end - now)}" if end > now else "expired"


def _listed(session: "Session", model: str | None, filters: Mapping[str, str | None]) -> "list[Generation]":
    require(session, "queue.list")
    client = session.client
    if client.dialect.queue_filters or model is not None:
        return list(client.queue.list(model=model, **filters))
    pairs = {(kept.namespace, kept.model) for kept in session.journal.pending() if kept.model}
    if not pairs:
        raise UsageError(
            f"the {client.dialect.name} API lists the queue of one model at a time, and nothing is pending here",
            hint="Name one:  inference queue list -m MODEL",
        )
    named = filters.get("namespace")
    found = {
        row.generation_id: row
        for namespace, asked in sorted(pairs, key=str)
        for row in client.queue.list(model=asked, **{**filters, "namespace": named or namespace})
    }
    return list(found.values())


def show_local(session: "Session", limit: int) -> None:
    """What this machine's journal knows, newest first; nobody is asked."""
    journal = session.local_journal
    kept = journal.recent(limit)
    if session.output.wants_document:
        from inference_cli.terminal.documents import list_document

        session.output.document(list_document([_as_json(row) for row in kept]))
        return
    from inference_cli.terminal.tables import Column

    now = session.clock.now()
    session.output.table(
        [*_columns(), Column("file")],
        [(_id(session, row.id), row.model, row.state, _age(now, row.accepted), row.prompt, row.path) for row in kept],
    )
    warn_of_unknown(session, journal)


def warn_of_unknown(session: "Session", journal: "Journal | None" = None, *, since: float = 0.0) -> None:
    """Name the requests whose outcome nobody knows: what they made is in no list under their name."""
    journal = journal or session.journal
    journal.settle()
    for outcome in journal.unsettled(since=since):
        what = f"a request to {outcome.model} (“{outcome.prompt or 'no prompt'}”)"
        session.output.warn(f"the outcome of {what} is not known: {outcome.error}")


def show_each(session: "Session", ids: Sequence[str]) -> None:
    """Generations as the server knows them, with their files as this machine does."""
    from inference_cli.jobs.inspect import inspect
    from inference_cli.jobs.tracked import tracked_from_journal

    require(session, "queue.get")
    found = [inspect(session.client, session.journal, one) for one in tracked_from_journal(session.journal, ids)]
    if session.output.wants_document:
        from inference_cli.terminal.documents import media_document

        models = {row.model for row in found}
        document = media_document(
            model=models.pop() if len(models) == 1 else None,
            cost=None,
            estimated_cost=None,
            results=[row.result for row in found],
        )
        session.output.document(document)
        return
    for row in found:
        session.output.table(["field", "value"], _facts(session, row))


def _facts(session: "Session", found: "Inspected") -> list[tuple[str, object]]:
    from inference_cli.api.dates import server_now
    from inference_cli.jobs.endings import masked
    from inference_cli.terminal.numbers import money_in_words

    row, result, now = found.row, found.result, session.clock.now()
    now = server_now(session.client) if row else now
    state = result.status if row or found.direct else f"{result.status} (the server does not know it any more)"
    facts: list[tuple[str, object]] = [
        ("id", found.tracked.id),
        ("model", found.model),
        ("state", state),
        ("what", found.prompt),
        ("age", _age(now, row.enqueued_at if row else now - found.tracked.age)),
        ("cost", None if result.cost is None else money_in_words(result.cost, exact=True)),
        ("error", masked(row.error_message) if row and row.error_message else None),
        ("file", result.path),
    ]
    return [(name, value) for name, value in facts if value is not None]


def cancel_each(session: "Session", ids: Sequence[str]) -> None:
    """Cancel generations one by one; say what became of each.

    Raises:
        InferenceError: the gravest of what went wrong.
    """
    from inference_cli.jobs.cancel import cancel
    from inference_cli.jobs.tracked import tracked_from_journal

    require(session, "queue.cancel")
    errors: list[InferenceError] = []
    results = []
    for one in tracked_from_journal(session.journal, ids):
        outcome = cancel(session.client, session.journal, one)
        results.append(outcome.result)
        if outcome.error is not None:
            errors.append(outcome.error)
        elif not session.output.wants_document:
            session.output.result(f"{one.id}\t{outcome.result.status}")
            if outcome.note:
                session.output.note(f"  {outcome.note}")
    worst = session.addressed(gravest(errors)) if errors else None
    if session.output.wants_document:
        from inference_cli.terminal.documents import media_document

        session.output.document(
            media_document(model=None, cost=None, estimated_cost=None, results=results, error=worst)
        )
    if worst is not None:
        raise worst


def _columns() -> "list[Column]":
    from inference_cli.terminal.tables import Column

    return [Column("id"), Column("model"), Column("state", state=True), Column("age"), Column("what", shrink=True)]


def _row(session: "Session", row: "Generation", now: float) -> tuple[object, ...]:
    return (_id(session, row.generation_id), row.model, row.status, _age(now, row.enqueued_at), row.prompt)


def _id(session: "Session", identity: str) -> str:
    """Short where a person reads it, whole in a pipe."""
    from inference_cli.jobs.naming import short

    return short(identity) if session.world.streams.stdout_is_terminal else identity


def _age(now: float, then: float | None) -> str | None:
    from inference_cli.terminal.numbers import age_in_words

    return None if then is None else age_in_words(now - then)


def _as_json(row: "Kept") -> dict[str, Any]:
    return {
        "generation_id": row.id,
        "model": row.model,
        "namespace": row.namespace,
        "prompt": row.prompt,
        "seed": row.seed,
        "tag": row.tag,
        "state": row.state,
        "status": row.status,
        "accepted_at": row.accepted,
        "path": row.path,
        "bytes": row.size,
        "sha256": row.sha256,
        "error": row.error,
    }
