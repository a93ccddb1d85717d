"""The surfaces of the fuzzer, each with the way from a number to what was wrong with that input."""

import io
import os
import random
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import FrameType

from tests.support.fuzz import argv
from tests.support.fuzz.commands import RECIPES
from tests.support.fuzz.playing import play
from tests.support.fuzz.recorded import Talk, record
from tests.support.fuzz.settings import run_settings

LONGEST = 60  # seconds that one input may take
ARGV, SETTINGS = "argv", "settings"
NAMES = (*(recipe.name for recipe in RECIPES), ARGV, SETTINGS)


class HangError(BaseException):
    """An input that does not come to an end."""


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in memory where there is one, and the working folder while it lasts: results may name no folder."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    before = Path.cwd()
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        here = Path(name).resolve() / "here"
        here.mkdir()
        argv.prepare(here)
        os.chdir(here)
        try:
            yield here.parent
        finally:
            os.chdir(before)


class Fuzzer:
    """Runs inputs of any surface, each by its number: the same seed and number is the same input.

    Args:
        folder: of ``scratch``.
        seed: of all inputs.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._seed = folder, seed
        self._talks: dict[str, Talk] = {}

    def __call__(self, surface: str, number: int) -> list[str]:
        """Run one input; what was wrong, nothing where all was right."""
        rng = random.Random(f"{self._seed}:{surface}:{number}")
        try:
            with _within(LONGEST), redirect_stdout(io.StringIO()):  # the parser's help goes to the real one
                return self._runner(surface)(rng, self._folder / "run")
        except HangError:
            return [f"no end within {LONGEST} s"]

    def _runner(self, surface: str) -> Callable[[random.Random, Path], list[str]]:
        if surface == ARGV:
            return lambda rng, folder: argv.run_line(argv.line(rng), rng, folder)
        if surface == SETTINGS:
            return run_settings
        if surface not in self._talks:
            recipe = next(recipe for recipe in RECIPES if recipe.name == surface)
            self._talks[surface] = record(recipe, self._folder / surface.replace(" ", "-"))
        return lambda rng, folder: play(self._talks[surface], rng, folder)
