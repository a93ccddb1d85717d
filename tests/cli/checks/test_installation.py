"""The installation: packages, PATH and completion."""

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from inference_cli.cli.checks.installation import completion, on_path, program, python


def _command(folder: Path) -> Path:
    folder.mkdir(parents=True)
    path = folder / "inference"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_python_is_named_with_its_place() -> None:
    """Which one, of the several on a machine."""
    found = python((3, 12, 1), "/usr/bin/python3", "Linux")

    assert (found.state, found.message) == ("ok", "3.12.1 (/usr/bin/python3) on Linux")


def test_packages_are_listed_and_a_missing_one_is_a_failure() -> None:
    """It would fail sooner or later."""

    def version_of(package: str) -> str:
        if package == "jq":
            raise PackageNotFoundError(package)
        return "1.0"

    assert program("0.1", lambda _: "1.0").message.startswith("inference 0.1; typer 1.0, rich 1.0,")
    assert (program("0.1", version_of).state, program("0.1", version_of).message) == (
        "failure",
        "inference 0.1, without jq",
    )


def test_the_command_on_path_is_this_one(tmp_path: Path) -> None:
    """Links to it are the same program."""
    own = _command(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b/inference").symlink_to(own)

    found = on_path(f"{tmp_path}/none:{tmp_path}/b:{tmp_path}/a", own)

    assert (found.state, found.message) == ("ok", f"inference is {tmp_path}/b/inference")


def test_a_second_command_of_that_name_is_told(tmp_path: Path) -> None:
    """Whichever of them comes first."""
    own, other = _command(tmp_path / "a"), _command(tmp_path / "b")

    after = on_path(f"{tmp_path}/a:{tmp_path}/b", own)
    before = on_path(f"{tmp_path}/b:{tmp_path}/a", own)
    nowhere = on_path(str(tmp_path / "none"), own)

    assert (after.state, after.message) == ("warning", f"inference is {own}; {other} is never reached")
    assert (before.state, before.fix) == ("warning", "See all of them:  type -a inference")
    assert "another program than the one that runs now" in before.message
    assert (nowhere.state, nowhere.fix) == ("warning", f'Add its folder:  export PATH={tmp_path}/a:"$PATH"')


@pytest.mark.parametrize(
    ("shell", "script"),
    [
        ("bash", ".local/share/bash-completion/completions/inference"),
        ("fish", ".config/fish/completions/inference.fish"),
        ("zsh", ".zfunc/_inference"),
    ],
)
def test_a_script_where_the_shell_looks_is_found(shell: str, script: str, tmp_path: Path) -> None:
    """Before, there is a warning that says how."""
    env = {"SHELL": f"/usr/bin/{shell}", "HOME": str(tmp_path)}
    without = completion(env, tmp_path / "prefix")
    (tmp_path / script).parent.mkdir(parents=True)
    (tmp_path / script).touch()

    assert (without.state, without.fix) == ("warning", "See how:  inference completion --help")
    assert completion(env, tmp_path / "prefix").message == f"{shell} has {tmp_path / script}"


@pytest.mark.parametrize(
    ("shell", "file"), [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", ".config/fish/config.fish")]
)
def test_a_line_in_the_startup_file_is_enough(shell: str, file: str, tmp_path: Path) -> None:
    """It is what the help says to write there."""
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_bytes(b"\xff\neval x inference completion y\n")

    found = completion({"SHELL": shell, "HOME": str(tmp_path)}, tmp_path / "prefix")

    assert (found.state, found.message) == ("ok", f"{shell} is told in {tmp_path / file}")


@pytest.mark.parametrize(("env", "why"), [({}, "SHELL names no shell"), ({"SHELL": "/bin/dash"}, "dash is none of")])
def test_another_shell_is_no_fault(env: dict[str, str], why: str, tmp_path: Path) -> None:
    """CI has none, for one."""
    found = completion(env, tmp_path)

    assert found.state == "ok"
    assert why in found.message
