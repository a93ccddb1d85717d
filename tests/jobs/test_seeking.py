"""Rows found by indexes: the same ones, in the same order, as by a look at each."""

import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from inference_cli.clock import ManualClock
from inference_cli.jobs.ledger import Ledger, Wanted
from inference_cli.jobs.seeking import numbers
from inference_cli.origin import parse_origin
from tests.support.crowded import MODELS, Crowd, crowd_journal

CROWD = Crowd(generations=600, pending=9, answers=0)
DAY = 86400.0
WANTED = (
    Wanted(),
    Wanted(model=MODELS[3]),
    Wanted(model=MODELS[3], media_type="video", tag="board"),
    Wanted(tag="board", namespace="lab"),
    Wanted(repo="lab/art", folder="drafts"),
    Wanted(media_type="video", status="failed"),
    Wanted(status="succeeded"),
    Wanted(status="queued"),
    Wanted(status="downloaded"),
    Wanted(since=CROWD.now - 100 * DAY),
    Wanted(until=CROWD.now - 600 * DAY),
    Wanted(since=CROWD.now - 500 * DAY, until=CROWD.now - 100 * DAY, status="cancelled"),
    Wanted(since=CROWD.now - 500 * DAY, until=CROWD.now - 100 * DAY, namespace="ada"),
)
ONE_BY_ONE = """
SELECT g.number FROM generations g LEFT JOIN intents i ON i.id = g.intent WHERE g.origin = :origin
AND (:since IS NULL OR g.accepted >= :since) AND (:until IS NULL OR g.accepted < :until)
AND (:model IS NULL OR i.model = :model) AND (:media_type IS NULL OR i.kind = :media_type)
AND (:namespace IS NULL OR i.namespace = :namespace) AND (:tag IS NULL OR i.tag = :tag)
AND (:repo IS NULL OR json_extract(i.params, '$.target_repo') = :repo)
AND (:folder IS NULL OR json_extract(i.params, '$.target_directory') = :folder)
AND (:direct IS NULL OR g.direct = :direct)
AND (:status IS NULL OR :status = CASE WHEN g.state = 'downloaded' OR (g.state = 'accepted' AND g.direct)
     THEN 'succeeded' WHEN g.state = 'accepted' THEN lower(g.status) ELSE g.state END)
ORDER BY g.number DESC
"""


def test_an_index_finds_what_a_look_at_each_finds(tmp_path: Path) -> None:
    """Every filter, alone and with others, up to a limit and without one."""
    path = tmp_path / "journal.sqlite3"
    crowd_journal(path, CROWD)
    with closing(sqlite3.connect(path)) as connection:
        for wanted in WANTED:
            for direct in (None, True, False):
                values = asdict(wanted) | {"origin": CROWD.origin, "direct": direct}
                every = [row[0] for row in connection.execute(ONE_BY_ONE, values)]
                for limit in (-1, 7):
                    found = numbers(connection, CROWD.origin, wanted, direct=direct, limit=limit)
                    assert found == (every if limit < 0 else every[:limit]), (wanted, direct, limit)


def test_counting_ends_where_it_is_told_to(tmp_path: Path) -> None:
    """As far as it matters how many there are."""
    path = tmp_path / "journal.sqlite3"
    crowd_journal(path, CROWD)
    with Ledger(path, origin=parse_origin(CROWD.origin), clock=ManualClock()) as ledger:
        everything = ledger.count(Wanted(), direct=True)
        assert everything > 20
        assert [ledger.count(Wanted(), direct=True, most=most) for most in (20, -1)] == [20, everything]
