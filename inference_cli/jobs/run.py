"""One command's paid work, from the intent to the files: what `image`, `video` and `queue submit` do."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from inference_cli.clock import Clock
from inference_cli.errors import InferenceError, LocalError
from inference_cli.jobs import baseline
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.budget import within
from inference_cli.jobs.collect import sweep
from inference_cli.jobs.crew import WORKERS, Crew
from inference_cli.jobs.direct import make
from inference_cli.jobs.follow import Follow
from inference_cli.jobs.journal import NOTHING_SENT, Journal
from inference_cli.jobs.kept import Intent
from inference_cli.jobs.naming import Place
from inference_cli.jobs.order import Body, Order
from inference_cli.jobs.save import Wanted
from inference_cli.jobs.stop import Stop
from inference_cli.jobs.submit import Submitted, submit
from inference_cli.jobs.target import is_there, prepare
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.twins import refuse_twins
from inference_cli.jobs.updates import Phase, Update
from inference_cli.money.budget import Limit

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.media import MediaClient
    from inference_cli.api.redaction import Redactor
    from inference_cli.jobs.retrieve import Choose

_FIRST_LOOK = 0.3  # seconds after the last request was taken (fault C26)


def run(
    order: Order,
    *,
    client: "Client",
    media: "MediaClient",
    journal: Journal,
    clock: Clock,
    stop: Stop,
    wait: bool,
    timeout: float | None,
    stdout: BinaryIO | None,
    max_size: int,
    anyway: bool,
    limits: Sequence[Limit] = (),
    workers: int = WORKERS,
    fixed_interval: float | None = None,
    jitter: Callable[[], float] = random.random,
    choose: "Choose" = lambda _: None,
) -> Iterator[Update]:
    """Carry out an order.

    Args:
        order: what to make.
        client: of the API.
        media: for the results.
        journal: where everything is noted before it happens.
        clock: time, real or not.
        stop: what a signal sets.
        wait: False: the ids are the end; the queue route only.
        timeout: seconds: of waiting for the queue, or of a direct call in all; None for ever.
        stdout: takes the one result of ``-o -``.
        max_size: bytes that a result may have.
        anyway: send although an equal request has an unknown outcome (fault C15).
        limits: budgets that the price is reserved in before anything is sent.
        workers: 0 does everything in this thread, for tests.
        fixed_interval: seconds between two looks at a sandbox in this process; None for fault C26.
        jitter: numbers from 0 to 1.
        choose: asks a person which generations are a request's own, where nobody can tell.

    Yields:
        Every change; the last update of each output has an ended phase, an error, or (``wait`` is False) its id.

    Raises:
        UsageError: the target folder is missing; nothing was sent.
        LocalError: the target or the journal cannot be written to; nothing was sent.
        BudgetError: a budget does not suffice; nothing was sent.
        UnknownOutcomeError: an equal request has an unknown outcome; nothing was sent. Or the time was up.
        Interrupted: a stop was asked for.
        TimeoutPassed: the time is up; what is queued goes on.
    """
    count = order.count
    order = _kept(replace(order, output=prepare(order.output)), client.redactor)
    with _nothing_sent():
        journal.settle()
    with Crew(clock=clock, stop=stop, workers=workers) as crew:
        bench = Bench(client, media, journal, clock, stop, crew, stdout, max_size, jitter)
        taken = [body for body in order.bodies if all(is_there(place) for place in _places(order, body, count))]
        yield from (update for body in taken for update in _skipped(order, body, count, bench))
        order = replace(order, bodies=tuple(body for body in order.bodies if body not in taken))
        if not order.bodies:
            return
        if not anyway:
            refuse_twins(journal, order)
        before = baseline.take(order, client, journal)
        plan = partial(journal.plan, order, cwd=Path.cwd(), total=count, limits=limits, baseline=before)
        plan = partial(plan, redactor=client.redactor)
        intents = within(plan, client=client, journal=journal, limits=limits)
        submitted, until = Submitted(), None if timeout is None else clock.monotonic() + timeout
        try:
            if order.route != "queue":
                submitted.lost = yield from make(order, intents, bench, count=count, timeout=timeout)
            else:
                submitted = yield from submit(order, intents, bench, count=count)
            if submitted.lost:
                from inference_cli.jobs.retrieve import Search, look_for

                search = Search(fixed_interval is None, until, choose)
                yield from look_for(submitted, order, bench, search, count=count)
        except BaseException:
            _abandon(intents, journal)
            raise
        tracked = tuple(submitted.tracked)
        if not wait or not tracked:
            yield from (_enqueued(one, bench) for one in tracked)
            return
        follow = Follow(
            tracked,
            bench,
            download=True,
            timeout=timeout,
            fixed_interval=fixed_interval,
            first_look=fixed_interval or _FIRST_LOOK,
            paid=True,
        )
        yield from follow.updates()
        sweep(tracked, journal)


def _kept(order: Order, redactor: "Redactor") -> Order:
    """The order as it may be written down, and files be named after it: a prompt may hold the token (fault E12).

    What is sent is what the user wrote.
    """
    prompt = None if order.prompt is None else redactor.kept(order.prompt)
    return replace(order, prompt=prompt, argv=tuple(map(redactor.kept, order.argv)))


@contextmanager
def _nothing_sent() -> Iterator[None]:
    """A journal that cannot be used before anything is sent: the error says so."""
    try:
        yield
    except LocalError as error:
        error.hint = "  ".join(filter(None, [NOTHING_SENT, error.hint]))
        raise


def _abandon(intents: Sequence[Intent], journal: Journal) -> None:
    """The command ends in the middle: what was not sent never will be, what has no answer is unknown."""
    for intent in intents:
        with suppress(InferenceError):
            journal.not_sent(intent)
            journal.unknown(intent, "the command ended before the answer came")


def _places(order: Order, body: Body, count: int) -> list[Place]:
    return [
        Place(order.output, n=n, count=count, model=order.model, seed=body.seed, prompt=order.prompt)
        for n in range(body.first, body.first + body.count)
    ]


def _skipped(order: Order, body: Body, count: int, bench: Bench) -> Iterator[Update]:
    """``--no-clobber`` and all files of a request are there: it is not sent, and costs nothing."""
    for place in _places(order, body, count):
        folder, name = place.name("")
        wanted = Wanted(str(place.n), "", None, place, bench.clock.monotonic(), status="skipped")
        note = f"{folder / name} is there already; nothing was sent for it"
        yield wanted.update(bench, Phase.SKIPPED, note=note, result=wanted.result(path=folder / name))


def _enqueued(tracked: Tracked, bench: Bench) -> Update:
    """The last word on a generation that nobody waits for."""
    wanted = Wanted(
        tracked.key, tracked.id, tracked.id, tracked.place, bench.clock.monotonic() - tracked.age, status=tracked.status
    )
    return wanted.update(bench, Phase.QUEUED, result=wanted.result())
