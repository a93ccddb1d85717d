"""Users of the installed command: only HOME is set, so that every path of theirs is the platform's own."""

from pathlib import Path

import pytest

from tests.support.command import User, new_user


@pytest.fixture
def user(tmp_path: Path) -> User:
    """Somebody new."""
    return new_user(tmp_path)


@pytest.fixture
def offline(user: User) -> User:
    """The same, for whom every command is in the sandbox."""
    return user.having(INFERENCE_SANDBOX="1")
