"""Calls made beside the main thread, so that Ctrl-C is answered at once and ends what they started."""

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from inference_cli.conversation.tools.tool import ToolFailedError
from inference_cli.errors import Interrupted

T = TypeVar("T")

WORKERS = 8
_LOOK = 0.05  # seconds between two looks at the wish to stop


def unfailing(say: Callable[[str], None]) -> Callable[[str], None]:
    """The same, for threads: a line at a time, and no error of whoever is told ends what they do."""
    lock = threading.Lock()

    def one(line: str) -> None:
        with lock, suppress(Exception):
            say(line)

    return one


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    """What became of a task."""

    number: int
    value: T | None
    error: BaseException | None


class Halt:
    """What ends everything that runs at the moment: children are killed, servers told that nobody waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: dict[object, Callable[[], None]] = {}
        self._halted = False

    @contextmanager
    def doing(self, end: Callable[[], None]) -> Iterator[None]:
        """Something that ``end`` ends, from another thread.

        Raises:
            ToolFailedError: everything is being ended.
        """
        key = object()
        with self._lock:
            if self._halted:
                raise ToolFailedError("The user stopped it.")
            self._ends[key] = end
        try:
            yield
        finally:
            with self._lock:
                self._ends.pop(key, None)

    def now(self) -> None:
        """End everything, and let nothing new begin."""
        with self._lock:
            self._halted = True
            ends = list(self._ends.values())
        for end in ends:
            with suppress(OSError):
                end()

    def over(self) -> None:
        """Let things begin again."""
        with self._lock:
            self._halted = False


def gather(
    tasks: Sequence[Callable[[], T]], *, halt: Halt, stop: threading.Event | None = None, workers: int = WORKERS
) -> list[T]:
    """Run tasks in daemon threads; their results in order.

    Args:
        tasks: each runs once.
        halt: ends those that run, when one fails or the user stops.
        stop: set when the user wants to stop; looked at all the time.
        workers: how many run at once, at least 1.

    Raises:
        Interrupted: ``stop`` was set.
        Exception: what a task raised, the first of them.
    """
    waiting = deque(enumerate(tasks))
    inbox: queue.SimpleQueue[_Done[T]] = queue.SimpleQueue()

    def work() -> None:
        while True:
            try:
                number, task = waiting.popleft()
            except IndexError:
                return
            try:
                inbox.put(_Done(number, task(), None))
            except BaseException as error:  # noqa: BLE001 - it is raised again, in the caller's thread
                inbox.put(_Done(number, None, error))

    halt.over()
    try:
        for _ in range(min(workers, len(tasks))):
            threading.Thread(target=work, name="tool", daemon=True).start()
        found = dict(_heard(inbox, stop) for _ in tasks)
    except BaseException:
        waiting.clear()
        halt.now()
        raise
    return [found[number] for number in range(len(tasks))]


def _heard(inbox: "queue.SimpleQueue[_Done[T]]", stop: threading.Event | None) -> tuple[int, T]:
    """The next that is done."""
    while True:
        if stop is not None and stop.is_set():
            raise Interrupted("stopped while tools were running; they were ended")
        try:
            done = inbox.get(timeout=_LOOK)
        except queue.Empty:
            continue
        if done.error is not None:
            raise done.error
        return done.number, cast(T, done.value)
