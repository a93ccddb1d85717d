"""Who takes part in a turn, as far as it looks at them: what answers, the tools, and whoever approves of their use."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import threading

    from inference_cli.api.completion import Completion, Delta, ToolCall
    from inference_cli.errors import InferenceError


class Answering(Protocol):
    """An answer while it comes."""

    @property
    def completion(self) -> "Completion":
        """All of it so far."""
        ...

    def __iter__(self) -> "Iterator[Delta]":
        """Its pieces."""
        ...


class Chat(Protocol):
    """What answers: the chat of a client."""

    def stream(
        self, body: Mapping[str, Any], *, stop: "threading.Event | None" = None
    ) -> AbstractContextManager[Answering]:
        """Ask, and give the answer while it comes."""
        ...

    def complete(self, body: Mapping[str, Any], *, stop: "threading.Event | None" = None) -> "Completion":
        """Ask, and wait for the whole answer."""
        ...


class Payment(Protocol):
    """Who pays for the requests of a turn."""

    def before(self, body: Mapping[str, Any], /) -> None:
        """A request is about to be sent; a SpendingError keeps it from being sent."""
        ...

    def after(self, completion: "Completion | None", error: "InferenceError | None", /) -> None:
        """It has ended: what came of it, and why it ended early."""
        ...


class Result(Protocol):
    """What became of one call."""

    @property
    def content(self) -> str:
        """What the model is told."""
        ...

    @property
    def failed(self) -> bool:
        """Whether it is a failure."""
        ...

    @property
    def approved(self) -> bool:
        """Whether it was allowed to run."""
        ...

    @property
    def seconds(self) -> float:
        """How long it took."""
        ...


Approve = Callable[[Any, Mapping[str, Any]], bool]
"""Whether a tool may be called with these arguments."""


class Toolbox(Protocol):
    """The tools of a conversation."""

    @property
    def definitions(self) -> Sequence[Mapping[str, Any]]:
        """What a request says of them."""
        ...

    def tool(self, name: str, /) -> Any:
        """The tool of that name, or None."""
        ...

    def call_all(self, calls: "Sequence[ToolCall]", approve: Approve, /) -> Sequence[Result]:
        """Call them; the results in the order of the calls."""
        ...
