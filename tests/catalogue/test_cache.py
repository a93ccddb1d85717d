"""What this machine knows of the models, and when it asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from inference_cli.api.conditional import Fetched
from inference_cli.api.records import Model
from inference_cli.catalogue.cache import TIME_TO_LIVE, ModelCache
from inference_cli.catalogue.snapshot import Snapshot
from inference_cli.clock import ManualClock
from inference_cli.errors import InferenceError, NotFoundError, TemporaryError, TokenError

FOX = {"id": "own/Fox.1", "capabilities": {"output": ["image"]}, "request_schema": {"type": "object"}}
OWL = {"id": "owl", "capabilities": {"output": ["video"]}, "request_schema": {"type": "object", "title": "owl"}}
GONE = {"id": "removed", "request_schema": {"type": "object"}}


@dataclass
class Server:
    """Answers about models; ``listed`` and ``known`` are its rows, ``tags`` whether it gives tags."""

    listed: list[dict[str, Any]] = field(default_factory=lambda: [FOX, OWL])
    known: list[dict[str, Any]] = field(default_factory=lambda: [FOX, OWL, GONE])
    tags: bool = True
    failure: InferenceError | None = None
    asked: list[str] = field(default_factory=list)
    patient: list[bool] = field(default_factory=list)

    def list_unless(self, etag: str | None, /, *, patient: bool) -> Fetched[tuple[Model, ...]]:
        """All models."""
        self.patient.append(patient)
        return self._answer("list", etag, tuple(map(Model.from_json, self.listed)))

    def get_unless(self, name: str, etag: str | None, /, *, patient: bool) -> Fetched[Model]:
        """One model."""
        self.patient.append(patient)
        found = next((Model.from_json(row) for row in self.known if row["id"] == name), None)
        return self._answer(name, etag, found)

    def _answer(self, what: str, etag: str | None, value: Any) -> Fetched[Any]:
        self.asked.append(what if etag is None else f"{what} unless {etag}")
        if self.failure is not None:
            raise self.failure
        if value is None:
            raise NotFoundError(f"no model named {what}", status=404)
        tag = f'"{hash(str(value)) & 0xFFFF}"' if self.tags else None
        return Fetched(None, tag) if tag is not None and tag == etag else Fetched(value, tag)


@dataclass
class Desk:
    """A cache, its server, its clock, and what it said."""

    folder: Path
    server: Server = field(default_factory=Server)
    clock: ManualClock = field(default_factory=ManualClock)
    notes: list[str] = field(default_factory=list)
    changes: list[Sequence[Model]] = field(default_factory=list)
    api: str = "current"
    told: bool = True

    def cache(self) -> ModelCache:
        """As another process opens it."""
        return ModelCache(
            self.folder,
            api=lambda: self.api,
            remote=lambda: self.server,
            now=self.clock.now,
            note=self.notes.append,
            row=lambda model: (model.id, model.summary or ""),
            on_change=self.changes.append,
            is_told=lambda: self.told,
        )

    def ids(self, **how: bool) -> list[str]:
        """The ids of the list."""
        return [model.id for model in self.cache().list(**how)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Nothing is known yet."""
    return Desk(tmp_path / "models" / "default@x")


def test_a_fresh_list_is_not_asked_for_again(desk: Desk) -> None:
    """For an hour, in whatever process; with the schemas where they are wanted."""
    assert desk.ids() == ["own/Fox.1", "owl"]
    desk.clock.sleep(TIME_TO_LIVE - 1)
    assert desk.ids() == ["own/Fox.1", "owl"]
    assert [model.schema for model in desk.cache().whole()] == [FOX["request_schema"], OWL["request_schema"]]
    assert desk.server.asked == ["list"]


def test_the_lines_of_a_plain_list_are_kept_ready(desk: Desk) -> None:
    """The same from the server as from the file."""
    rows = [["own/Fox.1", ""], ["owl", ""]]
    assert [[list(row) for row in desk.cache().rows()] for _ in range(2)] == [rows, rows]
    assert desk.server.asked == ["list"]


def test_a_fresh_list_needs_no_client(desk: Desk) -> None:
    """No token is read, no connection is made."""
    desk.cache().list()

    def refuse() -> Server:
        raise AssertionError("a client was made")

    cache = ModelCache(
        desk.folder,
        api=lambda: "current",
        remote=refuse,
        now=desk.clock.now,
        note=desk.notes.append,
        row=lambda model: (model.id,),
    )
    assert [model.id for model in cache.list()] == ["own/Fox.1", "owl"]
    assert cache.get("owl") == Model.from_json(OWL)


def test_an_old_list_is_asked_for_with_its_tag(desk: Desk) -> None:
    """Unchanged, it is fresh for another hour; changed, the new one is kept. The hook hears of new ones only."""
    desk.cache().list()
    (first,) = desk.server.asked
    desk.clock.sleep(TIME_TO_LIVE)
    desk.cache().list()
    desk.clock.sleep(TIME_TO_LIVE - 1)
    desk.cache().list()
    assert (first, len(desk.server.asked), desk.server.asked[1][:13]) == ("list", 2, 'list unless "')
    desk.clock.sleep(1)
    desk.server.listed = [OWL]
    assert desk.ids() == ["owl"]
    assert desk.ids() == ["owl"]
    assert len(desk.server.asked) == 3
    assert [[model.id for model in models] for models in desk.changes] == [["own/Fox.1", "owl"], ["owl"]]


