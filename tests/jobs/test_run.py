"""Orders carried out: what is sent, what is kept, what is on disk, and what a failure costs."""

import io
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from inference_cli.api.records import Output
from inference_cli.errors import (
    DamagedError,
    InferenceError,
    Interrupted,
    LocalError,
    PartialError,
    RefusedError,
    SpendingError,
    TemporaryError,
    TimeoutPassed,
    UnknownOutcomeError,
    UsageError,
)
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.order import Body, Route
from inference_cli.jobs.updates import Phase, Result
from tests.support.fakes import Served, cut, inline, link, sha256, story
from tests.support.jobs import Scene, order_for, scene
from tests.support.samples import png

PICTURE = png()
DOWN = [(0.0, 1e9, TemporaryError("the server is down"))]
LOST = UnknownOutcomeError("the connection broke after the request was sent")


def states(made: Scene) -> list[str]:
    """The states of all intents."""
    with closing(sqlite3.connect(made.journal.path)) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM intents ORDER BY number")]


def two(**fields: Any) -> tuple[Body, Body]:
    """Two requests for one output each."""
    return Body({"n": 1, **fields}, 1, 1), Body({"n": 2, **fields}, 1, 2)


# ------------------------------------------------------------------------------------------- the queue


def test_the_queue_from_the_request_to_the_files(tmp_path: Path) -> None:
    """-n 2 -o waves.mp4 is one request; each output is told from sending to saved under one key."""
    lives = {name: story(name, (0, "queued"), (1, "succeeded")) for name in ("a", "b")}
    body = Body({"model": "fox-1", "num_generations": 2}, 2, 1)
    with scene(tmp_path, stories=lives, enqueued=[["a", "b"]]) as made:
        told = made.run(order_for(body, target=f"{tmp_path}/out/waves.png", namespace="lab"))
        assert [entry for entry in told if entry[0] == "2"] == [
            ("2", "sending", ""),
            ("2", "queued", "queued"),
            ("2", "succeeded", "succeeded"),
            ("2", "downloading", "succeeded"),
            ("2", "saved", "succeeded"),
        ]
        assert made.files == ["waves-1.png", "waves-2.png"]
        assert made.client.bodies == [{"model": "fox-1", "num_generations": 2}]
        assert made.client.calls[1] == "list lab"
        assert [update.label for update in made.last.values()] == ["waves-1", "waves-2"]
        assert made.clock.slept[0] == pytest.approx(0.3)
        assert states(made) == ["accepted"]


def test_ids_are_kept_before_anything_is_said(tmp_path: Path) -> None:
    """--no-wait: the last update of each output has its id, which the journal has already."""
    with scene(tmp_path, enqueued=[["a"], ["b"]]) as made:
        made.run(order_for(*two(), target=made.target), wait=False)
        assert [(key, update.generation_id, update.phase) for key, update in made.last.items()] == [
            ("1", "a", Phase.QUEUED),
            ("2", "b", Phase.QUEUED),
        ]
        assert made.last["1"].result == Result("a", "queued")
        assert [kept.id for kept in made.journal.pending()] == ["b", "a"]
        assert made.client.calls == ["enqueue", "enqueue"]


def test_C15_a_lost_answer_is_8_and_never_sent_again(tmp_path: Path) -> None:
    """The journal says unknown; the rest of the fan-out is not sent; a repetition is refused, unless --anyway."""
    with scene(tmp_path, enqueued=[LOST, ["x"]], outages=DOWN) as made:
        order = order_for(*two(), target=made.target)
        made.run(order)
        assert {key: code for key, (code, _) in made.errors.items()} == {"1": 8, "2": 7}
        assert [made.last[key].phase for key in "12"] == [Phase.UNKNOWN, Phase.FAILED]
        assert states(made) == ["unknown", "not_sent"]
        assert made.client.calls.count("enqueue") == 1
        made.run(order)
        assert isinstance(made.broken, UnknownOutcomeError)
        assert made.client.calls.count("enqueue") == 1
        made.run(order_for(target=made.target), wait=False, anyway=True)
        assert made.client.calls.count("enqueue") == 2


