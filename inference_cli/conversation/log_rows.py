"""The rows of a turn: its messages, what is attached to them, its calls."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.api.redaction import Redactor
from inference_cli.conversation.keeping import Keeping, words_of

if TYPE_CHECKING:
    from inference_cli.conversation.attachments import Attachment
    from inference_cli.conversation.outcome import Outcome


def insert_conversation(connection: sqlite3.Connection, row: Sequence[object]) -> None:
    """A row: id, origin, Unix second, model, what the model is told first, template, group."""
    connection.execute(
        "INSERT INTO conversations (id, origin, created, model, system, template, group_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    )


def insert_turn(
    connection: sqlite3.Connection,
    row: Sequence[object],
    messages: Sequence[Mapping[str, Any]],
    attachments: "Sequence[Attachment]",
    keeping: Keeping,
    redactor: Redactor,
) -> int:
    """A turn (conversation, Unix second, model, parameters) with its messages and what is attached; its number."""
    inserted = connection.execute("INSERT INTO turns (conversation, asked, model, parameters) VALUES (?, ?, ?, ?)", row)
    turn = inserted.lastrowid or 0
    insert_messages(connection, turn, messages, keeping)
    insert_attachments(connection, turn, keeping, attachments, redactor)
    return turn


def insert_messages(
    connection: sqlite3.Connection, turn: int, messages: Sequence[Mapping[str, Any]], keeping: Keeping
) -> None:
    """A row for each message, with its words for the search."""
    for message in messages:
        kept = keeping.value(message)
        row = (turn, str(kept.get("role", "")), words_of(kept), written(kept))
        connection.execute("INSERT INTO messages (turn, role, text, body) VALUES (?, ?, ?, ?)", row)


def insert_attachments(
    connection: sqlite3.Connection,
    turn: int,
    keeping: Keeping,
    attachments: "Sequence[Attachment]",
    redactor: Redactor,
) -> None:
    """A row for everything attached, and for every content that was taken out of a message."""
    rows: list[tuple[object, ...]] = [
        (turn, one.sha256, one.kind, one.mime, one.name, one.size, redactor.kept(encodable(one.source)))
        for one in attachments
    ]
    known = connection.execute("SELECT sha256 FROM attachments WHERE turn = ?", (turn,))
    named = {one.sha256 for one in attachments} | {digest for (digest,) in known}
    rows += [
        (turn, digest, mime.partition("/")[0] or "file", mime, digest[:8], size, None)
        for digest, (mime, size) in keeping.found.items()
        if digest not in named
    ]
    connection.executemany(
        "INSERT INTO attachments (turn, sha256, kind, mime, name, size, source) VALUES (?, ?, ?, ?, ?, ?, ?)", rows
    )


def calls_of(outcome: "Outcome") -> list[dict[str, Any]]:
    """The calls of tools, as JSON has them."""
    return [
        {
            "id": record.call.id,
            "name": record.call.name,
            "arguments": record.call.arguments,
            "result": record.result,
            "failed": record.failed,
            "approved": record.approved,
            "seconds": record.seconds,
        }
        for record in outcome.calls
    ]


def written(value: Any) -> str:
    """JSON in ASCII: a lone surrogate comes back as it was."""
    return json.dumps(value, ensure_ascii=True, default=str)


def encodable(text: str) -> str:
    """Text that SQLite takes."""
    return text.encode("utf-8", "backslashreplace").decode()
