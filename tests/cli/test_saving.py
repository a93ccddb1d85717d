"""An answer as a file: whole, under the name that was asked for, over nothing."""

import os
from pathlib import Path

import pytest

from inference_cli.cli.saving import save
from inference_cli.errors import LocalError
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.target import prepare


def saved(path: Path, text: str = "hello", suffix: str = "", **flags: bool) -> Path | None:
    """Where a text went."""
    return save(prepare(OutputSpec(target=str(path), **flags)), text, suffix=suffix)


def test_a_new_file(tmp_path: Path) -> None:
    """It has the text, and the mode of any new file; nothing else is left there."""
    before = os.umask(0o022)
    try:
        assert saved(tmp_path / "a.md") == tmp_path / "a.md"
    finally:
        os.umask(before)
    assert [(one.name, one.read_text(), one.stat().st_mode & 0o777) for one in tmp_path.iterdir()] == [
        ("a.md", "hello", 0o644)
    ]


def test_a_name_that_is_taken(tmp_path: Path) -> None:
    """Another name, the same with --force, nothing with --no-clobber."""
    (tmp_path / "a.md").write_text("mine")
    assert saved(tmp_path / "a.md") == tmp_path / "a-1.md"
    assert saved(tmp_path / "a.md", no_clobber=True) is None
    assert (tmp_path / "a.md").read_text() == "mine"
    assert saved(tmp_path / "a.md", force=True) == tmp_path / "a.md"
    assert (tmp_path / "a.md").read_text() == "hello"


def test_a_part_has_a_name_of_its_own(tmp_path: Path) -> None:
    """Nobody takes it for the whole."""
    assert saved(tmp_path / "a.md", suffix=".partial") == tmp_path / "a.md.partial"


def test_a_device_is_written_to(tmp_path: Path) -> None:
    """It is never replaced."""
    assert saved(Path("/dev/null")) == Path("/dev/null")
    assert Path("/dev/null").is_char_device()


def test_a_full_disk(tmp_path: Path) -> None:
    """Exit 11, in words."""
    with pytest.raises(LocalError, match="disk is full"):
        saved(Path("/dev/full"))


def test_half_a_character(tmp_path: Path) -> None:
    """What no file can hold is replaced."""
    saved(tmp_path / "a.md", "a\ud800b")
    assert (tmp_path / "a.md").read_bytes() == b"a?b"
