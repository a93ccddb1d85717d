"""A conversation as a state: who answers, what was said, what is attached to the next message. No terminal, no network.

What a turn costs here does not grow with the conversation: the messages are one list that turns are appended to and
taken from at its end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from inference_cli.conversation.messages import system_message, user_message
from inference_cli.conversation.totals import Totals
from inference_cli.conversation.turn import Request

if TYPE_CHECKING:
    from pathlib import Path

    from inference_cli.conversation.attachments import Attachment
    from inference_cli.conversation.turn import Outcome


@dataclass(frozen=True, slots=True)
class Settings:
    """How questions are asked: the model, the system prompt, the parameters of the request."""

    model: str
    system: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What the user said in a turn; the attachments that are ``carried`` were waiting for it."""

    text: str
    attachments: "tuple[Attachment, ...]" = ()
    carried: "tuple[Attachment, ...]" = ()
    texts: tuple[str, ...] = ()  # texts that were waiting for it
    files: str = ""  # texts that it names

    @property
    def message(self) -> dict[str, Any]:
        """As it is sent."""
        whole = "\n\n".join(part for part in (*self.texts, self.files, self.text) if part)
        return user_message(whole, (*self.carried, *self.attachments))


@dataclass(slots=True)
class _Turn:
    start: int  # of its messages in the list
    question: Question | None  # None in what was read from the log
    turn_id: int | None = None  # in the log


class Talk:
    """One conversation.

    Args:
        settings: how it begins.
        past: messages of a conversation that goes on.

    Attributes:
        settings: those in force.
        pending: attachments that wait for the next message.
        files: texts that wait for it.
        outputs: what was made here; ``@1`` is the first.
        totals: what all of it used and cost.
        context: tokens of the last exchange, which the next one sends again; None where nobody said.
    """

    def __init__(self, settings: Settings, past: Iterable[Mapping[str, Any]] = ()) -> None:
        self._begun = self.settings = settings
        self.pending: list[Attachment] = []
        self.files: list[str] = []
        self.outputs: list[Path] = []
        self.totals = Totals()
        self.context: int | None = None
        self._messages: list[Mapping[str, Any]] = []
        self._turns: list[_Turn] = []
        self._open = False  # the last turn has no answer
        self.answer = ""
        self._read(past)

    def _read(self, past: Iterable[Mapping[str, Any]]) -> None:
        for message in past:
            if message.get("role") == "system":
                if self.settings.system is None:
                    self._begun = self.settings = replace(self.settings, system=text_of(message) or None)
                continue
            if message.get("role") == "user":
                self._turns.append(_Turn(len(self._messages), None))
            self._messages.append(message)
        if self._messages and self._messages[-1].get("role") == "assistant":
            self.answer = text_of(self._messages[-1])

    # --------------------------------------------------------------------------------------- asking

    def ask(self, text: str, attachments: "Sequence[Attachment]" = (), files: str = "") -> Question:
        """Take a message; it is the open question until it is answered. One that never was is forgotten.

        What waited for the forgotten one waits for this one.

        Args:
            text: what was typed.
            attachments: what it names.
            files: texts that it names.
        """
        left = self._drop_open()
        carried = [*(left.carried if left else ()), *self.pending]
        named = {one.source for one in attachments}
        question = Question(
            text,
            tuple(attachments),
            tuple({one.source: one for one in carried if one.source not in named}.values()),
            tuple(dict.fromkeys((*(left.texts if left else ()), *self.files))),
            files,
        )
        self.pending, self.files = [], []
        self._pose(question)
        return question

    def _pose(self, question: Question) -> None:
        self._turns.append(_Turn(len(self._messages), question))
        self._messages.append(question.message)
        self._open = True

    def again(self) -> Question | None:
        """Make the last question the open one: its answer, if there was any, is taken back. None: there is none."""
        if not self._turns:
            return None
        last = self._turns[-1]
        question = last.question or _reread(self._messages[last.start])
        message = self._messages[last.start]
        del self._messages[last.start :]
        self._messages.append(message)
        last.question, self._open = question, True
        return question

    @property
    def open(self) -> bool:
        """Whether the last question has no answer."""
        return self._open

    @property
    def asked(self) -> Mapping[str, Any]:
        """The message of the last question."""
        return self._messages[self._turns[-1].start]

    def request(self, *, stream: bool = True) -> Request:
        """What is sent for the open question: all that was said before, and it."""
        system = (system_message(self.settings.system),) if self.settings.system else ()
        return Request(self.settings.model, (*system, *self._messages), self.settings.parameters, stream)

    def settle(self, outcome: "Outcome", cost: Decimal | None) -> bool:
        """Take what came of the open question; whether it has an answer now, be it a part of one.

        Args:
            outcome: at its end, or where it was cut.
            cost: in US dollars, where it is known.
        """
        kept = outcome.new_messages if any(map(_says, outcome.new_messages)) else ()
        if kept or outcome.usage is not None:
            self.totals.add(outcome.usage, cost)
        self.context = _context(outcome) or self.context
        if not kept:
            return False
        self._messages += kept
        self._open = False
        self.answer = outcome.text or self.answer
        return True

    # -------------------------------------------------------------------------------------- changing

    def undo(self) -> str | None:
        """Take the last question and its answer back; the question's text, or None where there is none."""
        if not self._turns:
            return None
        last = self._turns.pop()
        message = self._messages[last.start]
        question = last.question or _reread(message)
        del self._messages[last.start :]
        self._open = False
        self.answer = text_of(self._messages[-1]) if self._messages else ""
        return question.text

    def clear(self) -> None:
        """Forget what was said; what was made here keeps its number."""
        self._messages, self._turns, self._open = [], [], False
        self.context, self.answer = None, ""

    def new(self) -> None:
        """Begin again as it began, with nothing attached."""
        self.clear()
        self.settings = self._begun
        self.pending, self.files = [], []

    def _drop_open(self) -> Question | None:
        if not self._open:
            return None
        last = self._turns.pop()
        del self._messages[last.start :]
        self._open = False
        return last.question

    @property
    def turns(self) -> int:
        """Questions in it, an open one included."""
        return len(self._turns)

    @property
    def messages(self) -> Sequence[Mapping[str, Any]]:
        """All that was said, without the system prompt."""
        return self._messages


def text_of(message: Mapping[str, Any]) -> str:
    """The text of a message, of parts or of one piece."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n\n".join(str(part.get("text", "")) for part in parts if part.get("type") == "text")


def _says(message: Mapping[str, Any]) -> bool:
    """Whether a message says or asks for anything: servers refuse an empty one in a history."""
    return bool(text_of(message) or message.get("tool_calls"))


def _reread(message: Mapping[str, Any]) -> Question:
    return Question(text_of(message))


def _context(outcome: "Outcome") -> int | None:
    """Tokens of the last round; the sum over rounds would count what was said several times."""
    usage = outcome.responses[-1].get("usage") if outcome.responses else None
    if not isinstance(usage, Mapping):
        return None
    counts = [usage.get("prompt_tokens"), usage.get("completion_tokens")]
    return sum(count for count in counts if isinstance(count, int)) or None
