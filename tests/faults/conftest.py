"""What cases of the fault catalogue start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.harness import Fault


@pytest.fixture
def fault(tmp_path: Path) -> Iterator[Fault]:
    """A case against the current generation of the API; the invariants are asserted when it ends."""
    with Fault(tmp_path) as case:
        yield case


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Fault]:
    """A case against the 2026-04 generation of the API."""
    with Fault(tmp_path, older=True) as case:
        yield case
