"""The installed command as a user has it: in a pipe, or in a terminal whose screen can be read."""

import json
import os
import subprocess
import sys
import termios
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pexpect
import pyte

from tests.support import warm

INFERENCE = str(Path(sys.executable).with_name("inference"))
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_PATIENCE = 180  # seconds for one command, rendering included; never waited for when all is well


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()

    @property
    def lines(self) -> list[str]:
        """Standard output by lines."""
        return self.text.splitlines()

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an empty home, in a folder of their own."""

    home: Path
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What their shell exports: the least that a login has, and a sandbox ten times as fast."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return {**kept, "HOME": str(self.home), "LANG": "C.UTF-8", "INFERENCE_SANDBOX_SPEED": "10", **self.env}

    def having(self, **env: str) -> "User":
        """The same user with more in the environment."""
        return User(self.home, self.cwd, {**self.env, **env})

    def run(self, *arguments: str, stdin: bytes = b"") -> Finished:
        """Run the command in a pipe, in a process that has its modules already."""
        env = self.environment
        done = warm.run(INFERENCE, arguments, env=env, cwd=self.cwd, stdin=stdin, timeout=_PATIENCE)
        return Finished(done.code, done.out, done.err.decode()) if done else self.run_cold(*arguments, stdin=stdin)

    def run_cold(self, *arguments: str, stdin: bytes = b"") -> Finished:
        """Run the command in a pipe as a shell does, its start included."""
        done = subprocess.run(
            [INFERENCE, *arguments],
            input=stdin,
            capture_output=True,
            cwd=self.cwd,
            env=self.environment,
            timeout=_PATIENCE,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr.decode())

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start the command in a pipe and leave it running."""
        return subprocess.Popen(
            [INFERENCE, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.cwd,
            env=self.environment,
        )

    def terminal(self, *arguments: str, columns: int = 100, rows: int = 30) -> "Terminal":
        """Run the command in a terminal."""
        child: pexpect.spawn[bytes] = pexpect.spawn(
            INFERENCE,
            list(arguments),
            cwd=str(self.cwd),
            env={"TERM": "xterm-256color", **self.environment},
            dimensions=(rows, columns),
            timeout=_PATIENCE,
        )
        return Terminal(child, columns, rows)


def new_user(folder: Path) -> User:
    """Somebody with an empty home and an empty working folder, whose sandbox is quick."""
    home, cwd = folder / "home", folder / "work"
    home.mkdir(parents=True)
    cwd.mkdir()
    return User(home, cwd).having(INFERENCE_SANDBOX_SPEED="100")


class Terminal:
    """A command in a terminal: what it wrote, drawn on a screen.

    Args:
        child: the running command.
        columns: of the screen.
        rows: of the screen.
    """

    def __init__(self, child: "pexpect.spawn[bytes]", columns: int, rows: int) -> None:
        self.child = child
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""

    def wait_for(self, text: str) -> None:
        """Read until the text appears in what is written."""
        self.child.expect_exact(text.encode())
        self._draw((self.child.before or b"") + (self.child.after if isinstance(self.child.after, bytes) else b""))

    def see(self, *texts: str) -> None:
        """Read until all of the texts stand on the screen, however they came there."""
        while not all(any(text in line for line in self.screen) for text in texts):
            waiting, self.child.buffer = self.child.buffer, b""
            self._draw(waiting or self.child.read_nonblocking(1 << 16, _PATIENCE))

    def send(self, text: str) -> None:
        """Type."""
        self.child.send(text)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size; what stood in it is wrapped by no terminal that is drawn here."""
        self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.child.sendintr()

    def finish(self) -> int:
        """Read to the end; the exit code as a shell would report it."""
        self.child.expect(pexpect.EOF)
        self._draw(self.child.before or b"")
        self.child.close()
        return self._code

    def modes(self) -> int:
        """The local modes of the terminal (``termios``), which outlive the command."""
        return int(termios.tcgetattr(self.child.child_fd)[3])

    @property
    def code(self) -> int:
        """The exit code as a shell would report it; what has not been read to the end is read now."""
        return self._code if self.child.closed else self.finish()

    @property
    def _code(self) -> int:
        if self.child.signalstatus is not None:
            return 128 + int(self.child.signalstatus)
        return int(self.child.exitstatus or 0)

    def _draw(self, data: bytes) -> None:
        self.raw += data
        self._stream.feed(data)

    @property
    def screen(self) -> list[str]:
        """The lines on the screen that hold anything, without spaces at their ends."""
        return [line.rstrip() for line in self._screen.display if line.strip()]
