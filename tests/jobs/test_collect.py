"""Generations followed to their end, and their files."""

import io
import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.api.dialect import LEGACY
from inference_cli.api.failures import LinkExpired
from inference_cli.errors import DamagedError, Interrupted, NotFoundError, TemporaryError, TimeoutPassed, TokenError
from inference_cli.jobs.naming import OutputSpec, Place
from inference_cli.jobs.order import Body
from inference_cli.jobs.parts import Part, Source
from inference_cli.jobs.tracked import Tracked, tracked_from_journal
from inference_cli.jobs.updates import Phase, Result, Update
from tests.support.fakes import Served, Story, link, sha256, story
from tests.support.jobs import Scene, order_for, scene
from tests.support.samples import jpeg, png

PICTURE = png()


def asked_for(made: Scene, *ids: str, target: str | None = None, **fields: str) -> tuple[Tracked, ...]:
    """Generations that the journal knows from just now, all of one request."""
    order = order_for(Body({"ids": list(ids)}, len(ids), 1), target=target or made.target, **fields)  # type: ignore[arg-type] # kinds and models
    (intent,) = made.journal.plan(order, cwd=made.folder)
    made.journal.accepted(intent, ids, status="queued")
    return tracked_from_journal(made.journal, ids)


def test_a_generation_is_followed_to_its_file(tmp_path: Path) -> None:
    """Queued, processing, succeeded, downloading, saved; and the last word holds everything about the file."""
    life = story("g1", (0, "queued"), (1, "processing"), (3, "succeeded"), cost="0.01")
    with scene(tmp_path, stories={"g1": life}, files={link("g1"): PICTURE}) as made:
        tracked = asked_for(made, "g1", target=f"{tmp_path}/out/fox.png")
        assert made.collect(tracked) == [
            ("g1", "queued", "queued"),
            ("g1", "processing", "processing"),
            ("g1", "succeeded", "succeeded"),
            ("g1", "downloading", "succeeded"),
            ("g1", "saved", "succeeded"),
        ]
        last = made.last["g1"]
        assert last == Update(
            key="g1",
            label="fox",
            phase=Phase.SAVED,
            generation_id="g1",
            status="succeeded",
            elapsed=made.clock.monotonic(),
            received=len(PICTURE),
            total=len(PICTURE),
            result=Result(
                generation_id="g1",
                status="succeeded",
                path=made.folder / "fox.png",
                bytes=len(PICTURE),
                sha256=sha256(PICTURE),
                cost=Decimal("0.01"),
                format="png",
                width=3,
                height=2,
                raw={"generation_id": "g1", "status": "succeeded", "result_url": link("g1"), "cost": "0.01"},
            ),
        )
        assert (made.folder / "fox.png").read_bytes() == PICTURE
        assert made.files == ["fox.png"]
        kept = made.journal.get("g1")
        assert kept is not None
        assert (kept.state, kept.file, kept.sha256) == ("downloaded", made.folder / "fox.png", sha256(PICTURE))
        assert made.broken is None


def test_C09_what_is_here_already_is_not_fetched_again(tmp_path: Path) -> None:
    """A second wait finds the file without a request; --force, another place, or a changed file fetch it again."""
    with scene(tmp_path, stories={"g1": story("g1", (0, "succeeded"))}, files={link("g1"): PICTURE}) as made:
        made.collect(asked_for(made, "g1", target=f"{tmp_path}/out/fox.png"))
        made.client.calls.clear()
        assert made.collect(tracked_from_journal(made.journal, ["last"])) == [("g1", "saved", "queued")]
        assert (made.client.calls, made.notes) == ([], ["it was downloaded before"])
        assert made.last["g1"].result == Result(
            "g1", "queued", path=made.folder / "fox.png", bytes=len(PICTURE), sha256=sha256(PICTURE)
        )
        made.collect(tracked_from_journal(made.journal, ["g1"], OutputSpec(f"{tmp_path}/out/other.png")))
        made.collect(tracked_from_journal(made.journal, ["g1"], OutputSpec(force=True)))
        assert made.files == ["fox.png", "other.png"]
        (made.folder / "fox.png").write_bytes(b"mine")
        made.collect(tracked_from_journal(made.journal, ["g1"]))
        assert made.files == ["fox-1.png", "fox.png", "other.png"]


