"""The command line of the benchmarks."""

import pytest

from tests.benchmarks.__main__ import arguments
from tests.benchmarks.scenarios.every import SCENARIOS


def test_all_scenarios_unless_some_are_named() -> None:
    """Each is described, since a target without a word of why is none."""
    assert arguments([]).scenario == []
    assert arguments(["pipe", "help", "--runs", "3"]).scenario == ["pipe", "help"]
    assert all(scenario.__doc__ for scenario in SCENARIOS.values())


@pytest.mark.parametrize("given", [["pipes"], ["--runs", "0"]])
def test_what_is_not_understood_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With the usual code, and the scenarios that there are."""
    with pytest.raises(SystemExit) as exit_:
        arguments(given)
    assert exit_.value.code == 2
    assert ("pipes" in capsys.readouterr().err) == (given == ["pipes"])
