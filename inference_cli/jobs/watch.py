"""One generation on its way: what a command that follows it knows of it so far."""

from dataclasses import dataclass

from inference_cli.api.records import seconds_in
from inference_cli.jobs.look import Sought
from inference_cli.jobs.save import Wanted
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.updates import Phase


@dataclass(slots=True)
class Watch:
    """One generation on its way."""

    tracked: Tracked
    wanted: Wanted
    phase: Phase = Phase.QUEUED
    seen: bool = False  # a route has shown it in this command
    missed: int = 0  # looks in which no route did, or none could be read: those with fewer go first
    hidden: int = 0  # looks in a row in which the answer about it alone could not be had or read
    damaged: int = 0  # looks in a row in which it could not be read
    without_link: int = 0
    warned: bool = False

    @property
    def sought(self) -> Sought:
        """What to look for."""
        enqueued = seconds_in(self.wanted.raw.get("enqueued_at"))
        return Sought(self.tracked, alone=self.without_link > 0, enqueued=enqueued)
