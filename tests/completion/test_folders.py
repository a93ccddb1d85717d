"""The folders are those of ``profile/paths.py``."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from inference_cli.completion.folders import folder
from inference_cli.profile.paths import Paths

KINDS = ("config", "state", "data", "cache")
# What platformdirs reads from the process's own environment: so both are asked in a process of that environment.
PROGRAM = """
import os, json
from inference_cli.completion.folders import folder
from inference_cli.profile.paths import Paths, of_platform
env = dict(os.environ)
paths, asked = Paths.from_environment(env), Paths.from_environment(env, platform=of_platform)
print(json.dumps([[str(os.path.normpath(folder(kind, env))), str(getattr(paths, kind)), str(getattr(asked, kind))] for kind in %r]))
"""


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"HOME": "/home/someone/"},
        {"XDG_CACHE_HOME": "/x/cache", "XDG_STATE_HOME": "/x//state/", "XDG_CONFIG_HOME": "/x/config"},
        {"XDG_CACHE_HOME": "relative", "XDG_STATE_HOME": "", "XDG_CONFIG_HOME": " "},
        {"INFERENCE_CACHE_DIR": "/c", "INFERENCE_STATE_DIR": "s/t", "INFERENCE_CONFIG_DIR": " "},
        {"HOME": "relative"},
        {"HOME": ""},
        {"ANDROID_DATA": "/data", "ANDROID_ROOT": "/system", "SHELL": "/bin/sh"},
    ],
    ids=repr,
)
def test_they_are_those_of_the_program(variables: dict[str, str], tmp_path: Path) -> None:
    """Whatever is set: a file that is written in one place is not looked for in another."""
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], **variables}

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % (KINDS,)], env=env, cwd=tmp_path, capture_output=True, text=True, check=True
    )

    found = json.loads(done.stdout)
    assert len(found) == len(KINDS)
    assert [ours for ours, _, _ in found] == [theirs for _, theirs, _ in found] == [asked for _, _, asked in found]


def test_a_variable_of_our_own_comes_first(tmp_path: Path) -> None:
    """Without a home, even."""
    env = {"INFERENCE_CACHE_DIR": str(tmp_path / "cache")}

    assert folder("cache", env) == str(Paths.from_environment({**env, "HOME": str(tmp_path)}).cache)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the platform is asked")
def test_on_linux_the_platform_is_not_asked() -> None:
    """The home, and the three variables of the desktop, are enough."""
    env = {"HOME": "/home/someone", "XDG_STATE_HOME": "/state", "XDG_CONFIG_HOME": "relative"}

    assert [folder(kind, env) for kind in KINDS] == [
        "/home/someone/.config/inference",
        "/state/inference",
        "/home/someone/.local/share/inference",
        "/home/someone/.cache/inference",
    ]


def test_without_a_home_the_platform_is_asked() -> None:
    """Whatever it answers."""
    assert folder("cache", {}) == str(Paths.from_environment({}).cache)
