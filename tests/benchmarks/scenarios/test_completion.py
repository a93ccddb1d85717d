"""How starts are counted."""

import subprocess
from pathlib import Path

from tests.benchmarks.scenarios.completion import counting


def test_each_start_is_counted_and_does_what_it_should(tmp_path: Path) -> None:
    """The stand-in passes on all words and the code."""
    program = tmp_path / "a program"
    program.write_text("#!/bin/sh\nprintf '<%s>' \"$@\"\nexit 3\n")
    program.chmod(0o755)
    stand_in, told = counting(tmp_path / "tab", str(program))
    done = [subprocess.run([stand_in, "a b", ""], capture_output=True, check=False) for _ in range(2)]
    assert [(one.returncode, one.stdout) for one in done] == [(3, b"<a b><>")] * 2
    assert told.read_bytes() == b"xx"
