"""What the log tells of conversations, as values."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from inference_cli.frozen import dataclass, field


@dataclass(frozen=True, slots=True)
class Logged:
    """A conversation in a list.

    ``created`` and ``latest`` (its newest turn) are Unix seconds, ``models`` in the order of their first turn,
    ``cost`` US dollars of the turns whose cost is known (None: of none), ``first`` what the user said first;
    ``complete`` is whether every answer came to its end.
    """

    id: str
    created: float
    latest: float
    models: tuple[str, ...]
    turns: int
    cost: Decimal | None
    first: str
    complete: bool
    template: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment of a turn; of a URL the SHA-256 is None and the size (bytes) 0."""

    sha256: str | None
    kind: str
    mime: str
    name: str
    size: int
    source: str | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn: what was asked and what came of it.

    ``messages`` are those of the user and then of the model and its tools, with ``attachment:SHA256`` where bytes were;
    times are Unix seconds, ``seconds`` a duration, ``cost`` US dollars; None is not known. ``withdrawn``: it was taken
    back, and is not sent again.
    """

    number: int
    asked: float
    model: str
    parameters: Mapping[str, Any]
    messages: tuple[dict[str, Any], ...]
    attachments: tuple[Attached, ...] = ()
    complete: bool = False
    answered: float | None = None
    error: str | None = None
    finish_reason: str | None = None
    answered_model: str | None = None
    reasoning: str | None = None
    seconds: float | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    usage: Mapping[str, Any] | None = None
    cost: Decimal | None = None
    responses: tuple[Any, ...] = ()
    calls: tuple[dict[str, Any], ...] = field(default=())
    withdrawn: bool = False

    @property
    def response(self) -> str:
        """The text of the last answer in it; empty where there is none."""
        from inference_cli.conversation.keeping import words_of

        said = [words_of(message) for message in self.messages if message.get("role") == "assistant"]
        return next((text for text in reversed(said) if text), "")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, whole; ``created`` in Unix seconds."""

    id: str
    origin: str
    created: float
    model: str
    system: str | None
    template: str | None
    group: str | None
    turns: tuple[Exchange, ...]

    @property
    def cost(self) -> Decimal | None:
        """US dollars of the turns whose cost is known; None: of none."""
        known = [turn.cost for turn in self.turns if turn.cost is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation that a search found: where the words stand newest, and in how many of its messages they do."""

    id: str
    model: str
    at: float
    role: str
    snippet: str
    matches: int
