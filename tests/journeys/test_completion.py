"""TAB in real shells: what the last list of models, the journal and the profiles know, offered as one types."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command import INFERENCE, User
from tests.support.installed import needs
from tests.support.shells import Shell, fish

SHELLS = ["bash", pytest.param("zsh", marks=needs("zsh"))]


@pytest.fixture
def listed(user: User) -> User:
    """Somebody who has listed the sandbox's models, with the installed command in PATH and an alias of their own."""
    done = user.run("--sandbox", "models", "list")
    assert done.code == 0, done.err
    assert user.run("--sandbox", "config", "set", "aliases.fast", "qwen-image-edit").code == 0
    return user.having(PATH=f"{Path(INFERENCE).parent}:{user.environment['PATH']}")


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, listed: User) -> Iterator[Shell]:
    """Bash and zsh at a terminal, with what ``inference completion`` prints."""
    shell = Shell(request.param, _script(listed, request.param), listed.cwd, listed.environment)
    yield shell
    shell.close()


def _script(user: User, name: str) -> Path:
    script = user.home / f"script.{name}"
    script.write_bytes(user.run("completion", name).out)
    return script


def test_a_shell_offers_what_there_is(shell: Shell, listed: User) -> None:
    """Models that the command can use, the model's parameters and values, aliases, profiles, a generation just made."""
    lines = {
        "inference --sandbox image -m black-forest-labs-flux-2-klein-4": "black-forest-labs-flux-2-klein-4b",
        "inference --sandbox image -m kling-v": "kling-v",
        "inference --sandbox video -m kling-video-v2-6-pro-te": "kling-video-v2-6-pro-text-to-video",
        "inference --sandbox models show fa": "fast",
        "inference --sandbox image -p asp": "aspect_ratio=",
        "inference --sandbox image -p aspect_ratio=16:": "aspect_ratio=16:9",
        "inference --sandbox image -m fast -p aspect_ratio=21:": "aspect_ratio=21:",
        "inference --sandbox video -p dur": "duration=",
        "inference config use san": "sandbox",
        "inference image -m black": "black",
    }
    assert {typed: shell.completed(typed).split()[-1] for typed in lines} == lines

    submitted = listed.run(
        "--sandbox", "queue", "submit", "waves sandbox:stuck", "-m", "kling-video-v2-6-pro-text-to-video", "-y"
    )
    (identity,) = submitted.lines
    for verb in ("wait", "show", "cancel"):
        typed = f"inference --sandbox queue {verb} {identity[:2]}"
        assert shell.completed(typed).rstrip() == f"inference --sandbox queue {verb} {identity}"
    assert shell.completed("inference queue wait la") == "inference queue wait la"


def test_all_values_are_shown(shell: Shell) -> None:
    """Those of the model that the command uses by default, and no others."""
    shown = shell.shown("inference --sandbox image -p aspect_ratio=", "9:16")
    assert all(value in shown for value in ("1:1", "16:9", "4:3", "3:4"))
    assert "21:9" not in shown


@needs("fish")
def test_fish_offers_what_there_is(listed: User) -> None:
    """With descriptions."""
    script = _script(listed, "fish")

    def offered(line: str) -> dict[str, str]:
        return fish(script, listed.cwd, listed.environment, line)

    assert offered("inference --sandbox image -m black-forest-labs-flux-2-klein-4") == {
        "black-forest-labs-flux-2-klein-4b": "FLUX.2 Klein 4B"
    }
    assert offered("inference --sandbox image -p asp") == {"aspect_ratio=": "choice, default 16:9"}
    assert set(offered("inference --sandbox image -p aspect_ratio=")) == {
        f"aspect_ratio={value}" for value in ("1:1", "16:9", "9:16", "4:3", "3:4")
    }
    assert offered("inference --sandbox models show fas") == {"fast": "alias of qwen-image-edit"}
    (identity,) = listed.run(
        "--sandbox", "queue", "submit", "waves", "-m", "kling-video-v2-6-pro-text-to-video", "-y"
    ).lines
    assert list(offered("inference --sandbox queue download ")) == ["last", identity]


def test_tab_leaves_no_trace(listed: User) -> None:
    """Nothing is made or changed on the disk, and with no network there is nothing to miss."""
    listed.run("--sandbox", "queue", "submit", "waves", "-m", "kling-video-v2-6-pro-text-to-video", "-y")
    before = {path: path.stat().st_mtime_ns for path in listed.home.rglob("*")}

    for kind, *words in (
        ("model", "--sandbox", "image", "-m", ""),
        ("parameter", "--sandbox", "image", "-p", ""),
        ("generation", "--sandbox", "queue", "wait", ""),
        ("profile", "--profile", ""),
    ):
        done = listed.run("__complete", kind, "words", *words)
        assert (done.code, done.err, done.out != b"") == (0, "", True)

    assert {path: path.stat().st_mtime_ns for path in listed.home.rglob("*")} == before