def test_C26_the_pauses_grow_and_one_list_call_serves_all(tmp_path: Path) -> None:
    """0.3 s and half as long again each time, up to 5 s for images; what left the list is on one page of the history."""
    stories = {f"g{n}": story(f"g{n}", (0, "queued"), (60, "succeeded")) for n in range(3)}
    with scene(tmp_path, stories=stories) as made:
        made.collect(asked_for(made, *stories))
        waits = [round(seconds / 0.9, 3) for seconds in made.clock.slept]
        assert waits[:8] == [0.3, 0.45, 0.675, 1.013, 1.519, 2.278, 3.417, 5.0]
        assert set(waits[8:]) == {5.0}
        assert set(made.client.calls[:-1]) == {"list None"}
        assert made.client.calls[-1] == "pages None"
        assert len(made.files) == 3


def test_C26_videos_are_asked_for_less_often_and_a_sandbox_always(tmp_path: Path) -> None:
    """Up to 30 s for videos; a fixed interval never changes."""
    with scene(tmp_path, stories={"g": story("g", (0, "processing"), (600, "succeeded"))}) as made:
        made.collect(asked_for(made, "g", kind="video"))
        assert max(made.clock.slept) == pytest.approx(27.0)
        made.clock.slept.clear()
        made.client.stories["h"] = story("h", (0, "processing"), (700, "succeeded"))
        made.collect(asked_for(made, "h", kind="video"), fixed_interval=0.3)
        assert {round(seconds, 6) for seconds in made.clock.slept} == {0.3}


def test_many_that_ended_are_found_in_the_history(tmp_path: Path) -> None:
    """Instead of one call each (fault C26); those that are not there are asked for by id (fault C5)."""
    stories = {f"g{n}": story(f"g{n}", (0, "succeeded")) for n in range(30)}
    with scene(tmp_path, stories=stories) as made:
        made.collect(asked_for(made, *stories), download=False)
        assert made.client.calls == ["list None", "pages None"]
        assert {update.phase for update in made.last.values()} == {Phase.SUCCEEDED}
        assert made.errors == {}


def test_C26_a_thousand_that_no_list_shows_are_asked_for_ten_a_second(tmp_path: Path) -> None:
    """One list, one page of the history and four ids by two routes each: ten requests, then a second of rest."""
    with scene(tmp_path) as made:
        made.collect(asked_for(made, *(f"g{n}" for n in range(20))), download=False)
        looks = [look.split() for look in " ".join(made.client.calls).split("list None")[1:]]
        singly = [look[look.index("get") + 1 :: 4] for look in looks]  # each id by two routes
        assert singly[:6] == [[f"g{n}" for n in range(first, first + 4)] for first in (0, 4, 8, 12, 16, 0)]
        assert max(len(ids) for ids in singly) == 4
        assert set(made.clock.slept) == {1.0}
        assert {update.phase for update in made.last.values()} == {Phase.VANISHED}


def test_C11_C13_a_stop_leaves_the_generations_running(tmp_path: Path) -> None:
    """The error holds the ids, their states, and both next commands."""
    stories = {"7cf9aaaa": story("7cf9aaaa", (0, "processing")), "bb8f0000": story("bb8f0000", (0, "queued"))}
    with scene(tmp_path, stories=stories) as made:
        made.client.outages = [(1.0, 9.0, TemporaryError("off"))]
        tracked = asked_for(made, *stories)
        for seconds in (None, 5.0):
            if seconds is None:
                made.stop.request(15)
            made.collect(tracked, timeout=seconds)
            error = made.broken
            assert error is not None
            assert error.details == ("7cf9aaaa  processing", "bb8f0000  queued") or seconds is None
            assert error.generation_ids == ("7cf9aaaa", "bb8f0000")
            assert error.hint == (
                "Collect them:  inference queue wait 7cf9 bb8f      Stop them:  inference queue cancel 7cf9 bb8f"
            )
            if isinstance(error, Interrupted):
                assert (error.exit_status, error.message) == (143, "Two generations go on without you")
                made.stop = type(made.stop)()
            else:
                assert isinstance(error, TimeoutPassed)
                assert error.message == "the time is up. Two generations go on without you"
                assert made.clock.monotonic() == pytest.approx(5.0)
        kept = made.journal.get("7cf9aaaa")
        assert kept is not None
        assert kept.state == "processing"


