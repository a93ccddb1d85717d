"""Sides that are run in turn."""

import os
from math import inf
from pathlib import Path

from tests.benchmarks.measuring import Command, Run
from tests.benchmarks.rows import Failure
from tests.benchmarks.server.client import Seen
from tests.benchmarks.sides import Result, Side, quick_ones, race


def _side(folder: Path, script: str, **more: bool) -> Side:
    return Side(Command(["sh", "-c", script], {"PATH": os.environ["PATH"]}, folder), **more)  # type: ignore[arg-type]


def test_they_take_turns_and_who_fails_is_out(tmp_path: Path) -> None:
    """A first round that does not count, then as many as were asked for; the others run on."""
    told = tmp_path / "told"
    sides = {
        "a": _side(tmp_path, f"printf a >> {told}"),
        "broken": _side(tmp_path, f"printf b >> {told}; echo why >&2; exit 4"),
        "odd": _side(tmp_path, f"printf c >> {told}; exit 1", any_code=True),
    }
    results, failures = race("start", sides, runs=2, warm=True, seen=lambda: Seen((), {}), quick=0)
    assert told.read_text() == "abcacac"
    assert {name: len(result.runs) for name, result in results.items()} == {"a": 2, "odd": 2}
    assert failures == [Failure("start", "broken", "exit 4: why")]


def test_quick_ones_have_turns_of_their_own_between(tmp_path: Path) -> None:
    """Three after each turn of all; none where one run is enough."""
    told = tmp_path / "told"
    sides = {name: _side(tmp_path, f"printf {name} >> {told}") for name in "ab"}

    results, failures = race("start", sides, runs=2, warm=False, seen=lambda: Seen((), {}), quick=inf)

    assert told.read_text() == "abababab" * 2
    assert ({name: len(result.runs) for name, result in results.items()}, failures) == ({"a": 8, "b": 8}, [])
    assert len(race("start", sides, runs=1, warm=False, seen=lambda: Seen((), {}), quick=inf)[0]["a"].runs) == 1


def test_one_is_not_run_more_often_than_what_it_is_compared_with(tmp_path: Path) -> None:
    """A peer may be slower; a version or a floor that is leaves no quick ones."""
    sides = {name: _side(tmp_path, "true", peer=name in {"gh", "llm"}) for name in ("ours", "floor", "gh", "llm")}

    def quick(**walls: float) -> list[str]:
        results = {name: Result([Run(0, 0.0, 0.1, wall, 1, b"", b"")]) for name, wall in walls.items()}
        return quick_ones(sides, results, 0.25)

    assert quick(ours=0.1, floor=0.2, gh=0.1, llm=2.0) == ["ours", "floor", "gh"]
    assert quick(ours=0.2, floor=0.3, gh=0.1, llm=2.0) == []
    assert quick(ours=0.2, gh=0.1) == ["ours", "gh"]


def test_what_a_check_finds_is_a_failure(tmp_path: Path) -> None:
    """A run that ended well and left nothing does not count."""
    side = Side(_side(tmp_path, "true").command, check=lambda _: "there is no file")
    assert race("start", {"a": side}, runs=1, warm=False, seen=lambda: Seen((), {})) == (
        {},
        [Failure("start", "a", "there is no file")],
    )


def test_the_least_of_all_runs_counts() -> None:
    """Of each figure by itself; the request is the first that costs something."""
    runs = [Run(0, 10.0, 0.5, 2.0, 300, b"", b""), Run(0, 20.0, 0.4, 3.0, 400, b"", b"")]
    asked = [((10.1, "GET", "/models"), (10.3, "POST", "/chat")), ((20.2, "POST", "/chat"),)]
    result = Result(runs, [Seen(requests, {}) for requests in asked])
    assert (result.cpu, result.wall, result.peak, round(result.until_request, 3)) == (0.4, 2.0, 300.0, 0.2)
