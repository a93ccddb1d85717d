"""A seeded slice of the fuzzer: whatever a server answers and whoever types, no crash, no leak, nothing paid twice.

The whole of it, a hundred thousand inputs and more, runs by hand: ``python -m tests.support.fuzz`` (faults H4, H8, H13).
"""

from collections.abc import Iterator

import pytest

from tests.support.fuzz.surfaces import ARGV, NAMES, SETTINGS, Fuzzer, scratch

SEED = 5
INPUTS = {ARGV: 240, SETTINGS: 200}
OF_A_COMMAND = 15


@pytest.fixture(scope="module")
def fuzzer() -> Iterator[Fuzzer]:
    """One whose folder is gone afterwards."""
    with scratch() as folder:
        yield Fuzzer(folder, SEED)


@pytest.mark.parametrize("surface", NAMES)
def test_nothing_is_found(fuzzer: Fuzzer, surface: str) -> None:
    """The same inputs in every run; a number that is shown finds its input again with ``--surface`` and ``--input``."""
    found = {number: fuzzer(surface, number) for number in range(INPUTS.get(surface, OF_A_COMMAND))}
    assert {number: wrong for number, wrong in found.items() if wrong} == {}
