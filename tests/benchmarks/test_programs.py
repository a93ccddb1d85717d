"""The versions that are compared."""

from pathlib import Path

import pytest

from tests.benchmarks.programs import installed


def _program(folder: Path) -> str:
    path = folder / "bin" / "inference"
    path.parent.mkdir(parents=True)
    path.touch()
    return str(path)


def test_several_are_named_by_their_environments(tmp_path: Path) -> None:
    """A single one needs no name of its own; those of one name are numbered."""
    old, new, other = (_program(tmp_path / name) for name in ("old", "new", "x/new"))
    assert installed([old]) == {"inference": old}
    assert installed([old, new]) == {"old": old, "new": new}
    assert installed([new, other]) == {"inference 1": new, "inference 2": other}


def test_the_one_beside_this_interpreter_is_the_default() -> None:
    """It is the one that the tests run."""
    assert [Path(path).name for path in installed([]).values()] == ["inference"]


def test_one_that_is_not_there(tmp_path: Path) -> None:
    """It is named."""
    with pytest.raises(FileNotFoundError, match="nobody is no program"):
        installed([str(tmp_path / "nobody")])
