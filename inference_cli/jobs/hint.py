"""The event stream as a hint: it wakes whoever polls, and is believed in nothing else (fault A39)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inference_cli.errors import InferenceError, NotFoundError
from inference_cli.jobs.bench import Bench

_FIRST, _LONGEST = 1.0, 30.0  # seconds between two attempts to connect


@dataclass(frozen=True, slots=True)
class Hint:
    """Something happened to a generation; ask for its state now."""

    id: str


def listen(bench: Bench, finished: Callable[[], bool], *, connected: Callable[[bool], None] = lambda _: None) -> None:
    """Tell the crew of every event that names a generation, until nobody waits any more.

    Runs in a daemon thread. A stream that breaks is opened again after 1 s, then after up to 30 s; one that is not
    there is left alone.

    Args:
        bench: what the command works with.
        finished: whether the waiting is over.
        connected: told when the stream is there, and when it is not any more.
    """
    pause = _FIRST
    while not finished() and not bench.stop.requested:
        try:
            with bench.client.queue.events() as events:
                connected(True)
                for event in events:
                    pause = _FIRST
                    _pass_on(event.data, bench)
                    if finished():
                        return
        except NotFoundError:
            return
        except InferenceError:
            pass  # polling goes on by itself
        finally:
            connected(False)
        bench.clock.wait(bench.stop.event, pause)
        pause = min(pause * 2, _LONGEST)


def _pass_on(data: str, bench: Bench) -> None:
    try:
        said: Any = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(said, dict) and isinstance(said.get("generation_id"), str):
        bench.crew.tell(Hint(said["generation_id"]))
