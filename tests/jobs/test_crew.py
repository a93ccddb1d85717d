"""Workers, and what happens around them: order, limits, stops, and threads that are really there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from inference_cli.api.events import Event
from inference_cli.api.records import Output
from inference_cli.clock import ManualClock, SystemClock
from inference_cli.errors import Interrupted, NotFoundError, UnknownOutcomeError
from inference_cli.jobs.crew import Crew
from inference_cli.jobs.hint import Hint, listen
from inference_cli.jobs.intervals import Intervals
from inference_cli.jobs.look import Look
from inference_cli.jobs.stop import Stop
from inference_cli.jobs.tracked import tracked_from_journal
from tests.support.fakes import Served, inline, link, story
from tests.support.jobs import PatientClock, order_for, scene
from tests.support.samples import png


def test_tasks_run_at_once_without_workers() -> None:
    """In the caller's thread, each told before the next line; a failure comes out where messages are heard."""
    with Crew(clock=ManualClock(), stop=Stop(), workers=0) as crew:
        assert (crew.idle, crew.threaded) == (True, False)
        crew.start(lambda: crew.tell("done"))
        assert not crew.idle
        assert list(crew.heard()) == ["done"]
        assert crew.idle

        def broken() -> None:
            raise ZeroDivisionError

        crew.start(broken)
        with pytest.raises(ZeroDivisionError):
            list(crew.heard())


def test_a_pause_ends_with_a_message_or_a_stop() -> None:
    """Only if neither is there does time pass, and never more than was asked for."""
    clock, stop = ManualClock(), Stop()
    with Crew(clock=clock, stop=stop, workers=0) as crew:
        crew.pause(2)
        crew.pause()
        crew.pause(-1)
        crew.tell("x")
        crew.pause(5)
        list(crew.heard())
        stop.request()
        crew.pause(5)
    assert clock.slept == [2, 3600.0]


def test_a_lane_runs_so_many_at_once() -> None:
    """The third waits until one of two is done; another lane does not."""
    gate, started = threading.Event(), threading.Semaphore(0)
    with Crew(clock=SystemClock(), stop=Stop(), workers=2) as crew:

        def task() -> None:
            started.release()
            gate.wait(30)
            crew.tell("done")

        for _ in range(3):
            crew.start(task)
        crew.start(lambda: crew.tell("other"), lane="other")
        assert [started.acquire(timeout=30) for _ in range(2)] == [True, True]
        assert not started.acquire(blocking=False)
        gate.set()
        heard: list[object] = []
        while not crew.idle:
            crew.pause(30)
            heard += crew.heard()
        assert sorted(map(str, heard)) == ["done", "done", "done", "other"]


def test_a_task_beside_may_fail() -> None:
    """Nobody waits for it, nobody hears of it."""
    ran = threading.Event()

    def task() -> None:
        ran.set()
        raise ZeroDivisionError

    with Crew(clock=SystemClock(), stop=Stop(), workers=1) as crew:
        crew.beside(task)
        assert ran.wait(30)
        assert crew.idle


def test_whole_orders_in_real_threads(tmp_path: Path) -> None:
    """Eight direct calls by four workers: eight files, each under its own key."""
    from inference_cli.jobs.order import Body

    bodies = [Body({"n": n}, 1, n) for n in range(1, 9)]
    with scene(tmp_path, answers=[inline(png(n, n)) for n in range(1, 9)]) as made:
        made.run(order_for(*bodies, target=f"{tmp_path}/out/fox.png", route="generate"), workers=4)
        assert made.errors == {}
        assert made.files == [f"fox-{n}.png" for n in range(1, 9)]


@pytest.mark.parametrize("timeout", [None, 5.0])
def test_C10_a_direct_call_that_never_answers_can_be_left(tmp_path: Path, timeout: float | None) -> None:
    """By Ctrl-C (130) or by --timeout (8): the answer may come, so the journal says unknown."""
    gate = threading.Event()
    with scene(tmp_path, clock=PatientClock()) as made:

        def never(_sink: Any) -> Any:
            if timeout is None:
                made.stop.request()
            while timeout is not None and not gate.wait(0.01):
                made.clock.sleep(timeout)
            gate.wait(30)
            return UnknownOutcomeError("left")

        made.client.script_direct(never)
        made.run(order_for(target=made.target, route="generate"), workers=1, timeout=timeout)
        assert made.broken is not None
        assert made.broken.exit_status == (130 if timeout is None else 8)
        assert "may have been accepted" in made.broken.message
        assert len(made.journal.unsettled()) == 1
        gate.set()


def test_intervals_have_a_jitter_of_a_fifth_at_most() -> None:
    """So that a thousand clients do not ask in step (fault C26)."""
    for number, factor in ((0.0, 1.0), (1.0, 0.8)):
        intervals = Intervals(fixed=None, jitter=lambda number=number: number)  # type: ignore[misc] # bound now
        assert [round(intervals.after(Look((), requests=1), 1.0), 4) for _ in range(5)] == [
            round(seconds * factor, 4) for seconds in (0.3, 0.45, 0.675, 1.0, 1.0)
        ]
    assert Intervals(fixed=0.3, jitter=lambda: 0.5).current == 0.3


