"""`logs delete`: which conversations go, and the consent of whoever they belong to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inference_cli.errors import SpendingError, UsageError

if TYPE_CHECKING:
    from inference_cli.cli.session import Session


def named(session: "Session", names: Sequence[str], older_than: str | None, *, everything: bool) -> tuple[str, ...]:
    """The whole ids of what the command line names.

    Raises:
        UsageError: it names nothing, or in two ways; a prefix fits several; a moment is none.
        NotFoundError: there is no such conversation.
        LocalError: the log cannot be read.
    """
    from inference_cli.cli.quantities import moment
    from inference_cli.conversation.shelf import Chosen, listed

    if (bool(names), everything, older_than is not None).count(True) != 1:
        raise UsageError("name conversations, or give one of --all and --older-than", hint="Nothing was deleted.")
    if names:
        return tuple(dict.fromkeys(session.log.find(name) for name in names))
    idle = None if older_than is None else moment(older_than, now=session.clock.now(), zone=session.zone)
    return tuple(row.id for row in listed(session.log, Chosen(idle_since=idle)))


def delete(session: "Session", ids: Sequence[str], *, yes: bool) -> None:
    """Delete them; a person is asked first.

    Raises:
        SpendingError: nobody agreed.
        LocalError: the log cannot be written.
    """
    from inference_cli.conversation.removal import Removed, remove

    output = session.output
    if ids and not yes:
        _agree(session, len(ids))
    removed = remove(session.log, ids) if ids else Removed((), 0, 0)
    if output.wants_document:
        from inference_cli.terminal.documents import list_document

        output.document(list_document([{"conversation_id": one, "deleted": True} for one in removed.ids]))
    elif not output.streams.stdout_is_terminal:
        output.table([], [(one, "deleted") for one in removed.ids])
    files = f" and {_count(removed.attachments, 'attachment')}" if removed.attachments else ""
    gone = f"{_count(len(removed.ids), 'conversation')}{files}"
    output.note(f"  Deleted {gone}." if removed.ids else "  Nothing to delete.")


def _agree(session: "Session", count: int) -> None:
    if not session.output.can_ask:
        raise SpendingError(
            f"deleting {_count(count, 'conversation')} needs consent",
            hint="Nothing was deleted.  Agree in advance with -y",
        )
    if not session.output.ask(f"Delete {_count(count, 'conversation')}? What was said cannot be brought back."):
        raise SpendingError("not agreed to", hint="Nothing was deleted.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
