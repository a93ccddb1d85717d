"""Folders that are for their owner alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from inference_cli.profile.folders import make_private


@pytest.fixture
def generous() -> Iterator[None]:
    """A umask that lets everybody do everything."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("generous")
def test_D27_folders_above_are_private_too(tmp_path: Path) -> None:
    """Those that had to be made; what is there stays as it is."""
    there = tmp_path / "there"
    there.mkdir(mode=0o777)
    make_private(there / "a" / "b")
    make_private(there / "a" / "b")

    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (there, there / "a", there / "a" / "b")]
    assert modes == [0o777, 0o700, 0o700]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """As the system says it."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileExistsError):
        make_private(tmp_path / "file")
    with pytest.raises(NotADirectoryError):
        make_private(tmp_path / "file" / "x")
