"""What the tests of jobs start from: an origin, a journal in a folder of its own, orders, and a bench of fakes."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from inference_cli.clock import Clock, ManualClock
from inference_cli.errors import InferenceError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.collect import collect
from inference_cli.jobs.crew import Crew
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.order import Body, Kind, Order, Route
from inference_cli.jobs.run import run
from inference_cli.jobs.stop import Stop
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.updates import Update
from inference_cli.origin import Origin
from tests.support.fakes import FakeClient, FakeMedia

ORIGIN = Origin("https", "hub.example", 443)


def journal_in(folder: Path, *, clock: Clock | None = None, origin: Origin = ORIGIN, patience: float = 30.0) -> Journal:
    """A journal in that folder."""
    return Journal(folder / "journal.sqlite3", origin=origin, clock=clock or ManualClock(), patience=patience)


def order_for(
    *bodies: Body,
    target: str | None = None,
    route: Route = "queue",
    kind: Kind = "image",
    spec: OutputSpec | None = None,
    **fields: Any,
) -> Order:
    """An order for a red fox: those requests, or one for one output."""
    return Order(
        kind=kind,
        route=route,
        model=fields.pop("model", "fox-1"),
        namespace=fields.pop("namespace", None),
        prompt=fields.pop("prompt", "a red fox"),
        bodies=bodies or (Body(json={"model": "fox-1", "prompt": "a red fox"}, count=1, first=1),),
        output=spec or OutputSpec(target),
        argv=fields.pop("argv", ("image", "a red fox")),
        **fields,
    )


@dataclass(slots=True)
class Scene:
    """A command's surroundings, all made up, and everything that it told."""

    folder: Path
    journal: Journal
    clock: ManualClock
    client: FakeClient
    media: FakeMedia
    stop: Stop = field(default_factory=Stop)
    stdout: BinaryIO | None = None
    seen: list[Update] = field(default_factory=list)
    broken: InferenceError | None = None

    @property
    def target(self) -> str:
        """A folder for results, as ``-o`` would name it."""
        return f"{self.folder}/"

    def bench(self, crew: Crew, *, max_size: int = 10**9) -> Bench:
        """What a step of the command works with."""
        return Bench(
            client=cast(Any, self.client),
            media=cast(Any, self.media),
            journal=self.journal,
            clock=self.clock,
            stop=self.stop,
            crew=crew,
            stdout=self.stdout,
            max_size=max_size,
            jitter=lambda: 0.5,
        )

    def updates(self, order: Order, **options: Any) -> Iterator[Update]:
        """The updates of an order that is carried out in this thread."""
        given = {"wait": True, "timeout": None, "max_size": 10**9, "anyway": False, "workers": 0, **options}
        return run(order, **self._surroundings, **given)

    def updates_until_the_end(self, order: Order, **options: Any) -> Iterator[Update]:
        """The same, and an error that ends them is kept."""
        try:
            for update in self.updates(order, **options):
                self.seen.append(update)
                yield update
        except InferenceError as error:
            self.broken = error

    def run(self, order: Order, **options: Any) -> list[tuple[str, str, str]]:
        """Carry out an order in this thread; key, phase and word of every update."""
        return self.watch(self.updates(order, **options))

    def collect(self, tracked: Iterable[Tracked], **options: Any) -> list[tuple[str, str, str]]:
        """Collect generations in this thread; key, phase and word of every update."""
        given = {"timeout": None, "max_size": 10**9, "workers": 0, **options}
        return self.watch(collect(tuple(tracked), **self._surroundings, **given))

    def watch(self, updates: Iterator[Update]) -> list[tuple[str, str, str]]:
        """Draw all updates; an error that ends them is kept."""
        before = len(self.seen)
        try:
            for update in updates:
                self.seen.append(update)
        except InferenceError as error:
            self.broken = error
        return [(update.key, update.phase.value, update.status) for update in self.seen[before:]]

    @property
    def last(self) -> dict[str, Update]:
        """The last update of each output."""
        return {update.key: update for update in self.seen}

    @property
    def errors(self) -> dict[str, tuple[int, str]]:
        """Exit code and sentence of each output that failed."""
        return {
            key: (int(update.error.exit_code), update.error.message)
            for key, update in self.last.items()
            if update.error is not None
        }

    @property
    def notes(self) -> list[str]:
        """Every note, in order."""
        return [update.note for update in self.seen if update.note]

    @property
    def files(self) -> list[str]:
        """What is in the folder for results, hidden files and the journal's own included."""
        return sorted(path.name for path in self.folder.iterdir())

    @property
    def _surroundings(self) -> dict[str, Any]:
        return {
            "client": self.client,
            "media": self.media,
            "journal": self.journal,
            "clock": self.clock,
            "stop": self.stop,
            "stdout": self.stdout,
            "jitter": lambda: 0.5,
        }


class PatientClock(ManualClock):
    """A manual clock for real threads: whoever waits is woken by the event, and time passes only by sleeping."""

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait for the event, or until somebody has slept long enough; a minute without either is a failed test."""
        until = self.monotonic() + seconds
        for _ in range(6000):
            if event.wait(0.01):
                return True
            if self.monotonic() >= until:
                return False
        raise AssertionError("nobody woke the waiter")


@contextmanager
def scene(
    folder: Path,
    *,
    files: Any = None,
    stdout: BinaryIO | None = None,
    clock: ManualClock | None = None,
    **client: Any,
) -> Iterator[Scene]:
    """A scene whose results go to ``folder/out`` and whose journal lies beside it; takes what ``FakeClient`` takes."""
    clock = clock or ManualClock()
    results = folder / "out"
    results.mkdir(exist_ok=True)
    with journal_in(folder, clock=clock) as journal:
        yield Scene(results, journal, clock, FakeClient(clock, **client), FakeMedia(files), stdout=stdout)
