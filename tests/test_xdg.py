"""Where a user's folders are on Linux; ``tests/completion/test_folders.py`` compares them with those of platformdirs."""

import sys

import pytest

from inference_cli.xdg import folder


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the platform is asked")
def test_a_variable_of_the_desktop_comes_before_the_home() -> None:
    """If it is an absolute path, as the specification asks for."""
    env = {"HOME": "/home/someone", "XDG_STATE_HOME": "/state", "XDG_CONFIG_HOME": "relative"}

    assert [folder(kind, env) for kind in ("config", "state", "data", "cache")] == [
        "/home/someone/.config/inference",
        "/state/inference",
        "/home/someone/.local/share/inference",
        "/home/someone/.cache/inference",
    ]


@pytest.mark.parametrize("env", [{}, {"HOME": "relative"}, {"HOME": "/data/home", "ANDROID_DATA": "/data"}], ids=repr)
def test_where_it_is_not_known_somebody_else_has_to_say(env: dict[str, str]) -> None:
    """No home, and Android."""
    assert folder("cache", env) is None
