"""One command run to its end: in a group of its own, within a time, its output up to a limit."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from inference_cli.conversation.tools.beside import Halt
from inference_cli.conversation.tools.tool import ToolFailedError

if TYPE_CHECKING:
    from inference_cli.clock import Clock

GRACE = 0.5  # seconds between asking a command to end and ending it
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Spec:
    """What is run: an argument list and never a shell, where, with which environment and standard input."""

    argv: Sequence[str]
    cwd: Path
    env: Mapping[str, str]
    stdin: bytes | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of it; ``cut`` says that it wrote more than was asked for, and was ended."""

    code: int
    output: bytes
    errors: bytes
    cut: bool = False


def start(spec: Spec, *, stdin: int) -> "subprocess.Popen[bytes]":
    """Start it in a session of its own: Ctrl-C does not reach it, and no terminal can be asked for anything.

    Args:
        spec: what.
        stdin: as for ``Popen``.

    Raises:
        OSError: it cannot be started.
        ValueError: an argument cannot be passed on.
    """
    return subprocess.Popen(  # noqa: S603 - the user's own command, no shell
        list(spec.argv),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=spec.cwd,
        env=dict(spec.env),
        start_new_session=True,
    )


def send(process: "subprocess.Popen[bytes]", signum: int) -> None:
    """Send a signal to a command and everything that it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signum)


def run(spec: Spec, *, seconds: float, clock: "Clock", halt: Halt, limit: int) -> Ran:
    """Run a command to its end.

    Args:
        spec: what.
        seconds: that it may take.
        clock: counts them.
        halt: ends it.
        limit: bytes of its output that are kept; a command that writes more is ended.

    Raises:
        ToolFailedError: it could not be started, took too long, or was ended.
    """
    try:
        process = start(spec, stdin=subprocess.DEVNULL if spec.stdin is None else subprocess.PIPE)
    except (OSError, ValueError) as error:
        why = (error.strerror or "").lower() if isinstance(error, OSError) else "an argument cannot be passed on"
        raise ToolFailedError(f"The command could not be run: {why}.") from None
    running = _Running(process, limit, spec.stdin)
    running.begin()
    try:
        with halt.doing(lambda: running.end(clock)):
            if not clock.wait(running.done, seconds) and not running.done.is_set():
                raise ToolFailedError(f"The command did not end within {seconds:g} s, and was ended.")
    finally:
        if not running.done.is_set():
            running.end(clock)
    return Ran(process.returncode, bytes(running.output), bytes(running.errors), running.cut)


@dataclass(slots=True)
class _Running:
    """A command and the threads that feed it, read it, and wait for its end."""

    process: "subprocess.Popen[bytes]"
    limit: int
    stdin: bytes | None
    output: bytearray = field(default_factory=bytearray)
    errors: bytearray = field(default_factory=bytearray)
    cut: bool = False
    gone: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        """Start the threads."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        readers = [
            _thread(lambda: self._read(self.process.stdout, self.output)),
            _thread(lambda: self._read(self.process.stderr, self.errors)),
        ]
        if self.stdin is not None:
            _thread(self._feed)
        _thread(lambda: self._await(readers))

    def end(self, clock: "Clock") -> None:
        """Ask it to end, then end it."""
        send(self.process, signal.SIGTERM)
        clock.wait(self.gone, GRACE)
        send(self.process, signal.SIGKILL)
        clock.wait(self.done, GRACE)

    def _read(self, stream: IO[bytes] | None, into: bytearray) -> None:
        assert stream is not None
        with stream, suppress(OSError, ValueError):
            while data := os.read(stream.fileno(), _CHUNK):
                into += data[: self.limit - len(into)]
                if len(into) >= self.limit:
                    self.cut = True
                    send(self.process, signal.SIGKILL)
                    return

    def _feed(self) -> None:
        stream = self.process.stdin
        assert stream is not None
        with suppress(OSError, ValueError):  # it does not want to read it
            stream.write(self.stdin or b"")
        with suppress(OSError, ValueError):
            stream.close()

    def _await(self, readers: Sequence[threading.Thread]) -> None:
        self.process.wait()
        self.gone.set()
        for reader in readers:
            reader.join()
        self.done.set()


def _thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, name="child", daemon=True)
    thread.start()
    return thread
