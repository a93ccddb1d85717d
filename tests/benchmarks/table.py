"""The table: figures of all sides, ratios, targets, and whether they are reached; what failed and who was missing."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from tests.benchmarks.rows import MEGA, Against, Failure, Row, Unit

_WIDTH = 170  # columns off a terminal


def shown(figure: float, unit: Unit) -> str:
    """A figure as people read it."""
    match unit:
        case Unit.SECONDS if figure < 0.001:
            return f"{figure * 1e6:.0f} µs"
        case Unit.SECONDS if figure < 1:
            return f"{figure * 1000:.3g} ms"
        case Unit.SECONDS:
            return f"{figure:.2f} s"
        case Unit.BYTES:
            return f"{figure / MEGA:.0f} MB"
        case _:
            return f"{figure:,.4g}" if figure < 1000 else f"{figure:,.0f}"


def compared(row: Row, version: str) -> str:
    """What its target is about, for one version."""
    reckoned = row.reckoned(row.ours[version])
    if reckoned is None:
        return "-"
    return _reckoned(row, reckoned)


def _reckoned(row: Row, value: float) -> str:
    match Against.RATIO if row.target is None else row.target.against:
        case Against.RATIO:
            return f"{value:.2f} x"
        case Against.ABOVE:
            return f"{value / MEGA:+.0f} MB" if row.unit is Unit.BYTES else f"+ {value:.3g}"
        case _:
            return shown(value, row.unit)


def wanted(row: Row) -> str:
    """The target in words."""
    return "" if row.target is None else f"≤ {_reckoned(row, row.target.most).removeprefix('+')}"


def verdict(row: Row, version: str) -> str:
    """Whether it is reached."""
    return {True: "yes", False: "NO", None: ""}[row.reached(version)]


def beside(row: Row, version: str) -> str:
    """The peers, each with how many times ours that is, and what that should be."""
    ours = row.ours[version]
    least = {} if row.target is None else row.target.peers
    parts = []
    for name, figure in row.peers.items():
        times = f" {figure / ours:.1f} x" if ours > 0 else ""
        due = f" (≥ {least[name]:g})" if name in least else ""
        parts.append(f"{name} {shown(figure, row.unit)}{times}{due}")
    return ", ".join(parts)


def table(rows: Sequence[Row]) -> Table:
    """One line for each figure and version."""
    made = Table(box=None, pad_edge=False)
    versions = {version for row in rows for version in row.ours}
    for heading in ("scenario", "figure", *(("version",) if len(versions) > 1 else ())):
        made.add_column(heading)
    for heading in ("ours", "ratio", "target", "reached"):
        made.add_column(heading, justify="right", no_wrap=True)
    for heading in ("floor", "peers"):
        made.add_column(heading, overflow="fold")
    before = ""
    for row in rows:
        for version in row.ours:
            named = row.scenario if row.scenario != before else ""
            before = row.scenario
            made.add_row(named, row.figure, *((version,) if len(versions) > 1 else ()), *_cells(row, version))
    return made


def _cells(row: Row, version: str) -> Iterator[str]:
    yield shown(row.ours[version], row.unit)
    yield compared(row, version)
    yield wanted(row)
    yield verdict(row, version)
    yield ", ".join(f"{name} {shown(figure, row.unit)}" for name, figure in row.floors.items())
    yield beside(row, version)


def draw(
    console: Console, rows: Sequence[Row], failures: Sequence[Failure], missing: Sequence[str], facts: str
) -> None:
    """Print everything."""
    console.print(facts, markup=False)
    console.print(table(rows))
    for line in below(rows, failures, missing):
        console.print(line, markup=False, soft_wrap=True)


def below(rows: Sequence[Row], failures: Sequence[Failure], missing: Sequence[str]) -> Iterator[str]:
    """What is said under the table: what does not count, who is missing, and what makes the run a failure."""
    for failure in failures:
        yield f"{failure.scenario}: {failure.side} does not count: {failure.reason}"
    if missing:
        yield f"Not installed, so not compared: {', '.join(missing)}"
    for row in rows:
        for version in row.broken:
            yield f"{row.scenario}: {row.figure} of {version} is {compared(row, version)}, {wanted(row)}"


def console() -> Console:
    """The terminal, or something wide enough."""
    made = Console(highlight=False)
    return made if made.is_terminal else Console(highlight=False, width=_WIDTH)
