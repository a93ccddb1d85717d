"""Which modules a command imports: a count that no machine changes."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace

from tests.benchmarks.measuring import Command

_LINE = re.compile(rb"^import time: +\d+ \| +\d+ \| +(\S+)\r?$", re.MULTILINE)


def modules(command: Command) -> frozenset[str]:
    """Everything that was imported, in the order of nothing."""
    command = replace(command, env={**command.env, "PYTHONPROFILEIMPORTTIME": "1"})
    done = subprocess.run(
        command.argv,
        env=dict(command.env),
        cwd=command.cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    return named(done.stderr)


def named(report: bytes) -> frozenset[str]:
    """The modules in a report of ``-X importtime``; the heading names none."""
    return frozenset(found.decode("ascii", "replace") for found in _LINE.findall(report))


def beyond(command: Command, python: str, interpreter: Sequence[str] = ("-c", "pass")) -> frozenset[str]:
    """What a command imports that a bare interpreter does not."""
    return modules(command) - modules(replace(command, argv=[python, *interpreter]))
