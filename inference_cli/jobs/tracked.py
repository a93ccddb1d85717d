"""Generations that a command follows, wherever it knows them from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inference_cli.api.records import is_valid_id
from inference_cli.errors import NotFoundError
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.kept import Kept
from inference_cli.jobs.naming import OutputSpec, Place


@dataclass(frozen=True, slots=True)
class Tracked:
    """One generation to be followed; ``age`` is seconds since the server took it, as far as known."""

    id: str
    key: str
    place: Place
    known: bool = True  # this machine asked for it; another id may be a mistake
    age: float = 0.0
    kind: str | None = None
    model: str | None = None
    namespace: str | None = None
    status: str = "queued"
    url: str | None = None  # the link of a direct answer: nothing to wait for
    saved: Kept | None = None  # the file is here already
    again: bool = False  # it was downloaded before; another process may not have done it meanwhile


def tracked_from_journal(journal: Journal, ids: Sequence[str], output: OutputSpec | None = None) -> tuple[Tracked, ...]:
    """What ids, prefixes of ids, or ``last`` mean, each once.

    Args:
        journal: what is known here; an id that it does not know is looked up on the server later.
        ids: as the user gave them.
        output: where the files go; without a target each goes where the command that asked for it wanted it.

    Raises:
        NotFoundError: there is no such generation, and it cannot be an id.
        UsageError: a prefix fits several.
    """
    found = dict.fromkeys(_meant(journal, text) for text in ids)
    return tuple(
        _tracked(journal, identity, journal.get(identity), output or OutputSpec(), number, len(found))
        for number, identity in enumerate(found, start=1)
    )


def _meant(journal: Journal, text: str) -> str:
    try:
        return journal.find(text)
    except NotFoundError:
        if text == "last" or not is_valid_id(text):
            raise
        return text


def _tracked(
    journal: Journal, identity: str, kept: Kept | None, output: OutputSpec, number: int, count: int
) -> Tracked:
    elsewhere = output.target is not None or output.stdout
    if kept is None:
        return Tracked(identity, identity, Place(output, n=number, count=count, id=identity), known=False)
    place = Place(
        output
        if elsewhere or kept.output is None
        else replace(kept.output, force=output.force, no_clobber=output.no_clobber),
        n=number if elsewhere else kept.n,
        count=count if elsewhere else kept.count,
        id=identity,
        model=kept.model or "",
        seed=kept.seed,
        prompt=kept.prompt,
    )
    return Tracked(
        id=identity,
        key=identity,
        place=place,
        age=max(0.0, journal.clock.now() - kept.accepted),
        kind=kept.kind,
        model=kept.model,
        namespace=kept.namespace,
        status=kept.status or kept.state,
        url=kept.url,
        again=kept.state == "downloaded",
        saved=kept if kept.file is not None and not elsewhere and not output.force else None,
    )
