"""Moments on the calendars of zones."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from inference_cli.moments import local_date, local_time

ZONES = ("Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "America/Sao_Paulo")


def test_a_moment_has_a_place_on_the_calendar_of_a_zone() -> None:
    """Without one on the machine's own; a moment that no calendar has is none."""
    berlin = ZoneInfo("Europe/Berlin")
    assert local_time(0.0, berlin) == datetime(1970, 1, 1, 1, tzinfo=berlin)
    assert local_time(0.0, None) == datetime(1970, 1, 1, tzinfo=UTC)
    assert [local_time(moment, UTC) for moment in (1e300, -1e300, 1e12)] == [None, None, None]


@given(st.integers(-50_000_000_000, 200_000_000_000), st.sampled_from(ZONES))
def test_the_day_of_a_moment_is_that_of_its_time(moment: int, name: str) -> None:
    """Wherever clocks are changed, before 1970 too; what no calendar has is on no day."""
    zone = ZoneInfo(name)
    at = local_time(moment, zone)

    assert at is not None
    assert local_date(moment, zone) == at.date()
    assert [local_date(beyond, zone) for beyond in (1e300, -1e300, 1e12)] == [None, None, None]


_MACHINE = """
from random import Random
from inference_cli.moments import local_date, local_time
chance = Random(7)
moments = [chance.randrange(-50_000_000_000, 200_000_000_000) for _ in range(3000)]
moments += [hour * 3600 + 1800 for hour in range(0, 400_000, 7)]
print([moment for moment in moments if local_date(moment, None) != local_time(moment, None).date()])
print([local_date(beyond, None) for beyond in (1e300, -1e300, 1e12)], len({local_time(moment, None).tzname() for moment in moments}) > 1)
"""


@pytest.mark.parametrize("zone", ZONES)
def test_the_same_on_a_machine_in_that_zone(zone: str) -> None:
    """Which is asked in another way."""
    done = subprocess.run(
        [sys.executable, "-c", _MACHINE], env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n[None, None, None] True\n"
