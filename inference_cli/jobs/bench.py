"""What every step of one command works with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from inference_cli.clock import Clock
from inference_cli.errors import InferenceError
from inference_cli.jobs.crew import Crew
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.stop import Stop

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.media import MediaClient


@dataclass(frozen=True, slots=True)
class Bench:
    """The clients, the journal, the workers and the limits of one command.

    ``stdout`` takes the one result of ``-o -``; ``max_size`` is in bytes; ``jitter`` gives numbers from 0 to 1.
    """

    client: "Client"
    media: "MediaClient"
    journal: Journal
    clock: Clock
    stop: Stop
    crew: Crew
    stdout: BinaryIO | None
    max_size: int
    jitter: Callable[[], float]

    def take_turn(self) -> None:
        """Wait until one more paid request may be sent: at once, until the server said that it is asked too often."""
        seconds = self.client.retry.spacing.turn()
        if seconds > 0:
            self.clock.wait(self.stop.event, seconds)

    def noted(self, write: Callable[[], None]) -> str | None:
        """Write to the journal what has happened already: a failure is a sentence for a person, and stops nothing."""
        try:
            write()
        except InferenceError as error:
            return error.message
        return None