def test_A38_a_server_that_restarts_is_waited_for(tmp_path: Path) -> None:
    """One note, then the result."""
    with scene(tmp_path, stories={"g": story("g", (0, "queued"), (8, "succeeded"))}) as made:
        made.client.outages = [(1.0, 6.0, TemporaryError("cannot connect to hub.example"))]
        made.collect(asked_for(made, "g"))
        assert made.notes == ["cannot connect to hub.example; the generation goes on, and so does the waiting"]
        assert made.last["g"].phase is Phase.SAVED


def test_A32_a_token_that_expires_ends_the_waiting(tmp_path: Path) -> None:
    """Every generation gets the error; all stay in the journal."""
    with scene(tmp_path, stories={"g": story("g", (0, "queued"))}) as made:
        made.client.outages = [(1.0, 99.0, TokenError("the token was refused"))]
        made.collect(asked_for(made, "g"))
        assert made.errors == {"g": (3, "the token was refused")}
        assert [kept.id for kept in made.journal.pending()] == ["g"]


def test_answers_that_cannot_be_read_are_borne_for_a_while(tmp_path: Path) -> None:
    """Four in a row are bad luck, five are an error."""
    with scene(tmp_path, stories={"g": story("g", (0, "queued"), (9, "succeeded"))}) as made:
        made.client.outages = [(0.0, 1.4, DamagedError("the answer is not JSON"))]
        made.collect(asked_for(made, "g"))
        assert made.errors == {}
        made.client.outages = [(0.0, 999.0, DamagedError("the answer is not JSON"))]
        made.collect(asked_for(made, "h"))
        assert made.errors == {"h": (12, "the answer is not JSON")}


def test_C16_an_id_that_disappears_has_vanished(tmp_path: Path) -> None:
    """9, and not 'failed'; the journal keeps it."""
    life = Story([(0, {"status": "processing"}), (2, None)])
    with scene(tmp_path, stories={"g": life}) as made:
        made.collect(asked_for(made, "g"))
        assert made.errors == {"g": (9, "the generation vanished: the server knew it, and does not any more")}
        assert made.last["g"].phase is Phase.VANISHED
        kept = made.journal.get("g")
        assert kept is not None
        assert kept.state == "vanished"


def test_C17_a_new_id_may_be_unknown_for_half_a_minute(tmp_path: Path) -> None:
    """Replication lags; after 30 s without a sign it has vanished."""
    with scene(tmp_path, stories={"g": Story([(20, {"status": "queued"}), (25, {"status": "failed"})])}) as made:
        made.collect(asked_for(made, "g", "never"))
        assert made.errors == {
            "g": (9, "the generation failed"),
            "never": (9, "the generation vanished: the server knew it, and does not any more"),
        }
        assert made.clock.monotonic() > 30


def test_an_id_that_nobody_knows_is_4(tmp_path: Path) -> None:
    """Not asked for here and not on the server: a mistake."""
    with scene(tmp_path) as made:
        made.collect(tracked_from_journal(made.journal, ["nobody"], OutputSpec(made.target)))
        assert made.errors == {"nobody": (4, "no generation nobody is known")}
        assert made.journal.recent() == ()


def test_an_id_of_another_machine_is_fetched_and_remembered(tmp_path: Path) -> None:
    """The journal need not know it beforehand."""
    with scene(tmp_path, stories={"g": story("g", (0, "queued"), (1, "succeeded"))}) as made:
        made.collect(tracked_from_journal(made.journal, ["g", "g"], OutputSpec(f"{tmp_path}/out/{{id}}.{{ext}}")))
        assert made.files == ["g.png"]
        assert made.journal.find("last") == "g"


def test_C18_a_word_that_nobody_knows_is_shown_and_waited_out(tmp_path: Path) -> None:
    """Not an end; said once."""
    life = story("g", (0, "throttled"), (1, "lunch"), (3, "COMPLETED"))
    with scene(tmp_path, stories={"g": life}) as made:
        seen = made.collect(asked_for(made, "g"), download=False)
        assert [(phase, word) for _, phase, word in seen] == [
            ("queued", "queued"),
            ("unknown", "throttled"),
            ("unknown", "lunch"),
            ("succeeded", "COMPLETED"),
        ]
        assert made.notes == ["the server says 'throttled', which is no known state; waiting on"]


