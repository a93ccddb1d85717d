"""Equal generations counted as one: the sums are those of each by itself."""

from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from inference_cli.clock import ManualClock
from inference_cli.jobs.ledger import Ledger, Wanted
from inference_cli.jobs.past import Past
from inference_cli.jobs.spend import By, summed
from inference_cli.origin import parse_origin
from tests.support.crowded import Crowd, crowd_journal

CROWD = Crowd(generations=800, pending=9, answers=0)
ZONES = (None, ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/St_Johns"))


def test_a_tally_sums_to_the_same(tmp_path: Path) -> None:
    """By everything that sums are made by, in zones whose midnights fall on quarters of an hour; fewer rows are made."""
    path = tmp_path / "journal.sqlite3"
    crowd_journal(path, CROWD)
    wanted = Wanted(since=CROWD.now - 500 * 86400.0)
    with Ledger(path, origin=parse_origin(CROWD.origin), clock=ManualClock(CROWD.now)) as ledger:
        for by in get_args(By):
            for zone in ZONES:
                each = [list(map(Past.of_journal, ledger.walk(wanted, direct=direct))) for direct in (None, True)]
                together = [list(ledger.tally(wanted, zone, direct=direct)) for direct in (None, True)]
                assert summed(together[0], together[1], by, zone) == summed(each[0], each[1], by, zone)
                assert len(together[0]) < len(each[0]) / 2
