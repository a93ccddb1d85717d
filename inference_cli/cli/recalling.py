"""What the history commands show of single generations: the list, and everything about one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from inference_cli.cli.speaking import require
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.cli.session import Session
    from inference_cli.jobs.history import Newest, Sources
    from inference_cli.jobs.ledger import Wanted
    from inference_cli.jobs.past import Past

USUAL = 50  # rows
_AT_ONCE = 500  # rows of a long list that are written together
_DAY = 86400.0  # seconds
_COUNTED = 1000  # direct generations, beyond which it does not matter how many there are


def wanted(
    session: "Session",
    since: str | None,
    until: str | None,
    filters: Mapping[str, str | None],
    *,
    midnight: bool = False,
) -> "Wanted":
    """Which generations the flags name.

    Args:
        session: the run.
        since: as typed.
        until: as typed.
        filters: the other ones, by the names of ``Wanted``.
        midnight: so many days ago mean the beginning of that day.

    Raises:
        UsageError: a moment is none, nothing can be between the two, or the tag is none.
    """
    from inference_cli.cli.quantities import moment
    from inference_cli.jobs.ledger import Wanted

    now, zone = session.clock.now(), session.zone
    start = None if since is None else moment(since, now=now, zone=zone, midnight=midnight)
    end = None if until is None else moment(until, now=now, zone=zone, end=True)
    if start is not None and end is not None and start >= end:
        raise UsageError(f"--since {since} is not before --until {until}")
    named = {name: None if value is None else str(value) for name, value in filters.items()}
    if named.get("model"):
        named["model"] = session.settings.alias(named["model"] or "")
    if named.get("tag") is not None:
        named["tag"] = session.settings.tag(named["tag"])
    return Wanted(since=start, until=end, **named)


def limit_of(limit: int | None, *, everything: bool) -> int | None:
    """How many rows are shown at most; None for all.

    Raises:
        UsageError: the two flags contradict each other.
    """
    if everything and limit is not None:
        raise UsageError("--limit and --all exclude each other")
    return None if everything else limit or USUAL


def is_local(session: "Session", *, local: bool) -> bool:
    """Whether this machine's journal is all there is to ask, said once where nobody asked for that."""
    if local:
        return True
    require(session, "generations.list")
    dialect = session.client.dialect
    if not dialect.has_history:
        session.output.note(
            f"  the {dialect.name} API has no history: this is what this machine asked for, with its own estimates"
        )
    return not dialect.has_history


def sources(session: "Session") -> "Sources":
    """The server and this machine."""
    from inference_cli.jobs.history import Sources

    return Sources(session.client, session.journal, session.ledger, session.output.note)


def show_list(session: "Session", wanted: "Wanted", limit: int | None, *, local: bool) -> None:
    """Past generations, newest first.

    Raises:
        InferenceError: the server did not answer, or the journal cannot be read.
    """
    from inference_cli.cli.listing import warn_of_unknown

    if is_local(session, local=local):
        _show_local(session, wanted, limit)
        warn_of_unknown(session, since=wanted.since or 0.0)
        return
    from inference_cli.jobs.history import Reading

    reading = Reading(sources(session), wanted, whole=session.output.wants_document)
    found = reading.newest(limit) if wanted.tag is None else reading.tagged(limit)
    if session.output.wants_document:
        _show_document(session, found.rows, complete=not (found.more or found.cut))
    else:
        _show_rows(session, found.rows, tags=wanted.tag is None)
        _remark(session, found)
    remark_on_reading(session, cut=found.cut, undated=reading.undated)
    if wanted.tag is None:
        _remark_on_direct(session, wanted, found)
    warn_of_unknown(session, since=max(wanted.since or 0.0, session.clock.now() - _DAY))


def _remark_on_direct(session: "Session", wanted: "Wanted", found: "Newest") -> None:
    """Whether the server lists direct generations is not documented: say where those of this machine are."""
    oldest = found.rows[-1].at if found.more and found.rows else None
    since = oldest if oldest is not None else wanted.since
    count = session.ledger.count(replace(wanted, since=since), direct=True, most=_COUNTED + 1)
    if count:
        many = f"{count:,}" if count <= _COUNTED else f"more than {_COUNTED:,}"
        session.output.note(
            f"  {many} made directly here, which the server may list by other ids:  inference history list --local"
        )


