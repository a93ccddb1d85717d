"""The scripts in ``completions/`` are those that the program prints."""

from pathlib import Path

import pytest

from tests.support.program import program_in

SCRIPTS = {"bash": "inference.bash", "zsh": "_inference", "fish": "inference.fish", "powershell": "inference.ps1"}
FOLDER = Path(__file__).parents[2] / "completions"


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_in_the_repository_is_current(shell: str, tmp_path: Path) -> None:
    """A command or flag that was added is completed; renew a script with ``inference completion SHELL > FILE``."""
    printed = program_in(tmp_path)("completion", shell)

    assert printed.code == 0
    assert printed.out == (FOLDER / SCRIPTS[shell]).read_text()
