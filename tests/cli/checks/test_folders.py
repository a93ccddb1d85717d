"""Folders, rights, space."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from inference_cli.cli.checks.folders import disk, folder, private, working_folder
from inference_cli.terminal.checklist import Finding

ME = os.geteuid()


def _never(_path: Path, _right: int) -> bool:
    return False


def test_a_private_folder_is_fine_and_one_to_come_too(tmp_path: Path) -> None:
    """A folder is made when something is kept."""
    tmp_path.chmod(0o700)

    assert folder("state", tmp_path, user=ME) == Finding("ok", "state folder", str(tmp_path))
    assert folder("data", tmp_path / "a/b", user=ME).message == f"{tmp_path}/a/b is made when something is kept"


def test_others_in_a_folder_are_told_with_the_command(tmp_path: Path) -> None:
    """The cache holds nothing private."""
    tmp_path.chmod(0o755)

    assert folder("config", tmp_path, user=ME) == Finding(
        "warning", "config folder", f"others may look into {tmp_path} (mode 0755)", f"Close it:  chmod 700 {tmp_path}"
    )
    assert folder("cache", tmp_path, user=ME).state == "ok"
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_cannot_be_written_or_is_somebody_elses(tmp_path: Path) -> None:
    """Both name the variable that moves it."""
    closed = folder("state", tmp_path / "a", user=ME, may=_never)
    other = folder("config", tmp_path, user=ME + 1) if ME else None

    assert (closed.state, closed.fix) == ("failure", "Name another folder:  export INFERENCE_STATE_DIR=FOLDER")
    assert closed.message == f"{tmp_path}/a cannot be made: {tmp_path} cannot be written"
    assert folder("cache", tmp_path, user=ME, may=_never).state == "warning"
    assert other is None or other.message == f"{tmp_path} belongs to another user, so it is not trusted"


@pytest.mark.parametrize(("secret", "state"), [(True, "failure"), (False, "warning")])
def test_a_file_that_others_may_read(secret: bool, state: str, tmp_path: Path) -> None:
    """It is left as it is: the check only looks."""
    path = tmp_path / "to kens.toml"
    path.touch()
    path.chmod(0o640)

    found = private(path, user=ME, secret=secret)

    assert found == Finding(
        state,  # type: ignore[arg-type]
        "to kens.toml rights",
        f"others may read {path} (mode 0640)",
        f"Close it:  chmod 600 '{path}'",
    )
    assert path.stat().st_mode & 0o777 == 0o640
    path.chmod(0o600)
    assert private(path, user=ME) is None
    assert private(tmp_path / "none", user=ME) is None


@pytest.mark.parametrize(
    ("free", "state", "begin"),
    [(9_000_000, "failure", "only 9.0 MB"), (400_000_000, "warning", "only 400 MB"), (3_000_000_000, "ok", "3.0 GB")],
)
def test_free_space_is_said_once_for_each_file_system(free: int, state: str, begin: str, tmp_path: Path) -> None:
    """Folders that do not exist yet will be where the nearest one above is."""
    kept = {"the journal": tmp_path / "none", "results": tmp_path}

    (found,) = disk(kept, lambda _: SimpleNamespace(free=free))

    assert found.state == state
    assert found.message.startswith(begin)
    assert found.message.endswith("free for the journal, results")


def test_space_that_is_not_known_is_no_crash(tmp_path: Path) -> None:
    """Some network file systems do not tell."""

    def usage(_path: Path) -> object:
        raise OSError(38, "Function not implemented")

    (found,) = disk({"results": tmp_path}, usage)

    assert (found.state, found.message) == (
        "warning",
        f"the free space of {tmp_path} is not known: function not implemented",
    )


def test_a_working_folder_that_takes_no_results(tmp_path: Path) -> None:
    """They can be put elsewhere."""
    assert working_folder(tmp_path) == Finding("ok", "working folder", str(tmp_path))
    assert working_folder(tmp_path, _never).fix == "Name one with each command:  -o FOLDER/"
