"""What a command had received inside an answer when it was killed or stopped, taken up by a later one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from inference_cli.clock import ManualClock
from inference_cli.errors import DamagedError, InferenceError
from inference_cli.jobs.inside import identity_of, place_of, rescue
from inference_cli.jobs.interrupted import lost_inside
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.kept import Intent
from inference_cli.jobs.naming import OutputSpec, stem
from inference_cli.jobs.order import Body
from inference_cli.jobs.parts import Part
from inference_cli.jobs.stop import Stop
from inference_cli.jobs.updates import Result, Update
from tests.support.fakes import FakeClient, FakeMedia, sha256
from tests.support.jobs import journal_in, order_for
from tests.support.samples import gif, jpeg, png

THREE = Body({"model": "fox-1", "prompt": "a red fox", "n": 3}, 3, 1, seed=7)
TARGET = "{n}-{model}-{seed}-{slug}-{id}.{ext}"  # all that a name may be made of


@contextmanager
def left(folder: Path, *, spec: OutputSpec | None = None, answered: bool = False) -> Iterator[tuple[Journal, Intent]]:
    """A journal whose command ended in the middle of a direct request for three, and that request."""
    results = folder / "out"
    results.mkdir(exist_ok=True)
    order = order_for(THREE, spec=spec or OutputSpec(f"{results}/{TARGET}"), route="generate")
    with journal_in(folder) as killed:
        (intent,) = killed.plan(order, cwd=folder)
        killed.sending(intent)
        if answered:
            ids = [identity_of(intent, index) for index in range(3)]
            killed.accepted(intent, ids, direct=True, status="succeeded")
    with journal_in(folder) as journal:
        journal.settle()
        yield journal, intent


def received(folder: Path, intent: Intent, index: int, data: bytes, *, ended: bool = True) -> Path:
    """What the command that is gone had made of an output; its file."""
    spec = OutputSpec(f"{folder}/out/{TARGET}")
    where, name = place_of(intent, index, spec, total=3, model="fox-1", prompt="a red fox").name("")
    with Part(where, stem(name), identity_of(intent, index)) as part:
        sink = part.sink(now=5.0)
        sink.write(data)
        if ended:
            sink.close()
        return part.path


def rescued(journal: Journal) -> list[Update]:
    """What a later command makes of it."""
    clock = ManualClock()
    client, media = cast(Any, FakeClient(clock)), cast(Any, FakeMedia())
    return list(rescue(client=client, media=media, journal=journal, clock=clock, stop=Stop()))


def files(folder: Path) -> list[str]:
    """What is in the folder for results, hidden files included."""
    return sorted(path.name for path in (folder / "out").iterdir())


def states(folder: Path) -> list[str]:
    """The states of all intents."""
    with closing(sqlite3.connect(folder / "journal.sqlite3")) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM intents ORDER BY number")]


def errors(updates: list[Update]) -> list[InferenceError]:
    """Those that failed."""
    return [update.error for update in updates if update.error is not None]


def test_what_came_whole_is_saved_and_a_piece_is_removed(tmp_path: Path) -> None:
    """Under the names that the command wanted; the journal knows them, and of the rest nothing is known."""
    with left(tmp_path) as (journal, intent):
        received(tmp_path, intent, 0, png())
        received(tmp_path, intent, 1, jpeg())
        received(tmp_path, intent, 2, png()[:30], ended=False)
        first, second = rescued(journal)
        ids = [identity_of(intent, index) for index in range(3)]
        names = [f"1-fox-1-7-a-red-fox-{ids[0][:8]}.png", f"2-fox-1-7-a-red-fox-{ids[1][:8]}.jpg"]
        assert files(tmp_path) == names
        assert first.result == Result(
            generation_id=None,
            status="succeeded",
            path=tmp_path / "out" / names[0],
            bytes=len(png()),
            sha256=sha256(png()),
            seed=7,
            format="png",
            width=3,
            height=2,
        )
        assert (first.key, second.key) == (ids[0], ids[1])
        assert states(tmp_path) == ["unknown"]
        assert [(one.id, one.n, one.state) for one in reversed(journal.recent())] == [
            (ids[0], 1, "downloaded"),
            (ids[1], 2, "downloaded"),
        ]
        assert rescued(journal) == []


def test_all_that_was_asked_for_settles_the_request(tmp_path: Path) -> None:
    """Also when it comes to light in two steps; more than was asked for is saved too."""
    with left(tmp_path) as (journal, intent):
        for index in (0, 1):
            received(tmp_path, intent, index, png())
        assert len(rescued(journal)) == 2
        for index in (2, 3):
            received(tmp_path, intent, index, png())
        assert len(rescued(journal)) == 2
        assert (states(tmp_path), len(files(tmp_path))) == (["accepted"], 4)


def test_C30_killed_between_the_answer_and_its_files(tmp_path: Path) -> None:
    """The journal knows that they came: they are saved, and only one that is not there is lost."""
    with left(tmp_path, answered=True) as (journal, intent):
        for index in (0, 1):
            received(tmp_path, intent, index, png())
        assert [update.phase.value for update in rescued(journal)] == ["saved", "saved"]
        assert lost_inside(journal) == ["a red fox"]
        assert [one.state for one in reversed(journal.recent())] == ["downloaded", "downloaded", "vanished"]
        assert rescued(journal) == []


def test_a_piece_that_looks_whole_is_kept_for_a_look(tmp_path: Path) -> None:
    """Its end did not come: it gets no name as a result, and it is not deleted either."""
    with left(tmp_path) as (journal, intent):
        part = received(tmp_path, intent, 0, gif(), ended=False)
        (error,) = errors(rescued(journal))
        assert isinstance(error, DamagedError)
        assert (error.message, error.details) == (
            "the end of the result did not come",
            (f"kept for a look: {part}.bad",),
        )
        assert files(tmp_path) == [f"{part.name}.bad"]
        assert journal.recent() == ()


def test_a_damaged_result_is_kept_for_a_look(tmp_path: Path) -> None:
    """There is nothing to fetch it again from."""
    with left(tmp_path) as (journal, intent):
        part = received(tmp_path, intent, 0, png()[:-4])
        (error,) = errors(rescued(journal))
        assert (int(error.exit_code), error.details) == (12, (f"kept for a look: {part}.bad",))
        assert files(tmp_path) == [f"{part.name}.bad"]


def test_a_command_that_still_runs_keeps_its_files(tmp_path: Path) -> None:
    """It saves them itself."""
    (tmp_path / "out").mkdir()
    with journal_in(tmp_path) as running, journal_in(tmp_path) as journal:
        (intent,) = running.plan(order_for(THREE, target=f"{tmp_path}/out/{TARGET}", route="generate"), cwd=tmp_path)
        running.sending(intent)
        running.unknown(intent, "stopped")
        part = received(tmp_path, intent, 0, png())
        assert rescued(journal) == []
        assert files(tmp_path) == [part.name, f"{part.name}.json"]


def test_a_name_that_is_taken_is_not_replaced(tmp_path: Path) -> None:
    """As by the command itself."""
    with left(tmp_path) as (journal, intent):
        received(tmp_path, intent, 0, png())
        name = f"1-fox-1-7-a-red-fox-{identity_of(intent, 0)[:8]}"
        (tmp_path / "out" / f"{name}.png").write_bytes(b"mine")
        rescued(journal)
        assert files(tmp_path) == [f"{name}-1.png", f"{name}.png"]
        assert (tmp_path / "out" / f"{name}.png").read_bytes() == b"mine"


@pytest.mark.parametrize("sidecar", ["", "{", '{"id": "other", "size": 3}'])
def test_what_nobody_can_tell_the_origin_of_is_left_alone(tmp_path: Path, sidecar: str) -> None:
    """A sidecar that is torn, or another generation's."""
    with left(tmp_path) as (journal, intent):
        part = received(tmp_path, intent, 0, png())
        part.with_name(part.name + ".json").write_text(sidecar)
        assert rescued(journal) == []
        assert part.read_bytes() == png()


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    """It is said, and the others are saved (fault D16)."""
    with left(tmp_path) as (journal, intent):
        part = received(tmp_path, intent, 0, png())
        received(tmp_path, intent, 1, png())
        part.unlink()
        part.symlink_to(tmp_path / "journal.sqlite3")
        first, second = rescued(journal)
        assert first.error is not None
        assert (int(first.error.exit_code), second.phase.value) == (11, "saved")
        assert part.is_symlink()


@pytest.mark.parametrize("spec", [OutputSpec(stdout=True), OutputSpec("/nowhere/fox.png")])
def test_where_no_part_can_be_there_is_nothing(tmp_path: Path, spec: OutputSpec) -> None:
    """Standard output, or a folder that is gone."""
    with left(tmp_path, spec=spec) as (journal, _):
        assert rescued(journal) == []