def test_a_server_without_tags(desk: Desk) -> None:
    """Is asked for all of it."""
    desk.server.tags = False
    desk.cache().list()
    desk.clock.sleep(TIME_TO_LIVE)
    desk.cache().list()
    assert desk.server.asked == ["list", "list"]


def test_a_time_to_come_is_no_time(desk: Desk) -> None:
    """The clock was wrong when it was written, or is now."""
    desk.cache().list()
    desk.clock = ManualClock(desk.clock.now() - 10)
    desk.cache().list()
    assert len(desk.server.asked) == 2


def test_refresh_wants_the_servers_word(desk: Desk) -> None:
    """All of it, and an error where there is none."""
    desk.cache().list()
    desk.server.listed = [OWL]
    assert desk.ids(refresh=True) == ["owl"]
    desk.server.failure = TemporaryError("no network")
    with pytest.raises(TemporaryError):
        desk.cache().list(refresh=True)
    with pytest.raises(TemporaryError):
        desk.cache().get("owl", refresh=True, stale=True)
    assert (desk.server.asked, desk.notes) == (["list", "list", "list", "owl"], [])


@pytest.mark.parametrize(
    ("seconds", "age"), [(TIME_TO_LIVE, "60 minutes"), (7 * 3600, "7 hours"), (40 * 86400, "40 days")]
)
def test_an_old_list_is_served_while_the_server_cannot_be_reached(desk: Desk, seconds: float, age: str) -> None:
    """With one note that says how old it is."""
    desk.cache().list()
    desk.clock.sleep(seconds)
    desk.server.failure = TemporaryError("no network")
    assert desk.ids() == ["own/Fox.1", "owl"]
    assert desk.notes == [f"  the list of models is {age} old: the server cannot be reached"]


def test_nothing_is_served_where_the_token_is_refused(desk: Desk) -> None:
    """It is somebody else who asks."""
    desk.cache().list()
    desk.clock.sleep(TIME_TO_LIVE)
    desk.server.failure = TokenError("refused")
    with pytest.raises(TokenError):
        desk.cache().list()
    with pytest.raises(TokenError):
        desk.cache().get("owl", stale=True)


def test_nothing_known_and_no_network(desk: Desk) -> None:
    """Is an error."""
    desk.server.failure = TemporaryError("no network")
    for ask in (desk.cache().list, lambda: desk.cache().get("owl", stale=True)):
        with pytest.raises(TemporaryError):
            ask()
    assert desk.cache().offline() is None


def test_what_is_kept_however_old(desk: Desk) -> None:
    """For a search without a network."""
    desk.cache().list()
    desk.clock.sleep(3 * 86400)
    models, age = desk.cache().offline() or ((), "")
    assert ([model.id for model in models], age) == (["own/Fox.1", "owl"], "3 days")


def test_one_model_out_of_a_fresh_list(desk: Desk) -> None:
    """Whole, without being asked for."""
    desk.cache().list()
    assert desk.cache().get("own/Fox.1") == Model.from_json(FOX)
    assert desk.server.asked == ["list"]


def test_one_model_without_a_list(desk: Desk) -> None:
    """Only it is asked for, and kept; its tag is used later."""
    assert [desk.cache().get("own/Fox.1") for _ in range(2)] == [Model.from_json(FOX)] * 2
    desk.clock.sleep(TIME_TO_LIVE)
    assert desk.cache().get("own/Fox.1") == Model.from_json(FOX)
    desk.clock.sleep(TIME_TO_LIVE - 1)
    assert desk.cache().get("own/Fox.1") == Model.from_json(FOX)
    assert [one[:16] for one in desk.server.asked] == ["own/Fox.1", "own/Fox.1 unless"]


def test_a_model_that_the_list_does_not_have(desk: Desk) -> None:
    """May be there all the same: the server is asked, and what it says is kept."""
    desk.cache().list()
    assert [desk.cache().get("removed") for _ in range(2)] == [Model.from_json(GONE)] * 2
    assert desk.server.asked == ["list", "removed"]


def test_the_newer_of_two_copies_counts(desk: Desk) -> None:
    """The list's, or its own."""
    desk.cache().get("owl")
    desk.clock.sleep(TIME_TO_LIVE - 10)
    desk.server.listed = [{**OWL, "summary": "newer"}]
    desk.cache().list()
    assert desk.cache().get("owl").summary == "newer"
    desk.clock.sleep(20)
    assert desk.cache().get("owl").summary == "newer"


def test_an_unknown_id_is_called_so_by_the_server_alone(desk: Desk) -> None:
    """What is kept is left alone then."""
    desk.cache().list()
    with pytest.raises(NotFoundError):
        desk.cache().get("nobody")
    assert desk.ids() == ["own/Fox.1", "owl"]
    assert desk.server.asked == ["list", "nobody"]


