"""Media that came inside an answer whose command ended before saving it: saved now; pieces of it are removed."""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.clock import Clock
from inference_cli.errors import DamagedError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.crew import Crew
from inference_cli.jobs.database import FINAL
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.kept import Intent, read_spec
from inference_cli.jobs.naming import OutputSpec, Place, stem
from inference_cli.jobs.order import Body
from inference_cli.jobs.parts import Part, part_path, source_of
from inference_cli.jobs.publish import local_error
from inference_cli.jobs.save import Wanted, put_away, save
from inference_cli.jobs.stop import Stop
from inference_cli.jobs.updates import Phase, Update
from inference_cli.profile.locks import is_abandoned

if TYPE_CHECKING:
    from uuid import UUID

    from inference_cli.api.client import Client
    from inference_cli.api.media import MediaClient

# The plus keeps SQLite from the index of direct requests, nearly all of which are settled.
_LEFT = f"""
SELECT i.id, i.first, i.count, i.seed, i.owner, i.total, i.output, i.model, i.prompt, i.state, i.error,
       (SELECT group_concat(g.id, ' ') FROM generations g WHERE g.intent = i.id AND g.origin = i.origin AND g.direct)
FROM intents i WHERE i.id IN (
    SELECT id FROM intents WHERE origin = :origin AND state = 'unknown' AND +route != 'queue'
    UNION
    SELECT intent FROM generations
    WHERE origin = :origin AND state NOT IN {FINAL} AND state = 'accepted' AND direct AND url IS NULL
) ORDER BY i.number
"""  # noqa: S608 - our own words


def identity_of(intent: Intent, index: int) -> str:
    """The id of our own that output number ``index`` of a direct request has, from 0: the same in every process."""
    return _identity(intent, index).hex


def _identity(intent: Intent, index: int) -> "UUID":
    from uuid import UUID, uuid5

    return uuid5(UUID(intent.id), str(index))


def place_of(intent: Intent, index: int, output: OutputSpec, *, total: int, model: str, prompt: str | None) -> Place:
    """Where that output goes.

    Args:
        intent: the request.
        index: of the output, from 0; there may be more than were asked for.
        output: where the command wants its files.
        total: outputs of the whole command.
        model: what made it.
        prompt: what they may be named after.
    """
    return Place(
        output,
        n=intent.body.first + index,
        count=max(total, index + 1),
        id=str(_identity(intent, index)),
        model=model,
        seed=intent.body.seed,
        prompt=prompt,
    )


@dataclass(frozen=True, slots=True)
class _Left:
    """A direct request whose files may not have been saved; ``ids`` are those of its outputs that were noted."""

    intent: Intent
    owner: str
    total: int
    output: OutputSpec
    model: str
    prompt: str | None
    state: str
    error: str | None
    ids: frozenset[str]

    @classmethod
    def from_row(
        cls, row: tuple[str, int, int, int | None, str, int, str, str, str | None, str, str | None, str]
    ) -> "_Left":
        identity, first, count, seed, owner, total, output, model, prompt, state, error, ids = row
        intent, spec = Intent(identity, Body({}, count, first, seed)), read_spec(output) or OutputSpec()
        return cls(intent, owner, total, spec, model, prompt, state, error, frozenset((ids or "").split()))

    def wanted(self, index: int, started: float) -> Wanted:
        identity = identity_of(self.intent, index)
        place = place_of(self.intent, index, self.output, total=self.total, model=self.model, prompt=self.prompt)
        return Wanted(identity, identity, None, place, started)


def rescue(*, client: "Client", media: "MediaClient", journal: Journal, clock: Clock, stop: Stop) -> Iterator[Update]:
    """Save what killed or stopped commands had received inside an answer.

    What came to its end is published where its command wanted it; a piece is removed, or kept under another name where
    it might be all of it. Files of commands that still run are left to them.

    Args:
        client: of the API; nothing is asked.
        media: for results; nothing is fetched.
        journal: what this machine knows.
        clock: time, real or not.
        stop: what a signal sets.

    Yields:
        An update with an ended phase for each output that was there.

    Raises:
        LocalError: the journal cannot be read or written.
    """
    with Crew(clock=clock, stop=stop, workers=0) as crew:
        bench = Bench(client, media, journal, clock, stop, crew, None, 0, lambda: 0.5)
        for left in _left(journal):
            with ExitStack() as stack:
                whole = _whole(left, bench, stack)
                _note(left, [wanted.identity for wanted, _ in whole], journal)
                for wanted, part in whole:
                    save(wanted, bench, part=part)
            yield from (message for message in crew.heard() if isinstance(message, Update))


def _left(journal: Journal) -> list[_Left]:
    """Requests of commands that are gone, the oldest first."""

    def read(connection: sqlite3.Connection) -> list[_Left]:
        return [_Left.from_row(row) for row in connection.execute(_LEFT, {"origin": journal.origin})]

    return [
        one for one in journal.store.read(read) if not one.output.stdout and is_abandoned(journal.owners / one.owner)
    ]


def _whole(left: _Left, bench: Bench, stack: ExitStack) -> list[tuple[Wanted, Part]]:
    """Its part files that came to their end; the others are put away."""
    found: list[tuple[Wanted, Part]] = []
    for index in itertools.count():
        wanted = left.wanted(index, bench.clock.monotonic())
        folder, name = wanted.place.name("")
        path = part_path(folder, stem(name), wanted.identity)
        source = source_of(path, wanted.identity)
        if source is None and index >= left.intent.body.count:
            return found  # what is more than was asked for has no gaps
        if source is None or not path.exists():
            continue
        try:
            part = stack.enter_context(Part(folder, stem(name), wanted.identity))
        except OSError as error:
            bench.crew.tell(wanted.update(bench, Phase.FAILED, error=local_error(error, path)))
            continue
        part.resumed = False  # there is nothing to fetch it again from
        if part.size == source.total:
            found.append((wanted, part))
        elif bad := put_away(part):
            broken = DamagedError("the end of the result did not come", details=[f"kept for a look: {bad}"])
            bench.crew.tell(wanted.update(bench, Phase.FAILED, error=broken))
    raise AssertionError  # pragma: no cover - the loop only ends by returning


def _note(left: _Left, ids: list[str], journal: Journal) -> None:
    """Keep what came of a request of unknown outcome: it was accepted, and with all of its outputs it is settled."""
    if ids and left.state == "unknown":
        doubt = left.error if len(left.ids.union(ids)) < left.intent.body.count else None
        journal.accepted(left.intent, ids, direct=True, status="succeeded", doubt=doubt)