def test_C01_ids_in_a_broken_answer_are_followed(tmp_path: Path) -> None:
    """What could be read of the answer is in the journal and goes on; the rest stays an error."""
    lost = UnknownOutcomeError("the answer was cut", generation_ids=["a"])
    with scene(tmp_path, enqueued=[lost], stories={"a": story("a", (0, "succeeded"))}) as made:
        made.run(order_for(Body({}, 2, 1), target=made.target))
        assert made.last["1"].phase is Phase.SAVED
        assert made.errors == {"2": (8, "the answer was cut")}


def test_A31_a_refusal_with_ids_is_10(tmp_path: Path) -> None:
    """429 after a part was accepted: that part is followed."""
    some = PartialError("the server took only a part of the request", generation_ids=["a"])
    with scene(tmp_path, enqueued=[some], stories={"a": story("a", (0, "succeeded"))}) as made:
        made.run(order_for(Body({}, 3, 1), target=made.target))
        assert made.last["1"].phase is Phase.SAVED
        assert {key: code for key, (code, _) in made.errors.items()} == {"2": 10, "3": 10}


@pytest.mark.parametrize(
    "error", [RefusedError("no"), SpendingError("no credits"), TemporaryError("cannot connect"), UsageError("NaN")]
)
def test_a_refusal_is_final_and_keeps_its_code(tmp_path: Path, error: InferenceError) -> None:
    """Proved not accepted: 2, 5, 6 and 7 stay what they are, and may be repeated at once."""
    with scene(tmp_path, enqueued=[error, ["a"]]) as made:
        made.run(order_for(*two(), target=made.target))
        assert made.errors == dict.fromkeys("12", (error.exit_status, error.message))
        assert states(made) == ["refused", "not_sent"]
        made.run(order_for(target=made.target), wait=False)
        assert made.client.calls == ["enqueue"] * 2


def test_C25_fewer_or_more_ids_than_asked_for(tmp_path: Path) -> None:
    """What came is kept and followed; the difference is said."""
    lives = {name: story(name, (0, "succeeded")) for name in "abc"}
    with scene(tmp_path, enqueued=[["a"], ["b", "c"], []], stories=lives, unborn=["a", "b", "c"]) as made:
        made.run(order_for(Body({"x": 1}, 2, 1), target=f"{tmp_path}/out/fox.png"))
        assert made.errors == {"2": (10, "the server took 1 of 2 outputs")}
        assert made.files == ["fox-1.png"]
        made.run(order_for(Body({"x": 2}, 1, 1), target=f"{tmp_path}/out/owl.png"))
        assert made.notes == ["the server made 2 instead of 1"]
        assert made.files == ["fox-1.png", "owl-1.png", "owl-2.png"]
        assert [key for key in made.last if "+" in key] == ["1+1"]
        made.run(order_for(Body({"x": 3}, 1, 1), target=made.target))
        assert made.errors["1"][0] == 8
        assert states(made) == ["accepted", "accepted", "presumed_not_sent"]


def test_a_bug_in_the_middle_leaves_unknown(tmp_path: Path) -> None:
    """Nobody knows what the server saw: the journal says so, and the bug comes out."""
    with scene(tmp_path, enqueued=[ZeroDivisionError()], answers=[ZeroDivisionError()]) as made:
        with pytest.raises(ZeroDivisionError):
            made.run(order_for(target=made.target))
        with pytest.raises(ZeroDivisionError):
            made.run(order_for(target=made.target, route="generate"))
        assert states(made) == ["unknown", "unknown"]