def test_a_model_that_is_there_no_more(desk: Desk) -> None:
    """Takes everything with it: so old is what is kept."""
    desk.cache().get("owl")
    desk.clock.sleep(TIME_TO_LIVE)
    desk.server.known = []
    with pytest.raises(NotFoundError):
        desk.cache().get("owl", stale=True)
    assert list(desk.folder.iterdir()) == []


def test_an_old_model_is_served_only_where_that_is_allowed(desk: Desk) -> None:
    """A paid command wants the price of now."""
    desk.cache().list()
    desk.clock.sleep(2 * 86400)
    desk.server.failure = TemporaryError("no network")
    with pytest.raises(TemporaryError):
        desk.cache().get("owl")
    assert desk.cache().get("owl", stale=True) == Model.from_json(OWL)
    assert desk.notes == ["  what is known of owl is 2 days old: the server cannot be reached"]


def test_a_model_of_two_names(desk: Desk) -> None:
    """Is kept under the one that was asked for."""
    desk.server.known = [{"id": "uuid-1"}]
    answer = Fetched(Model.from_json(OWL))
    desk.server.get_unless = lambda name, etag, /, *, patient: (desk.server.asked.append(name), answer)[1]  # type: ignore[method-assign, func-returns-value]
    assert [desk.cache().get("uuid-1").id for _ in range(2)] == ["owl", "owl"]
    assert desk.server.asked == ["uuid-1"]


def test_forgetting(desk: Desk) -> None:
    """After a change of ours everything is asked for again."""
    desk.cache().list()
    desk.cache().get("removed")
    desk.cache().forget()
    desk.cache().list()
    desk.cache().get("removed")
    assert desk.server.asked == ["list", "removed"] * 2


def test_the_two_generations_of_the_api_are_kept_apart(desk: Desk) -> None:
    """Their rows differ."""
    desk.cache().list()
    desk.api = "2026-04"
    desk.server.listed = [{"name": "older"}]
    assert desk.ids() == ["older"]
    desk.api = "current"
    assert desk.ids() == ["own/Fox.1", "owl"]


def test_a_damaged_file_is_fetched_anew(desk: Desk) -> None:
    """Without a word."""
    desk.cache().list()
    (path,) = desk.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert desk.ids() == ["own/Fox.1", "owl"]
    assert (desk.server.asked, desk.notes) == (["list", "list"], [])
    assert Snapshot.read(path) is not None


@pytest.mark.parametrize("name", ["x" * 300, "\ud800", "a\0b", "..", "/"])
def test_an_id_that_no_file_can_have(desk: Desk, name: str) -> None:
    """Is asked for each time, or kept under another name; never outside the folder."""
    desk.server.known = [{"id": name}]
    assert desk.cache().get(name).id == name
    assert {path.parent for path in desk.folder.parent.rglob("*.models")} <= {desk.folder}


def test_a_folder_that_takes_nothing(desk: Desk) -> None:
    """Costs a question each time, no more; the hook hears of what was kept only."""
    desk.folder.parent.parent.mkdir(exist_ok=True)
    desk.folder.parent.touch()
    assert desk.ids() == desk.ids() == ["own/Fox.1", "owl"]
    assert (desk.server.asked, desk.changes) == (["list", "list"], [])


def test_a_hook_that_fails_is_no_failure(desk: Desk) -> None:
    """What it writes can be written another time."""

    def fail(_: Sequence[Model]) -> None:
        raise OSError

    cache = ModelCache(
        desk.folder,
        api=lambda: "current",
        remote=lambda: desk.server,
        now=desk.clock.now,
        note=desk.notes.append,
        row=lambda model: (model.id,),
        on_change=fail,
    )
    assert len(cache.list()) == 2


def test_nobody_waits_long_who_has_an_old_answer(desk: Desk) -> None:
    """Where it will do: not with ``refresh``, and not where money depends on it."""
    desk.cache().list()
    desk.cache().get("removed", stale=True)
    desk.clock.sleep(TIME_TO_LIVE)
    for ask in (
        desk.cache().list,
        lambda: desk.cache().list(refresh=True),
        lambda: desk.cache().get("removed"),
        lambda: desk.cache().get("removed", stale=True, refresh=True),
    ):
        ask()
    desk.clock.sleep(TIME_TO_LIVE)
    desk.cache().get("removed", stale=True)
    assert desk.server.patient == [True, True, False, True, True, True, False]


def test_whoever_lost_the_list_is_told_again(desk: Desk) -> None:
    """From what is kept, whether that is fresh or the server says that it is still right; with all of it."""
    desk.server.tags = True
    desk.cache().list()
    desk.told = False
    desk.cache().list()
    desk.clock.sleep(TIME_TO_LIVE)
    desk.cache().list()
    desk.told = True
    desk.cache().list()
    assert [[model.schema for model in models] for models in desk.changes] == [
        [FOX["request_schema"], OWL["request_schema"]]
    ] * 3
    assert [asked.split()[:2] for asked in desk.server.asked] == [["list"], ["list", "unless"]]
