"""Runs the program in this process with a world of its own, and returns everything that it did as one value."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference_cli.cli.app import run
from inference_cli.cli.world import World
from inference_cli.clock import Clock, SystemClock
from inference_cli.terminal.streams import Stream, Streams
from tests.support.person import Person


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """Standard output by lines."""
        return self.out.splitlines()


@dataclass(slots=True)
class Program:
    """A home with nothing in it, a working folder, and a way to run commands in them."""

    home: Path
    cwd: Path
    env: Mapping[str, str]
    clock: Clock
    transport: Callable[[], Any] | None = None

    def __call__(
        self, *arguments: str, stdin: bytes = b"", terminal: bool = False, person: Person | None = None, **env: str
    ) -> Finished:
        """Run one command line; keyword arguments are added to the environment.

        Args:
            *arguments: without the program's name.
            stdin: what is piped in.
            terminal: whether the streams are terminals, at which nobody answers.
            person: somebody who sits at one, and does.
            **env: more of the environment.
        """
        terminal = terminal or person is not None
        out, err = io.BytesIO(), io.BytesIO()
        streams = Streams(
            Stream(io.BytesIO(stdin), terminal=terminal),
            Stream(out, terminal=terminal),
            Stream(err, terminal=terminal),
            {**self.env, **env},
            open_terminal=person.open if person else lambda: io.BytesIO(stdin),
        )
        world = World(streams, {**self.env, **env}, self.cwd, self.clock, self.transport)
        code = run(list(arguments), world)
        return Finished(code, out.getvalue().decode(errors="surrogateescape"), err.getvalue().decode())


def program_in(folder: Path, *, clock: Clock | None = None, transport: Callable[[], Any] | None = None) -> Program:
    """A program whose home and working folder are below ``folder``; its sandbox runs a hundred times as fast."""
    home, cwd = folder / "home", folder / "work"
    cwd.mkdir(parents=True)
    env = {f"INFERENCE_{kind}_DIR": str(home / kind.lower()) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
    env |= {"HOME": str(home), "INFERENCE_SANDBOX_SPEED": "100", "TERM": "xterm-256color", "COLUMNS": "100"}
    return Program(home, cwd, env, clock or SystemClock(), transport)
