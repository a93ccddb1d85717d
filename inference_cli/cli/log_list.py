"""What `logs list` and `logs search` show."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.conversation.log_records import Found, Logged
    from inference_cli.conversation.shelf import Chosen

_SHORT = 8  # characters of an id that a person sees


def chosen(session: "Session", since: str | None, until: str | None, model: str | None) -> "Chosen":
    """Which conversations the flags name.

    Raises:
        UsageError: a moment is none, or nothing can be between the two.
    """
    from inference_cli.cli.quantities import moment
    from inference_cli.conversation.shelf import Chosen

    now, zone = session.clock.now(), session.zone
    start = None if since is None else moment(since, now=now, zone=zone)
    end = None if until is None else moment(until, now=now, zone=zone, end=True)
    if start is not None and end is not None and start >= end:
        raise UsageError(f"--since {since} is not before --until {until}")
    return Chosen(start, end, None if model is None else session.settings.alias(model))


def show(session: "Session", which: "Chosen", limit: int | None) -> None:
    """Conversations, newest first.

    Raises:
        LocalError: the log cannot be read.
    """
    from inference_cli.conversation.shelf import Chosen, listed

    found = listed(session.log, which, None if limit is None else limit + 1)
    rows = found[:limit]
    more = len(found) > len(rows)
    if session.output.wants_document:
        from inference_cli.terminal.conversations import list_document

        session.output.document(list_document(rows, complete=not more))
        return
    _show_rows(session, rows)
    if more:
        session.output.note(f"  The newest {len(rows):,}. All of them:  inference logs list --all")
    if not rows:
        nothing = "  No conversation fits. All of them:  inference logs list"
        session.output.note(nothing if which != Chosen() else '  No conversation yet. Begin one:  inference chat "…"')


def _show_rows(session: "Session", rows: "Sequence[Logged]") -> None:
    from inference_cli.cli.recalling import plain
    from inference_cli.conversation.export import iso

    if not session.world.streams.stdout_is_terminal:
        cells = [
            (row.id, ",".join(row.models), _state(row), iso(row.latest), plain(row.cost), row.first, row.turns)
            for row in rows
        ]
        session.output.table([], cells)
        return
    from inference_cli.terminal.numbers import age_in_words, money_in_words
    from inference_cli.terminal.tables import Column

    incomplete, now = any(not row.complete for row in rows), session.clock.now()
    columns = [Column("id"), Column("model"), *([Column("state", dim=True)] if incomplete else []), Column("age")]
    columns += [Column("turns", align="right"), Column("cost", align="right"), Column("what", shrink=True)]
    table: list[tuple[object, ...]] = []
    for row in rows:
        model = row.models[-1] + (f" +{len(row.models) - 1}" if len(row.models) > 1 else "")
        cost = None if row.cost is None else money_in_words(row.cost, exact=True)
        state = (_state(row),) if incomplete else ()
        age = age_in_words(now - row.latest)
        table.append((short(row.id), model, *state, age, row.turns, cost, row.first.strip()))
    session.output.table(columns, table)


def search(session: "Session", words: Sequence[str], since: str | None, limit: int | None) -> None:
    """Conversations in which it was said.

    Raises:
        UsageError: nothing is looked for.
        LocalError: the log cannot be read.
    """
    from inference_cli.conversation.search import search as find

    text = " ".join(_as_typed(word) for word in words)
    start = chosen(session, since, None, None).since
    found = find(
        session.log,
        text,
        since=start,
        limit=None if limit is None else limit + 1,
        note=lambda text: session.output.note(f"  {text}"),
    )
    rows = found[:limit]
    if session.output.wants_document:
        from inference_cli.terminal.conversations import found_document

        session.output.document(found_document(rows))
    else:
        _show_found(session, rows)
    if len(found) > len(rows):
        session.output.note(f"  The newest {len(rows):,} of more; all of them with --all.")


def _as_typed(word: str) -> str:
    """The shell took the quotes of a phrase away."""
    return f'"{word}"' if len(word.split()) > 1 and '"' not in word else word


def _show_found(session: "Session", rows: "Sequence[Found]") -> None:
    from inference_cli.conversation.export import iso

    if not session.world.streams.stdout_is_terminal:
        cells = [(row.id, row.model, row.role, iso(row.at), row.matches, row.snippet) for row in rows]
        session.output.table([], cells)
    else:
        from inference_cli.terminal.numbers import age_in_words
        from inference_cli.terminal.tables import Column

        now = session.clock.now()
        columns = [Column("id"), Column("age"), Column("who"), Column("what", shrink=True)]
        table = [(short(row.id), age_in_words(now - row.at), row.role, row.snippet) for row in rows]
        session.output.table(columns, table)
    if not rows:
        session.output.note("  Nothing found.")


def short(identity: str) -> str:
    """An id as a person reads it."""
    return identity[:_SHORT]


def _state(row: "Logged") -> str:
    return "complete" if row.complete else "incomplete"
