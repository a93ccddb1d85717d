"""The fault catalogue as a table: which rows are automated, what passed, what was skipped and why.

``python -m tests.support.faults`` runs every test that is named after a row and prints the table; ``--list`` only says
which tests there are.
"""

import argparse
import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
_ROW = re.compile(r"[A-H][0-9]{2}(?=_)")


def rows() -> dict[str, str]:
    """What goes wrong, by row: ``A07`` and so on."""
    with (TESTS / "faults" / "rows.toml").open("rb") as file:
        return {row: text for group in tomllib.load(file).values() for row, text in group.items()}


def rows_of(name: str) -> list[str]:
    """The rows that a test is named after: ``test_C11_C13_a_stop`` is about two."""
    return _ROW.findall(name) if _ROW.match(name.removeprefix("test_")) else []


def automated() -> dict[str, list[str]]:
    """Node ids of tests by row, read from their files."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                for row in rows_of(node.name):
                    found[row].append(f"{path.relative_to(TESTS.parent)}::{node.name}")
    return found


@dataclass(slots=True)
class Outcomes:
    """A pytest plugin that remembers how each test ended: the worst of its parts."""

    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    skipped: dict[str, str] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep an outcome."""
        name = report.nodeid.partition("[")[0]
        if report.failed:
            self.failed.add(name)
        elif report.skipped:
            self.skipped[name] = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        elif report.when == "call":
            self.passed.add(name)


def line(row: str, text: str, tests: Iterable[str], outcomes: Outcomes | None) -> tuple[str, str]:
    """A row's word and its line in the table."""
    tests = list(tests)
    if not tests:
        return "missing", f"{row}  missing  {text}"
    if outcomes is None:
        return "automated", f"{row}  {len(tests):2} tests  {text}"
    reasons = {outcomes.skipped[test] for test in tests if test in outcomes.skipped}
    if any(test in outcomes.failed for test in tests):
        word = "FAILED"
    elif any(test in outcomes.passed for test in tests):
        word = "passed"
    else:
        word = "skipped" if reasons else "not run"
    because = f"  ({'; '.join(sorted(reasons))})" if reasons else ""
    return word, f"{row}  {word:7}  {len(tests):2}  {text}{because}"


def table(found: Mapping[str, list[str]], outcomes: Outcomes | None) -> tuple[list[str], dict[str, int]]:
    """The table's lines, and how many rows have which word."""
    counts: dict[str, int] = defaultdict(int)
    lines = []
    for row, text in rows().items():
        word, shown = line(row, text, found.get(row, ()), outcomes)
        counts[word] += 1
        lines.append(shown)
    return lines, counts


def main(arguments: list[str]) -> int:
    """Run the tests and print the table; 1 when a row is missing or failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.faults", description=__doc__)
    parser.add_argument("--list", action="store_true", help="run nothing; say which rows have tests")
    given = parser.parse_args(arguments)
    found = automated()
    outcomes = None if given.list else Outcomes()
    if outcomes is not None:
        tests = sorted({test for tests in found.values() for test in tests})
        pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", *tests], plugins=[outcomes])
    lines, counts = table(found, outcomes)
    totals = ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))
    sys.stdout.write("\n".join([*lines, "", f"{len(lines)} rows: {totals}", ""]))
    return int(bool(counts.get("missing", 0) + counts.get("FAILED", 0)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
