from decimal import Decimal
from typing import Any

import pytest

from inference_cli.api.records import Generation
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.errors import DamagedError, NotFoundError, TemporaryError
from tests.support.api import Script, client_of


def page(*names: str, **more: Any) -> httpx.Response:
    """A page with these generations."""
    return httpx.Response(200, json={"generations": [{"generation_id": name} for name in names], **more})


def test_all_pages() -> None:
    """One after the other with the same filters, until one brings nothing new; each id once although pages shift."""
    script = Script(page("a", "b"), page("b", "c"), page())
    with client_of(script) as client:
        found = [one.generation_id for one in client.generations.list(page_size=2, model="m", namespace=None)]
    assert found == ["a", "b", "c"]
    assert script.lines == [f"GET /api/ai/generations?model=m&page={number}&page_size=2" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    "last",
    [{"page_size": 1000}, {"total_pages": 1}, {"total_pages": 0, "page_size": 1}],
)
def test_the_last_page_says_so(last: dict[str, Any]) -> None:
    """Then no other is asked for."""
    with client_of(Script(page("a", **last))) as client:
        assert [one.generation_id for one in client.generations.list()] == ["a"]


def test_a_page_that_is_shorter_than_asked_for_is_not_the_last() -> None:
    """The server may allow less than was asked for."""
    script = Script(page("a", page_size=1), page("b", page_size=1), page(page_size=1))
    with client_of(script) as client:
        assert [one.generation_id for one in client.generations.list()] == ["a", "b"]


def test_H09_a_server_that_repeats_itself_ends() -> None:
    """The same page again brings nothing new."""
    script = Script(page("a", total_pages=9), page("a", total_pages=9))
    with client_of(script) as client:
        assert [one.generation_id for one in client.generations.list()] == ["a"]


