"""The command without the time that its start takes: forked from a process that has imported everything already.

The child is the program from its own first statement on: its arguments, environment, folder and streams are its own.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.command import Finished, User

_PATIENCE = 60.0  # seconds for one command

_LOADED = [
    f"inference_cli.{name}" for name in ("api", "catalogue", "cli", "jobs", "media", "money", "profile", "terminal")
]

_SERVER = """
import ctypes, gc, importlib, json, os, pkgutil, signal, sys, threading, time
import inference_cli, inference_cli.__main__
from inference_cli.clock import SystemClock

speed = float(sys.argv[1])
if speed != 1:
    began, started = time.time(), time.monotonic()
    SystemClock.now = lambda self: began + (time.time() - began) * speed
    SystemClock.monotonic = lambda self: (time.monotonic() - started) * speed
    SystemClock.sleep = lambda self, seconds: time.sleep(seconds / speed)
    SystemClock.wait = lambda self, event, seconds: event.wait(seconds / speed)
for name in sys.argv[2:]:
    for module in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
        importlib.import_module(module.name)
main = inference_cli.__main__.main
anybody = -1 % 2**64  # may trace the children, where only a parent may

def child(asked):
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    for number, path in ((0, os.devnull), (1, asked["out"]), (2, asked["err"])):
        os.dup2(os.open(path, os.O_RDWR), number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, "w" if n else "r", closefd=False) for n in (0, 1, 2))
    if asked["one_thread"]:
        threading.Thread.start = threading.Thread.run
    if asked["stopped"]:
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(anybody), 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
    try:
        main(asked["arguments"])
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code or 0)  # taking a thousand modules apart would cost more than the command

gc.freeze()
for line in sys.stdin:
    asked, children = json.loads(line), []
    for one in asked:
        pid = os.fork()
        if not pid:
            child(one)
        children.append(pid)
        if one["stopped"]:
            os.waitpid(pid, os.WUNTRACED)
    print(json.dumps(children), flush=True)
    statuses = {}
    for pid in children:
        statuses[pid] = os.waitpid(pid, 0)[1]
    print(json.dumps([os.waitstatus_to_exitcode(statuses[pid]) for pid in children]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class _Child:
    """Where the streams of a child go."""

    out: Path
    err: Path


class Forked:
    """A process that forks commands.

    Args:
        one_thread: whether the children run what would be threads at once, in the thread that starts them.
        speed: how many of the children's seconds pass in one; they have one clock, which all of them go by.
    """

    def __init__(self, *, one_thread: bool = False, speed: float = 1.0) -> None:
        self._one_thread = one_thread
        self._speed = speed
        self._stack = ExitStack()
        self._process: Any = None
        self._folder = Path()

    def __enter__(self) -> Self:
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVER, str(self._speed), *_LOADED],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},  # never saved
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.stdin.close()
        self._process.wait(_PATIENCE)
        self._process.stdout.close()
        self._stack.close()

    def run(self, user: User, *arguments: str, attach: Callable[[int], None] | None = None) -> Finished:
        """Run one command.

        Args:
            user: whose environment and folder it has.
            *arguments: without the program's name.
            attach: is given its process id before it does anything; it goes on when this returns.
        """
        return self.run_all([(user, arguments)], attach=attach)[0]

    def run_all(
        self, commands: Sequence[tuple[User, Sequence[str]]], *, attach: Callable[[int], None] | None = None
    ) -> list[Finished]:
        """Run commands, all at once."""
        children = [self._files(number) for number in range(len(commands))]
        asked = [
            {
                "arguments": list(arguments), "env": user.environment, "cwd": str(user.cwd), "out": str(child.out),
                "err": str(child.err), "stopped": attach is not None, "one_thread": self._one_thread,
            }
            for (user, arguments), child in zip(commands, children, strict=True)
        ]  # fmt: skip
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        pids = self._line()
        for pid in pids if attach is not None else ():
            try:
                attach(pid)  # type: ignore[misc] # it is one
            finally:
                os.kill(pid, signal.SIGCONT)
        codes = self._line(pids)
        return [
            Finished(code if code >= 0 else 128 - code, child.out.read_bytes(), child.err.read_text(errors="replace"))
            for code, child in zip(codes, children, strict=True)
        ]

    def _files(self, number: int) -> _Child:
        child = _Child(self._folder / f"{number}.out", self._folder / f"{number}.err")
        child.out.write_bytes(b"")
        child.err.write_bytes(b"")
        return child

    def _line(self, pids: Sequence[int] = ()) -> Any:
        """The next answer; children that take too long are killed."""
        if not select.select([self._process.stdout], [], [], _PATIENCE)[0]:
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
        return json.loads(self._process.stdout.readline())
