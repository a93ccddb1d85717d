"""A line of the table: one figure of all that were run side by side, against its floor and its target."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MEGA = 1 << 20
"""Bytes in what is shown as 1 MB: as systems count memory, and as ``du -m`` counts files."""


class Unit(StrEnum):
    """What a figure counts."""

    SECONDS = "s"
    BYTES = "bytes"
    COUNT = ""


class Against(StrEnum):
    """How a figure is held against its floor."""

    RATIO = "ratio"  # divided by it
    ABOVE = "above"  # what it is more
    ALONE = "alone"  # the figure itself


@dataclass(frozen=True, slots=True)
class Target:
    """The most that may be reached, and how it is reckoned; ``peers`` are multiples of ours that theirs should be."""

    most: float
    against: Against = Against.RATIO
    peers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a scenario.

    ``ours`` is by version of the program, ``floors`` and ``peers`` by their names; the first floor is the one that the
    target refers to. ``fixed`` says that it does not depend on the machine, so that missing it is a failure.
    """

    scenario: str
    figure: str
    unit: Unit
    ours: Mapping[str, float]
    floors: Mapping[str, float] = field(default_factory=dict)
    peers: Mapping[str, float] = field(default_factory=dict)
    target: Target | None = None
    fixed: bool = False

    def reckoned(self, ours: float) -> float | None:
        """What the target is about: a ratio, a difference, or the figure; None where the floor was not measured."""
        against = Against.RATIO if self.target is None else self.target.against
        if against is Against.ALONE:
            return ours
        floor = next(iter(self.floors.values()), None)
        if floor is None or (against is Against.RATIO and floor <= 0):
            return None
        return ours / floor if against is Against.RATIO else ours - floor

    def reached(self, version: str) -> bool | None:
        """Whether a version reaches the target, that beside each measured peer too; None where there is none to tell."""
        ours = self.ours[version]
        reckoned = self.reckoned(ours)
        if self.target is None or reckoned is None:
            return None
        least = self.target.peers
        slower = all(figure >= least.get(name, 0.0) * ours for name, figure in self.peers.items())
        return reckoned <= self.target.most and slower

    @property
    def broken(self) -> tuple[str, ...]:
        """The versions that miss a target which no machine excuses."""
        return tuple(version for version in self.ours if self.fixed and self.reached(version) is False)


@dataclass(frozen=True, slots=True)
class Failure:
    """A side that could not be measured: what ran, and why it does not count."""

    scenario: str
    side: str
    reason: str
