"""Many generations at once, in both generations of the API: submitted, followed by one poller, downloaded."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.measuring import Run
from tests.benchmarks.programs import Program
from tests.benchmarks.rows import MEGA, Against, Row, Target, Unit
from tests.benchmarks.server.client import Seen
from tests.benchmarks.sides import Result, Side

_FLOOR = "httpx, one poll per job"
_MODEL = "film-50-3"  # 50 kB each, after three seconds
_NOT_FOLLOWING = ("/files/", "/models", "page_size=100&", "page_size=100 ")
_FEW = 10


def current(bench: Bench) -> Iterator[Row]:
    """The API of today: one list for everything, and what left it once more."""
    count = bench.size(1000, 50)
    scenario = f"{count:,} generations"
    sides = {
        **{name: _side(bench, program, count) for name, program in bench.programs.items()},
        _FLOOR: replace(
            bench.floor("queue_httpx", f"{bench.server.url}/api", _MODEL, str(count), str(_out(bench))),
            before=lambda: _empty(_out(bench)),
            check=_all_there(bench, count),
        ),
    }
    results = bench.race(scenario, sides, runs=1, warm=False)
    fewer = _fewer(
        bench, lambda number: {name: _side(bench, program, number) for name, program in bench.programs.items()}
    )
    yield from _requests(bench, scenario, results, fewer)
    each = bench.row(
        scenario, "processor, each", Unit.SECONDS, lambda one: one.cpu / count, results, target=Target(0.5)
    )
    yield from each
    yield from bench.row(
        scenario, "peak memory", Unit.BYTES, lambda one: one.peak, results,
        target=Target(100 * MEGA, Against.ALONE), fixed=True,
    )  # fmt: skip
    yield from bench.row(scenario, "wall", Unit.SECONDS, lambda one: one.wall, results)
    shutil.rmtree(_out(bench), ignore_errors=True)


def older(bench: Bench) -> Iterator[Row]:
    """``2026-04``, where what has ended leaves the list and no word of it remains: there is nothing to download."""
    count = bench.size(1000, 50)
    scenario = f"{count:,} generations, 2026-04"
    programs = {name: _older(bench, program) for name, program in bench.programs.items()}

    def sides(number: int) -> dict[str, Side]:
        return {
            name: replace(_side(bench, program, number, "--queue"), any_code=True, check=lambda _: None)
            for name, program in programs.items()
        }

    results = bench.race(scenario, sides(count), runs=1, warm=False)
    yield from _requests(bench, scenario, results, _fewer(bench, sides))
    yield from bench.row(scenario, "processor, each", Unit.SECONDS, lambda one: one.cpu / count, results)
    shutil.rmtree(_out(bench), ignore_errors=True)


def following(seen: Seen) -> list[float]:
    """The moments of the requests that only look how far things are."""
    return [
        moment
        for moment, method, target in seen.requests
        if method == "GET" and not any(part in f"{target} " for part in _NOT_FOLLOWING)
    ]


def busiest(moments: list[float], seconds: float = 1.0) -> int:
    """The most of them within so many seconds."""
    return max((sum(begin <= one < begin + seconds for one in moments) for begin in moments), default=0)


def _fewer(bench: Bench, sides: Callable[[int], dict[str, Side]]) -> dict[int, dict[str, Result]]:
    """The same with fewer of them: ten first, which the target is about."""
    numbers = (_FEW,) if bench.short else (_FEW, 1, 100)
    return {number: bench.race(f"{number} generations", sides(number), runs=1, warm=False) for number in numbers}


def _requests(
    bench: Bench, scenario: str, many: dict[str, Result], fewer: dict[int, dict[str, Result]]
) -> Iterator[Row]:
    """How many requests follow them, against those that follow ten; and how many in the busiest second."""
    for name in [name for name in bench.programs if name in many and all(name in few for few in fewer.values())]:
        moments = following(many[name].seen[0])
        floor = {f"for {number}": float(len(following(few[name].seen[0]))) for number, few in fewer.items()}
        if _FLOOR in many:
            floor[_FLOOR] = float(len(following(many[_FLOOR].seen[0])))
        count = {name: float(len(moments))}
        yield Row(scenario, "requests to follow", Unit.COUNT, count, floor, target=Target(2.5), fixed=True)
        most = {name: float(busiest(moments))}
        yield Row(scenario, "of them in a second", Unit.COUNT, most, target=Target(10, Against.ALONE), fixed=True)


def _side(bench: Bench, program: Program, count: int, *more: str) -> Side:
    arguments = ["video", "waves", "-m", _MODEL, "-n", str(count), "--yes", *more, "-o", f"{_out(bench)}/"]
    return Side(program.command(*arguments), before=lambda: _empty(_out(bench)), check=_all_there(bench, count))


def _older(bench: Bench, program: Program) -> Program:
    """The version with a profile for the older generation."""
    home = program.home.with_name(f"{program.home.name}-older")
    home.mkdir()
    there = replace(program, home=home).having(INFERENCE_BASE_URL=f"{bench.server.url}/older/api")
    there.do("config", "set", "api", "2026-04")
    there.do("config", "set", "namespace", "org")
    return there


def _all_there(bench: Bench, count: int) -> Callable[[Run], str | None]:
    def check(_: Run) -> str | None:
        found = len(list(_out(bench).glob("*.mp4")))
        return None if found == count else f"{found} of {count} are there"

    return check


def _out(bench: Bench) -> Path:
    return bench.home / "films"


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
