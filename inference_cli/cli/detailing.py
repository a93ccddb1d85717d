"""What `history show` says: everything that the server and this machine know of a generation."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from inference_cli.cli.speaking import require
from inference_cli.errors import InferenceError, NotFoundError

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.cli.session import Session
    from inference_cli.jobs.inspect import Inspected
    from inference_cli.jobs.ledger import Asked
    from inference_cli.jobs.past import Past

_WHOLE = 36  # characters of a UUID: what has as many is no beginning of one


def show_each(session: "Session", ids: Sequence[str]) -> None:
    """Everything that server and journal know of generations.

    Raises:
        NotFoundError: nobody knows one.
        InferenceError: the server did not answer.
    """
    from inference_cli.jobs.inspect import inspect
    from inference_cli.jobs.tracked import tracked_from_journal

    require(session, "queue.get")
    whole = [_whole(session, identity) for identity in ids]
    found = [inspect(session.client, session.journal, one) for one in tracked_from_journal(session.journal, whole)]
    known = session.ledger.known(one.tracked.id for one in found)
    pasts, asked = [], []
    for one in found:
        past, said = _everything(session, one, known)
        pasts.append(past)
        asked.append(said)
    charged = [(past.id, past.cost) for past in pasts if past.cost is not None and past.kept]
    if charged:
        with suppress(InferenceError):  # looking works with a journal that cannot be written, too
            session.journal.charged(charged)
    if session.output.wants_document:
        from inference_cli.terminal.documents import history_document

        session.output.document(history_document(pasts, complete=True, asked=asked))
        return
    for one, past, said in zip(found, pasts, asked, strict=True):
        session.output.table(["field", "value"], list(_facts(session, one, past, said)))


def _whole(session: "Session", identity: str) -> str:
    """The id that a beginning means; what the journal does not know is looked for in the server's history."""
    try:
        return session.journal.find(identity)
    except NotFoundError:
        if identity == "last" or not session.client.dialect.has_history:
            raise
        from inference_cli.api.records import is_valid_id
        from inference_cli.jobs.history import find_id

        begins = len(identity) < _WHOLE and is_valid_id(identity)
        return (find_id(session.client, identity) if begins else None) or identity


def _everything(session: "Session", found: "Inspected", known: Mapping[str, Any]) -> "tuple[Past, Asked]":
    from inference_cli.jobs.ledger import Asked
    from inference_cli.jobs.past import Past

    kept = known.get(found.tracked.id)
    said = session.ledger.asked(kept) if kept else Asked()
    if found.row is not None:
        return Past.of_server(found.row, kept), Asked(found.row.parameters or said.parameters, said.command)
    assert kept is not None, "what the server does not know, the journal does"
    return Past.of_journal(kept), said


def _facts(session: "Session", found: "Inspected", past: "Past", asked: "Asked") -> Iterator[tuple[str, object]]:
    from inference_cli.jobs.endings import masked
    from inference_cli.terminal.numbers import bytes_in_words

    kept, row = past.kept, found.row
    state = past.status if row or found.direct else f"{past.status} (the server does not know it any more)"
    error = (row.error_message if row else None) or (kept.error if kept else None)
    pairs: list[tuple[str, object]] = [
        ("id", past.id),
        ("model", past.model),
        ("makes", past.media_type),
        ("state", state),
        ("error", masked(error) if error else None),
        ("tag", past.tag),
        *_times(session, found, past),
        *_costs(past),
        *((f"-p {name}", _value(value)) for name, value in asked.parameters.items() if name != "model"),
        *_places(past),
        ("command", " ".join(_quoted(word) for word in asked.command) if asked.command else None),
        ("file", past.file),
        ("size", bytes_in_words(kept.size) if kept and kept.size is not None and past.file else None),
        ("sha256", kept.sha256 if kept and past.file else None),
    ]
    return ((name, value) for name, value in pairs if value is not None)


def _times(session: "Session", found: "Inspected", past: "Past") -> Iterator[tuple[str, object]]:
    from inference_cli.moments import local_time
    from inference_cli.terminal.numbers import age_in_words, duration_in_words

    when = None if past.at is None else local_time(past.at, session.zone)
    if when is not None and past.at is not None:
        yield "asked", f"{when:%Y-%m-%d %H:%M:%S} ({age_in_words(session.clock.now() - past.at)} ago)"
    row = found.row
    if row is None:
        return
    if row.enqueued_at is not None and row.started_at is not None:
        yield "waited", duration_in_words(row.started_at - row.enqueued_at)
    if row.started_at is not None and row.completed_at is not None:
        yield "took", duration_in_words(row.completed_at - row.started_at)


def _costs(past: "Past") -> Iterator[tuple[str, object]]:
    from inference_cli.terminal.numbers import money_in_words

    if past.cost is not None:
        yield "cost", money_in_words(past.cost, exact=True)
    if past.estimate is not None:
        beside = "" if past.difference is None else f" ({in_difference(past.difference)})"
        yield "estimated", f"{money_in_words(past.estimate)}{beside}"


def in_difference(amount: "Decimal") -> str:
    """How a cost differs from what was expected, in words."""
    from inference_cli.money.amounts import dollars

    if round(amount, 8) == 0:
        return "as charged"
    return f"{dollars(abs(amount))} {'more' if amount > 0 else 'less'} was charged"


def _places(past: "Past") -> Iterator[tuple[str, object]]:
    for name in ("namespace", "repo", "directory"):
        value = past.raw.get(f"target_{name}")
        yield {"directory": "folder"}.get(name, name), value if isinstance(value, str) else None
    owner = past.raw.get("username")
    yield "user", owner if isinstance(owner, str) else None


def _value(value: Any) -> str:
    from inference_cli.jobs.endings import masked
    from inference_cli.media.dataurl import shortened

    short = shortened(value)
    return masked(short if isinstance(short, str) else json.dumps(short, ensure_ascii=False))


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(word)
