"""What following costs: requests for one generation and for a thousand, in both generations of the API."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from inference_cli.api.dialect import CURRENT, LEGACY, Dialect
from inference_cli.api.events import Event
from inference_cli.api.generations import Page
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.errors import TemporaryError
from inference_cli.jobs.look import Lookout, Sought
from inference_cli.jobs.naming import OutputSpec, Place
from inference_cli.jobs.order import Body
from inference_cli.jobs.tracked import Tracked, tracked_from_journal
from tests.support.api import client_of
from tests.support.fakes import Story, story
from tests.support.jobs import PatientClock, Scene, order_for, scene

_SECONDS = 60.0


def lives(count: int, seconds: float = _SECONDS, *, first: int = 0) -> dict[str, Story]:
    """Generations that end one after the other in no order, the last of them at that second."""
    ends = [seconds * (n + 1) / count for n in range(count)]
    Random(7).shuffle(ends)
    return {f"g{n}": story(f"g{n}", (0, "processing"), (end, "succeeded")) for n, end in enumerate(ends, start=first)}


def asked_for(made: Scene, *ids: str, **fields: Any) -> tuple[Tracked, ...]:
    """Generations that the journal knows from just now, all of one request."""
    (intent,) = made.journal.plan(order_for(Body({}, len(ids), 1), target=made.target, **fields), cwd=made.folder)
    made.journal.accepted(intent, ids, status="queued")
    return tracked_from_journal(made.journal, ids)


def kinds(calls: list[str]) -> Counter[str]:
    """How often each kind of request was made, but for the one that asks what all of it cost."""
    return Counter(call.split()[0] for call in calls if not call.startswith("costs"))


@pytest.mark.parametrize("dialect", [CURRENT, LEGACY], ids=["current", "2026-04"])
def test_C26_a_thousand_take_as_many_requests_as_ten(tmp_path: Path, dialect: Dialect) -> None:
    """One list a look, and a page of the history where some left it; 2026-04: the list, and two ids by two routes."""
    seen: dict[int, Counter[str]] = {}
    for count in (1, 10, 100, 1000):
        folder = tmp_path / str(count)
        folder.mkdir()
        with scene(folder, stories=lives(count), dialect=dialect) as made:
            made.collect(asked_for(made, *made.client.stories, namespace="lab"), download=False)
            assert len(made.last) == count
            assert set(made.errors) == (set() if dialect is CURRENT else set(made.last))
            seen[count] = kinds(made.client.calls)
            assert made.clock.monotonic() < _SECONDS + 6
    looks = 20
    if dialect is LEGACY:
        assert seen == {1: {"list": looks, "get": 2}} | {n: {"list": looks, "get": 4} for n in (10, 100, 1000)}
        return
    assert seen[1] == {"get": looks}
    for count in (10, 100, 1000):
        assert seen[count]["list"] + seen[count]["get"] <= 2 * looks
        assert seen[count].total() <= 2 * looks
    assert seen[1000] == {"list": looks, "pages": looks - 1}


def test_C26_a_history_that_does_not_answer_is_done_without(tmp_path: Path) -> None:
    """It is asked once a look; what left the queue is asked for by its id, four a look, until all are found."""
    with scene(tmp_path, stories=lives(10, 0.001)) as made:

        def pages(*_: object, **__: object) -> Iterator[Page]:
            made.client.calls.append("pages")
            raise TemporaryError("HTTP 503 from the server")
            yield

        made.client.pages = pages  # type: ignore[method-assign] # the same server, with an outage of one route
        made.collect(asked_for(made, *made.client.stories), download=False)
        assert (len(made.last), made.errors, made.notes) == (10, {}, [])
        assert kinds(made.client.calls) == {"list": 4, "pages": 3, "get": 10}


def test_C26_one_list_per_namespace_and_model(tmp_path: Path) -> None:
    """``current`` needs one list and one page per namespace, 2026-04 one list per namespace and model."""
    for dialect, lists, pages in (
        (CURRENT, {"list ours", "list yours"}, {"pages ours", "pages yours"}),
        (LEGACY, {"list ours fox-1", "list ours fox-2", "list yours fox-1"}, set[str]()),
    ):
        folder = tmp_path / dialect.name
        folder.mkdir()
        with scene(folder, stories=lives(120, 0.001), dialect=dialect) as made:
            ids = list(made.client.stories)
            places = [("ours", "fox-1"), ("ours", "fox-2"), ("yours", "fox-1")]
            for n, (namespace, model) in enumerate(places):
                asked_for(made, *ids[n::3], namespace=namespace, model=model)
            made.clock.sleep(60.0)  # nothing lags any more
            made.collect(tracked_from_journal(made.journal, ids), download=False, wait=False)
            calls = [call for call in made.client.calls if not call.startswith("get")]
            assert (set(calls), len(calls)) == (lists | pages, len(lists | pages))


def test_C26_never_more_than_ten_requests_a_second(tmp_path: Path) -> None:
    """Whatever the server knows of them: some in no list, some without a link, some that nobody knows."""
    stories = lives(60, 20.0) | {f"h{n}": Story([(0, {"status": "succeeded"})]) for n in range(30)}
    with scene(tmp_path, stories=stories) as made:
        moments: list[float] = []
        real = made.client._say

        def say(call: str) -> None:
            moments.append(made.clock.monotonic())
            real(call)

        made.client._say = say  # type: ignore[method-assign] # the same, with its second
        made.collect(asked_for(made, *stories, *(f"x{n}" for n in range(30))), download=False)
        assert max(sum(start <= one < start + 1 for one in moments) for start in moments) <= 20  # two looks may meet
        assert len(moments) <= 10 * made.clock.monotonic() + 10


class Told:
    """An event stream that tells of ``g`` when the clock has come to its end, then keeps quiet."""

    def __init__(self, clock: ManualClock, end: float) -> None:
        self.clock, self.end, self.opened = clock, end, 0
        self.over = threading.Event()

    def pass_time(self) -> None:
        """Let a quarter of a second pass every two milliseconds, until it is over."""
        while not self.over.wait(0.002):
            self.clock.sleep(0.25)

    @contextmanager
    def events(self) -> Iterator[Iterator[Event]]:
        """One event, then silence."""
        self.opened += 1

        def stream() -> Iterator[Event]:
            while self.clock.monotonic() < self.end:
                self.over.wait(0.002)
            yield Event(event="media_generation_completed", data='{"generation_id": "g"}')
            self.over.wait(30)

        yield stream()


def test_the_event_stream_is_opened_once_and_saves_looks(tmp_path: Path) -> None:
    """A picture that takes two minutes is found when the stream tells of it, by fewer looks than the list takes alone.

    In real threads, so that the number of looks is not exact.
    """
    clock, end = PatientClock(), 120.0
    with scene(tmp_path, clock=clock, stories={"g": story("g", (0, "processing"), (end, "succeeded"))}) as made:
        told = Told(clock, end)
        made.client.events = told.events  # type: ignore[method-assign] # another stream
        time = threading.Thread(target=told.pass_time, daemon=True)
        time.start()
        made.collect(asked_for(made, "g"), workers=2, download=False)
        told.over.set()
        time.join(30)
        assert (made.errors, told.opened) == ({}, 1)
        assert 8 <= made.client.calls.count("get g") <= 20  # 31 without it


def test_the_history_is_not_read_further_than_what_is_missing(tmp_path: Path) -> None:
    """A list that goes from the newest to the oldest ends where everything was there before."""
    asked: list[str] = []
    ids = [f"g{n}" for n in range(5)]

    def server(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.url.path.removeprefix('/api')}?{request.url.query.decode()}")
        if request.url.path.endswith("/ai/queue"):
            return httpx.Response(200, json={"generations": []})
        page = int(request.url.params.get("page", 1))
        start = 10_000 - 1000 * page
        rows = [
            {"generation_id": f"p{n}", "status": "succeeded", "enqueued_at": n} for n in range(start + 3, start, -1)
        ]
        return httpx.Response(200 if "page" in request.url.params else 404, json={"generations": rows})

    with client_of(server) as client:
        tracked = [Tracked(one, one, Place(OutputSpec(), 1, 1, id=one)) for one in ids]
        Lookout(client).look([Sought(one, enqueued=8500.0) for one in tracked])
        pages = [one for one in asked if "page=" in one]
        assert pages == [f"/ai/generations?page={n}&page_size=1000" for n in (1, 2)]
        asked.clear()
        Lookout(client).look([Sought(one, enqueued=None if n else 8500.0) for n, one in enumerate(tracked)])
        assert sum("page=" in one for one in asked) == 5


def test_waits_between_looks_do_not_depend_on_the_number(tmp_path: Path) -> None:
    """The same seconds for three and for three hundred."""
    slept = []
    for count in (3, 300):
        folder = tmp_path / str(count)
        folder.mkdir()
        with scene(folder, stories=lives(count)) as made:
            made.collect(asked_for(made, *made.client.stories), download=False)
            slept.append([round(one, 6) for one in made.clock.slept])
    assert all(a == b for a, b in zip(*slept, strict=True))
    assert all(a <= b + 1e-9 for a, b in pairwise(slept[0]))
