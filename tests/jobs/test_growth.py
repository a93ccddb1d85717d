"""A journal that grows stays as quick as it was: what SQLite does for each look and each line is counted, not timed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from functools import partial
from pathlib import Path

from inference_cli.clock import ManualClock
from inference_cli.completion import journal as completion
from inference_cli.jobs import answers, budget, doubts, inside, reconcile, waiting
from inference_cli.jobs.baseline import _fresh
from inference_cli.jobs.interrupted import interrupted, lost_inside
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.ledger import Ledger, Wanted
from inference_cli.jobs.twins import refuse_twins
from inference_cli.money.budget import DAY, MONTH, Limit
from inference_cli.origin import parse_origin
from tests.support.crowded import MODELS, Crowd, crowd_journal
from tests.support.jobs import order_for
from tests.support.steps import growing, steps_of

ORIGIN = parse_origin(Crowd().origin)
NOW = Crowd().now
FEW, MANY = 4_000, 20_000
ROWS = 5
DAYS = 86400.0
LIMITS = (Limit(DAY, Decimal(1000)), Limit(MONTH, Decimal(10_000)))
FILTERS = {
    "nothing": Wanted(),
    "model": Wanted(model=MODELS[3]),
    "no such model": Wanted(model="nobody/nothing"),
    "kind": Wanted(media_type="video"),
    "tag": Wanted(tag="board"),
    "no such tag": Wanted(tag="none"),
    "namespace": Wanted(namespace="lab"),
    "repo": Wanted(repo="lab/art"),
    "no such repo": Wanted(repo="none/none"),
    "folder": Wanted(folder="drafts"),
    "failed": Wanted(status="failed"),
    "succeeded": Wanted(status="succeeded"),
    "queued": Wanted(status="queued"),
    "since": Wanted(since=NOW - 7 * DAYS),
    "until": Wanted(until=NOW - 600 * DAYS),
    "since, model": Wanted(since=NOW - 300 * DAYS, model=MODELS[3]),
    "until, failed": Wanted(until=NOW - 300 * DAYS, status="failed"),
}


def looks(journal: Journal, ledger: Ledger) -> dict[str, Callable[[], object]]:
    """Everything that a command looks up."""

    def ids() -> list[str]:
        return [kept.id for kept in journal.recent(ROWS)]

    def sql(query: str, *values: object) -> Callable[[], object]:
        return lambda: journal.store.read(lambda connection: connection.execute(query, values).fetchall())

    return {
        "recent": ids,
        "last": lambda: journal.find("last"),
        "prefix": lambda: journal.find(ids()[-1][:9]),
        "ambiguous": lambda: journal._starting_with("a", 5),
        "shortest": lambda: journal.prefix(ids()[0]),
        "get": lambda: journal.get(ids()[0]),
        "pending": journal.pending,
        "settle": journal.settle,
        "unsettled": journal.unsettled,
        "twins": lambda: refuse_twins(journal, order_for()),
        "baseline": lambda: _fresh(order_for(), journal, "current"),
        "interrupted": lambda: interrupted(journal),
        "lost inside": lambda: lost_inside(journal),
        "left inside": lambda: inside._left(journal),
        "doubts": lambda: doubts.open_doubts(journal),
        "rivals": lambda: journal.store.read(lambda opened: doubts.rivals(opened, str(ORIGIN), since=NOW)),
        "directly made": lambda: doubts.directly_made(journal, since=NOW),
        "any open": sql(reconcile._ANY_OPEN),
        "waiting": sql(waiting._QUERY, str(ORIGIN)),
        "completion": sql(completion._QUERY, str(ORIGIN), ROWS),
        "known": lambda: ledger.known(ids()),
        "direct": lambda: ledger.count(Wanted(), direct=True, most=ROWS),
    }


def writes(journal: Journal, folder: Path) -> dict[str, Callable[[], object]]:
    """What a command writes for a generation and for an answer."""
    (intent,) = journal.plan(order_for(estimate=Decimal("0.01")), cwd=folder, limits=LIMITS)
    return {
        "plan": lambda: journal.plan(order_for(estimate=Decimal("0.01")), cwd=folder, limits=LIMITS),
        "sending": lambda: journal.sending(intent),
        "accepted": lambda: journal.accepted(intent, ["new"]),
        "moved": lambda: journal.moved([("new", "processing", "processing", None)]),
        "downloaded": lambda: journal.downloaded("new", path="/x", size=1, sha256="00"),
        "charged": lambda: journal.charged([("new", Decimal("0.04"))]),
        "standings": lambda: budget.standings(journal, LIMITS),
        "unsettled costs": lambda: budget._unsettled(journal, journal.clock.now()),
        "answer": lambda: answers.reserve(journal, model="m", price=Decimal("0.01"), limits=LIMITS),
    }


def counted(folder: Path, rows: int) -> dict[str, int]:
    """The steps of each look and of each line, in a journal with that many generations."""
    clock, path = ManualClock(NOW), folder / "journal.sqlite3"
    crowd_journal(path, Crowd(generations=rows, answers=rows // 20))
    with Journal(path, origin=ORIGIN, clock=clock) as journal, Ledger(path, origin=ORIGIN, clock=clock) as ledger:
        found = {}
        for name, work in looks(journal, ledger).items():
            store = ledger._store if name in {"known", "direct"} else journal.store
            found[name] = steps_of(store, work)
        for name, wanted in FILTERS.items():
            found[f"list: {name}"] = steps_of(ledger._store, partial(list, ledger.walk(wanted, limit=ROWS)))
        clock.sleep(40 * DAYS)  # a month of which nothing was spent
        return found | {name: steps_of(journal.store, work) for name, work in writes(journal, folder).items()}


def test_nothing_takes_longer_in_a_long_journal(tmp_path: Path) -> None:
    """Five times as many generations: no look, no filter and no line takes half as many steps again."""
    few, many = counted(tmp_path / "few", FEW), counted(tmp_path / "many", MANY)

    assert growing(few, many) == {}


def test_a_line_writes_as_many_pages_in_a_long_journal(tmp_path: Path) -> None:
    """Counted by what a request adds to the log of changes beside the file."""
    sizes = []
    for rows in (FEW, MANY):
        folder = tmp_path / str(rows)
        crowd_journal(folder / "journal.sqlite3", Crowd(generations=rows, answers=0))
        with Journal(folder / "journal.sqlite3", origin=ORIGIN, clock=ManualClock(NOW)) as journal:
            journal.store.read(lambda opened: opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
            for number in range(20):
                (intent,) = journal.plan(order_for(), cwd=folder)
                journal.accepted(intent, [f"{number}-new"])
            sizes.append((folder / "journal.sqlite3-wal").stat().st_size)

    assert sizes[1] <= 1.2 * sizes[0]


def test_a_budget_reads_two_indexes_and_sorts_nothing(tmp_path: Path) -> None:
    """Whatever a month holds: the wide rows of requests, with all their parameters, are not touched."""
    crowd_journal(tmp_path / "journal.sqlite3", Crowd(generations=20, answers=0))
    with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {budget._CHARGES}", (str(ORIGIN), NOW)).fetchall()

    assert [row[3].removesuffix(" LEFT-JOIN") for row in plan] == [
        "SEARCH i USING COVERING INDEX intents_by_time (origin=? AND created>?)",
        "SEARCH g USING COVERING INDEX generations_by_intent (intent=? AND origin=?)",
    ]
