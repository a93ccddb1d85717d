import json
from zoneinfo import ZoneInfo

import pytest

from inference_cli.clock import ManualClock
from inference_cli.conversation.tools.moment import Moment, own_zone
from inference_cli.conversation.tools.tool import ToolFailedError


def test_the_time_in_a_zone() -> None:
    """ISO 8601 with the offset, weekday and Unix seconds."""
    tool = Moment(ManualClock(1_790_000_000.5), ZoneInfo("Europe/Berlin"))
    assert json.loads(tool.call({"zone": "Asia/Tokyo"})) == {
        "now": "2026-09-21T23:13:20+09:00",
        "weekday": "Monday",
        "zone": "Asia/Tokyo",
        "unix": 1_790_000_000,
    }
    own = json.loads(tool.call({}))
    assert (own["now"], own["zone"]) == ("2026-09-21T16:13:20+02:00", "Europe/Berlin")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "/etc/localtime", "a\0b"])
def test_no_such_zone(zone: str) -> None:
    """Said in words; no file is looked at."""
    with pytest.raises(ToolFailedError, match="There is no time zone"):
        Moment(ManualClock()).call({"zone": zone})


def test_a_clock_beyond_the_calendar() -> None:
    """Said as well."""
    with pytest.raises(ToolFailedError, match="no date"):
        Moment(ManualClock(1e18)).call({})


def test_whose_zone() -> None:
    """The variable's, else the machine's."""
    assert own_zone({"TZ": "Asia/Tokyo"}) == ZoneInfo("Asia/Tokyo")
    assert own_zone({"TZ": "CET-1CEST"}) is None
    assert own_zone({}) is None
