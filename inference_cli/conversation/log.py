"""The log: every conversation, on the disk before anything is sent, and with whatever came back."""

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from inference_cli.api.redaction import Redactor
from inference_cli.clock import Clock
from inference_cli.conversation.blobs import Blobs
from inference_cli.conversation.history import messages_to_send
from inference_cli.conversation.keeping import Keeping
from inference_cli.conversation.log_rows import (
    calls_of,
    encodable,
    insert_attachments,
    insert_conversation,
    insert_messages,
    insert_turn,
    written,
)
from inference_cli.conversation.log_schema import LOG
from inference_cli.errors import NotFoundError, UsageError
from inference_cli.profile.database import PATIENCE
from inference_cli.profile.store import Store, beginning

if TYPE_CHECKING:
    from inference_cli.conversation.attachments import Attachment
    from inference_cli.conversation.outcome import Outcome
    from inference_cli.origin import Origin

_ID_BYTES = 8  # random, never a time: two ids differ in their first characters, where a person types them
_MANY, _IN_AN_ERROR = 64, 5  # ids with the same beginning that are looked at, and the newest, which an error names


class Log:
    """The conversations with one origin, in an SQLite file that several processes share.

    It is opened when first used. Every method may be called from any thread, and each is one transaction; two that talk
    in one conversation both keep what they said (fault E11).

    Args:
        path: the file.
        clock: for the times in the rows.
        attachments: the folder for their bytes.
        origin: whose conversations are seen; None sees all.
        redactor: makes what masks tokens in all that is kept; called before the first writing.
        patience: seconds to wait for another process's transaction.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        attachments: Path,
        origin: "Origin | str | None" = None,
        redactor: Callable[[], Redactor] = Redactor,
        patience: float = PATIENCE,
    ) -> None:
        self.store = Store(path, LOG, clock=clock, patience=patience)
        self.blobs = Blobs(attachments)
        self.origin = None if origin is None else str(origin)
        self._clock = clock
        self._made = redactor
        self._notes: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    @cached_property
    def _redactor(self) -> Redactor:
        return self._made()

    @property
    def path(self) -> Path:
        """The file."""
        return self.store.path

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should be told about the file, and about attachments that are gone."""
        return (*self.store.notes, *self._notes)

    def close(self) -> None:
        """Close the file; using the log again opens it again."""
        self.store.close()

    # ------------------------------------------------------------------------------------------- writing

    def begin(
        self,
        *,
        model: str,
        system: str | None = None,
        template: str | None = None,
        origin: "Origin | str | None" = None,
        group: str | None = None,
    ) -> str:
        """Begin a conversation; it is listed once something was asked in it.

        Args:
            model: its model; each turn has its own as well.
            system: what the model is told before everything.
            template: the name of the template that it is made from.
            origin: where it is held; that of the log by default.
            group: an id that several conversations share, as the answers of several models to one question.

        Returns:
            Its id: 16 hexadecimal digits.

        Raises:
            LocalError: it cannot be written.
            DamagedError: the log belongs to a newer version.
        """
        identity, row = self._conversation(model, system, template, origin, group)
        self.store.write(lambda connection: insert_conversation(connection, row))
        return identity

    def _conversation(
        self, model: str, system: str | None, template: str | None, origin: "Origin | str | None", group: str | None
    ) -> tuple[str, tuple[object, ...]]:
        identity = os.urandom(_ID_BYTES).hex()
        place = self.origin if origin is None else str(origin)
        system = None if system is None else self._redactor.kept(encodable(system))
        return identity, (identity, place or "", self._clock.now(), model, system, template, group)

    def set_system(self, conversation: str, system: str | None) -> None:
        """Change what the model is told before everything, from the next turn on."""
        kept = None if system is None else self._redactor.kept(encodable(system))
        self.store.write(
            lambda connection: connection.execute(
                "UPDATE conversations SET system = ? WHERE id = ?", (kept, conversation)
            )
        )

    def asked(
        self,
        conversation: str,
        *,
        model: str,
        messages: Sequence[Mapping[str, Any]],
        parameters: Mapping[str, Any],
        attachments: "Sequence[Attachment]" = (),
    ) -> int:
        """Keep what is about to be asked, before it is sent; without an answer it stays, marked incomplete.

        Args:
            conversation: its id, whole.
            model: who is asked.
            messages: the new ones of this turn, as they are sent.
            parameters: what is sent beside them.
            attachments: what the messages have attached: names and sources for the bytes in them.

        Returns:
            The number of the turn.

        Raises:
            NotFoundError: there is no such conversation, as when another process deleted it.
            LocalError: it cannot be written; nothing should be sent.
            DamagedError: the log belongs to a newer version.
        """
        numbers: list[int] = []

        def write(connection: sqlite3.Connection) -> None:
            keeping = Keeping(self.blobs, self._redactor)  # in the transaction: a deletion cannot come in between
            known = connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone()
            if known is None:
                raise NotFoundError(f"the conversation {conversation} is not in the log any more")
            row = (conversation, self._clock.now(), model, written(keeping.value(parameters)))
            numbers[:] = [insert_turn(connection, row, messages, attachments, keeping, self._redactor)]

        self.store.write(write)
        return numbers[0]

    def first_asked(
        self,
        *,
        model: str,
        messages: Sequence[Mapping[str, Any]],
        parameters: Mapping[str, Any],
        attachments: "Sequence[Attachment]" = (),
        system: str | None = None,
        template: str | None = None,
        group: str | None = None,
    ) -> tuple[str, int]:
        """``begin`` and ``asked`` as one transaction, with what both return: the disk is waited for once."""
        identity, begun = self._conversation(model, system, template, None, group)
        numbers: list[int] = []

        def write(connection: sqlite3.Connection) -> None:
            keeping = Keeping(self.blobs, self._redactor)
            insert_conversation(connection, begun)
            row = (identity, begun[2], model, written(keeping.value(parameters)))
            numbers[:] = [insert_turn(connection, row, messages, attachments, keeping, self._redactor)]

        self.store.write(write)
        return identity, numbers[0]

    def answered(self, turn: int, outcome: "Outcome", *, cost: Decimal | None, error: str | None = None) -> None:
        """Keep what came back; a second time replaces the first.

        Args:
            turn: its number.
            outcome: what came, whole or in part.
            cost: US dollars, where it is known.
            error: why it is not whole.

        Raises:
            LocalError: it cannot be written.
            DamagedError: the log belongs to a newer version.
        """
        now, usage = self._clock.now(), outcome.usage

        def write(connection: sqlite3.Connection) -> None:
            from inference_cli.conversation.search_index import forget

            keeping = Keeping(self.blobs, self._redactor)
            ours = "turn = ? AND role IN ('assistant', 'tool')"
            old = [n for (n,) in connection.execute(f"SELECT number FROM messages WHERE {ours}", (turn,))]  # noqa: S608 - our own words
            forget(connection, old)
            connection.execute(f"DELETE FROM messages WHERE {ours}", (turn,))  # noqa: S608 - our own words
            insert_messages(connection, turn, outcome.new_messages, keeping)
            connection.execute(
                "UPDATE turns SET complete = ?, answered = ?, error = ?, finish_reason = ?, answered_model = ?,"
                " reasoning = ?, seconds = ?, prompt_tokens = ?, completion_tokens = ?, usage = ?, cost = ?,"
                " responses = ?, calls = ? WHERE number = ?",
                (
                    outcome.complete and error is None, now, None if error is None else self._redactor.text(error),
                    outcome.finish_reason, outcome.model, written(keeping.value(outcome.reasoning)), outcome.seconds,
                    usage.prompt_tokens if usage else None, usage.completion_tokens if usage else None,
                    written(usage.raw) if usage else None, None if cost is None else f"{cost:f}",
                    written(keeping.value(outcome.responses)), written(keeping.value(calls_of(outcome))), turn,
                ),
            )  # fmt: skip
            insert_attachments(connection, turn, keeping, (), self._redactor)

        self.store.write(write)

    def withdraw(self, conversation: str) -> None:
        """Take the last answered turn back: it stays in the log, and is not sent again.

        Raises:
            LocalError: it cannot be written.
            DamagedError: the log belongs to a newer version.
        """
        newest = (
            "SELECT max(t.number) FROM turns t JOIN messages m ON m.turn = t.number"
            " WHERE t.conversation = ? AND NOT t.withdrawn AND m.role = 'assistant' AND m.text <> ''"
        )
        self.store.write(
            lambda connection: connection.execute(
                f"UPDATE turns SET withdrawn = 1 WHERE number = ({newest})",  # noqa: S608 - our own words
                (conversation,),
            )
        )

    # ------------------------------------------------------------------------------------------- reading

    def history(self, conversation: str) -> tuple[dict[str, Any], ...]:
        """The messages to send again: the system's, then those of every turn that was answered, in order.

        Of an answer that was cut, the text is sent as far as it came. A question without any answer is left out, and so
        are calls of tools that were not answered. Attachments are data URLs again; where a file is gone, or a URL's
        signature was not kept, a sentence stands in its place and ``notes`` says so.

        Args:
            conversation: its id, whole.

        Raises:
            NotFoundError: there is no such conversation.
            LocalError: the log cannot be read.
        """

        def read(connection: sqlite3.Connection) -> tuple[dict[str, Any], ...]:
            return messages_to_send(connection, conversation, self.blobs, self._note)

        return self.store.read(read)

    def last(self, origin: "Origin | str | None" = None) -> str | None:
        """The conversation in which something was asked last; None where there is none."""
        place = self.origin if origin is None else str(origin)

        def read(connection: sqlite3.Connection) -> str | None:
            row = connection.execute(
                "SELECT c.id FROM turns t JOIN conversations c ON c.id = t.conversation"
                " WHERE ? IS NULL OR c.origin = ? ORDER BY t.number DESC LIMIT 1",
                (place, place),
            ).fetchone()
            return None if row is None else str(row[0])

        return self.store.read(read)

    def find(self, prefix: str, origin: "Origin | str | None" = None) -> str:
        """The id that a prefix means; ``last`` is where something was asked last (interface contract, "Streams").

        Raises:
            NotFoundError: there is none.
            UsageError: there are several.
        """
        if prefix == "last":
            newest = self.last(origin)
            if newest is None:
                raise NotFoundError("no conversation is in the log yet", hint='Begin one:  inference chat "hello"')
            return newest
        place = self.origin if origin is None else str(origin)
        begins = prefix.strip().lower()

        def read(connection: sqlite3.Connection) -> list[str]:
            rows = connection.execute(
                "SELECT id FROM (SELECT id, number FROM conversations c WHERE id BETWEEN ? AND ?"
                " AND (? IS NULL OR origin = ?) AND EXISTS (SELECT 1 FROM turns WHERE conversation = c.id) LIMIT ?)"
                " ORDER BY number DESC LIMIT ?",
                (*beginning(encodable(begins)), place, place, _MANY, _IN_AN_ERROR),
            )
            return [identity for (identity,) in rows]

        found = self.store.read(read) if begins else []
        if not found:
            raise NotFoundError(f"no conversation begins with '{prefix}'", hint="See:  inference logs list")
        if len(found) > 1:
            raise UsageError(
                f"'{prefix}' fits more than one conversation", details=found, hint="Give more of the id, or 'last'"
            )
        return found[0]

    def model_of(self, conversation: str) -> str:
        """The model that was asked last.

        Raises:
            NotFoundError: nothing was asked there yet.
        """
        query = "SELECT model FROM turns WHERE conversation = ? ORDER BY number DESC LIMIT 1"
        row = self.store.read(lambda connection: connection.execute(query, (conversation,)).fetchone())
        if row is None:
            raise NotFoundError(f"nothing was asked in {conversation} yet", hint="See:  inference logs list")
        return str(row[0])

    def _note(self, text: str) -> None:
        if text not in self._notes:
            self._notes.append(text)
