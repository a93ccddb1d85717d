"""The table that people read."""

import io

import pytest
from rich.console import Console

from tests.benchmarks.rows import MEGA, Against, Failure, Row, Target, Unit
from tests.benchmarks.table import draw, shown

START = Row(
    "start", "processor", Unit.SECONDS, {"inference": 0.15}, {"import typer": 0.1}, {"llm": 1.2, "gh": 0.06},
    Target(1.25, peers={"llm": 8.0}),
)  # fmt: skip
COUNT = Row("start", "modules", Unit.COUNT, {"inference": 180.0}, target=Target(170, Against.ALONE), fixed=True)
MEMORY = Row(
    "download", "peak memory", Unit.BYTES, {"inference": 40.0 * MEGA}, {"httpx": 30.0 * MEGA},
    target=Target(15 * MEGA, Against.ABOVE),
)  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "unit", "expected"),
    [
        (0.00042, Unit.SECONDS, "420 µs"),
        (0.0213, Unit.SECONDS, "21.3 ms"),
        (0.999, Unit.SECONDS, "999 ms"),
        (1.0, Unit.SECONDS, "1.00 s"),
        (36 * MEGA, Unit.BYTES, "36 MB"),
        (7, Unit.COUNT, "7"),
        (12_345, Unit.COUNT, "12,345"),
    ],
)
def test_figures_are_read_at_a_glance(figure: float, unit: Unit, expected: str) -> None:
    """Three digits or so, and a unit that fits."""
    assert shown(figure, unit) == expected


def _drawn(rows: list[Row], failures: list[Failure], missing: list[str]) -> list[str]:
    written = io.StringIO()
    draw(Console(file=written, width=150, highlight=False), rows, failures, missing, "today  here")
    return [" ".join(line.split()) for line in written.getvalue().splitlines()]


def test_every_figure_has_its_line() -> None:
    """The scenario once, then ours, ratio, target, verdict, floors and peers; below it all that does not count."""
    failure = Failure("start", "hf", "exit 1: no [bold]network")
    assert _drawn([START, COUNT, MEMORY], [failure], ["fal", "comfy"]) == [
        "today here",
        "scenario figure ours ratio target reached floor peers",
        "start processor 150 ms 1.50 x ≤ 1.25 x NO import typer 100 ms llm 1.20 s 8.0 x (≥ 8), gh 60 ms 0.4 x",
        "modules 180 180 ≤ 170 NO",
        "download peak memory 40 MB +10 MB ≤ 15 MB yes httpx 30 MB",
        "start: hf does not count: exit 1: no [bold]network",
        "Not installed, so not compared: fal, comfy",
        "start: modules of inference is 180, ≤ 170",
    ]


def test_several_versions_have_a_line_each() -> None:
    """Before and after, in one run."""
    row = Row("start", "processor", Unit.SECONDS, {"old": 0.2, "new": 0.1}, {"bare": 0.1}, target=Target(1.5))
    assert _drawn([row], [], [])[1:] == [
        "scenario figure version ours ratio target reached floor peers",
        "start processor old 200 ms 2.00 x ≤ 1.50 x NO bare 100 ms",
        "processor new 100 ms 1.00 x ≤ 1.50 x yes bare 100 ms",
    ]
