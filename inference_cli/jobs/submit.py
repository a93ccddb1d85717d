"""Paid requests to the queue: each durable before it is sent, and its ids before anything is printed."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from inference_cli.errors import InferenceError, PartialError, UnknownOutcomeError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.endings import LOOK, MAYBE, go_on, stopped
from inference_cli.jobs.kept import Intent
from inference_cli.jobs.lost import Lost, left_out
from inference_cli.jobs.naming import Place
from inference_cli.jobs.order import Order
from inference_cli.jobs.save import Wanted
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.unread import keep_answer
from inference_cli.jobs.updates import Phase, Update

if TYPE_CHECKING:
    from inference_cli.api.records import Generation

RECONCILING = "the request may have been accepted; reconciling (Ctrl-C again to stop)"  # fault C10
_SLICE = 0.05  # seconds between two looks for that answer
_PATIENCE = 5.0  # seconds for the answer to a request that is on its way when Ctrl-C comes: it holds the ids


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one request: generations, an error, or (fault A31) both."""

    intent: Intent
    generations: "tuple[Generation, ...]" = ()
    error: InferenceError | None = None
    skipped: bool = False  # never sent, because of what happened to one before it
    note: str | None = None

    @property
    def lost(self) -> Lost | None:
        """The same as a request whose answer, or a part of it, was lost."""
        if self.skipped or not isinstance(self.error, UnknownOutcomeError):
            return None
        taken = len(self.generations)
        return Lost(self.intent, self.error, taken) if taken < self.intent.body.count else None


@dataclass(slots=True)
class Submitted:
    """What the server took, and requests of which it may have taken something."""

    tracked: list[Tracked] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)


def send(intent: Intent, bench: Bench) -> Sent:
    """Send one paid request, once (fault C1), and keep what it brought.

    Raises:
        Exception: what nobody expected; the outcome is noted as unknown first.
    """
    from inference_cli.api.records import Generation

    try:
        bench.journal.sending(intent)
    except InferenceError as error:  # it is not sent
        return Sent(intent, error=error)
    try:
        rows = bench.client.queue.enqueue(intent.body.json)
        failure: InferenceError | None = None
    except (UnknownOutcomeError, PartialError) as error:
        rows = tuple(Generation.from_json({"generation_id": one, "status": ""}) for one in error.generation_ids)
        failure = error
        keep_answer(error, intent, bench)
    except InferenceError as error:
        note = bench.noted(partial(bench.journal.refused, intent, error.message))
        return Sent(intent, error=error, note=note)
    except BaseException as error:
        bench.noted(partial(bench.journal.unknown, intent, type(error).__name__))
        raise
    if not rows:
        failure = failure or UnknownOutcomeError(f"the answer names no generation; {MAYBE}", hint=LOOK)
        return Sent(intent, error=failure, note=bench.noted(partial(bench.journal.unknown, intent, failure.message)))
    ids = [row.generation_id for row in rows]
    doubt = failure.message if isinstance(failure, UnknownOutcomeError) and len(ids) < intent.body.count else None
    keep = partial(bench.journal.accepted, intent, ids, status=rows[0].status, doubt=doubt)
    note = bench.noted(keep) and bench.noted(keep)  # once more: a disk that failed may work again
    if note is not None:
        note = f"{note}; keep what it should have kept: {' '.join(ids)}"
    return Sent(intent, rows, failure, note=note)


def send_all(intents: Sequence[Intent], bench: Bench) -> None:
    """In a worker: send one after the other; after a failure, or a wish to stop, the rest stays unsent."""
    failure: InferenceError | None = None
    for intent in intents:
        if failure is None:
            bench.take_turn()
        if failure is not None or bench.stop.requested:
            bench.noted(partial(bench.journal.not_sent, intent))
            bench.crew.tell(Sent(intent, error=left_out(failure) if failure else None, skipped=True))
            continue
        sent = send(intent, bench)
        failure = sent.error
        bench.crew.tell(sent)


