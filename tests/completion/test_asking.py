"""The scripts ask the program for what they cannot know, in every shell, by the word that was typed for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inference_cli.completion import bash, fish as fishes, zsh
from tests.support.installed import needs
from tests.support.shells import Shell, answering, asked, fish
from tests.support.trees import ASKING


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A home with an answering program in PATH, and files."""
    answering(tmp_path / "bin")
    (tmp_path / "photo.png").touch()
    (tmp_path / "photos").mkdir()
    for name, emitter in {"bash": bash, "zsh": zsh, "fish": fishes}.items():
        (tmp_path / f"script.{name}").write_text(emitter.emit(ASKING))
    return {"HOME": str(tmp_path), "PATH": f"{tmp_path}/bin:/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}


@pytest.fixture(params=["bash", pytest.param("zsh", marks=needs("zsh"))])
def shell(request: pytest.FixtureRequest, tmp_path: Path, env: dict[str, str]) -> Iterator[Shell]:
    """Bash and zsh at a terminal."""
    shell = Shell(request.param, tmp_path / f"script.{request.param}", tmp_path, env)
    yield shell
    shell.close()


LINES = {
    "inference image -m f": "inference image -m film",
    "inference image -m o": "inference image -m org/Pic-1:",
    "inference image --model=org/Pic-1:b": "inference image --model=org/Pic-1:b",
    "inference image -p aspect_ratio=16:9 -m fi": "inference image -p aspect_ratio=16:9 -m film",
    "inference image --sandbox -p as": "inference image --sandbox -p aspect_ratio=",
    "inference image --param=asp": "inference image --param=aspect_ratio=",
    "inference image -p aspect_ratio=9": "inference image -p aspect_ratio=9:16",
    "inference image -p aspect_ratio=16:": "inference image -p aspect_ratio=16:",
    "inference image -p aspect_ratio=16:1": "inference image -p aspect_ratio=16:10",
    "inference image --param=aspect_ratio=9:": "inference image --param=aspect_ratio=9:16",
    "inference image -p aspect_ratio=16:9 -p qu": "inference image -p aspect_ratio=16:9 -p quality=",
    "inference image -p quality=4": "inference image -p quality=422\\ HQ",
    "inference image -p quality=422\\ H": "inference image -p quality=422\\ HQ",
    "inference image -p quality=\\$": "inference image -p quality=\\$\\(x\\)",
    "inference image -p image=@photo.": "inference image -p image=@photo.png",
    "inference queue wait la": "inference queue wait last",
    "inference queue wait a0a1 b": "inference queue wait a0a1 b0b1",
    "inference --profile w": "inference --profile work",
    "inference models show --sandbox fi": "inference models show --sandbox film",
    "inference models --profile=work show fi": "inference models --profile=work show film",
    "bin/inference models show fi": "bin/inference models show film",
    "~/bin/inference models show fi": "~/bin/inference models show film",
}


def test_lines_are_completed(shell: Shell) -> None:
    """Ids with slashes and colons, values with colons, blanks and dollars, files behind ``=@``."""
    assert {typed: shell.completed(typed).rstrip(" ") for typed in LINES} == LINES


def test_what_may_go_on_has_no_space_behind_it(shell: Shell) -> None:
    """A value follows a parameter's name; a complete value is complete."""
    assert shell.completed("inference image -p as").endswith("=")
    assert shell.completed("inference image -p image=@photos").rstrip("/").endswith("photos")


def test_the_program_is_asked_for_what_it_knows_alone(shell: Shell, tmp_path: Path) -> None:
    """With the kind and the line; never for commands, flags and files."""
    for typed in ("inference im", "inference image --mod", "inference image -o ph", "inference queue w", "inference "):
        shell.completed(typed)
    assert asked(tmp_path / "bin") == []

    shell.completed("inference --sandbox image 'a fox' -m x -p k=16:9 -p as")
    kind, form, *words = asked(tmp_path / "bin")[1:]
    assert (kind, form) in {("parameter", "line"), ("parameter", "words")}
    line = ["--sandbox", "image", "a fox", "-m", "x", "-p", "k=16:9", "-p", "as"]
    assert words == (line if form == "words" else ["inference --sandbox image 'a fox' -m x -p k=16:9 -p as"])


def test_the_program_that_was_typed_is_asked(shell: Shell, tmp_path: Path) -> None:
    """One in a virtual environment knows its own models; a line that names none that exists asks that in PATH."""
    answering(tmp_path / "venv", "inference")
    shell.completed("venv/inference models show fi")
    assert (bool(asked(tmp_path / "venv")), asked(tmp_path / "bin")) == (True, [])

    assert shell.completed("nowhere/inference models show fi").rstrip() == "nowhere/inference models show film"
    assert asked(tmp_path / "bin")


def test_a_program_that_fails_disturbs_nothing(shell: Shell, tmp_path: Path) -> None:
    """What it says of its trouble is not shown; one that cannot be started offers nothing."""
    (tmp_path / "bin" / "inference").write_text("#!/bin/sh\necho film; echo trouble >&2; exit 3\n")
    assert shell.completed("inference models show fi").rstrip() == "inference models show film"
    (tmp_path / "bin" / "inference").unlink()
    assert shell.completed("inference models show fi") == "inference models show fi"


def test_the_newest_generation_comes_first(shell: Shell) -> None:
    """They keep their order, which is not that of the alphabet."""
    shown = shell.shown("inference queue wait ", "a0a1")
    order = [shown.rindex(word) for word in ("last", "b0b1", "a0a1")]
    assert order == sorted(order)


@needs("zsh")
def test_zsh_shows_what_they_are(tmp_path: Path, env: dict[str, str]) -> None:
    """Descriptions beside them."""
    shell = Shell("zsh", tmp_path / "script.zsh", tmp_path, env)
    assert "org/Pic-1:a  -- Picture" in shell.shown("inference image -m ", "Picture")
    shell.close()


@needs("fish")
def test_fish_offers_them(tmp_path: Path, env: dict[str, str]) -> None:
    """With descriptions; generations in their order; by the word that was typed."""
    script = tmp_path / "script.fish"

    assert fish(script, tmp_path, env, "inference image -m org") == {"org/Pic-1:a": "Picture", "org/Pic-1:b": "Another"}
    assert list(fish(script, tmp_path, env, "inference image -p aspect_ratio=16:")) == [
        "aspect_ratio=16:9",
        "aspect_ratio=16:10",
    ]
    assert fish(script, tmp_path, env, "inference image --param=as") == {"--param=aspect_ratio=": "choice"}
    assert list(fish(script, tmp_path, env, "inference image -p image=@ph")) == ["image=@photo.png", "image=@photos/"]
    assert list(fish(script, tmp_path, env, "inference --sandbox queue wait ")) == ["last", "b0b1", "a0a1"]
    assert list(fish(script, tmp_path, env, "inference --profile ")) == ["default", "work"]
    asked(tmp_path / "bin")
    answering(tmp_path / "venv")
    assert list(fish(script, tmp_path, env, "venv/inference --sandbox models show 'fi")) == ["film"]
    assert asked(tmp_path / "venv")[:6] == ["__complete", "model", "words", "--sandbox", "models", "show"]
    for line in ("inference ", "inference image -", "inference image -o ph", "inference queue "):
        fish(script, tmp_path, env, line)
    assert asked(tmp_path / "bin") == []
