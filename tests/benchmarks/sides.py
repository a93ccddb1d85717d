"""Sides of a comparison, run in turn in one run, so that what the machine does meanwhile happens to all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.measuring import Command, Run, run
from tests.benchmarks.rows import Failure
from tests.benchmarks.server.client import Seen

_QUICK = 0.25  # seconds
_MORE = 3  # turns of the quick ones after each turn of all

Check = Callable[[Run], str | None]
"""Why a run does not count; None where it does."""


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody who takes part: ``before`` is called ahead of each run, and ``check`` looks at what it left.

    ``peer`` says that it is another program, which nobody waits for: it may take as long as it likes.
    """

    command: Command
    before: Callable[[], object] = lambda: None
    check: Check = lambda _: None
    any_code: bool = False
    peer: bool = False


@dataclass(slots=True)
class Result:
    """All runs of a side, and what the server saw of each."""

    runs: list[Run] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """The least processor time, in seconds: what others do can only add to it."""
        return min(one.cpu for one in self.runs)

    @property
    def peak(self) -> float:
        """The least peak of memory, in bytes."""
        return float(min(one.peak for one in self.runs))

    @property
    def wall(self) -> float:
        """The least time from start to end, in seconds."""
        return min(one.wall for one in self.runs)

    @property
    def until_request(self) -> float:
        """The least time from the start to the first paid request, in seconds."""
        times = [seen.first - one.start for one, seen in zip(self.runs, self.seen, strict=True) if seen.first]
        return min(times, default=0.0)


def race(
    scenario: str,
    sides: Mapping[str, Side],
    *,
    runs: int,
    warm: bool,
    seen: Callable[[], Seen],
    quick: float = _QUICK,
) -> tuple[dict[str, Result], list[Failure]]:
    """Run all sides in turn, that many times; who fails once is out.

    Between two turns of all, which may take a peer's many seconds, the quick ones are run against each other some times
    more, so that the least of them is found in the gaps of what else the machine does.

    Args:
        scenario: its name, for failures.
        sides: by name.
        runs: of each, at least; where one is asked for, one it is.
        warm: whether one more comes before, which compiles and fills caches and does not count.
        seen: takes what the server saw since it was called last.
        quick: seconds that a side takes at most to be among those.
    """
    results = {name: Result() for name in sides}
    failures: list[Failure] = []

    def turn(names: Sequence[str], *, counts: bool = True) -> None:
        for name in names:
            side = sides[name]
            side.before()
            seen()
            done = run(side.command)
            reason = _wrong(side, done)
            if reason is not None:
                failures.append(Failure(scenario, name, reason))
                del results[name]
            elif counts:
                results[name].runs.append(done)
                results[name].seen.append(seen())

    if warm:
        turn(list(results), counts=False)
    for _ in range(runs):
        turn(list(results))
        for _ in range(_MORE if runs > 1 else 0):
            turn(quick_ones(sides, results, quick))
    return results, failures


def quick_ones(sides: Mapping[str, Side], results: Mapping[str, Result], most: float) -> list[str]:
    """The names of those that took that many seconds at most.

    None where one of our versions or floors took longer: the others would have more chances than what they are compared
    with.
    """
    quick = [name for name, result in results.items() if result.wall <= most]
    return quick if all(name in quick or sides[name].peer for name in results) else []


def _wrong(side: Side, done: Run) -> str | None:
    if done.code != 0 and not side.any_code:
        return f"exit {done.code}: {_last_line(done.errors or done.head)}"
    return side.check(done)


def _last_line(text: bytes) -> str:
    lines: Sequence[str] = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "no word of why"
