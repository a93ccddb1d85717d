"""The fuzzer's own eyes: each invariant can fail."""

from pathlib import Path

import pytest

from tests.support.api import CANARY
from tests.support.fuzz.invariants import broken
from tests.support.program import Finished


@pytest.mark.parametrize(
    ("done", "terminal", "found"),
    [
        (Finished(0, "fine\n", "\x1b[1mbold\x1b[0m\n"), True, []),
        (Finished(14, "", ""), False, ["exit 14: "]),
        (Finished(2, "", "Traceback (most recent call last)\n"), False, ["a traceback"]),
        (Finished(2, "", "\n".join("x" * n for n in range(1, 22))), False, ["more than 20 lines on stderr: x"]),
        (Finished(0, "", "".join(f"a queued {n}s\n" for n in range(99))), False, []),
        (Finished(0, CANARY, ""), False, ["the token was printed"]),
        (Finished(0, "\x1b[31337m", ""), True, ["a control character on stdout: '\\x1b[31337m'"]),
        (Finished(0, "", "a\x9bb"), True, ["a control character on stderr: '\\x9b'"]),
        (Finished(0, "\u202e", ""), True, ["a control character on stdout: '\\u202e'"]),
        (Finished(0, "\x1b[31337m", ""), False, []),
    ],
)
def test_what_is_found(tmp_path: Path, done: Finished, terminal: bool, found: list[str]) -> None:
    """Colours of the program itself are fine; in a pipe everything is."""
    assert broken(done, tmp_path, terminal=terminal) == found


def test_a_crash_is_named_by_its_place(tmp_path: Path) -> None:
    """So that a hundred crashes with one cause are one finding."""
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "crash.txt").write_text("KeyError\n  /x/inference_cli/cli/following.py:100 _settle\n")
    assert broken(Finished(1, "", ""), tmp_path) == ["exit 1: KeyError at cli/following.py:100 _settle"]