def test_C20_success_without_a_link_is_not_done(tmp_path: Path) -> None:
    """Asked for twice more, then 12; a link inside a list or an object is one."""
    nothing: list[object] = [None, "", [], {}, ["a", "b"]]
    for result in nothing:
        life = Story([(0, {"status": "succeeded", "result_url": result})])
        with scene(tmp_path, stories={"g": life}) as made:
            tracked = asked_for(made, "g")
            made.collect(tracked)
            message = "the generation succeeded, and the server does not say where its result is"
            assert made.errors == {"g": (12, message)}
            assert made.client.calls == ["get g"] * 3
    wrapped: list[object] = [[link("g")], {"url": link("g")}]
    for result in wrapped:
        life = Story([(0, {"status": "succeeded", "result_url": result})])
        with scene(tmp_path, stories={"g": life}, files={link("g"): PICTURE}) as made:
            made.collect(asked_for(made, "g", target=f"{tmp_path}/out/fox.png"))
            assert made.last["g"].phase is Phase.SAVED


def test_C20_a_link_that_comes_late(tmp_path: Path) -> None:
    """The list says succeeded before the row has its link: the row itself is asked."""
    life = Story([(0, {"status": "succeeded"}), (0.5, {"status": "succeeded", "result_url": link("g")})])
    with scene(tmp_path, stories={"g": life, "h": story("h", (0, "queued"), (2, "failed"))}) as made:
        made.collect(asked_for(made, "g", "h"))
        assert made.last["g"].phase is Phase.SAVED


def test_C29_generations_that_end_badly(tmp_path: Path) -> None:
    """9 with the server's reason, and whether it was charged."""
    stories = {
        "f": story("f", (0, "failed"), error_message="Blocked by the content policy.", cost="0.05"),
        "c": story("c", (0, "canceled")),
    }
    with scene(tmp_path, stories=stories) as made:
        made.collect(asked_for(made, "f", "c"))
        assert made.errors == {
            "f": (9, "the generation failed: Blocked by the content policy"),
            "c": (9, "the generation was cancelled"),
        }
        assert [made.last[key].phase for key in "fc"] == [Phase.FAILED, Phase.CANCELLED]
        assert made.last["f"].error is not None
        assert made.last["f"].error.details == ("charged: $0.05",)
        assert [kept.state for kept in made.journal.recent()] == ["cancelled", "failed"]


def test_D26_one_bad_result_does_not_stop_the_others(tmp_path: Path) -> None:
    """A damaged one is kept for a look; the rest is saved."""
    stories = {f"g{n}": story(f"g{n}", (0, "succeeded")) for n in range(6)}
    files = {link(key): PICTURE for key in stories} | {link("g3"): b"<html>Forbidden</html>"}
    with scene(tmp_path, stories=stories, files=files) as made:
        made.collect(asked_for(made, *stories, target=f"{tmp_path}/out/{{id}}.{{ext}}"))
        assert made.errors == {"g3": (12, "the result is damaged: it is an HTML page")}
        (bad,) = [name for name in made.files if name.startswith(".")]
        assert bad.endswith(".part.bad")
        assert made.files == [bad, *(f"g{n}.png" for n in (0, 1, 2, 4, 5))]


def test_D10_a_cut_file_never_gets_its_name(tmp_path: Path) -> None:
    """No length announced, and the end missing."""
    files = {link("g"): Served(PICTURE[:-5], sized=False)}
    with scene(tmp_path, stories={"g": story("g", (0, "succeeded"))}, files=files) as made:
        made.collect(asked_for(made, "g", target=f"{tmp_path}/out/fox.png"))
        assert list(made.errors) == ["g"]
        assert made.errors["g"][0] == 12
        assert not (made.folder / "fox.png").exists()


