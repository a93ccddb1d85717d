"""What a tool is, and what becomes of a call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from inference_cli.api.completion import ToolCall


class ToolFailedError(Exception):
    """A call has no result; the text is what the model is told, in a sentence or two."""


class Tool(Protocol):
    """Something that a model may call."""

    @property
    def name(self) -> str:
        """Letters, digits, ``_`` and ``-``, 1 to 64 of them."""
        ...

    @property
    def description(self) -> str:
        """What the model is told about it."""
        ...

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The JSON Schema of its arguments, an object's."""
        ...

    @property
    def acts(self) -> bool:
        """Whether it writes, runs something or reaches the network: then a call needs to be allowed."""
        ...

    def call(self, arguments: Mapping[str, Any]) -> str:
        """Call it, in whatever thread; the arguments fit its schema.

        Raises:
            ToolFailedError: there is no result.
        """
        ...


class Source(Protocol):
    """One thing named after ``-T``, and the tools that it gives."""

    @property
    def typed(self) -> str:
        """As it was named."""
        ...

    def tools(self) -> Sequence[Tool]:
        """Its tools now; those of a server may change."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """A source whose tools stay the same."""

    typed: str
    held: tuple[Tool, ...]

    def tools(self) -> tuple[Tool, ...]:
        """The tools that it was made with."""
        return self.held


@dataclass(frozen=True, slots=True)
class Joined:
    """Several sources that were named as one."""

    typed: str
    sources: tuple[Source, ...]

    def tools(self) -> tuple[Tool, ...]:
        """The tools of all of them."""
        return tuple(tool for source in self.sources for tool in source.tools())


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a call.

    ``content`` is what the model is told; ``approved`` says whether the call was allowed, and so made; ``seconds`` is
    how long it took.
    """

    call: "ToolCall"
    content: str
    failed: bool
    approved: bool
    seconds: float


def definition(tool: Tool) -> dict[str, Any]:
    """What a request says of a tool (contract, ``tools``)."""
    function = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": function}


def parameters(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    """The schema of arguments by name; nothing else may be given."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }
