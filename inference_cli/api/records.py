"""What the API answers, read tolerantly: missing fields survive, unknown ones are kept. No httpx here."""

import enum
import math
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from inference_cli.errors import DamagedError
from inference_cli.frozen import dataclass, field
from inference_cli.late import pattern

_TOO_MUCH = Decimal(10) ** 12  # US dollars that nobody was charged; a sum of a million costs below it is exact
_ID = pattern(r"[A-Za-z0-9._-]{1,128}")


class State(enum.StrEnum):
    """What a generation is doing, whatever word the server used for it."""

    QUEUED = "queued"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    VANISHED = "vanished"  # our own: it was there, and no route knows it any more
    UNKNOWN = "unknown"  # a word that the contract does not have; not an end

    @property
    def ended(self) -> bool:
        """Whether it will not change any more."""
        return self in {State.SUCCEEDED, State.FAILED, State.CANCELLED, State.VANISHED}


_SYNONYMS = {"completed": State.SUCCEEDED, "error": State.FAILED, "canceled": State.CANCELLED}


def state_of(word: object) -> State:
    """The state that a server's word means (contract, "The queue": names seen elsewhere are folded)."""
    if not isinstance(word, str):
        return State.UNKNOWN
    folded = word.strip().lower()
    if folded in _SYNONYMS:
        return _SYNONYMS[folded]
    known = {state.value: state for state in State if state is not State.VANISHED}
    return known.get(folded, State.UNKNOWN)


def is_valid_id(value: object) -> bool:
    """Whether a generation id may be put into a path, a file name or a journal row (fault C25)."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None and value not in {".", ".."}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def seconds_in(value: object) -> float | None:
    """A time that an answer holds, as far as it is one."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) else None


def _money(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < _TOO_MUCH else None


_OF_THE_ROW = frozenset(
    {"generation_id", "id", "status", "model_name", "model", "media_type", "result_url", "error_message", "cost"}
    | {"enqueued_at", "started_at", "completed_at", "user_id", "username", "user_image"}
    | {"target_namespace", "target_repo", "target_directory"}
)
"""What a row says of itself; everything else in it is a parameter of the request (contract, "The queue")."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of the queue or of the history; times are Unix seconds, the cost is in US dollars."""

    generation_id: str
    status: str
    state: State
    model: str | None = None
    media_type: str | None = None
    result_url: str | None = None
    error_message: str | None = None
    enqueued_at: float | None = None
    started_at: float | None = None
    completed_at: float | None = None
    cost: Decimal | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read a row of either generation of the API.

        Raises:
            DamagedError: it is no object, or has no usable id.
        """
        if not isinstance(data, Mapping):
            raise DamagedError("a generation in the answer is not an object")
        identity = data.get("generation_id", data.get("id"))
        if not isinstance(identity, str) or not is_valid_id(identity):
            raise DamagedError("a generation in the answer has no usable id")
        return cls(
            generation_id=identity,
            status=str(data.get("status", "")),
            state=state_of(data.get("status")),
            model=_text(data.get("model_name")) or _text(data.get("model")),
            media_type=_text(data.get("media_type")),
            result_url=_text(data.get("result_url")),
            error_message=_text(data.get("error_message")),
            enqueued_at=seconds_in(data.get("enqueued_at")),
            started_at=seconds_in(data.get("started_at")),
            completed_at=seconds_in(data.get("completed_at")),
            cost=_money(data.get("cost")),
            raw=dict(data),
        )

    @property
    def prompt(self) -> str | None:
        """What it was asked for with: the prompt, or the first shot's, which rows repeat at the top level."""
        shots = self.raw.get("multi_prompt")
        first = shots[0] if isinstance(shots, list) and shots else None
        said = self.raw.get("prompt") or (first.get("prompt") if isinstance(first, Mapping) else None)
        return said if isinstance(said, str) else None

    @property
    def parameters(self) -> dict[str, Any]:
        """What it was asked for with, as the row repeats it."""
        return {name: value for name, value in self.raw.items() if name not in _OF_THE_ROW}


@dataclass(frozen=True, slots=True)
class Model:
    """A model of the catalogue; ``schema`` is its JSON Schema of parameters, ``pricing`` the server's own object."""

    id: str
    display_name: str | None = None
    developer: str | None = None
    endpoint: str | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    model_type: str | None = None
    summary: str | None = None
    schema: Mapping[str, Any] | None = None
    pricing: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read a model of either generation of the API (``id`` or ``name``, two names for the schema).

        Raises:
            DamagedError: it is no object, or has no id.
        """
        if not isinstance(data, Mapping):
            raise DamagedError("a model in the answer is not an object")
        identity = _text(data.get("id")) or _text(data.get("name"))
        if identity is None:
            raise DamagedError("a model in the answer has no id")
        developer = data.get("developer")
        capabilities = data.get("capabilities")
        schema = data.get("request_schema", data.get("json_request_schema"))
        pricing = data.get("pricing")
        return cls(
            id=identity,
            display_name=_text(data.get("display_name")),
            developer=_text(developer.get("name")) if isinstance(developer, Mapping) else _text(developer),
            endpoint=_text(data.get("endpoint")),
            inputs=_words(capabilities, "input"),
            outputs=_words(capabilities, "output"),
            model_type=_text(data.get("model_type")),
            summary=_text(data.get("summary")),
            schema=schema if isinstance(schema, Mapping) else None,
            pricing=pricing if isinstance(pricing, Mapping) else {},
            raw=dict(data),
        )

    @property
    def deployments(self) -> tuple[str, ...]:
        """What its deployments are doing, in the server's own words; empty for most base models."""
        rows = self.raw.get("deployments")
        rows = rows if isinstance(rows, list) else []
        states = [row.get("status") if isinstance(row, Mapping) else row for row in rows]
        return tuple(state for state in states if isinstance(state, str) and state)


def _words(capabilities: object, side: str) -> tuple[str, ...]:
    words = capabilities.get(side) if isinstance(capabilities, Mapping) else None
    return tuple(word for word in words if isinstance(word, str)) if isinstance(words, list) else ()


@dataclass(frozen=True, slots=True)
class Output:
    """One picture, film or sound of a direct answer: behind a URL, or already decoded into sink number ``inline``."""

    url: str | None = None
    inline: int | None = None
    revised_prompt: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MediaAnswer:
    """The answer of a direct media call; ``raw`` never holds the media's own bytes."""

    model: str | None
    created: float | None
    outputs: tuple[Output, ...]
    raw: Mapping[str, Any] = field(default_factory=dict)