def test_a_part_that_the_disk_lost_is_fetched_anew(tmp_path: Path) -> None:
    """What an earlier process wrote turns out to be zeros: one fresh download mends it."""
    with scene(tmp_path, stories={"g": story("g", (0, "succeeded"))}, files={link("g"): PICTURE}) as made:
        tracked = asked_for(made, "g", target=f"{tmp_path}/out/fox.png")
        with Part(made.folder, "fox", "g") as part:
            part.write(b"\0" * 20)
            part.remember(Source('"v1"', len(PICTURE)), url="", now=0.0)
        made.collect(tracked)
        assert (made.folder / "fox.png").read_bytes() == PICTURE
        assert [offset for _, offset, _ in made.media.asked] == [20, 0]


def test_D01_a_link_that_expired_is_asked_for_again(tmp_path: Path) -> None:
    """A fresh one, where the server has one; else 9."""
    fresh = link("fresh")
    rows = [{"status": "succeeded", "result_url": url} for url in (link("g"), fresh)]
    files = {link("g"): Served(PICTURE, faults=[100, LinkExpired("403", status=403)]), fresh: PICTURE}
    with scene(tmp_path, stories={"g": Story([(0, rows[0]), (0.1, rows[1])])}, files=files) as made:
        made.collect(asked_for(made, "g"))
        assert made.last["g"].phase is Phase.SAVED
    files = {link("g"): Served(PICTURE, faults=[LinkExpired("403", status=403)] * 2)}
    (tmp_path / "again").mkdir()
    with scene(tmp_path / "again", stories={"g": story("g", (0, "succeeded"))}, files=files) as made:
        made.collect(asked_for(made, "g"))
        assert made.errors["g"] == (
            9,
            "the result has expired: its link is not served any more, and there is no fresh one",
        )


def test_a_network_that_stays_away_is_7_and_can_be_repeated(tmp_path: Path) -> None:
    """Nothing is paid by this command; the hint names the next one."""
    files = {link("g1g1g1"): Served(PICTURE, faults=[0] * 99)}
    with scene(tmp_path, stories={"g1g1g1": story("g1g1g1", (0, "succeeded"))}, files=files) as made:
        made.collect(asked_for(made, "g1g1g1"))
        assert made.errors == {"g1g1g1": (7, "the connection broke")}
        error = made.last["g1g1g1"].error
        assert error is not None
        assert error.hint == "Fetch it again:  inference queue download g1g1"
        assert error.generation_ids == ("g1g1g1",)


def test_a_named_file_keeps_its_name(tmp_path: Path) -> None:
    """A mismatch with the content is a note; a template follows the content."""
    for target, name in (("fox.png", "fox.png"), ("fox", "fox"), ("{slug}.{ext}", "a-red-fox.jpg")):
        with scene(tmp_path, stories={"g": story("g", (0, "succeeded"))}, files={link("g"): jpeg()}) as made:
            made.collect(asked_for(made, "g", target=f"{tmp_path}/out/{target}"))
            assert name in made.files
            note = [f"{made.folder}/fox.png holds JPEG: its name says otherwise"] if name == "fox.png" else []
            assert made.notes == note
            made.journal.close()
            made.journal.path.unlink()


def test_no_clobber_skips_and_force_replaces(tmp_path: Path) -> None:
    """The file that is there stays, or goes at once."""
    with scene(tmp_path, stories={"g": story("g", (0, "succeeded"))}, files={link("g"): PICTURE}) as made:
        (made.folder / "fox.png").write_bytes(b"old")
        spec = OutputSpec(f"{tmp_path}/out/fox.png", no_clobber=True)
        asked_for(made, "g")
        made.collect(tracked_from_journal(made.journal, ["g"], spec))
        assert made.last["g"].phase is Phase.SKIPPED
        assert made.notes == [f"{made.folder}/fox.png is there already, and stays as it is"]
        made.collect(tracked_from_journal(made.journal, ["g"], OutputSpec(f"{tmp_path}/out/fox.png", force=True)))
        assert made.files == ["fox.png"]
        assert (made.folder / "fox.png").read_bytes() == PICTURE


