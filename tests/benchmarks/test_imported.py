"""Which modules a process imports."""

import os
import sys
from pathlib import Path

from tests.benchmarks.imported import beyond, named
from tests.benchmarks.measuring import Command


def test_a_report_is_read() -> None:
    """A module a line, however deep; the heading and what the program says are none."""
    report = (
        b"import time: self [us] | cumulative | imported package\n"
        b"import time:       135 |        135 |   _io\r\n"
        b"import time:      1035 |       2135 |     inference_cli.errors\n"
        b"error: import time: 3\n"
    )
    assert named(report) == {"_io", "inference_cli.errors"}


def test_what_a_bare_interpreter_has_does_not_count(tmp_path: Path) -> None:
    """Nor does what its environment makes every process import."""
    command = Command([sys.executable, "-c", "import colorsys, sys"], {"PATH": os.environ["PATH"]}, tmp_path)
    assert beyond(command, sys.executable) == {"colorsys"}
