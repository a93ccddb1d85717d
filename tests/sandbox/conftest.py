"""Fixtures of the sandbox's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.offline import Offline, Open, opening


@pytest.fixture
def open_sandbox(tmp_path: Path) -> Iterator[Open]:
    """Opens sandboxes, closes them at the end."""
    with opening(tmp_path) as opener:
        yield opener


@pytest.fixture
def offline(open_sandbox: Open) -> Offline:
    """A sandbox that speaks both generations of the API."""
    return open_sandbox()