def test_C10_ctrl_c_before_and_while_it_is_sent(tmp_path: Path) -> None:
    """Before: nothing is sent. While it is on its way: its ids are waited for, then the rest is not sent."""
    with scene(tmp_path, enqueued=[["a"], ["b"]]) as made:
        made.stop.request()
        made.run(order_for(*two(), target=made.target))
        assert isinstance(made.broken, Interrupted)
        assert made.broken.message == "stopped; nothing is running"
        assert (states(made), made.client.calls) == (["not_sent", "not_sent"], [])
    (tmp_path / "b").mkdir()
    with scene(tmp_path / "b", enqueued=[["a"], ["b"]]) as made:
        real = made.client.enqueue

        def interrupted(body: Any) -> Any:
            made.stop.request()
            return real(body)

        made.client.enqueue = interrupted  # type: ignore[method-assign] # the signal comes while the request runs
        made.run(order_for(*two(), target=made.target))
        assert made.broken is not None
        assert (made.broken.exit_status, made.broken.generation_ids) == (130, ("a",))
        assert made.broken.message == "One generation goes on without you"
        assert made.broken.hint == "Collect it:  inference queue wait a      Stop it:  inference queue cancel a"
        assert states(made) == ["accepted", "not_sent"]


def test_C14_a_time_limit_leaves_the_generation_running(tmp_path: Path) -> None:
    """124, with the way back; a later wait from anywhere puts the file where this command wanted it."""
    lives = {"a": story("a", (0, "queued"), (50, "succeeded"))}
    with scene(tmp_path, enqueued=[["a"]], stories=lives) as made:
        made.run(order_for(target=f"{tmp_path}/out/fox.png"), timeout=10.0)
        assert isinstance(made.broken, TimeoutPassed)
        from inference_cli.jobs.tracked import tracked_from_journal

        made.collect(tracked_from_journal(made.journal, ["a"]))
        assert made.files == ["fox.png"]


def test_a_result_that_cannot_be_fetched_is_not_7(tmp_path: Path) -> None:
    """7 would say: run it again, and pay again. It is 11: safe, and the hint fetches it."""
    files = {link("a"): Served(PICTURE, faults=[0] * 99), link("d"): Served(PICTURE, faults=[0] * 99)}
    lives = {"a": story("a", (0, "succeeded"))}
    with scene(tmp_path, enqueued=[["a"]], stories=lives, files=files, answers=[[Output(url=link("d"))]]) as made:
        routes: tuple[Route, ...] = ("queue", "generate")
        for route in routes:
            made.run(order_for(target=made.target, route=route))
            assert made.errors == {"1": (11, "the result could not be fetched: the connection broke")}
            error = made.last["1"].error
            assert error is not None
            assert (error.hint or "").startswith("Fetch it again:  inference queue download ")


# ---------------------------------------------------------------------------------------- direct calls


def test_a_direct_picture_behind_a_link(tmp_path: Path) -> None:
    """Sent, kept, downloaded, verified, published; the link is gone from the journal afterwards."""
    answer = [Output(url=link("d"), raw={"url": link("d"), "seed": 7})]
    with scene(tmp_path, answers=[answer], files={link("d"): PICTURE}) as made:
        told = made.run(order_for(Body({"p": 1}, 1, 1, seed=7), target=f"{tmp_path}/out/fox.png", route="generate"))
        assert told == [
            ("1", "sending", ""),
            ("1", "downloading", "succeeded"),
            ("1", "saved", "succeeded"),
        ]
        assert made.last["1"].result == Result(
            generation_id=None,
            status="succeeded",
            path=made.folder / "fox.png",
            bytes=len(PICTURE),
            sha256=sha256(PICTURE),
            seed=7,
            format="png",
            width=3,
            height=2,
            raw={"url": link("d"), "seed": 7},
        )
        (kept,) = made.journal.recent()
        assert (kept.direct, kept.state, kept.url) == (True, "downloaded", None)


def test_A21_inline_media_goes_straight_into_the_part_file(tmp_path: Path) -> None:
    """b64_json is never a link; the file is verified and published like any other."""
    with scene(tmp_path, answers=[inline(PICTURE)]) as made:
        made.run(order_for(target=f"{tmp_path}/out/fox.png", route="edit"))
        assert made.client.calls == ["edit"]
        assert (made.folder / "fox.png").read_bytes() == PICTURE
        assert made.media.asked == []
        assert made.files == ["fox.png"]


