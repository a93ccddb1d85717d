"""Answers of a chat: from the start to the request, 20,000 tokens at full speed, and what a slow stream waits for us."""

from collections.abc import Iterator
from statistics import median

from tests.benchmarks.bench import Bench
from tests.benchmarks.measuring import Run
from tests.benchmarks.rows import MEGA, Against, Row, Target, Unit
from tests.benchmarks.scenarios.start import imported
from tests.benchmarks.server.chat import LAST
from tests.benchmarks.sides import Result, Side

FLOOR = "httpx, a write per token"
_STANDARD = "http.client"


def request(bench: Bench) -> Iterator[Row]:
    """From the start to the request, by the wall clock and by the processor."""
    scenario = "chat, start to request"
    results = bench.race(scenario, _sides(bench, 1, terminal=False))
    yield from bench.row(scenario, "wall", Unit.SECONDS, _until_request, results, target=Target(1.35))
    yield from bench.row(scenario, "processor, to the end", Unit.SECONDS, _cpu, results)
    ours = {name: result for name, result in results.items() if name in bench.programs}
    once = Target(1, Against.ALONE)
    yield from bench.row(scenario, "requests", Unit.COUNT, _requests, ours, target=once, fixed=True)
    yield imported(bench, scenario, "chat", "hi", "-m", "chat-1", most=332)


def pipe(bench: Bench) -> Iterator[Row]:
    """20,000 tokens into a pipe."""
    target = Target(0.9, peers={"llm": 6, "openai": 6})
    yield from _tokens(bench, "pipe", terminal=False, target=target)


def terminal(bench: Bench) -> Iterator[Row]:
    """20,000 tokens of Markdown on a terminal."""
    yield from _tokens(bench, "Markdown, terminal", terminal=True, target=Target(2))


def growth(bench: Bench) -> Iterator[Row]:
    """The time of a token in an answer of 20,000 and in one of 1,000, on a terminal."""
    few, many = bench.size(1000, 200), bench.size(20_000, 2000)
    scenario = f"chat, a token of {many:,}"
    sides = {
        f"{name} {count}": side
        for count in (1, few, many)
        for name, side in bench.ours("chat", "hi", "-m", f"chat-{count}", terminal=True, check=_whole).items()
    }
    results = bench.race(scenario, sides)
    for name in bench.programs:
        cpu = [results[f"{name} {count}"].cpu if f"{name} {count}" in results else 0.0 for count in (1, few, many)]
        if all(cpu):
            each = [(cpu[1] - cpu[0]) / (few - 1), (cpu[2] - cpu[0]) / (many - 1)]
            yield Row(
                scenario, "processor", Unit.SECONDS, {name: each[1]}, {f"of {few:,}": each[0]}, target=Target(1.1)
            )


def paced(bench: Bench) -> Iterator[Row]:
    """What is added to each token of a stream of 50 tokens a second, from its sending to its coming out again."""
    count = bench.size(200, 40)
    for place in ("pipe", "terminal"):
        scenario = f"chat, 50 tokens/s, {place}"
        model, on_terminal = f"chat-{count}@50", place == "terminal"
        sides = bench.ours("chat", "hi", "-m", model, terminal=on_terminal, check=_whole) | {
            FLOOR: _floor(bench, "chat_httpx", model, terminal=on_terminal)
        }
        results = bench.race(scenario, sides, runs=1, warm=False)
        target = Target(0.005, Against.ALONE)
        yield from bench.row(
            scenario, "median delay", Unit.SECONDS, lambda one: median(_delays(one)), results, target=target
        )
        target = Target(0.040, Against.ALONE)
        yield from bench.row(
            scenario, "worst delay", Unit.SECONDS, lambda one: max(_delays(one)), results, target=target
        )


def _tokens(bench: Bench, place: str, *, terminal: bool, target: Target) -> Iterator[Row]:
    count = bench.size(20_000, 2000)
    scenario = f"chat, {count:,} tokens, {place}"
    results = bench.race(scenario, _sides(bench, count, terminal=terminal), runs=min(bench.runs, 5))
    yield from bench.row(scenario, "processor", Unit.SECONDS, _cpu, results, target=target)
    yield from bench.row(
        scenario, "peak memory", Unit.BYTES, lambda result: result.peak, results,
        target=Target(40 * MEGA, Against.ABOVE), fixed=True,
    )  # fmt: skip


def _sides(bench: Bench, count: int, *, terminal: bool) -> dict[str, Side]:
    """Ours, the floors, and the peers that can take so much."""
    model = f"chat-{count}"
    others = {
        name: side
        for name, side in bench.others("chat", terminal=terminal, check=_whole, model=model).items()
        if count <= (bench.peers[name].chat_most or count)
    }
    return {
        **bench.ours("chat", "hi", "-m", model, terminal=terminal, check=_whole),
        FLOOR: _floor(bench, "chat_httpx", model, terminal=terminal),
        _STANDARD: _floor(bench, "chat_http_client", model, terminal=terminal),
        **others,
    }


def _floor(bench: Bench, script: str, model: str, *, terminal: bool) -> Side:
    return bench.floor(script, f"{bench.server.url}/v1", model, terminal=terminal, check=_whole)


def _whole(run: Run) -> str | None:
    return None if LAST in run.seen else "the last token did not come out"


def _delays(result: Result) -> list[float]:
    sent, seen = result.seen[0].sent, result.runs[0].seen
    return [seen[number] - moment for number, moment in sent.items() if number in seen]


def _cpu(result: Result) -> float:
    return result.cpu


def _until_request(result: Result) -> float:
    return result.until_request


def _requests(result: Result) -> float:
    return float(len(result.seen[-1].requests))
