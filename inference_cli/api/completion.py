"""What a chat completion is, whole or as far as it came. No httpx here."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from inference_cli.frozen import dataclass, field


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A function that the model wants called; ``arguments`` is JSON as the model wrote it, valid or not."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens that the server counted; ``raw`` is its own object, with what it charged where it says so."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Usage":
        """Read a usage object, by the names of chat completions or by those of newer routes."""
        into = _first(data, "prompt_tokens", "input_tokens")
        out = _first(data, "completion_tokens", "output_tokens")
        return cls(into, out, dict(data))


def _first(data: Mapping[str, Any], *names: str) -> int | None:
    values = [data.get(name) for name in names]
    return next((value for value in values if isinstance(value, int) and value is not True and value >= 0), None)


class Delta(NamedTuple):
    """The next piece of an answer; where both are there, the reasoning came first. Made per token: no dataclass."""

    text: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """The answer to a chat request, as far as it came.

    ``text``, ``reasoning``, ``tool_calls`` and ``finish_reason`` are those of the first choice; ``complete`` says
    whether the server brought it to an end; ``raw`` is one ``chat.completion`` document with every choice and every
    unknown field.
    """

    text: str = ""
    reasoning: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    finish_reason: str | None = None
    usage: Usage | None = None
    model: str | None = None
    complete: bool = False
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> dict[str, Any]:
        """The first choice's message in the raw document; empty where there is none."""
        choices = self.raw.get("choices")
        first = choices[0] if isinstance(choices, list) and choices else None
        message = first.get("message") if isinstance(first, Mapping) else None
        return dict(message) if isinstance(message, Mapping) else {}