def test_inline_media_that_is_cut_is_12(tmp_path: Path) -> None:
    """Kept for a look, never under its name; there is no link to fetch it again by."""
    with scene(tmp_path, answers=[inline(PICTURE[:-4])]) as made:
        made.run(order_for(target=f"{tmp_path}/out/fox.png", route="generate"))
        assert made.errors["1"][0] == 12
        assert made.last["1"].error is not None
        assert made.last["1"].error.hint is None
        assert [name for name in made.files if not name.endswith(".part.bad")] == []


def test_several_direct_calls_are_several_intents(tmp_path: Path) -> None:
    """One POST per output, seeds 7 and 8, files fox-1 and fox-2; videos have a route of their own."""
    bodies = (Body({"seed": 7}, 1, 1, seed=7), Body({"seed": 8}, 1, 2, seed=8))
    answers = [[Output(url=link("d"))], [Output(url=link("e"))]]
    with scene(tmp_path, answers=answers) as made:
        made.run(order_for(*bodies, target=f"{tmp_path}/out/fox-{{seed}}.png", route="generate", kind="video"))
        assert made.files == ["fox-7.png", "fox-8.png"]
        assert made.client.bodies == [{"seed": 7}, {"seed": 8}]
        assert states(made) == ["accepted", "accepted"]


def test_a_direct_answer_with_fewer_or_more_outputs(tmp_path: Path) -> None:
    """Each output that came is saved; one that did not is 10."""
    several = [Output(url=link("d")), Output(url=link("e"))]
    with scene(tmp_path, answers=[several[:1], several]) as made:
        made.run(order_for(Body({"x": 1}, 2, 1), target=f"{tmp_path}/out/a.png", route="generate"))
        assert made.errors == {"2": (10, "the server answered with 1 of 2 outputs")}
        made.run(order_for(Body({"x": 2}, 1, 1), target=f"{tmp_path}/out/b.png", route="generate"))
        assert made.files == ["a-1.png", "b-2.png", "b.png"]


def test_A10_a_direct_call_without_an_answer_is_8(tmp_path: Path) -> None:
    """It has no id to come back to; what follows is not sent."""
    with scene(tmp_path, answers=[LOST, [Output(url=link("d"))]]) as made:
        made.run(order_for(*two(), target=made.target, route="generate"))
        assert made.errors == {
            "1": (8, "the connection broke after the request was sent"),
            "2": (7, "it was not sent, because the answer to another request was lost"),
        }
        assert states(made) == ["unknown", "not_sent"]
        assert made.last["1"].error is not None
        assert made.last["1"].error.hint == "Find out and collect it:  inference recover"


@pytest.mark.parametrize(
    ("error", "code", "state"),
    [
        (DamagedError("the picture is no base64"), 12, "accepted"),
        (OSError(28, "No space left on device"), 11, "accepted"),
        (UnknownOutcomeError("the answer was cut"), 8, "unknown"),
    ],
)
def test_media_that_breaks_off_inside_the_answer(tmp_path: Path, error: BaseException, code: int, state: str) -> None:
    """It was made, and paid for, unless nobody knows; no part file stays behind."""
    with scene(tmp_path, answers=[cut(error, piece=PICTURE[:9])]) as made:
        made.run(order_for(target=f"{tmp_path}/out/fox.png", route="generate"))
        assert (made.errors["1"][0], states(made), made.files) == (code, [state], [])


def test_a_direct_refusal_keeps_its_code(tmp_path: Path) -> None:
    """7 stays 7: the request proved not accepted."""
    with scene(tmp_path, answers=[TemporaryError("the server is asked too often")]) as made:
        made.run(order_for(target=made.target, route="generate"))
        assert made.errors == {"1": (7, "the server is asked too often")}
        assert states(made) == ["refused"]


def test_stdout_gets_a_direct_result(tmp_path: Path) -> None:
    """-o - writes the bytes and leaves no file."""
    stdout = io.BytesIO()
    with scene(tmp_path, answers=[inline(PICTURE)], stdout=stdout) as made:
        made.run(order_for(target="-", route="generate"))
        assert stdout.getvalue() == PICTURE
        assert made.last["1"].label
        assert made.files == []


