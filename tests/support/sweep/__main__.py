"""Sweeps every system call and prints one table: ``python -m tests.support.sweep [--only TEXT] [-j 2] [--threads]``."""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.support.sweep.ground import SCENES
from tests.support.sweep.sweeping import Swept, sweep
from tests.support.sweep.traced import Injection


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep what was asked for; the exit code is 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.sweep", description=__doc__)
    parser.add_argument("--only", default="", metavar="TEXT", help="of the form 'SCENE CALL NUMBER FAULT', or a part")
    parser.add_argument("-j", type=int, default=1, metavar="N", help="so many at once")
    parser.add_argument("--threads", action="store_true", help="the installed command with its threads as they are")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th injection")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(given.j) as pool:
        jobs = [
            pool.submit(
                sweep, scene, Path(folder) / f"{scene.name}-{share}", share=(share, given.j),
                choose=partial(_chosen, scene.name, given.only, given.every), heard=_told, threads=given.threads,
            )
            for scene in SCENES
            for share in range(given.j)
        ]  # fmt: skip
        swept = [one for job in jobs for one in job.result()]
    _say(table(swept))
    return int(any(one.findings for one in swept))


def _chosen(scene: str, only: str, every: int, injections: list[Injection]) -> list[Injection]:
    return [one for one in injections if only in f"{scene} {one}"][::every]


def _told(swept: Swept) -> None:
    for what in swept.findings:
        sys.stderr.write(f"{swept.scene} {swept.injection}: {what}\n")
        sys.stderr.flush()


def table(swept: Sequence[Swept]) -> list[str]:
    """A line per command, call and fault."""
    groups: defaultdict[tuple[str, str, str], list[Swept]] = defaultdict(list)
    for one in swept:
        groups[one.scene, one.injection.call, one.injection.fault].append(one)
    lines = [f"{'command':8} {'call':12} {'fault':11} {'runs':>5} {'ok':>5} {'found':>5}"]
    for (scene, call, fault), ones in sorted(groups.items()):
        wrong = sum(bool(one.findings) for one in ones)
        lines.append(f"{scene:8} {call:12} {fault:11} {len(ones):5} {len(ones) - wrong:5} {wrong:5}")
    wrong = sum(bool(one.findings) for one in swept)
    lines.append(f"{'all':33} {len(swept):5} {len(swept) - wrong:5} {wrong:5}")
    return lines


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
