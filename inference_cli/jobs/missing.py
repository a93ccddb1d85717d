"""What the account has and this disk has not."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.api.records import Generation, State
from inference_cli.jobs.doubts import Doubt, directly_made
from inference_cli.jobs.echo import fits
from inference_cli.jobs.history import Reading, Sources
from inference_cli.jobs.ledger import Wanted
from inference_cli.jobs.naming import OutputSpec, Place
from inference_cli.jobs.tracked import Tracked

if TYPE_CHECKING:
    from inference_cli.jobs.past import Past

_MOST = 100_000  # rows that are looked at, the newest first
_OTHERS = 86400.0  # seconds before the time asked for in which a direct request may have begun


@dataclass(frozen=True, slots=True)
class Missing:
    """Generations that succeeded and have no file here, the newest first; ``cut`` says that there may be more."""

    rows: "tuple[Past, ...]"
    cut: bool = False


def missing(sources: Sources, *, since: float | None, known: Collection[str] = ()) -> Missing:
    """Compare the server's history with this disk.

    What was written to standard output or to a device counts as delivered. Direct requests have ids of this machine's
    own: a row that fits one of them, whose file is here, counts as that one.

    Args:
        sources: the server and this machine.
        since: Unix seconds; None for all time.
        known: ids that are taken care of otherwise.

    Raises:
        InferenceError: the server did not answer, or the journal cannot be read.
    """
    reading = Reading(sources, Wanted(since=since, status=State.SUCCEEDED.value))
    found = reading.newest(None if since is None else _MOST)
    rows = [past for past in found.rows if past.state is State.SUCCEEDED and past.id not in known]
    absent = [past for past in rows if not _is_delivered(past)]
    direct = _direct_files(sources, since)
    here = _paired([past for past in absent if past.kept is None], direct) if direct else set()
    return Missing(tuple(past for past in absent if past.id not in here), found.cut or found.more)


def _is_delivered(past: "Past") -> bool:
    kept = past.kept
    if kept is None or kept.state != "downloaded":
        return False
    return past.file is not None or kept.path == "-" or (kept.path or "").startswith("/dev/")


def _direct_files(sources: Sources, since: float | None) -> list[tuple[Doubt, int]]:
    """Direct requests and how many of their files are here."""
    start = 0.0 if since is None else since - _OTHERS
    delivered = Counter(
        kept.intent
        for kept in sources.ledger.walk(Wanted(since=start), direct=True)
        if kept.file is not None or kept.path == "-"
    )
    made = directly_made(sources.journal, since=start)
    return [(doubt, delivered[doubt.id]) for doubt in made if delivered[doubt.id]]


def _paired(pasts: "Iterable[Past]", direct: list[tuple[Doubt, int]]) -> set[str]:
    """Rows that are, as far as they say, what a direct request made; each request's output for one row only."""
    room = {doubt.number: count for doubt, count in direct}
    here = set()
    for past in pasts:
        row = Generation.from_json({**past.raw, "generation_id": past.id})
        for doubt, _ in reversed(direct):
            if room[doubt.number] and fits(row, doubt.model, doubt.params):
                room[doubt.number] -= 1
                here.add(past.id)
                break
    return here


def tracked(pasts: "Iterable[Past]", output: OutputSpec) -> tuple[Tracked, ...]:
    """Generations of the account as something to be fetched.

    Args:
        pasts: the generations.
        output: where they go; without a target each goes where its command wanted it, else to the working folder.
    """
    rows = tuple(pasts)
    return tuple(_tracked(past, output, number, len(rows)) for number, past in enumerate(rows, start=1))


def _tracked(past: "Past", output: OutputSpec, number: int, count: int) -> Tracked:
    kept = past.kept
    own = kept is not None and kept.output is not None and output.target is None
    place = Place(
        kept.output if own and kept is not None and kept.output is not None else output,
        n=kept.n if own and kept is not None else number,
        count=kept.count if own and kept is not None else count,
        id=past.id,
        model=past.model or "",
        seed=kept.seed if kept else None,
        prompt=past.prompt,
    )
    return Tracked(
        id=past.id,
        key=past.id,
        place=place,
        kind=past.media_type,
        model=past.model,
        namespace=kept.namespace if kept else None,
        status=past.status,
        again=True,
    )
