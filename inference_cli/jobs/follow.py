"""Many generations watched by one poller until each has ended, and its result is on disk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, replace
from functools import partial

from inference_cli.api.records import Generation, State
from inference_cli.errors import DamagedError, InferenceError, TemporaryError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.costs import keep
from inference_cli.jobs.endings import after_acceptance, ended_badly, go_on, masked, nowhere, still_running
from inference_cli.jobs.hint import Hint, listen
from inference_cli.jobs.intervals import LONGEST
from inference_cli.jobs.look import LAG, NOTHING, Look, Lookout, Sighting, Sought, link_of, single
from inference_cli.jobs.pace import Pace
from inference_cli.jobs.save import Wanted, here_already, save
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.updates import Phase, Update
from inference_cli.jobs.watch import Watch

_MOST_DAMAGED = 5  # unreadable answers in a row
_MOST_WITHOUT_LINK = 2  # further looks at a generation that succeeded without a result (fault C20)
_BADLY = {State.FAILED: Phase.FAILED, State.CANCELLED: Phase.CANCELLED}
_PHASES = {State.QUEUED: Phase.QUEUED, State.PROCESSING: Phase.PROCESSING}


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one look brought: sightings, or why there are none."""

    look: Look = NOTHING
    error: InferenceError | None = None