def submit(order: Order, intents: Sequence[Intent], bench: Bench, *, count: int) -> Generator[Update, None, Submitted]:
    """Enqueue an order.

    Args:
        order: the work.
        intents: its requests, planned in the journal.
        bench: what the command works with.
        count: outputs of the whole command, for their names.

    Yields:
        An update per output when its request is on its way, and one with an error for each that will not be.

    Returns:
        What the server took, and what it may have taken.

    Raises:
        Interrupted: a stop was asked for.
    """
    started = bench.clock.monotonic()
    submitted = Submitted()
    for intent in intents:
        for n in range(intent.body.first, intent.body.first + intent.body.count):
            yield _wanted(order, intent, n, count, started).update(bench, Phase.SENDING)
    bench.crew.start(lambda: send_all(intents, bench), lane="send")
    stopped_at: float | None = None
    while not bench.crew.idle and (stopped_at is None or bench.clock.monotonic() < stopped_at + _PATIENCE):
        for message in bench.crew.heard():
            if isinstance(message, Sent):
                submitted.tracked += _tracked(order, message, count, bench, started)
                submitted.lost += [message.lost] if message.lost else []
                yield from _told(order, message, count, bench, started)
        if bench.crew.idle:
            break
        if not bench.stop.requested:
            bench.crew.pause()
        elif stopped_at is None:
            stopped_at = bench.clock.monotonic()
            first = _wanted(order, intents[0], intents[0].body.first, count, started)
            yield first.update(bench, Phase.SENDING, note=RECONCILING)
        else:
            bench.clock.sleep(_SLICE)
    if bench.stop.requested:
        states = [(one.id, one.status) for one in submitted.tracked]
        sent = not bench.crew.idle or bool(submitted.lost)
        raise go_on(states, bench) if states else stopped(bench, sent=sent)
    return submitted


def _wanted(order: Order, intent: Intent, n: int, count: int, started: float) -> Wanted:
    place = Place(order.output, n=n, count=count, model=order.model, seed=intent.body.seed, prompt=order.prompt)
    return Wanted(str(n), "", None, place, started, status="")


def _tracked(order: Order, sent: Sent, count: int, bench: Bench, started: float) -> list[Tracked]:
    """What the server took; more than was asked for is followed too (fault C25)."""
    body = sent.intent.body
    found = []
    for number, row in enumerate(sent.generations):
        n = body.first + number
        place = Place(
            order.output,
            n=n,
            count=max(count, len(sent.generations)),
            id=row.generation_id,
            model=order.model,
            seed=body.seed,
            prompt=order.prompt,
        )
        found.append(
            Tracked(
                id=row.generation_id,
                key=str(n) if number < body.count else f"{body.first}+{number}",
                place=place,
                age=max(0.0, bench.clock.monotonic() - started),
                kind=order.kind,
                model=order.model,
                namespace=order.namespace,
                status=row.status,
            )
        )
    return found


def _told(order: Order, sent: Sent, count: int, bench: Bench, started: float) -> list[Update]:
    """What is to be said about a request: an error for each output that the server did not take, and notes."""
    body, taken = sent.intent.body, len(sent.generations)
    notes = [sent.note] if sent.note else []
    if taken > body.count:
        notes.append(f"the server made {taken} instead of {body.count}")
    first = _wanted(order, sent.intent, body.first, count, started)
    updates = [first.update(bench, Phase.SENDING, note=note) for note in notes]
    error: InferenceError | None = sent.error
    if sent.lost or (error is None and sent.skipped):
        return updates  # it is looked for first; or a stop: it raises
    if error is None:
        error = PartialError(f"the server took {taken} of {body.count} outputs", hint=LOOK)
    return updates + [
        _wanted(order, sent.intent, n, count, started).update(bench, Phase.FAILED, error=error)
        for n in range(body.first + taken, body.first + body.count)
    ]
