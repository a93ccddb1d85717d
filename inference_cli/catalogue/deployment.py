"""A deployment that starts or stops: what its states mean, and looking at it until it is there.

The published document knows active, inactive, deploying, deactivating, error and unknown; other words are not ends.
"""

import enum
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from inference_cli.errors import GenerationError, InferenceError, TemporaryError, TimeoutPassed

if TYPE_CHECKING:
    from inference_cli.api.records import Model
    from inference_cli.clock import Clock

Goal = Literal["active", "inactive"]

_FIRST, _FACTOR, _LONGEST = 2.0, 1.5, 15.0  # seconds between two looks
_LATE = 60.0  # seconds in which the server may not have noticed yet what was asked of it
_PATIENCE = 5  # looks in a row that may fail
_ACTIVE = frozenset({"active", "ready", "running", "live", "deployed"})
_INACTIVE = frozenset({"inactive", "stopped", "off", "undeployed"})
_FAILED = frozenset({"error", "failed"})


class Verdict(enum.Enum):
    """How far a change of a deployment is."""

    DONE = "done"
    WAITING = "waiting"
    UNMOVED = "unmoved"  # as before the change was asked for, or nothing to be seen
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: the deployments' states in the server's words, and the seconds since the change was asked for."""

    model: "Model"
    elapsed: float
    verdict: Verdict

    @property
    def words(self) -> str:
        """The states, for people."""
        return in_words(self.model.deployments)


def in_words(states: Iterable[str]) -> str:
    """States as they are shown, each once."""
    return ", ".join(dict.fromkeys(states)) or "no deployment"


def verdict(states: Iterable[str], goal: Goal) -> Verdict:
    """What some states mean for a goal.

    Args:
        states: of all deployments of a model; one that is active makes it active, all must be inactive to make it so.
        goal: what was asked for.
    """
    folded = {state.strip().lower() for state in states}
    if goal == "inactive":
        return (
            Verdict.DONE if folded <= _INACTIVE | _FAILED else Verdict.UNMOVED if folded <= _ACTIVE else Verdict.WAITING
        )
    if folded & _ACTIVE:
        return Verdict.DONE
    if folded <= _INACTIVE:
        return Verdict.UNMOVED
    return Verdict.FAILED if folded <= _FAILED | _INACTIVE else Verdict.WAITING


def follow(
    model: "Model",
    goal: Goal,
    look: "Callable[[], Model]",
    *,
    clock: "Clock",
    stop: threading.Event,
    timeout: float | None = None,
    interval: float | None = None,
) -> Iterator[Look]:
    """Look at a deployment until it is what was asked for.

    Args:
        model: as the change was answered.
        goal: what was asked for.
        look: asks the server again.
        clock: times the looks, the first after 2 s, the later ones up to 15 s apart.
        stop: ends the waiting, without an error, when it is set.
        timeout: seconds after which it is given up.
        interval: seconds between two looks that never change, for the sandbox in this process.

    Raises:
        GenerationError: it failed, or stopped again.
        TimeoutPassed: the time is up; what was asked for goes on.
        InferenceError: the server cannot be asked any more.
    """
    start = clock.monotonic()
    moved = False
    for pause in _pauses(interval):
        seen = Look(model, clock.monotonic() - start, verdict(model.deployments, goal))
        yield seen
        if seen.verdict is Verdict.DONE:
            return
        moved = moved or seen.verdict is Verdict.WAITING
        still = seen.verdict is Verdict.UNMOVED and (moved or seen.elapsed > _LATE)
        if still or seen.verdict is Verdict.FAILED:
            raise _failed(seen, goal)
        left = None if timeout is None else start + timeout - clock.monotonic()
        if left is not None and left <= 0:
            raise TimeoutPassed(
                f"{model.id} is still {seen.words}", hint=f"It goes on without you.  See:  {_show(model)}"
            )
        if clock.wait(stop, pause if left is None else min(pause, left)):
            return
        model = _patiently(look, clock, stop, pause) or model


def _patiently(look: "Callable[[], Model]", clock: "Clock", stop: threading.Event, pause: float) -> "Model | None":
    """What is seen, although the server may have trouble for a while; None when it is time to stop."""
    for failures in itertools.count(1):
        try:
            return look()
        except TemporaryError:
            if failures == _PATIENCE:
                raise
            if clock.wait(stop, pause):
                return None
    raise AssertionError  # pragma: no cover - the loop only ends by returning or raising


def _failed(seen: Look, goal: Goal) -> InferenceError:
    name = seen.model.id
    what = f"{name} did not become {goal}" if seen.verdict is Verdict.UNMOVED else f"the deployment of {name} failed"
    return GenerationError(what, details=[f"the server says: {seen.words}"], hint=f"See:  {_show(seen.model)}")


def _show(model: "Model") -> str:
    import shlex

    return f"inference models show {shlex.quote(model.id)}"


def _pauses(interval: float | None) -> Iterator[float]:
    pause = interval or _FIRST
    while True:
        yield pause
        if interval is None:
            pause = min(pause * _FACTOR, _LONGEST)