class Follow:
    """Follows generations of either API to their end.

    Args:
        tracked: what to follow.
        bench: what the command works with.
        download: whether results are fetched; else a generation that succeeded is the end.
        timeout: seconds from now; None for ever.
        fixed_interval: seconds between two looks; None for those of the contract.
        first_look: seconds until the first one.
        paid: whether this command paid for them.
        wait: False: one look is all, and what still runs is left alone.
    """

    def __init__(
        self,
        tracked: Sequence[Tracked],
        bench: Bench,
        *,
        download: bool,
        timeout: float | None,
        fixed_interval: float | None,
        first_look: float = 0.0,
        paid: bool = False,
        wait: bool = True,
    ) -> None:
        now = bench.clock.monotonic()
        self._bench, self._download, self._paid, self._wait = bench, download, paid, wait
        self._grace = LAG if fixed_interval is None else 0.0  # a sandbox in this process has nothing that lags
        age = min((one.age for one in tracked if one.known and one.saved is None), default=0.0)
        self._pace = Pace(bench.clock, fixed=fixed_interval, jitter=bench.jitter, first_look=first_look, age=age)
        self._lookout = Lookout(bench.client)
        self._deadline = None if timeout is None else now + timeout
        self._listening = False
        self._damaged = 0
        self._silent = False
        self._open = {one.id: Watch(one, self._wanted(one, now)) for one in tracked}
        self._waiting = dict(self._open)  # those whose end is waited for; the others' results are being fetched
        self._ids: defaultdict[str, list[str]] = defaultdict(list)  # by key
        for one in tracked:
            self._ids[one.key].append(one.id)

    def updates(self) -> Iterator[Update]:
        """Every change of every generation, the last of each with an ended phase or an error.

        Raises:
            Interrupted: a stop was asked for.
            TimeoutPassed: the time is up.
        """
        crew = self._bench.crew
        yield from [update for watch in tuple(self._open.values()) for update in self._begin(watch)]
        while self._open:
            for message in crew.heard():
                yield from self._take(message)
            if not self._open:
                return
            self._check_limits()
            self._look_when_due()
            crew.pause(self._until())

    def _wanted(self, tracked: Tracked, now: float) -> Wanted:
        return Wanted(
            key=tracked.key,
            identity=tracked.id,
            generation_id=tracked.id if tracked.url is None else None,
            place=tracked.place,
            started=now - tracked.age,
            status=tracked.status,
            url=tracked.url,
            again=tracked.again,
            paid=self._paid,
            refresh=partial(self._fresh_link, tracked.id) if tracked.url is None else lambda: None,
        )

    def _begin(self, watch: Watch) -> Iterator[Update]:
        """The first word on an output: where it stands as far as this machine knows."""
        if watch.tracked.saved is not None and self._download:
            self._drop(watch.tracked.id)
            yield here_already(watch.wanted, watch.tracked.saved, self._bench)
        elif watch.tracked.url is not None:
            yield from self._succeeded(watch)
        else:
            watch.phase = _PHASES.get(_state(watch.tracked.status), Phase.QUEUED)
            if not self._wait or not watch.tracked.known or watch.tracked.status == State.VANISHED.value:
                return  # nothing is known of it yet
            yield watch.wanted.update(self._bench, watch.phase, result=watch.wanted.result())

    # ---------------------------------------------------------------------------------------- looking

    def _look_when_due(self) -> None:
        if not self._waiting or not self._pace.is_due:
            return
        self._pace.begin()
        waiting = sorted(self._waiting.values(), key=lambda watch: watch.missed)
        sought = [watch.sought for watch in waiting]
        self._bench.crew.start(partial(self._look, sought), lane="look")
        threaded, has_events = self._bench.crew.threaded, self._bench.client.dialect.has_events
        if self._pace.wants_stream and not self._listening and threaded and has_events:
            self._listening = True
            over = partial(_none, self._waiting)
            self._bench.crew.beside(partial(listen, self._bench, over, connected=self._pace.connected))

    def _look(self, sought: Sequence[Sought]) -> None:
        """In a worker: one look, told to the main thread."""
        try:
            looked = _Looked(self._lookout.look(sought))
        except InferenceError as error:
            looked = _Looked(error=error)
        self._bench.crew.tell(looked)

    def _until(self) -> float:
        """Seconds until something has to be done unasked."""
        now = self._bench.clock.monotonic()
        moments = [] if self._deadline is None else [self._deadline]
        if not self._pace.looking and self._waiting:
            moments.append(self._pace.due)
        return min((moment - now for moment in moments), default=float("inf"))

    def _check_limits(self) -> None:
        stop, late = self._bench.stop.requested, self._deadline
        timed_out = late is not None and self._bench.clock.monotonic() >= late
        if self._open and (stop or timed_out):
            states = [(watch.tracked.id, watch.wanted.status or "queued") for watch in self._open.values()]
            raise go_on(states, self._bench, timed_out=not stop)

    # --------------------------------------------------------------------------------------- deciding

    def _take(self, message: object) -> Iterator[Update]:
        if isinstance(message, Update):
            if message.final:
                self._close(message.key)
            yield message
        elif isinstance(message, Hint):
            if message.id in self._waiting:
                self._pace.hint(message.id, several=len(self._waiting) > 1)
        elif isinstance(message, _Looked):
            yield from self._looked(message)

    def _looked(self, message: _Looked) -> Iterator[Update]:
        if message.error is not None:
            updates = list(self._not_answered(message.error))
        else:
            self._damaged, self._silent = 0, False
            updates = list(self._seen(message.look.sightings))
        longest = min((LONGEST.get(watch.tracked.kind or "", 5.0) for watch in self._waiting.values()), default=5.0)
        self._pace.end(message.look, self._waiting, longest)
        yield from updates

    def _close(self, key: str) -> None:
        for identity in self._ids[key]:
            self._drop(identity)

    def _drop(self, identity: str) -> None:
        """It has ended, for this command."""
        self._open.pop(identity, None)
        self._waiting.pop(identity, None)

    def _not_answered(self, error: InferenceError) -> Iterator[Update]:
        """The server did not answer: trouble that may pass is waited out (fault A38), anything else ends it."""
        self._damaged += isinstance(error, DamagedError)
        passing = isinstance(error, TemporaryError) or (
            isinstance(error, DamagedError) and self._damaged < _MOST_DAMAGED
        )
        for watch in tuple(self._waiting.values()):
            if not passing:
                yield self._left(watch, error)
            elif not self._silent:
                self._silent = True
                yield _waited_out(watch, self._bench, error)

    def _left(self, watch: Watch, error: InferenceError) -> Update:
        """What has become of it cannot be told; it goes on without this command."""
        if self._paid:
            error = after_acceptance(error)
            error.hint = f"Wait for it:  inference queue wait {self._bench.journal.prefix(watch.tracked.id)}"
        return self._ended(watch, Phase.UNKNOWN, error)

    def _seen(self, sightings: Iterable[Sighting]) -> Iterator[Update]:
        updates: list[Update] = []
        changes: list[tuple[str, str, str, str | None]] = []
        ended: list[Generation] = []  # rows of a list of the history say what they cost
        for sighting in sightings:
            watch = self._waiting.get(sighting.id)
            if watch is None:
                continue
            before = (watch.phase, watch.wanted.status)
            updates += (
                self._judged(watch, sighting.row) if sighting.error is None else self._hidden(watch, sighting.error)
            )
            if sighting.row is not None and (watch.phase, watch.wanted.status) != before:
                row = sighting.row
                reason = masked(row.error_message) if row.error_message else None
                changes.append((sighting.id, row.state.value, row.status, reason))
                ended.append(row)
            elif sighting.row is None and watch.phase is Phase.VANISHED and watch.tracked.known:
                changes.append((sighting.id, State.VANISHED.value, watch.wanted.status, None))
        note = self._bench.noted(partial(self._bench.journal.moved, changes)) if changes else None
        note = self._bench.noted(partial(keep, self._bench.journal, ended)) or note
        yield from (replace(update, note=update.note or note) for update in updates)

    def _judged(self, watch: Watch, row: Generation | None) -> Iterator[Update]:
        """What a sighting means for an output."""
        if row is None:
            yield from self._missing(watch)
            return
        watch.seen, watch.hidden, watch.damaged = True, 0, 0
        old = watch.wanted
        if row.raw != old.raw:
            watch.wanted = replace(old, status=row.status or row.state.value, cost=row.cost, raw=row.raw)
        if row.state is State.SUCCEEDED:
            watch.wanted = replace(watch.wanted, url=link_of(row))
            yield from self._succeeded(watch)
        elif row.state.ended:
            yield self._ended(watch, _BADLY.get(row.state, Phase.FAILED), ended_badly(row))
        elif not self._wait:
            yield self._ended(watch, _PHASES.get(row.state, Phase.UNKNOWN), still_running(row, self._bench))
        else:
            phase = _PHASES.get(row.state, Phase.UNKNOWN)
            note = None
            if phase is Phase.UNKNOWN and not watch.warned:
                watch.warned, note = True, f"the server says '{row.status}', which is no known state; waiting on"
            if (phase, watch.wanted.status) != (watch.phase, old.status) or note:
                watch.phase = phase
                yield watch.wanted.update(self._bench, phase, note=note, result=watch.wanted.result())

    def _hidden(self, watch: Watch, error: InferenceError) -> Iterator[Update]:
        """What the server says of this one cannot be had or read; the others go on."""
        watch.missed += 1
        watch.hidden += 1
        watch.damaged = watch.damaged + 1 if isinstance(error, DamagedError) else 0
        if watch.damaged >= _MOST_DAMAGED or not self._wait:
            yield self._left(watch, error)
        elif watch.hidden == 1:
            yield _waited_out(watch, self._bench, error)

    def _missing(self, watch: Watch) -> Iterator[Update]:
        """No route knows it: too early, gone, or never there (faults C16, C17)."""
        watch.missed += 1
        dialect = self._bench.client.dialect
        age = self._bench.clock.monotonic() - watch.wanted.started
        gone = watch.tracked.status == State.VANISHED.value  # as an earlier command found out
        if watch.tracked.known and not watch.seen and not gone and age < self._grace:
            return
        remembered = _state(watch.tracked.status)  # what this machine cancelled or saw failing (2026-04 forgets it)
        if remembered in _BADLY:
            row = Generation(watch.tracked.id, watch.tracked.status, remembered)
            yield self._ended(watch, _BADLY[remembered], ended_badly(row))
            return
        error = nowhere(
            watch.tracked.id, known=watch.tracked.known, api=dialect.name, can_look=dialect.has_generation_route
        )
        watch.wanted = replace(watch.wanted, status=State.VANISHED.value)
        yield self._ended(watch, Phase.VANISHED, error)

    def _succeeded(self, watch: Watch) -> Iterator[Update]:
        if not self._download:
            yield self._ended(watch, Phase.SUCCEEDED, None)
        elif watch.wanted.url is not None:
            del self._waiting[watch.tracked.id]
            watch.phase = Phase.SUCCEEDED
            yield watch.wanted.update(self._bench, Phase.SUCCEEDED, result=watch.wanted.result())
            self._bench.crew.start(partial(save, watch.wanted, self._bench), lane="fetch")
        elif not self._bench.client.dialect.queue_has_urls:
            error = nowhere(watch.tracked.id, known=True, api=self._bench.client.dialect.name, can_look=False)
            yield self._ended(watch, Phase.VANISHED, error)
        elif watch.without_link >= _MOST_WITHOUT_LINK:
            damage = DamagedError(
                "the generation succeeded, and the server does not say where its result is",
                hint=f"Ask again:  inference queue download {self._bench.journal.prefix(watch.tracked.id)}",
                generation_ids=[watch.tracked.id],
            )
            yield self._ended(watch, Phase.FAILED, damage)
        else:
            watch.without_link += 1

    def _ended(self, watch: Watch, phase: Phase, error: InferenceError | None) -> Update:
        watch.phase = phase
        self._drop(watch.tracked.id)
        return watch.wanted.update(self._bench, phase, error=error, result=watch.wanted.result())

    def _fresh_link(self, identity: str) -> str | None:
        """In a worker: ask once more where a result is (faults D1, D2)."""
        row = single(self._bench.client, identity)
        return None if row is None else link_of(row)


def _waited_out(watch: Watch, bench: Bench, error: InferenceError) -> Update:
    note = f"{error.message}; the generation goes on, and so does the waiting"
    return watch.wanted.update(bench, watch.phase, note=note)


def _none(waiting: Sized) -> bool:
    return not waiting


def _state(word: str) -> State:
    from inference_cli.api.records import state_of

    return state_of(word)
