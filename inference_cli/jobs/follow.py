"""Many generations watched by one poller until each has ended, and its result is on disk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from inference_cli.api.records import Generation, State
from inference_cli.errors import DamagedError, InferenceError, TemporaryError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.costs import keep
from inference_cli.jobs.endings import after_acceptance, ended_badly, go_on, masked, nowhere, still_running
from inference_cli.jobs.hint import Hint, listen
from inference_cli.jobs.intervals import LONGEST, Intervals
from inference_cli.jobs.look import NOTHING, Look, Sighting, Sought, look, single
from inference_cli.jobs.save import Wanted, here_already, save
from inference_cli.jobs.tracked import Tracked
from inference_cli.jobs.updates import Phase, Update

_GRACE = 30.0  # seconds in which the server may not know yet what it has just accepted (fault C17)
_MOST_DAMAGED = 5  # unreadable answers in a row
_MOST_WITHOUT_LINK = 2  # further looks at a generation that succeeded without a result (fault C20)
_STREAM_FROM = 3.0  # seconds between looks from which on the event stream is worth a connection
_BADLY = {State.FAILED: Phase.FAILED, State.CANCELLED: Phase.CANCELLED}
_PHASES = {State.QUEUED: Phase.QUEUED, State.PROCESSING: Phase.PROCESSING}


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one look brought: sightings, or why there are none."""

    look: Look = NOTHING
    error: InferenceError | None = None