def test_stdout_gets_the_verified_bytes(tmp_path: Path) -> None:
    """-o -: all of them, and no file; a device likewise."""
    stdout = io.BytesIO()
    with scene(
        tmp_path, stories={"g": story("g", (0, "succeeded"))}, files={link("g"): PICTURE}, stdout=stdout
    ) as made:
        asked_for(made, "g")
        made.collect(tracked_from_journal(made.journal, ["g"], OutputSpec("-")))
        assert made.files == []
        made.collect(tracked_from_journal(made.journal, ["g"], OutputSpec(stdout=True)))
        assert stdout.getvalue() == PICTURE * 2
        assert made.last["g"].result is not None
        assert (made.last["g"].result.path, made.last["g"].result.bytes) == (None, len(PICTURE))
        made.collect(tracked_from_journal(made.journal, ["g"], OutputSpec("/dev/null")))
        assert made.last["g"].phase is Phase.SAVED
        made.collect(tracked_from_journal(made.journal, ["g"], OutputSpec("/dev/full")))
        assert made.errors["g"][0] == 11


class Gone(io.BytesIO):
    """A pipe whose reader left."""

    def write(self, data: object) -> int:
        """Nobody is there."""
        raise BrokenPipeError


def test_a_closed_pipe_is_nobodys_error(tmp_path: Path) -> None:
    """It ends the command as the shell expects: the caller sees the BrokenPipeError."""
    stories = {"g": story("g", (0, "succeeded"))}
    with scene(tmp_path, stories=stories, files={link("g"): PICTURE}, stdout=Gone()) as made:
        asked_for(made, "g")
        with pytest.raises(BrokenPipeError):
            made.collect(tracked_from_journal(made.journal, ["g"], OutputSpec(stdout=True)))


def test_D18_a_folder_that_goes_away_is_11(tmp_path: Path) -> None:
    """The generation is safe, and the hint says how to fetch it."""
    with scene(tmp_path, stories={"g1g1": story("g1g1", (0, "succeeded"))}, files={link("g1g1"): PICTURE}) as made:
        tracked = asked_for(made, "g1g1", target=f"{tmp_path}/out/fox.png")
        made.media.on_chunk = lambda: shutil.rmtree(made.folder, ignore_errors=True)
        made.collect(tracked)
        assert made.errors == {
            "g1g1": (11, f"{tmp_path}/out/.fox.{sha256(b'g1g1')[:8]}.part cannot be written: No such file or directory")
        }
        error = made.last["g1g1"].error
        assert error is not None
        assert error.hint == "Fetch it again:  inference queue download g1g1"


def test_a_missing_folder_is_noticed_before_any_request(tmp_path: Path) -> None:
    """Exit 2, nothing asked."""
    with scene(tmp_path, stories={"g": story("g", (0, "succeeded"))}) as made:
        asked_for(made, "g")
        made.collect(tracked_from_journal(made.journal, ["g"], OutputSpec(f"{tmp_path}/none/fox.png")))
        assert made.broken is not None
        assert made.broken.exit_status == 2
        assert made.client.calls == []


def test_the_older_api_lists_by_namespace_and_model(tmp_path: Path) -> None:
    """What leaves the list has ended, nobody can say how: 9, with a sentence that says so (fault C16)."""
    stories = {"g": story("g", (0, "processing"), (3, "succeeded")), "h": story("h", (0, "processing"), (1, "failed"))}
    with scene(tmp_path, stories=stories, dialect=LEGACY) as made:
        tracked = (*asked_for(made, "g", namespace="lab"), *asked_for(made, "h", namespace="lab", model="fox-2"))
        made.collect(tracked)
        message = "it has left the queue: it ended, and the 2026-04 API does not say how, nor where its result is"
        assert made.errors == {"g": (9, message), "h": (9, message)}
        assert set(made.client.calls) == {"list lab fox-1", "list lab fox-2", "get g", "get h"}


def test_what_left_the_older_list_is_fetched_where_the_server_knows_it_after_all(tmp_path: Path) -> None:
    """A server that is further on than its profile says has the link of a paid result: nothing is lost."""
    stories = {"g": story("g", (0, "processing"), (3, "succeeded"))}
    with scene(tmp_path, stories=stories, dialect=LEGACY) as made:
        made.client.further_on = True
        made.collect(asked_for(made, "g", namespace="lab"))
        assert made.errors == {}


