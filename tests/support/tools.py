"""Tools and calls for tests."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from inference_cli.api.completion import ToolCall
from inference_cli.conversation.tools.beside import Halt
from inference_cli.conversation.tools.tool import parameters

TEXT = parameters({"text": {"type": "string"}}, "text")


@dataclass(frozen=True, slots=True)
class FakeTool:
    """A tool that does what a function does."""

    name: str = "echo"
    does: Callable[[Mapping[str, Any]], str] = lambda given: str(given["text"])
    acts: bool = False
    description: str = "Says it again."
    parameters: Mapping[str, Any] = field(default_factory=lambda: TEXT)

    def call(self, arguments: Mapping[str, Any]) -> str:
        """Do it."""
        return self.does(arguments)


def call(name: str = "echo", *, id: str = "c1", **arguments: Any) -> ToolCall:  # noqa: A002 - the API's own name
    """A call as a model makes it."""
    return ToolCall(id, name, json.dumps(arguments))


def anything(*_: object) -> bool:
    """An approval of everything."""
    return True


class WatchedHalt(Halt):
    """Tells when something can be ended."""

    def __init__(self) -> None:
        super().__init__()
        self.began = threading.Event()

    @contextmanager
    def doing(self, end: Callable[[], None]) -> Iterator[None]:
        """The same, and tell."""
        with super().doing(end):
            self.began.set()
            yield
