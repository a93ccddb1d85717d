"""The file that keeps models."""

import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given, strategies

from inference_cli.api.records import Model
from inference_cli.catalogue.snapshot import Snapshot, forget, store, sweep

ROWS = (
    {
        "id": "own/Fox.1",
        "display_name": "Füchse",
        "capabilities": {"input": ["text"], "output": ["image"]},
        "request_schema": {"type": "object"},
        "showcase": {"tagline": "x"},
    },
    {"name": "older", "json_request_schema": {"type": "object", "properties": {}}},
)
MODELS = tuple(map(Model.from_json, ROWS))
SNAPSHOT = Snapshot.of(MODELS, fetched=1000.5, etag='"v1"')


def test_what_was_kept_is_read(tmp_path: Path) -> None:
    """Time, tag and every model, all that the server said included."""
    assert store(tmp_path / "new" / "list.models", SNAPSHOT)
    read = Snapshot.read(tmp_path / "new" / "list.models")

    assert read is not None
    assert (read.fetched, read.etag, read.asked) == (1000.5, '"v1"', None)
    assert read.whole() == MODELS
    assert (read.get("older"), read.get("nobody")) == (MODELS[1], None)


def test_the_short_rows_have_no_schema(tmp_path: Path) -> None:
    """What a list shows is there."""
    store(tmp_path / "list.models", SNAPSHOT)
    read = Snapshot.read(tmp_path / "list.models")

    assert read is not None
    assert [(model.id, model.display_name, model.outputs, model.schema) for model in read.listed()] == [
        ("own/Fox.1", "Füchse", ("image",), None),
        ("older", None, (), None),
    ]


def test_the_same_models_with_another_time() -> None:
    """After the server called them unchanged."""
    again = SNAPSHOT.again(2000.0, None)

    assert (again.fetched, again.etag, again.whole()) == (2000.0, None, MODELS)


def test_it_is_private(tmp_path: Path) -> None:
    """Nobody else reads which models somebody has."""
    path = tmp_path / "new" / "list.models"
    store(path, SNAPSHOT)

    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert os.listdir(path.parent) == ["list.models"]  # noqa: PTH208 - names are the point


def test_readers_need_no_lock(tmp_path: Path) -> None:
    """While several write, every look finds a whole file, the one before or the one after."""
    path = tmp_path / "list.models"
    store(path, SNAPSHOT)
    kept: list[bool] = []

    def rewrite(start: int) -> None:
        kept.extend(store(path, SNAPSHOT.again(start + step, None)) for step in range(30))

    writers = [threading.Thread(target=rewrite, args=(start,)) for start in (2000, 3000, 4000)]
    for writer in writers:
        writer.start()
    seen = [Snapshot.read(path)]
    while any(writer.is_alive() for writer in writers):
        seen.append(Snapshot.read(path))
    for writer in writers:
        writer.join()

    assert kept == [True] * 90
    assert all(one is not None and one.whole() == MODELS for one in seen)
    assert list(tmp_path.iterdir()) == [path]


@given(strategies.data())
def test_a_damaged_file_is_not_there(data: strategies.DataObject) -> None:
    """Whichever byte is another one, and wherever it ends; nothing crashes."""
    whole = SNAPSHOT.data
    place = data.draw(strategies.integers(0, len(whole) - 1))
    byte = data.draw(strategies.integers(0, 255).filter(lambda one: one != whole[place]))
    damaged = [whole[:place], whole[:place] + bytes([byte]) + whole[place + 1 :]]
    assert [Snapshot.parse(one) for one in damaged] == [None, None]


@pytest.mark.parametrize("data", [b"", b"{}", b"inference models 0 00000000\n{}", b"inference models 1 a3a6bf43\n{}"])
def test_another_format_is_not_there(tmp_path: Path, data: bytes) -> None:
    """An older one, none at all, or one of ours that says nothing."""
    path = tmp_path / "list.models"
    path.write_bytes(data)

    assert Snapshot.read(path) is None


def test_what_is_no_file_is_not_there(tmp_path: Path) -> None:
    """Nothing, a folder, a pipe that nobody writes to."""
    os.mkfifo(tmp_path / "pipe")

    assert [Snapshot.read(tmp_path / name) for name in ("nothing", ".", "pipe")] == [None] * 3


def test_a_disk_that_does_not_take_it(tmp_path: Path) -> None:
    """Nothing was kept, and nothing fails."""
    (tmp_path / "file").touch()

    assert not store(tmp_path / "file" / "list.models", SNAPSHOT)


def test_forgetting(tmp_path: Path) -> None:
    """Every snapshot in the folder, nothing else; a folder that is not there has none."""
    store(tmp_path / "mine" / "list.models", SNAPSHOT)
    (tmp_path / "mine" / "notes.txt").touch()
    store(tmp_path / "other" / "list.models", SNAPSHOT)
    forget(tmp_path / "mine")
    forget(tmp_path / "nothing")

    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert left == ["mine/notes.txt", "other/list.models"]


def test_sweeping(tmp_path: Path) -> None:
    """What is older than a month goes, a writer's remains after a day; ages count from the newest file."""
    ages = {"mine/list.models": 0, "mine/one.models": 29, "old/list.models": 31, "mine/.x.tmp": 2, "mine/.y.tmp": 0.5}
    for name, days in ages.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.utime(path, (5e8 - days * 86400,) * 2)
    sweep(tmp_path, tmp_path / "mine" / "list.models")

    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "mine",
        "mine/.y.tmp",
        "mine/list.models",
        "mine/one.models",
    ]