def test_without_waiting_what_still_runs_is_left_alone(tmp_path: Path) -> None:
    """One look; what has ended is fetched, the rest is exit 124 with the command that waits."""
    stories = {"g": story("g", (0, "succeeded")), "h": story("h", (0, "processing"), (90, "succeeded"))}
    with scene(tmp_path, stories=stories) as made:
        made.collect(asked_for(made, "g", "h"), wait=False)
        assert made.errors == {"h": (124, "the generation is still processing")}


def test_the_older_api_cannot_look_up_a_strange_id(tmp_path: Path) -> None:
    """Without a model there is no list to look into."""
    with scene(tmp_path, dialect=LEGACY) as made:
        made.collect(tracked_from_journal(made.journal, ["nobody"], OutputSpec(made.target)))
        assert made.errors == {
            "nobody": (4, "no generation nobody is known, and the 2026-04 API cannot look it up"),
        }
        assert made.client.calls == ["get nobody", "get nobody"]


def test_the_older_api_says_succeeded_without_a_link(tmp_path: Path) -> None:
    """There is nothing to ask again for."""
    with scene(tmp_path, dialect=LEGACY) as made:
        tracked = asked_for(made, "g", namespace="lab")
        made.client.stories["g"] = Story([(0, {"status": "completed"})])
        made.client.list = lambda **_: (made.client._row("g"),)  # type: ignore[method-assign,assignment] # a list that shows ended rows
        made.collect(tracked)
        assert made.errors["g"][0] == 9


def test_C30_a_direct_answer_is_fetched_by_its_kept_link(tmp_path: Path) -> None:
    """Killed between answer and download: the journal's link is enough, no API call is made; then it is erased."""
    with scene(tmp_path, files={link("d"): PICTURE}) as made:
        (intent,) = made.journal.plan(order_for(route="generate", target=f"{tmp_path}/out/fox.png"), cwd=tmp_path)
        made.journal.accepted(intent, ["own"], direct=True, status="succeeded", urls={"own": link("d")})
        made.collect(tracked_from_journal(made.journal, ["last"]))
        assert made.files == ["fox.png"]
        assert made.client.calls == []
        assert made.last["own"].generation_id is None
        kept = made.journal.get("own")
        assert kept is not None
        assert kept.url is None


def test_D19_old_parts_of_ended_generations_are_swept(tmp_path: Path) -> None:
    """Older than a week and downloaded; a pending generation's part stays."""
    with scene(tmp_path, stories={"g": story("g", (0, "succeeded"))}) as made:
        asked_for(made, "old", "pending")
        for key in ("old", "pending"):
            with Part(made.folder, key, key) as part:
                part.write(b"half")
                part.remember(Source(None, None), url="", now=0.0)
        made.journal.moved([("old", "failed", "failed", None)])
        for path in made.folder.iterdir():
            os.utime(path, (0, 0))
        made.collect(asked_for(made, "g", target=f"{tmp_path}/out/{{id}}.{{ext}}"))
        assert [name for name in made.files if "old" in name] == []
        assert len([name for name in made.files if "pending" in name]) == 2


def test_tracked_from_the_journal(tmp_path: Path) -> None:
    """Each where its command wanted it, or all where this one says; prefixes, 'last', each once, none invented."""
    with scene(tmp_path) as made:
        asked_for(made, "aaaa1", "aaaa2", target=f"{tmp_path}/out/fox.png")
        made.clock.sleep(12)
        first, second = tracked_from_journal(made.journal, ["aaaa1", "last", "aaaa2"])
        spec = OutputSpec(f"{tmp_path}/out/fox.png")
        place = Place(spec, n=1, count=2, id="aaaa1", model="fox-1", prompt="a red fox")
        assert first == Tracked("aaaa1", "aaaa1", place, age=12.0, kind="image", model="fox-1", status="queued")
        assert (second.place.n, second.place.label) == (2, "fox-2")
        own = tracked_from_journal(made.journal, ["aaaa2"], OutputSpec("x.png"))
        assert (own[0].place.n, own[0].place.count, own[0].place.spec) == (1, 1, OutputSpec("x.png"))
        for text in ("no/id", ""):
            with pytest.raises(NotFoundError):
                tracked_from_journal(made.journal, [text])
    (tmp_path / "new").mkdir()
    with scene(tmp_path / "new") as empty, pytest.raises(NotFoundError):
        tracked_from_journal(empty.journal, ["last"])
