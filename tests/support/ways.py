"""The ways in which a picture is paid for: queued or direct, in either generation of the API."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from inference_cli.clock import Clock
from tests.support.account import FOX
from tests.support.command import Finished
from tests.support.faultd import LeapingClock
from tests.support.harness import DIRECT_FOX, QUEUED_FOX, Fault


@dataclass(frozen=True, slots=True)
class Way:
    """One of them: its command, and the route of its paid request."""

    name: str
    words: tuple[str, ...]
    post: str
    older: bool = False

    def __str__(self) -> str:
        """As the test is called."""
        return self.name

    @property
    def direct(self) -> bool:
        """Whether the answer is the result."""
        return "--queue" not in self.words

    @property
    def model(self) -> str:
        """The route of the last free request before it."""
        return f"GET /api/{'evaluations' if self.older else 'ai'}/models/{FOX}"

    def case(self, folder: Path) -> Fault:
        """A case against an account of that generation."""
        return Fault(folder, older=self.older)

    def pay(self, fault: Fault, *more: str, clock: Clock | None = None, stdin: bytes = b"") -> Finished:
        """Run the command in this process, its pauses leapt over."""
        return fault.inside(*self.words, *more, clock=clock or LeapingClock(), stdin=stdin)


_NAMESPACE = ("--namespace", "me")
QUEUED = Way("queued", QUEUED_FOX, "POST /api/ai/queue")
DIRECT = Way("direct", DIRECT_FOX, "POST /api/ai/images/generate")
OLDER_QUEUED = Way("older-queued", (*QUEUED_FOX, *_NAMESPACE), "POST /api/ai/queue", older=True)
OLDER_DIRECT = Way("older-direct", DIRECT_FOX, "POST /api/images/generate", older=True)

each_way: Callable[..., pytest.MarkDecorator] = pytest.mark.parametrize(
    "way", [QUEUED, DIRECT, OLDER_QUEUED, OLDER_DIRECT], ids=str
)
"""A case for each of the four."""