def test_A39_the_event_stream_only_wakes(tmp_path: Path) -> None:
    """Events that name a generation are passed on, others are not; it reconnects after 1 s, then after up to 30 s."""
    data = ['{"generation_id": "a", "status": "succeeded"}', "[]", "{", '{"generation_id": 5}']
    with scene(tmp_path, events=data) as made, Crew(clock=made.clock, stop=made.stop, workers=0) as crew:
        bench = made.bench(crew)
        listen(bench, lambda: made.clock.monotonic() > 100)
        assert list(crew.heard()) == [Hint("a")]
        assert made.clock.slept == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
        made.client.calls.clear()
        made.client.event_data = ['{"generation_id": "b"}'] * 3
        listen(bench, iter([False, False, True]).__next__)
        assert list(crew.heard()) == [Hint("b")] * 2
        made.client.outages = [(0, 10**9, NotFoundError("no such route"))]
        listen(bench, lambda: False)
        made.stop.request()
        listen(bench, lambda: False)


class Eager:
    """An event stream that speaks as soon as somebody listens, and then keeps quiet."""

    def __init__(self, gate: threading.Event) -> None:
        self.gate = gate

    @contextmanager
    def events(self) -> Iterator[Iterator[Event]]:
        """One event, then silence until the test is over."""

        def stream() -> Iterator[Event]:
            yield Event(data='{"generation_id": "g"}')
            self.gate.wait(30)

        yield stream()


def test_A39_following_goes_on_with_a_silent_stream(tmp_path: Path) -> None:
    """In real threads, with the hint or without it, the list tells the end."""
    gate = threading.Event()
    with scene(tmp_path, stories={"g": story("g", (0, "processing"), (40, "succeeded"))}) as made:
        made.client.events = Eager(gate).events  # type: ignore[method-assign] # another stream
        (intent,) = made.journal.plan(order_for(target=made.target, kind="video"), cwd=tmp_path)
        made.journal.accepted(intent, ["g"], status="queued")
        made.collect(tracked_from_journal(made.journal, ["g"]), workers=2)
        assert made.errors == {}
        assert made.last["g"].phase.value == "saved"
    gate.set()


@pytest.mark.parametrize("timeout", [None, 5.0])
def test_results_of_direct_calls_that_are_left_can_be_fetched_later(tmp_path: Path, timeout: float | None) -> None:
    """The answer is in the journal: the error names the command that fetches it while its link lives (fault C30)."""
    gate = threading.Event()
    files = {link("d"): Served(png(), chunk=30)}
    with scene(tmp_path, clock=PatientClock(), answers=[[Output(url=link("d"))]], files=files) as made:

        def slow() -> None:
            if timeout is None:
                made.stop.request()
            while timeout is not None and not gate.wait(0.01):
                made.clock.sleep(timeout)

        made.media.on_chunk = slow
        made.run(order_for(target=made.target, route="generate"), workers=1, timeout=timeout)
        error = made.broken
        assert error is not None
        (kept,) = made.journal.pending()
        late = (124, "the time is up; 1 paid result is not fetched yet")
        left = (130, "1 paid result is not fetched yet")
        assert (error.exit_status, error.message) == (left if timeout is None else late)
        hint = f"Fetch it before the link expires:  inference queue download {made.journal.prefix(kept.id)}"
        assert error.hint == hint
        gate.set()


@pytest.mark.parametrize("answers", [True, False])
def test_C10_ctrl_c_waits_for_the_ids_that_are_on_their_way(tmp_path: Path, answers: bool) -> None:
    """For five seconds: then the outcome is unknown; an answer that comes in time is followed by the way to collect."""
    gate, answered = threading.Event(), threading.Event()
    with scene(tmp_path, enqueued=[["a"]], clock=PatientClock()) as made:
        real = made.client.enqueue

        def slow(body: Any) -> Any:
            made.stop.request()
            gate.wait(30)
            answered.set()
            return real(body)

        made.client.enqueue = slow  # type: ignore[method-assign] # a server that takes its time
        for entry in made.updates_until_the_end(order_for(target=made.target), workers=1):
            if answers and entry.note:
                gate.set()
                assert answered.wait(30)
                while made.journal.get("a") is None:
                    pass
        assert made.notes == ["the request may have been accepted; reconciling (Ctrl-C again to stop)"]
        assert isinstance(made.broken, Interrupted)
        lost = "stopped while the request was on its way; it may have been accepted (and billed)"
        assert made.broken.message == ("One generation goes on without you" if answers else lost)
        assert len(made.journal.unsettled()) == (0 if answers else 1)
        gate.set()
