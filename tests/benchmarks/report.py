"""The report as one document for machines, and the facts that stand above every table."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.rows import Failure, Row

SCHEMA = 1


def machine() -> dict[str, Any]:
    """Where and when: date, system, processor, cores, interpreter."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.release()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def sentence(facts: dict[str, Any]) -> str:
    """The same on one line."""
    return f"{facts['date'][:10]}  {facts['cores']} x {facts['processor']}, {facts['system']}, {facts['python']}"


def document(
    rows: Sequence[Row], failures: Sequence[Failure], missing: Sequence[str], facts: dict[str, Any]
) -> dict[str, Any]:
    """Everything that was measured; seconds and bytes."""
    return {
        "schema": SCHEMA,
        "machine": facts,
        "rows": [_row(row) for row in rows],
        "failures": [{"scenario": one.scenario, "side": one.side, "reason": one.reason} for one in failures],
        "missing": list(missing),
    }


def _row(row: Row) -> dict[str, Any]:
    target = row.target
    return {
        "scenario": row.scenario,
        "figure": row.figure,
        "unit": row.unit.value or "count",
        "ours": dict(row.ours),
        "floors": dict(row.floors),
        "peers": dict(row.peers),
        "compared": {version: row.reckoned(figure) for version, figure in row.ours.items()},
        "target": None
        if target is None
        else {"most": target.most, "against": target.against.value, "peers_at_least": dict(target.peers)},
        "reached": {version: row.reached(version) for version in row.ours},
        "fixed": row.fixed,
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
