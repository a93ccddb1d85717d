"""The scripts in ``completions/`` are those that the program prints."""

import tomllib
from pathlib import Path

import pytest

from tests.support.program import program_in

SCRIPTS = {
    "bash": "inference.bash",
    "zsh": "_inference",
    "fish": "inference.fish",
    "powershell": "inference.ps1",
    "man": "inference.1",
}
FOLDER = Path(__file__).parents[2] / "completions"


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_in_the_repository_is_current(shell: str, tmp_path: Path) -> None:
    """A command or flag that was added is completed; renew a script with ``inference completion SHELL > FILE``."""
    printed = program_in(tmp_path)("completion", shell)

    assert printed.code == 0
    assert printed.out == (FOLDER / SCRIPTS[shell]).read_text()


def test_the_wheel_brings_them_where_they_are_looked_for() -> None:
    """Below ``share``; PowerShell looks nowhere."""
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]

    assert shared == {
        "completions/inference.bash": "share/bash-completion/completions/inference",
        "completions/_inference": "share/zsh/site-functions/_inference",
        "completions/inference.fish": "share/fish/vendor_completions.d/inference.fish",
        "completions/inference.1": "share/man/man1/inference.1",
    }
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(SCRIPTS.values())
