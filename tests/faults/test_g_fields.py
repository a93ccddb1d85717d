"""Nothing from outside steers the terminal, whichever field of whichever answer it stands in."""

import pytest

from tests.support.faultd import HastyClock
from tests.support.harness import Fault
from tests.support.hostile import Place, places

PLACES = list(places())


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.name}-{' '.join(place.arguments[:2])}")
def test_G05_every_field_that_a_server_controls(fault: Fault, place: Place) -> None:
    """Every control character in it is shown, none is obeyed; whatever else the command makes of it (fault G5)."""
    place.fill(fault.api)
    fault.inside(*place.arguments, terminal=True, clock=HastyClock(200), intents=2)

    assert fault.runs[-1].raw
