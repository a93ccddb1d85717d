"""The process's environment."""

import os

from inference_cli.profile.environment import environment


def test_the_environment_is_a_copy() -> None:
    """Nobody changes the process's own through it."""
    found = environment()

    assert found == dict(os.environ)
    assert found is not os.environ