def test_ctrl_c_before_a_direct_call(tmp_path: Path) -> None:
    """Nothing is sent."""
    with scene(tmp_path, answers=[]) as made:
        made.stop.request()
        made.run(order_for(target=made.target, route="generate"))
        assert (states(made), made.client.calls) == (["not_sent"], [])


# --------------------------------------------------------------------------------- before anything is sent


def test_D17_a_bad_target_sends_nothing(tmp_path: Path) -> None:
    """Exit 2 before the journal even has an intent."""
    with scene(tmp_path, enqueued=[["a"]]) as made:
        made.run(order_for(target=f"{tmp_path}/none/fox.png"))
        assert isinstance(made.broken, UsageError)
        assert made.client.calls == []
        assert states(made) == [] if made.journal.path.exists() else True


def test_E06_no_journal_no_request(tmp_path: Path) -> None:
    """11, and nothing sent."""
    with scene(tmp_path, enqueued=[["a"]]) as made:
        made.journal.path.mkdir()
        made.run(order_for(target=made.target))
        assert isinstance(made.broken, LocalError)
        assert made.client.calls == []


def test_a_journal_that_breaks_after_the_request_stops_nothing(tmp_path: Path) -> None:
    """What was paid for is fetched all the same, and a person is told; the part stays, to be found by whoever asks again."""
    with scene(
        tmp_path, enqueued=[["a"]], stories={"a": story("a", (0, "succeeded"))}, answers=[inline(PICTURE)]
    ) as made:
        real = made.client.enqueue

        def sabotaged(body: Any) -> Any:
            rows = real(body)
            made.journal.close()
            for file in made.journal.path.parent.glob("journal.sqlite3*"):
                if file.is_file():
                    os.unlink(file)  # noqa: PTH108 - brief
            made.journal.path.mkdir()
            return rows

        made.client.enqueue = sabotaged  # type: ignore[method-assign] # the disk breaks while the request runs
        made.run(order_for(target=f"{tmp_path}/out/fox.png"))
        assert [name for name in made.files if not name.startswith(".")] == ["fox.png"]
        assert (made.folder / "fox.png").stat().st_nlink == 2
        assert len({note.partition(";")[0] for note in made.notes if "cannot be written" in note}) == 1


def test_ids_that_could_not_be_kept_are_said_in_full(tmp_path: Path) -> None:
    """One failure of the disk is tried again; where it stays broken a person is given the ids themselves."""
    for failures, notes in ((1, 0), (2, 1)):
        (tmp_path / str(failures)).mkdir()
        with scene(tmp_path / str(failures), enqueued=[["a-whole-id"]]) as made:
            left, real = [failures], made.journal.accepted

            def failing(*given: Any, left: list[int] = left, real: Any = real, **named: Any) -> None:
                left[0] -= 1
                if left[0] >= 0:
                    raise LocalError("the journal cannot be written")
                real(*given, **named)

            made.journal.accepted = failing  # type: ignore[method-assign] # the disk breaks while the request runs
            made.run(order_for(target=made.target), wait=False)
            said = [
                note
                for note in made.notes
                if note == "the journal cannot be written; keep what it should have kept: a-whole-id"
            ]
            assert len(said) == notes
            assert states(made) == (["accepted"] if failures == 1 else ["sending"])


def test_no_clobber_pays_for_nothing_that_is_there(tmp_path: Path) -> None:
    """Outputs whose names are taken are not asked for; the others keep their numbers."""
    spec = OutputSpec(f"{tmp_path}/out/fox.png", no_clobber=True)
    with scene(tmp_path, answers=[inline(PICTURE)]) as made:
        (made.folder / "fox-1.png").write_bytes(b"old")
        assert made.run(order_for(*two(), spec=spec, route="generate"))[0] == ("1", "skipped", "skipped")
        assert made.files == ["fox-1.png", "fox-2.png"]
        assert made.client.bodies == [{"n": 2}]
        made.client.calls.clear()
        made.run(order_for(*two(), spec=spec, route="generate"))
        assert made.client.calls == []
        assert {update.phase for update in made.last.values()} == {Phase.SKIPPED}
