"""Workers that wait for the network, so that the main thread never does and Ctrl-C is answered at once."""

import queue
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Self

from inference_cli.clock import Clock, Wake
from inference_cli.jobs.stop import Stop

WORKERS = 4
_LONGEST_PAUSE = 3600.0  # seconds; whoever has nothing to wait for is woken by a message


@dataclass(frozen=True, slots=True)
class _Ended:
    """A worker's last word; ``error`` is a mistake of ours, or a closed pipe: tasks keep their other failures."""

    lane: str
    error: Exception | None


class Crew:
    """Runs tasks in daemon threads and collects what they tell.

    Args:
        clock: what ``pause`` waits with.
        stop: a request to stop ends a pause.
        workers: how many tasks of one lane run at once; 0 runs each at once in the caller's thread, for tests.
    """

    def __init__(self, *, clock: Clock, stop: Stop, workers: int = WORKERS) -> None:
        self._clock, self._stop, self._workers = clock, stop, workers
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._bell = Wake()
        self._running: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[Callable[[], None]]] = defaultdict(deque)
        self._stack = ExitStack()
        self._broken: Exception | None = None

    def __enter__(self) -> Self:
        self._stack.enter_context(self._stop.ringing(self._bell))
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stack.close()

    @property
    def idle(self) -> bool:
        """Whether nothing runs, waits to run, or is still to be heard."""
        return not self._running.total() and not any(self._waiting.values()) and self._inbox.empty()

    @property
    def threaded(self) -> bool:
        """Whether tasks run beside the caller."""
        return self._workers > 0

    def start(self, task: Callable[[], None], *, lane: str = "work") -> None:
        """Run a task as soon as its lane has room; call it from the main thread only."""
        if not self._workers:
            self._running[lane] += 1
            self._run(task, lane)
            return
        self._waiting[lane].append(task)
        self._fill(lane)

    def beside(self, task: Callable[[], None]) -> None:
        """Run a task that nobody waits for, in a daemon thread of its own; what goes wrong in it is not told."""

        def run() -> None:
            with suppress(Exception):
                task()

        threading.Thread(target=run, name="beside", daemon=True).start()

    def tell(self, message: object) -> None:
        """Say something to the main thread, from any thread."""
        self._inbox.put(message)
        self._bell.set()

    def heard(self) -> Iterator[object]:
        """What was told since, in order.

        Raises:
            Exception: what a task did not expect.
        """
        while True:
            try:
                message = self._inbox.get_nowait()
            except queue.Empty:
                return
            if not isinstance(message, _Ended):
                yield message
                continue
            self._running[message.lane] -= 1
            self._fill(message.lane)
            self._broken = self._broken or message.error
            if self._broken is not None and not self._running.total():
                raise self._broken  # not before: others may have been answered, and paid for, meanwhile

    def pause(self, seconds: float = _LONGEST_PAUSE) -> None:
        """Wait until somebody tells something, a stop is asked for, or that many seconds have passed."""
        self._bell.clear()
        if self._inbox.empty() and not self._stop.requested and seconds > 0:
            self._clock.wait(self._bell, min(seconds, _LONGEST_PAUSE))

    def rest(self, seconds: float) -> None:
        """Pause, unless all work is done."""
        if not self.idle:
            self.pause(seconds)

    def _fill(self, lane: str) -> None:
        waiting = self._waiting[lane]
        while waiting and self._running[lane] < self._workers:
            self._running[lane] += 1
            threading.Thread(target=self._run, args=(waiting.popleft(), lane), name=lane, daemon=True).start()

    def _run(self, task: Callable[[], None], lane: str) -> None:
        error: Exception | None = None
        try:
            task()
        except Exception as unexpected:  # noqa: BLE001 - it is raised again, in the main thread
            error = unexpected
        self.tell(_Ended(lane, error))
