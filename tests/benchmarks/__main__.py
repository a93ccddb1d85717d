"""How fast `inference` is, in ratios to minimal scripts and beside other programs, all taken in one run.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks [SCENARIO …] [--runs N] [--short] [--json]
        [--peers FOLDER] [--program PATH]… [--floor PYTHON]

It prints one table, or with ``--json`` one document. ``--program`` names an installed version, and several of them are
compared in one run (before and after); without it, it is the one beside this interpreter. The floors run with this
interpreter or the one that ``--floor`` names: it needs typer and httpx, and no click, which makes httpx slower.
Measure versions that were installed by a current pip into environments of their own:

    python -m venv new && new/bin/pip install -U pip && new/bin/pip install .
    python -m tests.benchmarks --program new/bin/inference --floor new/bin/python

Peers are described in ``peers.toml`` and take part where they are installed: in environments below ``--peers FOLDER``
that are named there (``FOLDER/llm/bin/llm``), or on PATH (curl, gh). Who is missing is named below the table.

All sides of a scenario run in turn, and of their processor times the least counts, since what others do on the machine
can only add to it. ``--short`` runs small sizes once: its times say little, but its counts (requests, imported modules,
peaks of memory) hold on any machine. A count above its target ends the run with 1; a time never does.

Only loopback is contacted, by a server in a process of its own. Linux and macOS.
"""

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import peers, programs, report
from tests.benchmarks.bench import Bench, settle_peers
from tests.benchmarks.scenarios.every import SCENARIOS
from tests.benchmarks.server.client import Server
from tests.benchmarks.table import console, draw

if TYPE_CHECKING:
    from tests.benchmarks.rows import Row


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for; ends the process where it is not understood."""
    lines = (__doc__ or "").splitlines()
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=lines[0])
    known = "  ".join(SCENARIOS)
    parser.add_argument("scenario", nargs="*", metavar="SCENARIO", help=f"all by default:  {known}")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="of each side (7)")
    parser.add_argument("--short", action="store_true", help="small sizes, once: for counts, not for times")
    parser.add_argument("--json", action="store_true", help="one document on stdout")
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="of virtual environments by name")
    parser.add_argument("--program", action="append", default=[], metavar="PATH", help="an installed version")
    parser.add_argument("--floor", default=sys.executable, metavar="PYTHON", help="the interpreter of the floors")
    parsed = parser.parse_args(given)
    if unknown := [name for name in parsed.scenario if name not in SCENARIOS]:
        parser.error(f"no scenario {', '.join(unknown)}; there are:  {known}")
    if parsed.runs < 1:
        parser.error("--runs is 1 at least")
    return parsed


@contextlib.contextmanager
def _bench(given: argparse.Namespace) -> Iterator[tuple[Bench, list[str]]]:
    """The bench, and who is missing."""
    everybody = peers.read(given.peers)
    missing = [peer.name for peer in everybody if peer.path is None]
    with tempfile.TemporaryDirectory(prefix="bench-") as name, Server() as server:
        folder = Path(name)
        versions = {
            key: programs.settled(key, path, folder, server.url)
            for key, path in programs.installed(given.program).items()
        }
        present = {peer.name: peer for peer in everybody if peer.path is not None}
        bench = Bench(versions, present, server, folder, given.floor, given.runs, given.short)
        settle_peers(bench)
        yield bench, missing


def main(given: Sequence[str] | None = None) -> int:
    """Measure and print; the exit code."""
    wanted = arguments(given)
    rows: list[Row] = []
    with _bench(wanted) as (bench, missing):
        for name in wanted.scenario or SCENARIOS:
            sys.stderr.write(f"{name} …\n")
            rows += SCENARIOS[name](bench)
        facts = report.machine()
        failures = bench.failures
    if wanted.json:
        sys.stdout.write(json.dumps(report.document(rows, failures, missing, facts), indent=1) + "\n")
    else:
        draw(console(), rows, failures, missing, report.sentence(facts))
    lost = any(failure.side in bench.programs for failure in failures)
    return 1 if lost or any(row.broken for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
