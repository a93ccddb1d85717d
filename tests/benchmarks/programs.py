"""The versions of ``inference`` that are compared, each with a home of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.measuring import Command

TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@dataclass(frozen=True, slots=True)
class Program:
    """An installed version, a home, and what its environment has beside the least that a login has."""

    name: str
    path: str
    home: Path
    env: Mapping[str, str]

    def command(self, *arguments: str, terminal: bool = False) -> Command:
        """What runs it."""
        return Command([self.path, *arguments], self.environment, self.home, terminal=terminal)

    def within(self, code: str, *arguments: str) -> Command:
        """What runs a line of Python in its interpreter."""
        return Command([self.python, "-c", code, *arguments], self.environment, self.home)

    @property
    def environment(self) -> dict[str, str]:
        """All variables that it sees."""
        return {**environment(self.home), **self.env}

    @property
    def python(self) -> str:
        """The interpreter that it is installed in."""
        return str(Path(self.path).resolve().with_name("python"))

    def having(self, **env: str) -> "Program":
        """The same with more in its environment."""
        return replace(self, env={**self.env, **env})

    def do(self, *arguments: str) -> str:
        """Run it once, outside of all measuring; what it printed.

        Raises:
            RuntimeError: it failed.
        """
        done = subprocess.run(
            [self.path, *arguments],
            env=self.environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{self.name} {' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()}")
        return done.stdout


def environment(home: Path) -> dict[str, str]:
    """The least that a login has, on a terminal with colours."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **TERMINAL}


def installed(paths: Sequence[str]) -> dict[str, str]:
    """Path by name of the versions to compare: those that are named, or the one that runs this.

    A single one is ``inference``; several are named by their virtual environments, or else numbered.

    Raises:
        FileNotFoundError: one is not there.
    """
    if not paths:
        beside = Path(sys.executable).with_name("inference")
        found = str(beside) if beside.exists() else shutil.which("inference")
        if found is None:
            raise FileNotFoundError("inference is not installed here: name it with --program PATH")
        return {"inference": found}
    for path in paths:
        if not Path(path).is_file():
            raise FileNotFoundError(f"{path} is no program")
    if len(paths) == 1:
        return {"inference": str(Path(paths[0]).absolute())}
    names = [Path(path).absolute().parent.parent.name for path in paths]
    unlike = len(set(names)) == len(names)
    return {
        names[number] if unlike else f"inference {number + 1}": str(Path(path).absolute())
        for number, path in enumerate(paths)
    }


def settled(name: str, path: str, folder: Path, url: str) -> Program:
    """A version in a new home, told where the server is, with the list of models in its cache."""
    home = folder / name.replace(" ", "-")
    home.mkdir(parents=True)
    env = {"INFERENCE_API_KEY": "abcdefghij", "INFERENCE_BASE_URL": f"{url}/api"}
    program = Program(name, path, home, env)
    program.do("config", "set", "api", "current")
    program.do("models", "list")
    return program