@dataclass(slots=True)
class _Watch:
    """One generation on its way."""

    tracked: Tracked
    wanted: Wanted
    phase: Phase = Phase.QUEUED
    seen: bool = False  # a route has shown it in this command
    missed: int = 0  # looks in which no route did: those with fewer go first
    without_link: int = 0
    warned: bool = False
    fetching: bool = False


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
        self._bench, self._download, self._fixed, self._paid = bench, download, fixed_interval, paid
        self._wait = wait
        self._grace = _GRACE if fixed_interval is None else 0.0  # a sandbox in this process has nothing that lags
        self._intervals = Intervals(fixed=fixed_interval, jitter=bench.jitter)
        self._deadline = None if timeout is None else now + timeout
        self._due = now + first_look
        self._looking = self._listening = False
        self._damaged = 0
        self._silent = False
        self._open = {one.id: _Watch(one, self._wanted(one, now)) for one in tracked}

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

    def _begin(self, watch: _Watch) -> Iterator[Update]:
        """The first word on an output: where it stands as far as this machine knows."""
        if watch.tracked.saved is not None and self._download:
            del self._open[watch.tracked.id]
            yield here_already(watch.wanted, watch.tracked.saved, self._bench)
        elif watch.tracked.url is not None:
            yield from self._succeeded(watch)
        else:
            watch.phase = _PHASES.get(_state(watch.tracked.status), Phase.QUEUED)
            if not self._wait or not watch.tracked.known or watch.tracked.status == State.VANISHED.value:
                return  # nothing is known of it yet
            yield watch.wanted.update(self._bench, watch.phase, result=watch.wanted.result())

    # ---------------------------------------------------------------------------------------- looking

    @property
    def _waiting(self) -> list[_Watch]:
        return [watch for watch in self._open.values() if not watch.fetching]

    def _look_when_due(self) -> None:
        waiting = self._waiting
        if not waiting or self._looking or self._bench.clock.monotonic() < self._due:
            return
        self._looking = True
        waiting.sort(key=lambda watch: watch.missed)
        sought = [Sought(watch.tracked, alone=watch.without_link > 0) for watch in waiting]
        self._bench.crew.start(partial(self._look, sought), lane="look")
        wanted = self._fixed is None and self._intervals.current >= _STREAM_FROM
        if wanted and not self._listening and self._bench.crew.threaded and self._bench.client.dialect.has_events:
            self._listening = True
            self._bench.crew.beside(partial(listen, self._bench, lambda: not self._waiting))

    def _look(self, sought: Sequence[Sought]) -> None:
        """In a worker: one look, told to the main thread."""
        try:
            looked = _Looked(look(self._bench.client, sought))
        except InferenceError as error:
            looked = _Looked(error=error)
        self._bench.crew.tell(looked)

    def _until(self) -> float:
        """Seconds until something has to be done unasked."""
        now = self._bench.clock.monotonic()
        moments = [] if self._deadline is None else [self._deadline]
        if not self._looking and self._waiting:
            moments.append(self._due)
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
            if message.id in self._open and not self._looking:
                self._due = self._bench.clock.monotonic()
        elif isinstance(message, _Looked):
            self._looking = False
            longest = min((LONGEST.get(watch.tracked.kind or "", 5.0) for watch in self._waiting), default=5.0)
            self._due = self._bench.clock.monotonic() + self._intervals.after(message.look, longest)
            if message.error is not None:
                yield from self._not_answered(message.error)
            else:
                self._damaged, self._silent = 0, False
                yield from self._seen(message.look.sightings)

    def _close(self, key: str) -> None:
        for identity in [identity for identity, watch in self._open.items() if watch.tracked.key == key]:
            del self._open[identity]

    def _not_answered(self, error: InferenceError) -> Iterator[Update]:
        """The server did not answer: trouble that may pass is waited out (fault A38), anything else ends it."""
        self._damaged += isinstance(error, DamagedError)
        passing = isinstance(error, TemporaryError) or (
            isinstance(error, DamagedError) and self._damaged < _MOST_DAMAGED
        )
        if not passing and self._paid:
            error = after_acceptance(error)
        for watch in self._waiting:
            if not passing:
                if self._paid:
                    error.hint = f"Wait for it:  inference queue wait {self._bench.journal.prefix(watch.tracked.id)}"
                del self._open[watch.tracked.id]
                yield watch.wanted.update(self._bench, Phase.UNKNOWN, error=error, result=watch.wanted.result())
            elif not self._silent:
                self._silent = True
                note = f"{error.message}; the generation goes on, and so does the waiting"
                yield watch.wanted.update(self._bench, watch.phase, note=note)

    def _seen(self, sightings: Iterable[Sighting]) -> Iterator[Update]:
        updates: list[Update] = []
        changes: list[tuple[str, str, str, str | None]] = []
        ended: list[Generation] = []  # rows of a list of the history say what they cost
        for sighting in sightings:
            watch = self._open.get(sighting.id)
            if watch is None or watch.fetching:
                continue
            before = (watch.phase, watch.wanted.status)
            updates += self._judged(watch, sighting.row)
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

    def _judged(self, watch: _Watch, row: Generation | None) -> Iterator[Update]:
        """What a sighting means for an output."""
        if row is None:
            yield from self._missing(watch)
            return
        watch.seen = True
        old = watch.wanted
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

    def _missing(self, watch: _Watch) -> Iterator[Update]:
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

    def _succeeded(self, watch: _Watch) -> Iterator[Update]:
        if not self._download:
            yield self._ended(watch, Phase.SUCCEEDED, None)
        elif watch.wanted.url is not None:
            watch.fetching = True
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

    def _ended(self, watch: _Watch, phase: Phase, error: InferenceError | None) -> Update:
        watch.phase = phase
        del self._open[watch.tracked.id]
        return watch.wanted.update(self._bench, phase, error=error, result=watch.wanted.result())

    def _fresh_link(self, identity: str) -> str | None:
        """In a worker: ask once more where a result is (faults D1, D2)."""
        row = single(self._bench.client, identity)
        return None if row is None else link_of(row)


def _state(word: str) -> State:
    from inference_cli.api.records import state_of

    return state_of(word)


def link_of(row: Generation) -> str | None:
    """Where a result is, also when the server wraps the link in a list or an object (fault C20)."""
    if row.result_url is not None:
        return row.result_url
    found = row.raw.get("result_url")
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if isinstance(found, dict):
        found = found.get("url")
    return found if isinstance(found, str) and found else None
