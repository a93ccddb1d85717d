"""Typer without what nobody here uses of it: that is not loaded, and works when somebody does use it."""

import os
import subprocess
import sys
from pathlib import Path

from inference_cli.cli.spare import SPARED

_PROGRAM = """
import sys
from inference_cli.cli import typer
left = sorted(name for name in {names} if name in sys.modules)

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated
from uuid import UUID

app = typer.Typer()

class Color(str, Enum):
    RED = "red"

@app.command()
def show(
    at: datetime,
    identity: UUID,
    color: Color = Color.RED,
    path: Annotated[Path, typer.Option(help="Where.")] = Path("a b.txt"),
    names: Annotated[list[str] | None, typer.Option(autocompletion=lambda: ["one", "two"])] = None,
) -> None:
    print(at.year, identity.version, color.value, path.absolute().as_uri().rpartition("/")[2], names)

@app.command()
def fail() -> None:
    raise RuntimeError("on purpose")

print(*left)
app(prog_name="program")
"""
_UUID = "2c1c1c52-7b5f-4f0e-9d0a-1f3b5a7c9e11"


def _run(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A program of typer's, imported as here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM.replace("{names}", repr(sorted(SPARED))), *arguments],
        capture_output=True, text=True, cwd=folder, env={**kept, "TERM": "dumb", "_TYPER_FORCE_DISABLE_TERMINAL": "1", **env}, check=False,
    )  # fmt: skip


def test_none_of_it_is_loaded(tmp_path: Path) -> None:
    """All of it is what typer's import would have loaded, but for what a newer Python's pathlib leaves alone."""
    program = f"import sys, typer; print(*[name for name in {sorted(SPARED)} if name not in sys.modules])"
    whole = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True)

    needed = {"ast"} if sys.version_info >= (3, 14) else set()  # by that version's annotationlib
    assert set(_run(tmp_path, "--help").stdout.splitlines()[0].split()) == needed
    assert set(whole.stdout.split()) <= {"urllib.parse"}


def test_dates_and_identities_are_arguments_still(tmp_path: Path) -> None:
    """As are paths, which quote themselves, and choices."""
    done = _run(tmp_path, "show", "2026-11-27", _UUID, "--names", "x")

    assert (done.stdout.splitlines()[1:], done.stderr, done.returncode) == (["2026 4 red a%20b.txt ['x']"], "", 0)


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    """A date that is none, and an option that is none with the one that was meant."""
    date = _run(tmp_path, "show", "yesterday", _UUID)
    option = _run(tmp_path, "show", "--nmes", "x")

    assert (date.returncode, "'yesterday' does not match the formats" in " ".join(date.stderr.split())) == (2, True)
    assert (option.returncode, "--names" in option.stderr) == (2, True)


def test_its_completion_works_still(tmp_path: Path) -> None:
    """Which this program has its own of."""
    asked = {"_PROGRAM_COMPLETE": "complete_bash", "COMP_WORDS": "program show --names t", "COMP_CWORD": "3"}

    assert _run(tmp_path, **asked).stdout.splitlines()[1:] == ["two"]


def test_its_tracebacks_work_still(tmp_path: Path) -> None:
    """Which this program never lets it print; without rich it makes them out of the standard library's parts."""
    done = _run(tmp_path, "fail", TYPER_USE_RICH="0")

    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (1, "RuntimeError: on purpose")
    assert "Error in sys.excepthook" not in done.stderr
