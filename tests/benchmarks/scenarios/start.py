"""From the start of a process to its end, where nothing is asked of a server: help, settings, lists, a look at TAB."""

from collections.abc import Iterator

from tests.benchmarks.bench import Bench
from tests.benchmarks.imported import beyond
from tests.benchmarks.rows import Against, Row, Target, Unit
from tests.benchmarks.sides import Result, Side

BARE, TYPER = "python -c pass", "import typer"
_MAIN = "from inference_cli.__main__ import main; main()"


def version(bench: Bench) -> Iterator[Row]:
    """``--version``, against an interpreter that does nothing."""
    yield from _start(bench, "version", ("--version",), kind="version", target=Target(1.3), most=3)


def help_(bench: Bench) -> Iterator[Row]:
    """``--help``, against ``import typer``."""
    target = Target(1.25, peers={"llm": 8, "comfy": 8})
    yield from _start(bench, "help", ("--help",), kind="help", target=target, most=102)


def subhelp(bench: Bench) -> Iterator[Row]:
    """The help of a command with many flags, against ``import typer``."""
    target = Target(1.25, peers={"llm": 8, "comfy": 8})
    yield from _start(bench, "subhelp", ("video", "--help"), kind="subhelp", target=target, most=102)


def models(bench: Bench) -> Iterator[Row]:
    """``models list`` from the cache."""
    yield from _local(bench, "models list", ("models", "list"), kind="models", most=170)


def config(bench: Bench) -> Iterator[Row]:
    """``config get``."""
    yield from _local(bench, "config get", ("config", "get", "api"), kind="config", most=151)


def queue(bench: Bench) -> Iterator[Row]:
    """``queue list --local``."""
    yield from _local(bench, "queue list", ("queue", "list", "--local"), kind="queue-list", most=183)


def _local(bench: Bench, scenario: str, arguments: tuple[str, ...], *, kind: str, most: int) -> Iterator[Row]:
    yield from _start(bench, scenario, arguments, kind=kind, target=Target(1.6), most=most)
    yield from _start(bench, f"{scenario}, terminal", arguments, kind=kind, target=Target(1.9), terminal=True)


def _start(
    bench: Bench,
    scenario: str,
    arguments: tuple[str, ...],
    *,
    kind: str,
    target: Target,
    most: int | None = None,
    terminal: bool = False,
) -> Iterator[Row]:
    """Processor time against the floor, and how many modules are imported."""
    floor: dict[str, Side] = {BARE: bench.code("pass")}
    if kind != "version":
        floor = {TYPER: bench.code("import typer")}
    sides = bench.ours(*arguments, terminal=terminal) | floor | bench.others(kind, terminal=terminal)
    results = bench.race(scenario, sides)
    yield from bench.row(scenario, "processor", Unit.SECONDS, _cpu, results, target=target)
    if most is not None:
        yield imported(bench, scenario, *arguments, most=most)


def imported(bench: Bench, scenario: str, *arguments: str, most: int) -> Row:
    """How many modules a command imports that a bare interpreter does not, nor the script that pip made for it."""
    counts = {
        name: float(len(beyond(program.within(_MAIN, *arguments), program.python)))
        for name, program in bench.programs.items()
    }
    return Row(scenario, "modules", Unit.COUNT, counts, target=Target(most, Against.ALONE), fixed=True)


def _cpu(result: Result) -> float:
    return result.cpu
