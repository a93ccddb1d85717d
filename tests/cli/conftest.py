"""What the tests of the command line share: a program with an empty home."""

from pathlib import Path

import pytest

from tests.support.program import Program, program_in


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program in this process, with an empty home and a sandbox a hundred times as fast."""
    return program_in(tmp_path)
