"""A press of TAB: commands and flags by the shell alone, what only the program knows by one start of it."""

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.programs import Program
from tests.benchmarks.rows import Against, Failure, Row, Target, Unit
from tests.benchmarks.scenarios.start import BARE, imported
from tests.support.shells import Shell

_LINES = {
    "of a command": ("inference mod", "inference models ", 0),
    "of a flag": ("inference image --aspect", "inference image --aspect-ratio ", 0),
    "of a model": ("inference image -m black-forest-labs-flux-2-klein-4", "inference image -m black-forest-labs-flux-2-klein-4b ", 1),
}  # fmt: skip
"""What is typed, what TAB makes of it, and how often the program may start for that."""


class WrongLineError(Exception):
    """A shell makes something else of a line than it should."""


def tab(bench: Bench) -> Iterator[Row]:
    """The time of a start that answers TAB on a model; and how many starts each kind of TAB needs."""
    arguments = ("__complete", "model", "line", "inference image -m bl")
    sides = {**bench.ours(*arguments), BARE: bench.code("pass"), **bench.others("complete")}
    target = Target(2, peers={"gh": 1})
    results = bench.race("TAB, a model", sides)
    yield from bench.row("TAB, a model", "processor", Unit.SECONDS, lambda one: one.cpu, results, target=target)
    yield imported(bench, "TAB, a model", *arguments, most=10)
    for shell in ("bash", "zsh"):
        if shutil.which(shell) is not None:
            yield from _starts(bench, shell)


def _starts(bench: Bench, shell: str) -> Iterator[Row]:
    for name, program in bench.programs.items():
        try:
            counts = starts(program, shell)
        except WrongLineError as error:
            bench.failures.append(Failure(f"TAB, {shell}", name, str(error)))
            continue
        for what, (_, _, most) in _LINES.items():
            yield Row(
                f"TAB {what}, {shell}", "starts", Unit.COUNT, {name: float(counts[what])},
                target=Target(most, Against.ALONE), fixed=True,
            )  # fmt: skip


def starts(program: Program, shell: str) -> dict[str, int]:
    """How often each line starts the program in a real shell.

    Raises:
        WrongLineError: a line is not completed as it should be.
    """
    folder = program.home / f"tab-{shell}"
    counted, told = counting(folder, program.path)
    script = folder / ("inference.bash" if shell == "bash" else "_inference")
    script.write_text(program.do("completion", shell), encoding="utf-8")
    env = program.environment | {"PATH": f"{counted.parent}:{program.environment['PATH']}"}
    counts = {}
    at_work = Shell(shell, script, program.home, env)
    try:
        for what, (typed, wanted, _) in _LINES.items():
            told.write_bytes(b"")
            line = at_work.completed(typed)
            if line.strip() != wanted.strip():
                raise WrongLineError(f"{shell} makes {line!r} of {typed!r}")
            counts[what] = len(told.read_bytes())
    finally:
        at_work.close()
    return counts


def counting(folder: Path, program: str) -> tuple[Path, Path]:
    """A program that does what another does, and the file to which it adds a byte each time."""
    folder.mkdir(parents=True)
    told = folder / "told"
    stand_in = folder / "inference"
    stand_in.write_text(f'#!/bin/sh\nprintf x >> {shlex.quote(str(told))}\nexec {shlex.quote(program)} "$@"\n')
    stand_in.chmod(0o755)
    return stand_in, told
