"""One run of a command, measured: processor time, peak memory, the wall clock, and when its output came."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_LAUNCH = str(Path(__file__).with_name("launch.py"))
_READ = 1 << 18  # bytes
_MARK = re.compile(rb"tok(\d{5})")
_SIZE = struct.pack("HHHH", 40, 100, 0, 0)  # of the terminal: rows and columns
_UNIT = 1024 if os.uname().sysname != "Darwin" else 1  # what ru_maxrss counts, in bytes
_KEPT = 4096  # bytes of the output


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, and where: a whole environment, a folder, and whether a terminal is on all three streams."""

    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    terminal: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took; seconds, bytes, and moments of the monotonic clock.

    ``cpu`` is user and system time of the process and of the children that it waited for, ``peak`` the resident memory
    of the largest of them, ``seen`` when each marked token came out.
    """

    code: int
    start: float
    cpu: float
    wall: float
    peak: int
    head: bytes
    errors: bytes
    seen: Mapping[int, float] = field(default_factory=dict)


def run(command: Command) -> Run:
    """Run it to its end, reading all that it writes.

    Raises:
        FileNotFoundError: there is no such program.
    """
    facts, report = os.pipe()
    argv = [sys.executable, "-I", "-S", _LAUNCH, str(report), *command.argv]
    with (command.cwd / ".stderr").open("w+b") as errors:
        reader, streams, writer = _streams(errors.fileno(), terminal=command.terminal)
        process = subprocess.Popen(
            argv,
            env=dict(command.env),
            cwd=command.cwd,
            pass_fds=[report],
            start_new_session=command.terminal,
            **streams,
        )
        os.close(writer)
        os.close(report)
        head, seen = _read(reader)
        with os.fdopen(facts, "rb") as file:
            told = file.read()
        process.wait()
        os.close(reader)
        errors.seek(0)
        said = errors.read(_KEPT)
    if not told:
        raise FileNotFoundError(f"{command.argv[0]} did not start: {said.decode('utf-8', 'replace').strip()[-200:]}")
    return measured(told, head, said, seen)


def measured(told: bytes, head: bytes, errors: bytes, seen: Mapping[int, float]) -> Run:
    """The run that the launcher tells of: start, end, code, processor time, peak."""
    start, end, code, cpu, peak = told.split()
    return Run(int(code), float(start), float(cpu), float(end) - float(start), int(peak) * _UNIT, head, errors, seen)


def _streams(errors: int, *, terminal: bool) -> tuple[int, dict[str, Any], int]:
    """Where its output is read, its streams, and what has to be closed here."""
    if terminal:
        reader, writer = pty.openpty()
        fcntl.ioctl(writer, termios.TIOCSWINSZ, _SIZE)
        return reader, {"stdin": writer, "stdout": writer, "stderr": writer}, writer
    reader, writer = os.pipe()
    return reader, {"stdin": subprocess.DEVNULL, "stdout": writer, "stderr": errors}, writer


def _read(reader: int) -> tuple[bytes, dict[int, float]]:
    """The beginning of what is written, and when each marked token came."""
    head, rest = b"", b""
    seen: dict[int, float] = {}
    while data := _some(reader):
        now = time.monotonic()
        if len(head) < _KEPT:
            head += data[:_KEPT]
        rest = rest[-16:] + data
        for found in _MARK.findall(rest):
            seen.setdefault(int(found), now)
    return head, seen


def _some(reader: int) -> bytes:
    try:
        return os.read(reader, _READ)
    except OSError:  # a terminal whose other side is closed
        return b""
