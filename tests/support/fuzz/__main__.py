"""``python -m tests.support.fuzz``: many inputs in two processes, and a table of what they found."""

import argparse
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from multiprocessing import get_context

from tests.support.fuzz.campaign import Report, batches, run_batch
from tests.support.fuzz.surfaces import NAMES


def main() -> int:
    """Run them; the exit code says whether anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--surface", action="append", choices=NAMES, help="only this one; repeat")
    parser.add_argument("--input", type=int, metavar="N", help="only this input of one surface, for a finding")
    given = parser.parse_args()
    surfaces = tuple(given.surface or NAMES)
    reports: list[Report] = []
    if given.input is not None:
        reports += [run_batch(given.seed, surfaces[0], (given.input,))]
    else:
        work = list(batches(given.inputs, surfaces))
        with ProcessPoolExecutor(given.processes, mp_context=get_context("spawn")) as pool:
            running = [pool.submit(run_batch, given.seed, *one) for one in work]
            with suppress(KeyboardInterrupt):
                for done in as_completed(running):
                    reports.append(done.result())
                    _tell(reports, len(work))
            pool.shutdown(cancel_futures=True)
    _show(reports)
    return int(any(report.findings for report in reports))


def _tell(reports: list[Report], batches_in_all: int) -> None:
    """A line for the batch that ended last; its findings, so that nobody has to wait for the table."""
    last = reports[-1]
    sys.stderr.write(f"{len(reports)} of {batches_in_all}  {last.surface}\n")
    for finding, number in dict(last.findings).items():
        sys.stderr.write(f"    {number}: {finding}\n")


def _show(reports: list[Report]) -> None:
    inputs, findings = Counter[str](), Counter[str]()
    seconds: defaultdict[str, float] = defaultdict(float)
    causes: dict[tuple[str, str], list[int]] = {}
    for report in reports:
        inputs[report.surface] += report.inputs
        findings[report.surface] += len({number for _, number in report.findings})
        seconds[report.surface] += report.seconds
        for finding, number in report.findings:
            causes.setdefault((report.surface, finding), []).append(number)
    write = sys.stdout.write
    write(f"{'surface':24}{'inputs':>9}{'findings':>10}{'CPU s':>8}\n")
    for surface in inputs:
        write(f"{surface:24}{inputs[surface]:>9,}{findings[surface]:>10,}{seconds[surface]:>8.0f}\n")
    write(f"{'all':24}{inputs.total():>9,}{findings.total():>10,}{sum(seconds.values()):>8.0f}\n")
    for (surface, finding), numbers in causes.items():
        write(f"{surface}, input {numbers[0]} ({len(numbers)} times): {finding}\n")


if __name__ == "__main__":
    sys.exit(main())
