"""The log of conversations: each question before it is sent, each answer as far as it came, kept on this machine.

Conversations of one origin are seen together, so that those of the sandbox never mix with paid ones. Several processes
may write at once, also to one conversation.
"""

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from inference_cli.conversation.blobs import Blobs
from inference_cli.conversation.log_file import LogFile
from inference_cli.conversation.stored import restored, stored, words_of
from inference_cli.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from inference_cli.clock import Clock
    from inference_cli.conversation.attachments import Attachment
    from inference_cli.conversation.outcome import Outcome

_BYTES = 8  # of an id, random


class Log:
    """The log of one origin, as a context.

    Args:
        path: the SQLite file.
        attachments: the folder for what is attached.
        origin: whose conversations are seen and written.
        clock: for the times in the rows.
    """

    def __init__(self, path: Path, *, attachments: Path, origin: str, clock: "Clock") -> None:
        self.file = LogFile(path, now=clock.now)
        self.blobs = Blobs(attachments)
        self.origin = origin
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; using the log again opens it again."""
        self.file.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should be told about the file itself."""
        return tuple(self.file.notes)

    # ----------------------------------------------------------------------------------------- writing

    def begin(self, *, model: str, template: str | None = None) -> str:
        """Begin a conversation.

        Returns:
            Its id.

        Raises:
            LocalError: the log cannot be written.
        """
        identity = os.urandom(_BYTES).hex()
        row = (identity, self.origin, self._clock.now(), model, template)
        self.file.write(
            lambda db: db.execute(
                "INSERT INTO conversations (id, origin, created, model, template) VALUES (?, ?, ?, ?, ?)", row
            )
        )
        return identity

    def asked(
        self,
        conversation: str,
        *,
        model: str,
        messages: Sequence[Mapping[str, Any]],
        parameters: Mapping[str, Any],
        attachments: "Sequence[Attachment]" = (),
    ) -> int:
        """Keep a question before it is sent.

        Args:
            conversation: its id.
            model: the id that is asked.
            messages: those that are new in this turn.
            parameters: what else is in the request.
            attachments: what goes with it.

        Returns:
            The number of the turn.

        Raises:
            LocalError: the log cannot be written; nothing may be sent.
        """
        kept = _json(stored(messages, self.blobs))
        settings = _json(stored([parameters], self.blobs)[0])
        now, words = self._clock.now(), _text(words_of(messages))
        sources = [_source(one) for one in attachments]

        def write(db: sqlite3.Connection) -> int:
            cursor = db.execute(
                "INSERT INTO turns (conversation, asked, model, question, messages, parameters) VALUES"
                " ((SELECT number FROM conversations WHERE id = ? AND origin = ?), ?, ?, ?, ?, ?)",
                (conversation, self.origin, now, model, words, kept, settings),
            )
            number = int(cursor.lastrowid or 0)
            db.executemany(
                "INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(number, n, *source) for n, source in enumerate(sources)],
            )
            return number

        return self.file.write(write)

    def answered(self, turn: int, outcome: "Outcome", *, cost: Decimal | None, error: str | None) -> None:
        """Keep what came of a question, whole or not.

        Raises:
            LocalError: the log cannot be written.
        """
        calls = [
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
        row = (
            _text(outcome.text),
            _text(outcome.reasoning),
            _json(stored(outcome.new_messages, self.blobs)),
            _json(calls),
            None if outcome.usage is None else _json(outcome.usage.raw),
            None if cost is None else f"{cost:f}",
            outcome.finish_reason,
            None if error is None else _text(error),
            outcome.seconds,
            self._clock.now(),
            outcome.complete,
            turn,
        )
        self.file.write(
            lambda db: db.execute(
                "UPDATE turns SET answer = ?, reasoning = ?, new_messages = ?, calls = ?, usage = ?, cost = ?,"
                " finish_reason = ?, error = ?, seconds = ?, ended = ?, complete = ? WHERE number = ?",
                row,
            )
        )

    # ----------------------------------------------------------------------------------------- reading

    def history(self, conversation: str) -> tuple[dict[str, Any], ...]:
        """The messages of a conversation, to be sent again before the next question.

        A question that got no answer is left out; an answer that was cut stands as far as it came. What the model was
        told first comes first, in its last wording.

        Raises:
            LocalError: the log cannot be read.
        """
        query = (
            "SELECT t.messages, t.new_messages FROM turns t JOIN conversations c ON c.number = t.conversation"
            " WHERE c.id = ? AND c.origin = ? ORDER BY t.number"
        )
        rows = self.file.read(lambda db: db.execute(query, (conversation, self.origin)).fetchall())
        system: dict[str, Any] | None = None
        said: list[dict[str, Any]] = []
        for asked, answered in rows:
            messages, more = json.loads(asked), json.loads(answered)
            system = next((one for one in reversed(messages) if one.get("role") == "system"), system)
            if more:
                said += [*(one for one in messages if one.get("role") != "system"), *more]
        messages, missing = restored([*([system] if system else []), *said], self.blobs)
        if missing:
            self.file.notes.append(f"{missing} attachments of this conversation are not there any more")
        return tuple(messages)

    def find(self, wanted: str) -> str:
        """The id that a beginning of one means; ``last`` is the newest.

        Raises:
            NotFoundError: there is none.
            UsageError: there are several.
        """
        see = "See:  inference logs list"
        if wanted == "last":
            found = self._ids("1", (), 1)
            if not found:
                raise NotFoundError("there is no conversation yet", hint='Begin one:  inference chat "…"')
            return found[0]
        found = self._ids("substr(c.id, 1, ?) = ?", (len(wanted), wanted), 5) if wanted else []
        if not found:
            raise NotFoundError(f"no conversation begins with '{wanted}'", hint=see)
        if len(found) > 1:
            raise UsageError(f"'{wanted}' fits more than one conversation", details=found, hint=see)
        return found[0]

    def model_of(self, conversation: str) -> str:
        """The model that was asked last."""
        query = (
            "SELECT t.model FROM turns t JOIN conversations c ON c.number = t.conversation"
            " WHERE c.id = ? AND c.origin = ? ORDER BY t.number DESC LIMIT 1"
        )
        row = self.file.read(lambda db: db.execute(query, (conversation, self.origin)).fetchone())
        if row is None:
            raise NotFoundError(f"nothing was asked in {conversation} yet", hint="See:  inference logs list")
        return str(row[0])

    def _ids(self, where: str, values: tuple[object, ...], limit: int) -> list[str]:
        """Conversations, the one with the newest turn first."""
        if not self.file.exists:
            return []
        query = (
            f"SELECT c.id FROM conversations c JOIN turns t ON t.conversation = c.number WHERE c.origin = ? AND {where}"  # noqa: S608 - our own words
            " GROUP BY c.number ORDER BY max(t.number) DESC LIMIT ?"
        )
        return self.file.read(lambda db: [row[0] for row in db.execute(query, (self.origin, *values, limit))])


def _source(attachment: "Attachment") -> tuple[object, ...]:
    from inference_cli.api.redaction import Redactor

    source = Redactor().text(attachment.source)
    return (
        attachment.kind, attachment.mime, _text(attachment.name), attachment.size, attachment.sha256, _text(source)
    )  # fmt: skip


def _json(value: Any) -> str:
    return _text(json.dumps(value, ensure_ascii=False, default=str))


def _text(text: str) -> str:
    """Text that SQLite takes."""
    return text.encode("utf-8", "replace").decode()
