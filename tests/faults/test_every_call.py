"""A sample of the sweep: system calls of a submit and of a download, killed and failed one at a time.

``python -m tests.support.sweep`` tries all of them, some twelve hundred.
"""

import random
from pathlib import Path

import pytest

from tests.support.installed import needs
from tests.support.sweep.ground import SCENES, Scene
from tests.support.sweep.sweeping import sweep
from tests.support.sweep.traced import Injection

pytestmark = needs("strace")
_SEED, _RUNS = 2026, 12


def sample(injections: list[Injection]) -> list[Injection]:
    """Some of them, of different calls and faults."""
    chance = random.Random(_SEED)
    chance.shuffle(injections)
    kinds = {(one.call, one.fault): one for one in injections}
    return chance.sample(sorted(kinds.values(), key=str), _RUNS)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_E08_D18_D19_every_call_killed_or_failed(tmp_path: Path, scene: Scene) -> None:
    """No id lost, no second paid request, no torn file; the next command finishes the work."""
    swept = sweep(scene, tmp_path / "sweep", choose=sample)

    assert len(swept) == _RUNS
    assert {str(one.injection): one.findings for one in swept if one.findings} == {}
