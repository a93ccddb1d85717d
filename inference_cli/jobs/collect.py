"""Generations that exist already, brought to disk: what `queue wait` and `queue download` do."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from inference_cli.clock import Clock
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.crew import WORKERS, Crew
from inference_cli.jobs.follow import Follow
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.naming import Place
from inference_cli.jobs.parts import stale_parts
from inference_cli.jobs.stop import Stop
from inference_cli.jobs.target import prepare
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.updates import Update

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.media import MediaClient


def collect(
    tracked: Sequence[Tracked],
    *,
    client: "Client",
    media: "MediaClient",
    journal: Journal,
    clock: Clock,
    stop: Stop,
    timeout: float | None,
    stdout: BinaryIO | None,
    max_size: int,
    download: bool = True,
    wait: bool = True,
    workers: int = WORKERS,
    fixed_interval: float | None = None,
    jitter: Callable[[], float] = random.random,
) -> Iterator[Update]:
    """Wait for generations and fetch their results.

    Args:
        tracked: what to follow.
        client: of the API that has them.
        media: for the results.
        journal: where their states and files are noted.
        clock: time, real or not.
        stop: what a signal sets.
        timeout: seconds from now; None for ever.
        stdout: takes the one result of ``-o -``.
        max_size: bytes that a result may have.
        download: whether to fetch results; else this only waits.
        wait: False: what has not ended is left alone.
        workers: 0 does everything in this thread, for tests.
        fixed_interval: seconds between two looks at a sandbox in this process; None for fault C26.
        jitter: numbers from 0 to 1.

    Yields:
        Every change; the last update of each generation has an ended phase or an error.

    Raises:
        UsageError: a folder is missing.
        LocalError: a folder cannot be written to.
        Interrupted: a stop was asked for; the generations go on.
        TimeoutPassed: the time is up; the generations go on.
    """
    if download:
        tracked = [one if one.saved else replace(one, place=_prepared(one.place)) for one in tracked]
    with Crew(clock=clock, stop=stop, workers=workers) as crew:
        bench = Bench(client, media, journal, clock, stop, crew, stdout, max_size, jitter)
        follow = Follow(tracked, bench, download=download, timeout=timeout, fixed_interval=fixed_interval, wait=wait)
        yield from follow.updates()
    if download:
        sweep(tracked, journal)


def _prepared(place: Place) -> Place:
    return replace(place, spec=prepare(place.spec))


def sweep(tracked: Sequence[Tracked], journal: Journal) -> None:
    """Remove old part files of generations that ended, from the folders that were written to (fault D19)."""
    for folder in {one.place.name("")[0] for one in tracked if not one.place.spec.stdout}:
        for identity, part in stale_parts(folder, now=journal.clock.now()):
            kept = journal.get(identity)
            if kept is not None and kept.state in {"downloaded", "failed", "cancelled", "vanished"}:
                part.unlink(missing_ok=True)
                part.with_name(part.name + ".json").unlink(missing_ok=True)
