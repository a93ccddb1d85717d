"""Many inputs in batches, shared out among the surfaces, and what each batch came to."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.fuzz.surfaces import ARGV, SETTINGS, Fuzzer, scratch

_BATCH = 500
_WEIGHT = {ARGV: 25, SETTINGS: 25}
"""How many inputs a surface gets for one of a recorded command's."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch of inputs of one surface came to: each finding with the numbers of its inputs."""

    surface: str
    inputs: int
    findings: tuple[tuple[str, int], ...]
    seconds: float


def run_batch(seed: int, surface: str, numbers: tuple[int, ...]) -> Report:
    """Run these inputs."""
    started = time.process_time()
    found: list[tuple[str, int]] = []
    with scratch() as folder:
        fuzzer = Fuzzer(folder, seed)
        for number in numbers:
            found += ((finding, number) for finding in fuzzer(surface, number))
    return Report(surface, len(numbers), tuple(found), time.process_time() - started)


def batches(inputs: int, surfaces: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The numbers of that many inputs, at least, shared out among the surfaces."""
    shares = sum(_WEIGHT.get(surface, 1) for surface in surfaces)
    counts = {surface: -(-inputs * _WEIGHT.get(surface, 1) // shares) for surface in surfaces}
    for start in range(0, max(counts.values()), _BATCH):  # each surface in its turn: the first findings come soon
        for surface, count in counts.items():
            if start < count:
                yield surface, tuple(range(start, min(count, start + _BATCH)))
