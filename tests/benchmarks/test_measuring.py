"""One run of a command."""

import os
from pathlib import Path

import pytest

from tests.benchmarks.measuring import Command, Run, measured, run

SCRIPT = "printf 'tok00001 '; printf 'bad\\n' >&2; test -t 1 && printf tty; exit 3"


def _run(folder: Path, *words: str, terminal: bool = False) -> Run:
    return run(Command(words, {"PATH": os.environ["PATH"]}, folder, terminal=terminal))


def test_what_the_launcher_tells_is_read() -> None:
    """Start, end, code, processor time, and the peak in the system's own unit."""
    done = measured(b"10.5 11.25 0 0.0625 2048", b"out", b"err", {1: 11.0})
    unit = done.peak // 2048
    assert unit in {1, 1024}
    assert done == Run(0, 10.5, 0.0625, 0.75, 2048 * unit, b"out", b"err", {1: 11.0})


def test_a_run_is_read_to_its_end(tmp_path: Path) -> None:
    """Both streams, the code, when a mark came; and figures that a shell may have."""
    done = _run(tmp_path, "sh", "-c", SCRIPT)
    assert (done.code, done.head, done.errors, list(done.seen)) == (3, b"tok00001 ", b"bad\n", [1])
    assert 0 <= done.cpu < 5
    assert done.start <= done.seen[1] <= done.start + done.wall + 1
    assert 100_000 < done.peak < 100_000_000


def test_a_terminal_is_on_all_three_streams(tmp_path: Path) -> None:
    """Both streams come out of it."""
    done = _run(tmp_path, "sh", "-c", SCRIPT, terminal=True)
    assert (done.code, done.head, done.errors) == (3, b"tok00001 bad\r\ntty", b"")


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    """It is said which."""
    with pytest.raises(FileNotFoundError, match="nobody-there did not start"):
        _run(tmp_path, "nobody-there")
