"""One generation as the server and this machine know it together."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.api.records import Generation
from inference_cli.errors import InferenceError, NotFoundError
from inference_cli.jobs.costs import keep
from inference_cli.jobs.endings import nowhere
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.look import Lookout, Sought
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.updates import Result

if TYPE_CHECKING:
    from inference_cli.api.client import Client


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is known of a generation; ``row`` is the server's, None where it has none, as for ``direct`` answers."""

    tracked: Tracked
    result: Result
    row: Generation | None
    direct: bool = False

    @property
    def model(self) -> str | None:
        """The model that made it."""
        return self.row.model if self.row and self.row.model else self.tracked.model

    @property
    def prompt(self) -> str | None:
        """What it was asked for with."""
        return (self.row.prompt if self.row else None) or self.tracked.place.prompt


def inspect(client: "Client", journal: Journal, tracked: Tracked) -> Inspected:
    """Ask the server about one generation, with its cost where it says so.

    Args:
        client: of the API that has it.
        journal: what this machine knows.
        tracked: the generation.

    Raises:
        NotFoundError: nobody knows it.
        InferenceError: the server did not answer.
    """
    kept = journal.get(tracked.id)
    row = None if kept and kept.direct else seen(client, tracked)  # a direct answer has no id that the server knows
    if row is None and kept is None:
        dialect = client.dialect
        raise nowhere(tracked.id, known=False, api=dialect.name, can_look=dialect.has_generation_route)
    if row is not None:
        with suppress(InferenceError):  # what was asked is what the server says
            keep(journal, [row])
    file = kept.file if kept else None
    result = Result(
        generation_id=tracked.id,
        status=row.status if row else (kept.status or kept.state if kept else ""),
        path=file,
        bytes=kept.size if kept and file else None,
        sha256=kept.sha256 if kept and file else None,
        seed=tracked.place.seed,
        cost=row.cost if row and row.cost is not None else (kept.cost or None) if kept else None,
        raw=row.raw if row else {},
    )
    return Inspected(tracked, result, row, direct=kept is not None and kept.direct)


def seen(client: "Client", tracked: Tracked) -> Generation | None:
    """The server's row, from the history where there is one, since that has the cost; None when no route knows it.

    Raises:
        InferenceError: the server did not answer, or not in a way that is understood.
    """
    try:
        return client.generations.get(tracked.id)
    except NotFoundError:
        for sighting in Lookout(client).look([Sought(tracked)]).sightings:
            if sighting.error is not None:
                raise sighting.error from None
            return sighting.row
        return None
