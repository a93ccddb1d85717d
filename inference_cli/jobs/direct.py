"""Direct calls: the answer holds the media or its only link, so it is kept until the file is published."""

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from inference_cli.errors import InferenceError, PartialError, UnknownOutcomeError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.endings import LOOK, out_of_time, stopped, unfetched
from inference_cli.jobs.inside import identity_of, place_of
from inference_cli.jobs.kept import Intent
from inference_cli.jobs.lost import Lost, left_out
from inference_cli.jobs.order import Order
from inference_cli.jobs.parts import Part
from inference_cli.jobs.publish import local_error
from inference_cli.jobs.save import Wanted, open_part, put_away, save
from inference_cli.jobs.unread import keep_answer
from inference_cli.jobs.updates import Phase, Update

if TYPE_CHECKING:
    from inference_cli.api.records import MediaAnswer, Output


@dataclass(frozen=True, slots=True)
class _Answered:
    """A request is off the network: its outcome is known, whatever it is."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class _Reply:
    """What a request brought, each with its part file where it came inside the answer, and why that is not all."""

    results: "Sequence[tuple[Wanted, Part | None]]" = ()
    failure: InferenceError | None = None


@dataclass(slots=True)
class _Call:
    """One direct request and the outputs that it is asked for."""

    order: Order
    intent: Intent
    bench: Bench
    count: int  # outputs of the whole command
    started: float
    parts: dict[int, Part] = field(default_factory=dict)

    def wanted(self, index: int, output: "Output | None" = None, model: str | None = None) -> Wanted:
        """Output number ``index`` of this request, from 0; more than was asked for has keys of its own."""
        body = self.intent.body
        place = place_of(
            self.intent,
            index,
            self.order.output,
            total=self.count,
            model=model or self.order.model,
            prompt=self.order.prompt,
        )
        return Wanted(
            key=str(body.first + index) if index < body.count else f"{body.first}+{index}",
            identity=identity_of(self.intent, index),
            generation_id=None,
            place=place,
            started=self.started,
            paid=True,
            status="succeeded" if output is not None else "",
            url=output.url if output is not None else None,
            raw={name: value for name, value in output.raw.items() if name != "b64_json"} if output else {},
        )

    def sink(self, stack: ExitStack, index: int) -> BinaryIO:
        """The part file that inline output number ``index`` is decoded into while the answer comes."""
        part = self.parts[index] = stack.enter_context(open_part(self.wanted(index), stack))
        return part.sink(self.bench.max_size, now=self.bench.clock.now())

    def came(self, error: InferenceError) -> list[tuple[Wanted, Part]]:
        """Outputs that came to their end in an answer that did not; a piece of another one is put away.

        Args:
            error: why there are no more; a piece that is kept for a look is named in it.
        """
        for part in self.parts.values():
            bad = None if part.ended else put_away(part)
            if bad is not None and not self.order.output.stdout:  # its folder goes with the command
                error.details = (*error.details, f"kept for a look: {bad}")
        whole = [(index, part) for index, part in sorted(self.parts.items()) if part.ended]
        return [(replace(self.wanted(index), status="succeeded"), part) for index, part in whole]

    def tell(self, phase: Phase, error: InferenceError, *, after: int = 0) -> None:
        """Say of every output from number ``after`` on why there is none."""
        for index in range(after, self.intent.body.count):
            self.bench.crew.tell(self.wanted(index).update(self.bench, phase, error=error))


def make(
    order: Order, intents: Sequence[Intent], bench: Bench, *, count: int, timeout: float | None
) -> Generator[Update, None, list[Lost]]:
    """Carry out an order by direct calls, several at once.

    Args:
        order: the work.
        intents: its requests, planned in the journal.
        bench: what the command works with.
        count: outputs of the whole command, for their names.
        timeout: seconds from now; None for ever.

    Yields:
        Every change; the last update of each output has an ended phase or an error, but for those of lost requests.

    Returns:
        The requests whose answer was lost.

    Raises:
        Interrupted: a stop was asked for.
        UnknownOutcomeError: the time was up before every request was answered.
        TimeoutPassed: the time was up while results were being fetched.
    """
    started = bench.clock.monotonic()
    failures: list[InferenceError] = []
    unanswered = {intent.id: intent for intent in intents}
    unfinished: set[str] = set()
    lost: list[Lost] = []
    calls = [_Call(order, intent, bench, count, started) for intent in intents]
    for call in calls:  # all of them before the first is sent: a pipe that nobody reads breaks here
        unfinished |= _keys(call.intent)
        yield from (call.wanted(index).update(bench, Phase.SENDING) for index in range(call.intent.body.count))
    for call in calls:
        bench.crew.start(partial(_carry_out, call, failures), lane="send")
    while not bench.crew.idle:
        left = float("inf") if timeout is None else started + timeout - bench.clock.monotonic()
        over = bench.stop.requested or left <= 0  # looked at first: an answer told before it still counts
        for message in bench.crew.heard():
            if isinstance(message, _Answered):
                unanswered.pop(message.intent.id, None)
            elif isinstance(message, Lost):
                unfinished -= _keys(message.intent)
                lost.append(message)
            elif isinstance(message, Update):
                unfinished -= {message.key} if message.final else set()
                yield message
        if over and unfinished:
            break
        bench.crew.rest(left)
    if unfinished:
        raise _given_up(unanswered, intents, bench)
    return lost


def _keys(intent: Intent) -> set[str]:
    """The keys of the outputs that a request is asked for."""
    return {str(intent.body.first + index) for index in range(intent.body.count)}


def _given_up(unanswered: dict[str, Intent], intents: Sequence[Intent], bench: Bench) -> InferenceError:
    """Why the command ends while workers still work; what they finish all the same is noted in the journal."""
    timed_out = not bench.stop.requested
    if unanswered:
        for intent in unanswered.values():
            bench.noted(partial(bench.journal.unknown, intent, "the time was up" if timed_out else "stopped"))
        return out_of_time() if timed_out else stopped(bench, sent=True)
    own = {intent.id for intent in intents}
    waiting = [kept.id for kept in bench.journal.pending() if kept.direct and kept.intent in own]
    return unfetched(waiting, bench, timed_out=timed_out) if waiting else stopped(bench, sent=False)


def _carry_out(call: _Call, failures: list[InferenceError]) -> None:
    """In a worker: one request from the intent to its files; after a failure of another one it is not sent."""
    bench, intent = call.bench, call.intent
    if not failures:
        bench.take_turn()
    if failures or bench.stop.requested:
        bench.noted(partial(bench.journal.not_sent, intent))
        bench.crew.tell(_Answered(intent))
        if bench.stop.requested:
            return
        call.tell(Phase.FAILED, left_out(failures[0]))
        return
    with ExitStack() as stack:
        reply = _ask(call, stack, failures)
        bench.crew.tell(_Answered(intent))
        for wanted, part in reply.results:
            save(wanted, bench, part=part)
    came = len(reply.results)
    if came >= intent.body.count:
        return
    if isinstance(reply.failure, UnknownOutcomeError):
        bench.crew.tell(Lost(intent, reply.failure, came=came))
        return
    error = reply.failure or PartialError(f"the server answered with {came} of {intent.body.count} outputs")
    call.tell(Phase.FAILED, error, after=came)


def _ask(call: _Call, stack: ExitStack, failures: list[InferenceError]) -> _Reply:
    """Send the request once and keep its answer in the journal, or what came of it."""
    bench, intent, order = call.bench, call.intent, call.order
    client = bench.client
    generate: Callable[..., MediaAnswer] = client.images.edit if order.route == "edit" else client.images.generate
    if order.kind == "video":
        generate = client.videos.generate
    try:
        bench.journal.sending(intent)
    except InferenceError as error:  # it is not sent
        failures.append(error)
        return _Reply(failure=error)
    try:
        answer = generate(intent.body.json, partial(call.sink, stack))
    except UnknownOutcomeError as error:
        return _lost(call, error, failures)
    except (InferenceError, OSError) as error:
        return _broken(call, error, failures)
    except BaseException as error:
        bench.noted(partial(bench.journal.unknown, intent, type(error).__name__))
        raise
    results = [call.wanted(index, output, answer.model) for index, output in enumerate(answer.outputs)]
    _keep(call, results)
    parts = [None if output.inline is None else call.parts.get(output.inline) for output in answer.outputs]
    return _Reply(tuple(zip(results, parts, strict=True)))


def _lost(call: _Call, error: UnknownOutcomeError, failures: list[InferenceError]) -> _Reply:
    """The answer was lost, or its end was: outputs that came before are results, and only the rest is unknown."""
    bench, intent = call.bench, call.intent
    came = call.came(error)
    if len(came) >= intent.body.count:
        _keep(call, [wanted for wanted, _ in came])
        return _Reply(came)
    unnoted: str | None = "nothing came"
    if came:
        unnoted = _keep(call, [wanted for wanted, _ in came], doubt=error.message)
    if unnoted is not None:
        bench.noted(partial(bench.journal.unknown, intent, error.message))
    error.hint = error.hint or LOOK
    keep_answer(error, intent, bench)
    failures.append(error)
    return _Reply(came, error)


def _broken(call: _Call, error: InferenceError | OSError, failures: list[InferenceError]) -> _Reply:
    """It was refused, or its media could not be kept, as when the disk is full: what is whole is a result then too."""
    bench, intent = call.bench, call.intent
    own = error if isinstance(error, InferenceError) else local_error(error, call.wanted(0).place.name("")[0] / "x")
    came = call.came(own)
    if came:
        _keep(call, [wanted for wanted, _ in came])
    if call.parts or isinstance(error, OSError):  # media had begun to come: it was made, and paid for
        ids = [call.wanted(len(came)).identity]
        if len(came) < intent.body.count:
            bench.noted(partial(bench.journal.accepted, intent, ids, direct=True, status="lost"))
    else:
        bench.noted(partial(bench.journal.refused, intent, own.message))
    failures.append(own)
    return _Reply(came, own)


def _keep(call: _Call, results: Sequence[Wanted], *, doubt: str | None = None) -> str | None:
    """Put the links, the only handles of what was paid for, into the journal before anything is downloaded.

    Args:
        call: whose they are.
        results: what came.
        doubt: why it is not known whether there is more.

    Returns:
        Why that could not be done.
    """
    ids = [wanted.identity for wanted in results]
    urls = {wanted.identity: wanted.url for wanted in results if wanted.url}
    journal = call.bench.journal
    keep = partial(journal.accepted, call.intent, ids, direct=True, status="succeeded", urls=urls, doubt=doubt)
    note = call.bench.noted(keep) and call.bench.noted(keep)  # once more: a disk that failed may work again
    if note is not None:
        call.bench.crew.tell(call.wanted(0).update(call.bench, Phase.SENDING, note=note))
    return note
