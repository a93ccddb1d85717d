"""Direct calls whose answer breaks: what came whole before is a result, and only the rest is missing."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from inference_cli.errors import DamagedError, InferenceError, LocalError, UnknownOutcomeError
from inference_cli.jobs.doubts import open_doubts
from inference_cli.jobs.order import Body
from inference_cli.jobs.reconcile import Finding, Verdict, claim
from inference_cli.jobs.updates import Result
from tests.support.fakes import Story, cut, link, sha256, story
from tests.support.jobs import Scene, order_for, scene
from tests.support.samples import gif, jpeg, png

FOXES = (png(), jpeg(), png(4, 4))
THREE = Body({"model": "fox-1", "prompt": "a red fox", "n": 3}, 3, 1)
TORN = "the connection broke after the request was sent"


def lost() -> UnknownOutcomeError:
    """The error of an answer that was cut."""
    return UnknownOutcomeError(TORN)


def requests(made: Scene) -> list[tuple[str, str | None]]:
    """State and doubt of all intents."""
    with closing(sqlite3.connect(made.journal.path)) as connection:
        return connection.execute("SELECT state, error FROM intents ORDER BY number").fetchall()


def kept(made: Scene) -> list[tuple[int, str, str, str | None, bool]]:
    """Number, state, word, file name and directness of all generations, the oldest first."""
    return [
        (one.n, one.state, one.status, one.file.name if one.file else None, one.direct)
        for one in reversed(made.journal.recent())
    ]


def test_pictures_before_the_one_that_was_cut_are_results(tmp_path: Path) -> None:
    """Published, in the journal, and not among what is missing: of three only the third has an unknown outcome."""
    with scene(tmp_path, answers=[cut(lost(), *FOXES[:2], piece=FOXES[2][:30])]) as made:
        made.run(order_for(THREE, target=f"{tmp_path}/out/fox-{{n}}.{{ext}}", route="generate"))
        assert made.files == ["fox-1.png", "fox-2.jpg"]
        assert made.last["2"].result == Result(
            generation_id=None,
            status="succeeded",
            path=made.folder / "fox-2.jpg",
            bytes=len(FOXES[1]),
            sha256=sha256(FOXES[1]),
            format="jpeg",
            width=16,
            height=8,
        )
        assert made.errors == {"3": (8, TORN)}
        error = made.last["3"].error
        assert error is not None
        (detail,) = error.details
        assert detail.startswith(
            "The rest is not in the server's list after 29 s, which may not show direct generations"
        )
        assert requests(made) == [("unknown", TORN)]
        assert kept(made) == [
            (1, "downloaded", "succeeded", "fox-1.png", True),
            (2, "downloaded", "succeeded", "fox-2.jpg", True),
        ]
        assert made.client.calls.count("generate") == 1


def test_an_answer_that_was_cut_after_its_last_picture_misses_nothing(tmp_path: Path) -> None:
    """All that was asked for is on disk: nothing is looked for, and what comes next is sent."""
    one = Body({"n": 1}, 1, 4)
    with scene(tmp_path, answers=[cut(lost(), *FOXES), cut(lost(), FOXES[0])]) as made:
        made.run(order_for(THREE, one, target=f"{tmp_path}/out/fox-{{n}}.{{ext}}", route="generate"))
        assert (made.errors, made.notes) == ({}, [])
        assert made.files == ["fox-1.png", "fox-2.jpg", "fox-3.png", "fox-4.png"]
        assert requests(made) == [("accepted", None), ("accepted", None)]
        assert "pages None" not in made.client.calls


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), 11),
        (LocalError("the result is larger than --max-size (9 bytes)"), 11),
        (DamagedError("the inline media is not valid base64"), 12),
    ],
)
def test_a_full_disk_at_the_third_leaves_the_first_two(tmp_path: Path, error: Exception, code: int) -> None:
    """They are results; the third was made, and paid for, and is not on this disk."""
    with scene(tmp_path, answers=[cut(error, *FOXES[:2], piece=FOXES[2][:30])]) as made:
        made.run(order_for(THREE, target=f"{tmp_path}/out/fox-{{n}}.{{ext}}", route="generate"))
        assert {key: one[0] for key, one in made.errors.items()} == {"3": code}
        assert made.files == ["fox-1.png", "fox-2.jpg"]
        assert requests(made) == [("accepted", None)]
        assert [row[1:4] for row in kept(made)] == [
            ("downloaded", "succeeded", "fox-1.png"),
            ("downloaded", "succeeded", "fox-2.jpg"),
            ("accepted", "lost", None),
        ]


@pytest.mark.parametrize("error", [lost(), LocalError("too large")])
def test_a_picture_whose_end_did_not_come_is_no_result(tmp_path: Path, error: InferenceError) -> None:
    """However whole it looks: more of it may have been to come. It is kept under another name, and named."""
    with scene(tmp_path, answers=[cut(error, piece=gif())]) as made:
        made.run(order_for(target=f"{tmp_path}/out/fox.gif", route="generate"))
        (name,) = made.files
        told = made.last["1"].error
        assert told is not None
        assert told.details[0] == f"kept for a look: {made.folder / name}"
        assert name.startswith(".fox.")
        assert name.endswith(".part.bad")
        assert (made.folder / name).read_bytes() == gif()


def test_a_piece_for_stdout_is_kept_nowhere(tmp_path: Path) -> None:
    """Nothing goes out, and nothing is said to lie in a folder that is removed."""
    stdout = io.BytesIO()
    with scene(tmp_path, answers=[cut(LocalError("too large"), piece=gif())], stdout=stdout) as made:
        made.run(order_for(target="-", route="generate"))
        assert (stdout.getvalue(), made.files, made.errors) == (b"", [], {"1": (11, "too large")})
        told = made.last["1"].error
        assert told is not None
        assert told.details == ()


def test_a_picture_that_came_damaged_is_12_and_not_looked_for(tmp_path: Path) -> None:
    """Its closing quote came: the server sent it so, as in an answer that is whole."""
    with scene(tmp_path, answers=[cut(lost(), FOXES[0][:-4])]) as made:
        made.run(order_for(target=f"{tmp_path}/out/fox.png", route="generate"))
        assert made.errors["1"][0] == 12
        assert [name.endswith(".part.bad") for name in made.files] == [True]


def test_stdout_gets_what_came(tmp_path: Path) -> None:
    """-o - of an answer that was cut after its only picture."""
    stdout = io.BytesIO()
    with scene(tmp_path, answers=[cut(lost(), FOXES[0])], stdout=stdout) as made:
        made.run(order_for(target="-", route="generate"))
        assert (stdout.getvalue(), made.errors, made.files) == (FOXES[0], {}, [])


def test_a_journal_that_fails_after_the_answer_was_cut_loses_no_picture(tmp_path: Path) -> None:
    """They are published all the same; which was paid for is said once."""
    with scene(tmp_path, answers=[]) as made:
        answer = cut(lost(), *FOXES[:2])

        def breaking(sink: object) -> object:
            made.journal.path.unlink()
            made.journal.path.mkdir()
            made.journal.close()
            return answer(sink)  # type: ignore[arg-type] # the sink is only handed on

        made.client.script_direct(breaking)
        made.run(order_for(THREE, target=f"{tmp_path}/out/fox-{{n}}.{{ext}}", route="generate"))
        assert {"fox-1.png", "fox-2.jpg"} <= set(made.files)
        assert made.errors["3"] == (8, TORN)


# ------------------------------------------------------------------------- a server that lists what it made directly


def listed(*ids: str) -> dict[str, Story]:
    """Red foxes that the server lists from the request on."""
    return {one: story(one, (0, "succeeded"), model_name="fox-1", prompt="a red fox") for one in ids}


def test_what_the_list_shows_of_it_is_not_kept_twice(tmp_path: Path) -> None:
    """All three are its own: two have the bytes of files that are here, which get their ids; one is fetched."""
    files = {link(name): data for name, data in zip("abc", FOXES, strict=True)}
    answers = [cut(lost(), *FOXES[:2], piece=FOXES[2][:30])]
    with scene(tmp_path, answers=answers, stories=listed("a", "b", "c"), unborn=["a", "b", "c"], files=files) as made:
        made.run(order_for(THREE, target=f"{tmp_path}/out/fox.png", route="generate"))
        assert (made.errors, made.files) == ({}, ["fox-1.png", "fox-2.png", "fox-3.png"])
        assert requests(made) == [("accepted", TORN)]
        assert {one.id: (one.file.name if one.file else None) for one in made.journal.recent()} == {
            "a": "fox-1.png",
            "b": "fox-2.png",
            "c": "fox-3.png",
        }


def test_a_list_that_shows_less_proves_nothing_of_the_third(tmp_path: Path) -> None:
    """One row, which is the second picture: the third is still unknown, and the request is looked for again later."""
    answers = [cut(lost(), *FOXES[:2])]
    with scene(tmp_path, answers=answers, stories=listed("b"), unborn=["b"], files={link("b"): FOXES[1]}) as made:
        made.run(order_for(THREE, target=f"{tmp_path}/out/fox.png", route="generate"))
        assert made.files == ["fox-1.png", "fox-2.png"]
        assert made.errors == {"3": (8, TORN)}
        assert requests(made) == [("unknown", TORN)]
        assert [(one.direct, one.file and one.file.name) for one in reversed(made.journal.recent())] == [
            (True, "fox-1.png"),
            (False, "fox-2.png"),
        ]


def test_what_came_was_accepted_whatever_a_person_says_of_the_list(tmp_path: Path) -> None:
    """That none of the rows is its own cannot mean that it was not sent: it stays in the budget."""
    with scene(tmp_path, answers=[cut(lost(), *FOXES[:2])]) as made:
        made.run(order_for(THREE, target=made.target, route="generate"))
        (doubt,) = open_doubts(made.journal)
        assert claim(made.journal, Finding(doubt, Verdict.AMBIGUOUS), ()).verdict is Verdict.FEWER
        assert requests(made) == [("accepted", TORN)]
