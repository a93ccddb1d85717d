"""The log of a conversation, or none."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from inference_cli.errors import InferenceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inference_cli.conversation.attachments import Attachment
    from inference_cli.conversation.outcome import Outcome
    from inference_cli.conversation.talk import Settings


class Log(Protocol):
    """What keeps conversations."""

    def begin(self, *, model: str, system: str | None = None, template: str | None = None) -> str:
        """Begin one; its id."""
        ...

    def set_system(self, conversation_id: str, system: str | None, /) -> None:
        """Change what the model is told before everything, from the next turn on."""
        ...

    def withdraw(self, conversation_id: str, /) -> None:
        """Take the last answered turn back: it is not sent again."""
        ...

    def asked(
        self,
        conversation_id: str,
        /,
        *,
        model: str,
        messages: "Sequence[dict[str, Any]]",
        parameters: Mapping[str, Any],
        attachments: "Sequence[Attachment]",
    ) -> int:
        """Keep a question before it is sent; the id of its turn."""
        ...

    def answered(self, turn_id: int, outcome: "Outcome", /, *, cost: Decimal | None, error: str | None) -> None:
        """Keep what came of it."""
        ...


class Record:
    """Writes one conversation after the other into a log; a conversation begins there with its first question.

    Args:
        log: None keeps nothing.
        template: the name of the template that it began with.
        conversation_id: the one that goes on.
    """

    def __init__(self, log: Log | None, *, template: str | None = None, conversation_id: str | None = None) -> None:
        self._log, self._template = log, template
        self.conversation_id = conversation_id

    def asked(
        self, settings: "Settings", message: Mapping[str, Any], attachments: "Sequence[Attachment]"
    ) -> int | None:
        """Keep a question; None where nothing is kept."""
        if self._log is None:
            return None
        if self.conversation_id is None:
            self.conversation_id = self._log.begin(
                model=settings.model, system=settings.system, template=self._template
            )
        return self._log.asked(
            self.conversation_id,
            model=settings.model,
            messages=[dict(message)],
            parameters=settings.parameters,
            attachments=attachments,
        )

    def so_far(self, turn_id: int | None, outcome: "Outcome") -> None:
        """Keep what has come of a question by now; where that fails, the end says so."""
        if self._log is not None and turn_id is not None:
            with suppress(InferenceError):
                self._log.answered(turn_id, outcome, cost=None, error="it was still being answered")

    def answered(self, turn_id: int | None, outcome: "Outcome", *, cost: Decimal | None, error: str | None) -> None:
        """Keep what came of a question."""
        if self._log is not None and turn_id is not None:
            self._log.answered(turn_id, outcome, cost=cost, error=error)

    def withdrawn(self) -> None:
        """The last answered question was taken back."""
        if self._log is not None and self.conversation_id is not None:
            self._log.withdraw(self.conversation_id)

    def told(self, system: str | None) -> None:
        """The model is told something else before everything from now on."""
        if self._log is not None and self.conversation_id is not None:
            self._log.set_system(self.conversation_id, system)

    def again(self) -> None:
        """The next question begins a conversation of its own."""
        self.conversation_id = None
