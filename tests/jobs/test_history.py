"""The history as the server lists it, page by page, with what the journal adds."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.errors import UsageError
from inference_cli.jobs.history import Newest, Reading, Sources, find_id
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.ledger import Ledger, Wanted
from tests.support.api import client_of
from tests.support.jobs import ORIGIN, journal_in, order_for


class Server:
    """A history of made-up rows, in the order in which they are given; pages as in the contract.

    Args:
        rows: id and time of each, newest first or not, or whole rows.
        most: rows of a page that it allows.
        says: whether it says how many pages there are.
    """

    def __init__(self, *rows: tuple[str, float | None] | dict[str, Any], most: int = 1000, says: bool = True) -> None:
        self.rows = [
            row if isinstance(row, dict) else {"generation_id": row[0], "status": "succeeded", "enqueued_at": row[1]}
            for row in rows
        ]
        self.most, self.says = most, says
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer with a page."""
        query = {name: values[0] for name, values in parse_qs(request.url.query.decode()).items()}
        number, size = int(query["page"]), min(self.most, int(query["page_size"]))
        self.asked.append(" ".join([query["page"], *(query.get(name, "") for name in ("status", "model"))]).strip())
        document: dict[str, Any] = {"generations": self.rows[(number - 1) * size : number * size]}
        if self.says:
            document |= {"total_pages": -(-len(self.rows) // size), "total_entries": len(self.rows)}
        return httpx.Response(200, json=document)


@contextmanager
def sources(folder: Path, server: Any, notices: list[str] | None = None) -> Iterator[Sources]:
    """A client of that server, and an empty journal."""
    clock = ManualClock()
    with (
        client_of(server, clock=clock) as client,
        journal_in(folder, clock=clock) as journal,
        Ledger(journal.path, origin=ORIGIN, clock=clock) as ledger,
    ):
        yield Sources(client, journal, ledger, (notices if notices is not None else []).append)


def made(journal: Journal, *ids: str, direct: bool = False, **order: Any) -> None:
    """Write down that this machine made them."""
    (intent,) = journal.plan(order_for(**order), cwd=Path("/work"))
    journal.accepted(intent, ids, direct=direct, status="succeeded")


def falling(count: int, start: float = 1e6) -> list[tuple[str, float | None]]:
    """Rows from the newest to the oldest, a second apart."""
    return [(f"id-{number}", start - number) for number in range(count)]


def ids(found: Newest) -> list[str]:
    """What was found, in order."""
    return [past.id for past in found.rows]


def test_costs_of_the_server_are_kept_and_labels_of_the_journal_shown(tmp_path: Path) -> None:
    """Only what this machine made is written down, and only when it is news."""
    rows = [
        {"generation_id": name, "status": "succeeded", "enqueued_at": 9, "cost": cost}
        for name, cost in (("own", "0.0374"), ("strange", "2"), ("free", None))
    ]
    with sources(tmp_path, Server(*rows)) as all_of:
        made(all_of.journal, "own", "free", tag="ad", estimate=Decimal("0.08"))
        found = list(Reading(all_of, Wanted()).all())
        kept = all_of.ledger.known(["own", "strange", "free"])

    assert [(past.id, past.cost, past.estimate, past.tag) for past in found] == [
        ("own", Decimal("0.0374"), Decimal("0.08"), "ad"),
        ("strange", Decimal(2), None, None),
        ("free", None, Decimal("0.08"), "ad"),
    ]
    assert {name: row.cost for name, row in kept.items()} == {"own": Decimal("0.0374"), "free": None}
    assert found[0].raw == rows[0]


def test_a_journal_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """Looking back changes nothing that matters."""
    with sources(tmp_path, Server({"generation_id": "own", "status": "succeeded", "cost": "1"})) as all_of:
        made(all_of.journal, "own")
        all_of.journal.store.write(lambda connection: connection.execute("PRAGMA user_version = 99"))
        all_of.journal.close()
        assert [past.cost for past in Reading(all_of, Wanted()).all()] == [Decimal(1)]


def test_rows_of_any_order_are_read_to_the_end(tmp_path: Path) -> None:
    """The order of the list is not documented: the newest may come last."""
    server = Server(*reversed(falling(2500)))
    with sources(tmp_path, server) as all_of:
        found = Reading(all_of, Wanted()).newest(3)

    assert (ids(found), found.more, found.total, found.cut) == (["id-0", "id-1", "id-2"], True, 2500, False)
    assert server.asked == ["1", "2", "3"]


def test_a_list_that_proves_to_fall_in_time_is_not_read_to_the_end(tmp_path: Path) -> None:
    """The first page and the last one agree: two requests instead of twelve."""
    server = Server(*falling(12_000))
    with sources(tmp_path, server) as all_of:
        found = Reading(all_of, Wanted()).newest(50)

    assert (len(found.rows), found.rows[0].id, found.more, found.total) == (50, "id-0", True, 12_000)
    assert server.asked == ["1", "12"]


def test_a_list_is_left_where_it_is_older_than_what_is_wanted(tmp_path: Path) -> None:
    """It falls, so nothing younger follows."""
    server = Server(*falling(12_000))
    with sources(tmp_path, server) as all_of:
        found = Reading(all_of, Wanted(since=1e6 - 1500)).newest(5000)

    assert (len(found.rows), found.more, found.total) == (1501, False, None)
    assert server.asked == ["1", "2", "12"]


@pytest.mark.parametrize(
    "rows",
    [
        [*falling(6000, 1e6), *falling(6000, 2e6)],
        [*falling(11_500), ("late", 2e6), *falling(499, 5e5)],
        [*falling(500), ("timeless", None), *falling(11_499, 5e5)],
        [*falling(500), ("late", 2e6), *falling(11_499, 5e5)],
    ],
    ids=["two runs", "a late one on the last page", "one without a time", "one out of order"],
)
def test_anything_else_is_read_to_the_end(tmp_path: Path, rows: list[tuple[str, float | None]]) -> None:
    """One row out of order, and every page is asked for."""
    rows = [(f"{place}-{name}", when) for place, (name, when) in enumerate(rows)]
    server = Server(*rows)
    with sources(tmp_path, server) as all_of:
        found = Reading(all_of, Wanted()).newest(50)

    assert set(server.asked) == {str(number) for number in range(1, 13)}
    assert ids(found) == [name for name, when in sorted(rows, key=lambda row: -(row[1] or 0))[:50]]


def test_a_few_rows_in_order_prove_nothing(tmp_path: Path) -> None:
    """A hundred must have been seen, however small the pages are."""
    server = Server(*falling(400), most=10)
    with sources(tmp_path, server) as all_of:
        found = Reading(all_of, Wanted()).newest(5)

    assert (ids(found), found.more) == ([f"id-{number}" for number in range(5)], True)
    assert server.asked == [*map(str, range(1, 11)), "40"]


def test_a_server_that_does_not_say_how_many_pages_there_are_is_read_to_the_end(tmp_path: Path) -> None:
    """Its last page cannot be looked at."""
    server = Server(*falling(4500), says=False)
    with sources(tmp_path, server) as all_of:
        found = Reading(all_of, Wanted()).newest(50)

    assert (found.rows[0].id, found.more, found.total) == ("id-0", True, None)
    assert server.asked == ["1", "2", "3", "4", "5", "6"]


def test_sums_read_every_page(tmp_path: Path) -> None:
    """Money is not left out for speed, whatever the order looks like; a person is told that it takes a while."""
    notices: list[str] = []
    server = Server(*falling(7000))
    with sources(tmp_path, server, notices) as all_of:
        reading = Reading(all_of, Wanted(since=1e6 - 2, status="succeeded"), whole=False)
        found = list(reading.all())

    assert [past.id for past in found] == ["id-0", "id-1", "id-2"]
    assert server.asked == [f"{number} succeeded" for number in range(1, 8)]
    assert (found[0].raw, reading.cut, notices) == ({}, False, ["  reading on: 7 pages of the history"])


def test_what_has_no_time_is_counted_where_a_time_is_wanted(tmp_path: Path) -> None:
    """It is last in a list of all, and left out of any span."""
    with sources(tmp_path, Server(("timeless", None), ("a", 5.0), ("b", 7.0))) as all_of:
        everything, some = Reading(all_of, Wanted()), Reading(all_of, Wanted(since=6.0))

        assert ids(everything.newest(None)) == ["b", "a", "timeless"]
        assert (ids(some.newest(None)), everything.undated, some.undated) == (["b"], 0, 1)


def test_H09_a_list_without_end_is_said_to_be_cut(tmp_path: Path) -> None:
    """More than a thousand pages, each with a new row."""
    numbers = iter(range(3000))

    def endless(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"generations": [{"generation_id": f"x{next(numbers)}", "status": "queued"}]})

    with sources(tmp_path, endless) as all_of:
        found = Reading(all_of, Wanted()).newest(None)

    assert (len(found.rows), found.cut) == (1100, True)


def test_a_tag_is_found_by_its_ids_and_reading_ends_with_them(tmp_path: Path) -> None:
    """Direct requests stand among them as the journal knows them; their rows on the server are not taken twice."""
    server = Server(*falling(3000, 1_790_000_000.0))
    with sources(tmp_path, server) as all_of:
        made(all_of.journal, "id-3", tag="ad")
        all_of.journal.clock.sleep(5)
        made(all_of.journal, "own-of-this-machine", direct=True, tag="ad", route="generate")
        made(all_of.journal, "id-5", tag="other")

        found = Reading(all_of, Wanted(tag="ad")).tagged(50)
        one = Reading(all_of, Wanted(tag="ad")).tagged(1)
        none = Reading(all_of, Wanted(tag="nothing")).tagged(50)

    assert (ids(found), found.more, found.total) == (["own-of-this-machine", "id-3"], False, 2)
    assert (ids(one), one.more, one.total) == (["own-of-this-machine"], True, 2)
    assert none == Newest((), total=0)
    assert server.asked == ["1", "1"]


def test_an_id_is_found_by_its_beginning_on_the_server(tmp_path: Path) -> None:
    """One that this machine did not make; several are refused, none is None."""
    server = Server(("7cf9aaaa", 3.0), ("7cf9bbbb", 2.0), ("bb8f", 1.0), ("bb8f5eb7", 1.0))
    with sources(tmp_path, server) as all_of:
        assert [find_id(all_of.client, text) for text in ("7cf9a", "bb8f", "e")] == ["7cf9aaaa", "bb8f", None]
        with pytest.raises(UsageError) as caught:
            find_id(all_of.client, "7cf")
    assert caught.value.details == ("7cf9aaaa", "7cf9bbbb")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    times=st.lists(st.integers(0, 30), max_size=60),
    most=st.integers(1, 9),
    limit=st.integers(1, 12),
    since=st.none() | st.integers(0, 30),
    order=st.sampled_from(["falling", "rising", "as it comes"]),
)
def test_the_newest_are_the_newest_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, times: list[int], most: int, limit: int, since: int | None, order: str
) -> None:
    """What is shown, and whether there is more, is the same as if all had been read and sorted.

    A few rows in order prove nothing, so such a short history is always read to its end.
    """
    if order != "as it comes":
        times = sorted(times, reverse=order == "falling")
    rows = [(f"id-{number}", float(when)) for number, when in enumerate(times)]
    with sources(tmp_path_factory.mktemp("h"), Server(*rows, most=most)) as all_of:
        found = Reading(all_of, Wanted(since=since)).newest(limit)

    fitting = sorted((when for _, when in rows if since is None or when >= since), reverse=True)
    shown = [past.at for past in found.rows]
    assert shown == fitting[:limit]
    assert found.more == (len(fitting) > limit)
