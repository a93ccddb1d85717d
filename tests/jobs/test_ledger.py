"""The journal read for the history."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inference_cli.clock import ManualClock
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.ledger import Asked, Ledger, Wanted
from inference_cli.jobs.order import Body
from inference_cli.origin import Origin
from tests.support.jobs import ORIGIN, journal_in, order_for


@dataclass(frozen=True, slots=True)
class Books:
    """A journal, and the ledger that reads it."""

    journal: Journal
    ledger: Ledger
    clock: ManualClock

    def made(self, *ids: str, direct: bool = False, status: str = "queued", **order: Any) -> None:
        """Write down generations; an hour passes."""
        (intent,) = self.journal.plan(order_for(**order), cwd=Path("/work"))
        self.journal.sending(intent)
        self.journal.accepted(intent, ids, direct=direct, status=status)
        self.clock.sleep(3600)

    def ids(self, *, direct: bool | None = None, limit: int = -1, **wanted: Any) -> list[str]:
        """What fits, newest first."""
        return [kept.id for kept in self.ledger.walk(Wanted(**wanted), direct=direct, limit=limit)]


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """Empty ones."""
    clock = ManualClock()
    path = tmp_path / "journal.sqlite3"
    with journal_in(tmp_path, clock=clock) as journal, Ledger(path, origin=ORIGIN, clock=clock) as ledger:
        yield Books(journal, ledger, clock)


def test_generations_are_found_by_their_ids(books: Books) -> None:
    """In chunks, whatever their number; other origins and unknown ids are left out."""
    ids = [f"id-{number}" for number in range(1203)]
    books.made(*ids, tag="ad")
    with journal_in(books.journal.path.parent, origin=Origin("http", "localhost", 80)) as other:
        other.moved([("elsewhere", "queued", "queued", None)])

    found = books.ledger.known([*ids, "elsewhere", "nobody"])

    assert set(found) == set(ids)
    assert {kept.tag for kept in found.values()} == {"ad"}
    assert books.ledger.known([]) == {}


def test_walking_goes_from_the_newest_to_the_oldest(books: Books) -> None:
    """All of them, or as many as are wanted; a clock that goes back changes nothing (fault E13)."""
    books.made("a", "b")
    books.clock.sleep(-9000)
    books.made(*(f"c{number}" for number in range(700)))

    assert books.ids()[-2:] == ["b", "a"]
    assert (len(books.ids()), books.ids(limit=2)) == (702, ["c699", "c698"])


def test_every_filter_holds(books: Books) -> None:
    """Alone and together; times from the first second on, before the last."""
    start = books.clock.now()
    books.made("film", kind="video", model="m/1", namespace="lab", tag="ad")
    books.made("picture", direct=True, model="m/2", route="generate")
    body = Body({"model": "m/2", "target_repo": "r", "target_directory": "d/e"}, 1, 1)
    (intent,) = books.journal.plan(order_for(body), cwd=Path("/work"))
    books.journal.accepted(intent, ["saved"])
    books.journal.downloaded("saved", path="/x", size=1, sha256="00")
    books.journal.moved([("stranger", "failed", "failed", "no luck")])

    assert books.ids(model="m/1") == ["film"]
    assert books.ids(media_type="image") == ["saved", "picture"]
    assert books.ids(namespace="lab") == books.ids(tag="ad") == books.ids(status="queued") == ["film"]
    assert books.ids(repo="r") == books.ids(folder="d/e") == ["saved"]
    assert books.ids(status="succeeded") == ["saved", "picture"]
    assert books.ids(status="failed") == ["stranger"]
    assert books.ids(since=start + 3600) == ["stranger", "saved", "picture"]
    assert books.ids(until=start + 3600) == ["film"]
    assert books.ids(since=start, until=start + 3601, model="m/2") == ["picture"]
    assert (books.ids(direct=True), books.ids(direct=False, media_type="image")) == (["picture"], ["saved"])
    assert [books.ledger.count(Wanted(), direct=direct) for direct in (None, True, False)] == [4, 1, 3]
    assert books.ledger.count(Wanted(tag="ad"), direct=True) == 0


def test_parameters_that_are_no_json_fit_no_filter(books: Books) -> None:
    """Reading the history does not fail over one damaged row."""
    books.made("a", tag="ad")
    with sqlite3.connect(books.journal.path) as connection:
        connection.execute("UPDATE intents SET params = '{'")
    connection.close()

    assert (books.ids(repo="r"), books.ids(tag="ad")) == ([], ["a"])
    (kept,) = books.ledger.walk(Wanted())
    assert books.ledger.asked(kept) == Asked({}, ("image", "a red fox"))


def test_what_was_asked_for_is_told_as_far_as_it_was_kept(books: Books) -> None:
    """Parameters and command line; of a generation of another machine nothing."""
    books.made("a")
    books.journal.moved([("stranger", "queued", "queued", None)])
    stranger, own = books.ledger.walk(Wanted())

    assert books.ledger.asked(own) == Asked({"model": "fox-1", "prompt": "a red fox"}, ("image", "a red fox"))
    assert books.ledger.asked(stranger) == Asked()


def test_the_ids_of_a_tag_are_those_that_the_server_knows(books: Books) -> None:
    """Direct requests have ids of our own, which no list of the server holds."""
    books.made("a", "b", tag="ad")
    books.made("c")
    books.made("d", tag="ad", direct=True, route="generate")

    assert books.ledger.tagged("ad") == {"a", "b"}
    assert books.ledger.tagged("nothing") == frozenset()


def test_a_moment_that_is_not_known_fits_all_time_only() -> None:
    """A span has a first moment, and ends before its last."""
    assert Wanted().spans(None)
    assert not Wanted(since=0.0).spans(None)
    assert [Wanted(since=5.0, until=7.0).spans(moment) for moment in (4.9, 5.0, 6.9, 7.0)] == [False, True, True, False]


@pytest.mark.parametrize("limit", [51, -1])
def test_a_walk_goes_down_an_index(books: Books, limit: int) -> None:
    """A filter's own, else that of the origin; rows by their numbers, and ids by their index."""
    books.made("a", tag="ad")
    statements: list[str] = []
    books.ledger._store.read(lambda opened: opened.set_trace_callback(statements.append))
    books.ids(limit=limit, since=1.0, tag="ad")
    books.ids(limit=limit)
    books.ledger.known(["a"])
    books.ledger.tagged("ad")
    with sqlite3.connect(books.journal.path) as connection:
        plans = [
            [row[3].removesuffix(" LEFT-JOIN") for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
            for statement in statements
            if "SELECT" in statement
        ]
    connection.close()

    tag = "SEARCH i USING INDEX intents_by_tag (origin=? AND tag=? AND created>?)"
    tagged = tag.replace(" AND created>?", "")
    made, intent = "SEARCH g USING INDEX generations_by_intent (intent=?)", "sqlite_autoindex_intents_1 (id=?)"
    number = "SEARCH g USING INTEGER PRIMARY KEY (rowid=?)"
    assert [[step for step in plan if step.startswith(("SEARCH", "SCAN g", "SCAN i"))] for plan in plans] == [
        [tag, made],
        [number, f"SEARCH i USING INDEX {intent}"],
        ["SEARCH g USING COVERING INDEX generations_by_origin (origin=?)"],
        [number, f"SEARCH i USING INDEX {intent}"],
        ["SEARCH g USING INDEX sqlite_autoindex_generations_1 (origin=? AND id=?)", f"SEARCH i USING INDEX {intent}"],
        [tagged, made],
    ]
    assert not [step for step in plans[2] if "TEMP B-TREE" in step]
