"""The versions that are compared."""

from pathlib import Path

import pytest

from tests.benchmarks.programs import Program, installed


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


def test_its_interpreter_is_beside_the_program_itself(tmp_path: Path) -> None:
    """Not beside a link to it; it runs with the version's own home and settings."""
    path = _program(tmp_path / "new")
    link = tmp_path / "inference"
    link.symlink_to(path)
    program = Program("new", str(link), tmp_path, {"INFERENCE_API_KEY": "x"})
    command = program.within("pass", "--version")
    assert command.argv == [str(tmp_path / "new" / "bin" / "python"), "-c", "pass", "--version"]
    assert (command.env["HOME"], command.env["INFERENCE_API_KEY"]) == (str(tmp_path), "x")
    assert "INFERENCE_BASE_URL" not in command.env