def _show_local(session: "Session", wanted: "Wanted", limit: int | None) -> None:
    from inference_cli.jobs.history import Newest
    from inference_cli.jobs.past import Past

    kept = session.ledger.walk(wanted, limit=-1 if limit is None else limit + 1)
    pasts = map(Past.of_journal, kept)
    if limit is None and not session.output.wants_document and not session.world.streams.stdout_is_terminal:
        _show_rows(session, pasts)
        return
    rows = tuple(islice(pasts, limit))
    more = next(pasts, None) is not None
    if session.output.wants_document:
        _show_document(session, rows, complete=not more)
        return
    _show_rows(session, rows, tags=wanted.tag is None)
    _remark(session, Newest(rows, more))


def _show_document(session: "Session", rows: "Sequence[Past]", *, complete: bool) -> None:
    from inference_cli.terminal.documents import history_document

    session.output.document(history_document(rows, complete=complete))


def _show_rows(session: "Session", pasts: "Iterable[Past]", *, tags: bool = True) -> None:
    """A table on a terminal; in a pipe lines as they come, with whole ids and times that programs can read.

    Args:
        session: the run.
        pasts: the rows.
        tags: whether the table says which labels they have.
    """
    if not session.world.streams.stdout_is_terminal:
        rows = iter(pasts)
        while some := tuple(islice(rows, _AT_ONCE)):
            session.output.table([], [_cells(past) for past in some])
        return
    from inference_cli.jobs.naming import short
    from inference_cli.terminal.numbers import age_in_words
    from inference_cli.terminal.tables import Column

    shown, now = tuple(pasts), session.clock.now()
    labels, files = tags and any(past.tag for past in shown), [_nearby(session, past.file) for past in shown]
    columns = [Column("id"), Column("model"), Column("state", state=True), Column("age"), Column("cost", align="right")]
    columns += [Column("what", shrink=True)]
    columns += [*([Column("tag")] if labels else []), *([Column("file")] if any(files) else [])]
    table: list[tuple[object, ...]] = []
    for past, file in zip(shown, files, strict=True):
        age = None if past.at is None else age_in_words(now - past.at)
        row: tuple[object, ...] = (short(past.id), past.model, past.status, age, _cost_in_words(past), past.prompt)
        table.append((*row, *([past.tag] if labels else []), *([file] if any(files) else [])))
    session.output.table(columns, table)


def _cells(past: "Past") -> tuple[object, ...]:
    when, costs = _iso(past.at), (plain(past.cost), plain(past.estimate))
    return (past.id, past.model, past.status, when, costs[0], past.prompt, past.file, past.tag, costs[1])


def plain(amount: "Decimal | None") -> str | None:
    """Money for a program to read: dollars without a sign, to a hundred-millionth."""
    if amount is None:
        return None
    return f"{round(amount, 8).normalize():f}"


def _cost_in_words(past: "Past") -> str | None:
    from inference_cli.jobs.past import NOT_CHARGED
    from inference_cli.terminal.numbers import money_in_words

    if past.cost is not None:
        return money_in_words(past.cost, exact=True)
    if past.estimate is None or past.state in NOT_CHARGED:
        return None
    return f"about {money_in_words(past.estimate)}"


def _nearby(session: "Session", file: Path | None) -> str | None:
    """A path as somebody in the working folder would type it."""
    if file is None:
        return None
    cwd = session.world.cwd.absolute()
    return str(file.relative_to(cwd) if file.is_relative_to(cwd) else file)


def _iso(moment: float | None) -> str | None:
    from inference_cli.moments import local_time

    when = None if moment is None else local_time(moment, UTC)
    return None if when is None else when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _remark(session: "Session", found: "Newest") -> None:
    """What a reader of the list should know about what is not in it."""
    if not found.rows:
        session.output.note("  Nothing fits." + ("" if found.cut else "  Look further back:  inference history list"))
    if found.more:
        of = f" of {found.total:,}" if found.total is not None else ""
        session.output.note(f"  The newest {len(found.rows):,}{of}. All of them:  inference history list --all")


def remark_on_reading(session: "Session", *, cut: bool, undated: int) -> None:
    """Say where the server's list was not read, or could not be used, whole."""
    if cut:
        session.output.warn("the server lists without end: only its first million rows or so were read")
    if undated:
        many = f"{undated:,} generations have" if undated > 1 else "1 generation has"
        session.output.warn(f"{many} no time in the server's list, and cannot be placed in one: left out")