def test_H09_a_server_that_never_ends_is_left() -> None:
    """New rows on every page for ever: a cap."""
    asked = 0

    def endless(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        return page(f"a{asked}", next="/api/ai/generations?page=1")

    with client_of(endless) as client:
        assert len(list(client.generations.list(page_size=1))) == asked == 1100


def test_F08_links_to_other_pages_are_not_followed() -> None:
    """Pages are counted; where ``next`` leads does not matter."""
    script = Script(page("a", next="https://evil.example/?page=2"), page())
    with client_of(script) as client:
        list(client.generations.list())
    assert {request.url.host for request in script.requests} == {"hub.oxen.ai"}


def test_a_bare_list_is_one_page() -> None:
    """Without a wrapper there is no paging."""
    with client_of(Script(httpx.Response(200, json=[{"generation_id": "a"}]))) as client:
        assert [one.generation_id for one in client.generations.list()] == ["a"]


def test_one_with_its_cost() -> None:
    """In the wrapper of the contract; the cost is a decimal."""
    row = {"generation_id": "a", "status": "succeeded", "cost": "0.3500", "user_id": "u"}
    script = Script(
        httpx.Response(200, json={"status": "success", "status_message": "resource_found", "generation": row}),
        httpx.Response(404, json={"error": {"type": "resource_not_found"}}),
        httpx.Response(200, json=[]),
    )
    with client_of(script) as client:
        found = client.generations.get("a")
        assert (found, found.cost) == (Generation.from_json(row), Decimal("0.3500"))
        with pytest.raises(NotFoundError):
            client.generations.get("a")
        with pytest.raises(DamagedError):
            client.generations.get("a")


def test_a_glance_at_a_few() -> None:
    """Each is asked for once; one that nobody knows is left out."""
    script = Script(
        httpx.Response(200, json={"status": "success", "generation": {"generation_id": "a", "cost": "0.35"}}),
        httpx.Response(404, json={"error": {"detail": "no such thing"}}),
        httpx.Response(200, json={"generation_id": "c", "cost": None}),
    )
    with client_of(script) as client:
        found = [(one.generation_id, one.cost) for one in client.generations.glance("abc", singly=3, seconds=3.0)]
    assert found == [("a", Decimal("0.35")), ("c", None)]
    assert script.lines == [f"GET /api/ai/generations/{name}" for name in "abc"]


def test_a_glance_at_many_is_one_page() -> None:
    """The first, as large as it can be; rows that were not asked for are left out."""
    script = Script(page("a", "x", "c", total_pages=7))
    with client_of(script) as client:
        found = [one.generation_id for one in client.generations.glance(["a", "b", "c"], singly=2, seconds=3.0)]
    assert found == ["a", "c"]
    assert script.lines == ["GET /api/ai/generations?page=1&page_size=1000"]


@pytest.mark.parametrize("answer", [httpx.Response(503), httpx.Response(429), httpx.ConnectError("no")])
def test_a_glance_is_not_repeated(answer: httpx.Response | Exception) -> None:
    """Whatever goes wrong, it went wrong once; what came before it stands."""
    clock = ManualClock()
    script = Script(httpx.Response(200, json={"generation_id": "a"}), answer)
    with client_of(script, clock=clock) as client:
        looked = client.generations.glance(["a", "b", "c"], singly=8, seconds=3.0)
        assert next(looked).generation_id == "a"
        with pytest.raises(TemporaryError):
            next(looked)
    assert (len(script.lines), clock.slept) == (2, [])


def test_a_glance_has_its_seconds() -> None:
    """All of it together, not each call."""
    clock = ManualClock()
    limits: list[float] = []

    def slow(request: httpx.Request) -> httpx.Response:
        limits.append(float(request.extensions["timeout"]["read"]))
        clock.sleep(2.0)
        return httpx.Response(200, json={"generation_id": "a"})

    with client_of(slow, clock=clock) as client, pytest.raises(TemporaryError):
        list(client.generations.glance(["a", "b", "c"], singly=8, seconds=3.0))
    assert limits == [3.0, 1.0]


def test_pages_one_by_one() -> None:
    """With what the server says of the whole; a page is asked for when it is wanted, and repeats are left out."""
    script = Script(
        page("a", "b", total_pages=2, total_entries=3), page("b", "c", total_pages=2, total_entries=True), page("a")
    )
    with client_of(script) as client:
        pages = client.generations.pages({"model": "m"})
        first = next(pages)
        assert ([row.generation_id for row in first.rows], first.pages, first.entries, first.last) == (
            ["a", "b"], 2, 3, False,
        )  # fmt: skip
        assert len(script.requests) == 1
        (second,) = pages
        assert ([row.generation_id for row in second.rows], second.entries, second.last) == (["c"], None, True)
        alone = client.generations.page(7, {"status": "failed"}, page_size=2)
        assert (alone.number, [row.generation_id for row in alone.rows]) == (7, ["a"])
    assert script.lines[2] == "GET /api/ai/generations?status=failed&page=7&page_size=2"


def test_H09_a_list_that_was_cut_can_be_told() -> None:
    """The last page that was read is not the last one."""
    numbers = iter(range(2000))
    with client_of(lambda _: page(f"a{next(numbers)}")) as client:
        *_, last = client.generations.pages({})
    assert (last.number, last.last) == (1100, False)


def test_the_newest_page_is_asked_for_once() -> None:
    """Of one namespace, or of the account; a failure is not tried again, since something paid waits for it."""
    script = Script(page("b", "a", total_pages=3), page(), httpx.Response(503))
    with client_of(script) as client:
        found = client.generations.newest(2, namespace="lab", seconds=5.0)
        assert ([row.generation_id for row in found.rows], found.last) == (["b", "a"], False)
        assert client.generations.newest(2, namespace=None, seconds=5.0).rows == ()
        with pytest.raises(TemporaryError):
            client.generations.newest(2, namespace=None, seconds=5.0)
    assert script.lines == [
        "GET /api/ai/generations?page=1&page_size=2&namespace=lab",
        "GET /api/ai/generations?page=1&page_size=2",
        "GET /api/ai/generations?page=1&page_size=2",
    ]
