"""Unknown outcomes settled by the difference of ids."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from inference_cli.api.dialect import LEGACY
from inference_cli.api.records import Generation
from inference_cli.clock import ManualClock
from inference_cli.errors import Interrupted, TemporaryError, TimeoutPassed, TokenError, UnknownOutcomeError
from inference_cli.jobs import baseline
from inference_cli.jobs.baseline import Baseline
from inference_cli.jobs.crew import Crew
from inference_cli.jobs.doubts import open_doubts
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.listing import Listing
from inference_cli.jobs.order import Body, Order
from inference_cli.jobs.reconcile import Finding, Verdict, reconcile, settle
from inference_cli.jobs.recover import settle_all
from inference_cli.jobs.stop import Stop
from inference_cli.jobs.updates import Phase
from tests.support.fakes import Story, story
from tests.support.jobs import Scene, journal_in, order_for, scene

LOST = UnknownOutcomeError("the connection broke after the request was sent")
FOX = {"model_name": "fox-1", "prompt": "a red fox"}


def alive(identity: str, state: str = "succeeded", **fields: Any) -> Story:
    """A generation of the red fox, in one state for ever."""
    return story(identity, (0, state), **{**FOX, **fields})


def states(journal: Journal) -> list[str]:
    """The states of all intents."""
    with closing(sqlite3.connect(journal.path)) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM intents ORDER BY number")]


def fox(count: int = 1, **fields: Any) -> Body:
    """A request for red foxes."""
    return Body({"model": "fox-1", "prompt": "a red fox", **fields}, count, 1)


# -------------------------------------------------------------------------------- at once, in the command itself


def test_C01_what_was_accepted_goes_on(tmp_path: Path) -> None:
    """One new id, which was not there before: adopted, followed, downloaded; the request was sent once."""
    lives = {"old": alive("old"), "new": story("new", (0, "queued"), (4, "succeeded"), **FOX)}
    with scene(tmp_path, enqueued=[LOST], stories=lives, unborn=["new"]) as made:
        made.run(order_for(fox(), target=f"{tmp_path}/out/fox.png"))
        assert (made.errors, made.files, states(made.journal)) == ({}, ["fox.png"], ["accepted"])
        assert made.notes == [
            "the connection broke after the request was sent; looking for it in the server's list",
            "it was accepted all the same, and goes on: new",
        ]
        assert made.client.calls.count("enqueue") == 1
        assert (made.client.baselines, made.last["1"].generation_id) == (1, "new")


def test_C01_ids_are_enough_where_nobody_waits(tmp_path: Path) -> None:
    """--no-wait: the last update of the output has its id."""
    with scene(tmp_path, enqueued=[LOST], stories={"new": alive("new", "queued")}, unborn=["new"]) as made:
        made.run(order_for(fox(), target=made.target), wait=False)
        assert [(key, one.generation_id, one.phase) for key, one in made.last.items()] == [("1", "new", Phase.QUEUED)]


def test_C02_nothing_in_the_list_for_half_a_minute(tmp_path: Path) -> None:
    """Looked for five times in 29 s, then presumed not sent: exit 8, with the command to be typed again."""
    with scene(tmp_path, enqueued=[LOST], stories={"old": alive("old")}) as made:
        made.run(order_for(fox(), target=made.target, argv=("inference", "image", "a red fox")))
        error = made.last["1"].error
        assert isinstance(error, UnknownOutcomeError)
        assert error.message == "the connection broke after the request was sent"
        assert error.details == ("It is not in the server's list after 29 s: presumed not sent, and not billed.",)
        assert error.hint == "Nothing was sent twice.  Ask again:  inference image 'a red fox'"
        assert made.client.calls == ["enqueue", *["pages None"] * 5]
        assert [seconds for seconds in made.clock.slept if seconds > 1] == [3.0, 5.0, 8.0, 13.0]
        assert states(made.journal) == ["presumed_not_sent"]


def test_C02_a_list_that_lags_is_waited_for(tmp_path: Path) -> None:
    """It appears at the third look."""
    late = Story([(7.0, {"status": "succeeded", "result_url": "https://media.example/new.png", **FOX})])
    with scene(tmp_path, enqueued=[LOST], stories={"new": late}, unborn=["new"]) as made:
        made.run(order_for(fox(), target=f"{tmp_path}/out/fox.png"))
        assert (made.errors, made.files) == ({}, ["fox.png"])


def test_C03_a_part_of_a_request_is_adopted(tmp_path: Path) -> None:
    """Two of four: these go on, the rest stays unknown; gravest is 8."""
    lives = {name: alive(name) for name in ("a", "b")}
    with scene(tmp_path, enqueued=[LOST], stories=lives, unborn=["a", "b"]) as made:
        made.run(order_for(fox(4, num_generations=4), target=f"{tmp_path}/out/fox.png"))
        assert made.files == ["fox-1.png", "fox-2.png"]
        assert {key: code for key, (code, _) in made.errors.items()} == {"3": 8, "4": 8}
        error = made.last["4"].error
        assert error is not None
        assert error.details == ("2 of 4 were found; of the rest nothing is known.",)
        assert error.hint == "Find out and collect it:  inference recover"
        assert states(made.journal) == ["unknown"]


def test_C04_more_than_were_asked_for_is_not_guessed(tmp_path: Path) -> None:
    """Somebody else asked for the same meanwhile: both are named; exit 8, nothing is adopted."""
    lives = {name: alive(name) for name in ("a", "b")}
    with scene(tmp_path, enqueued=[LOST], stories=lives, unborn=["a", "b"]) as made:
        made.run(order_for(fox(), target=made.target))
        error = made.last["1"].error
        assert error is not None
        assert error.details[1:] == ("a  fox-1  succeeded  a red fox", "b  fox-1  succeeded  a red fox")
        assert (states(made.journal), made.journal.recent()) == (["unknown"], ())


@pytest.mark.parametrize(
    ("answer", "files", "state"), [(["a"], ["fox.png"], "accepted"), ([], [], "presumed_not_sent")]
)
def test_C04_a_person_can_tell(tmp_path: Path, answer: Sequence[str], files: list[str], state: str) -> None:
    """Which is its own, or that none is."""
    lives = {name: alive(name) for name in ("a", "b")}
    with scene(tmp_path, enqueued=[LOST], stories=lives, unborn=["a", "b"]) as made:
        asked: list[Finding] = []

        def choose(finding: Finding) -> Sequence[str]:
            asked.append(finding)
            return answer

        made.run(order_for(fox(), target=f"{tmp_path}/out/fox.png"), choose=choose)
        assert (made.files, states(made.journal)) == (files, [state])
        assert [row.generation_id for row in asked[0].doubtful] == ["a", "b"]


def test_C05_what_ended_at_once_is_found(tmp_path: Path) -> None:
    """The list of the history shows what failed, too: it was accepted, and it failed (9), which is no unknown outcome."""
    with scene(tmp_path, enqueued=[LOST], stories={"new": alive("new", "failed")}, unborn=["new"]) as made:
        made.run(order_for(fox(), target=made.target))
        assert {key: code for key, (code, _) in made.errors.items()} == {"1": 9}
        assert states(made.journal) == ["accepted"]


def test_a_cut_answer_names_only_a_part(tmp_path: Path) -> None:
    """One id could be read of two: the other one is found in the list."""
    cut = UnknownOutcomeError("the answer was cut", generation_ids=["a"])
    lives = {name: alive(name) for name in ("a", "b")}
    with scene(tmp_path, enqueued=[cut], stories=lives, unborn=["a", "b"]) as made:
        made.run(order_for(fox(2), target=f"{tmp_path}/out/fox.png"))
        assert (made.errors, made.files, states(made.journal)) == ({}, ["fox-1.png", "fox-2.png"], ["accepted"])


def test_another_model_or_prompt_is_not_its_own(tmp_path: Path) -> None:
    """What a row says of the request has to be equal."""
    lives = {"a": alive("a", prompt="an owl"), "b": alive("b", model_name="owl-1"), "c": alive("c", seed=8)}
    with scene(tmp_path, enqueued=[LOST], stories=lives, unborn=list(lives)) as made:
        made.run(order_for(fox(seed=7), target=made.target))
        assert states(made.journal) == ["presumed_not_sent"]


def test_a_direct_request_may_be_in_no_list(tmp_path: Path) -> None:
    """It is looked for all the same; that it is not there proves nothing."""
    with scene(tmp_path, answers=[LOST], stories={"new": alive("new")}, unborn=["new"]) as made:
        made.run(order_for(fox(), target=f"{tmp_path}/out/fox.png", route="generate"))
        assert (made.errors, made.files, states(made.journal)) == ({}, ["fox.png"], ["accepted"])
    (tmp_path / "b").mkdir()
    with scene(tmp_path / "b", answers=[LOST]) as made:
        made.run(order_for(fox(), target=made.target, route="generate"))
        error = made.last["1"].error
        assert error is not None
        assert "which may not show direct generations" in error.details[0]
        assert states(made.journal) == ["unknown"]


def test_the_older_api_proves_nothing_by_absence(tmp_path: Path) -> None:
    """Its list forgets what has ended: found is found, and what is not there stays unknown."""
    lives = {"new": story("new", (0, "processing"), **FOX)}
    with scene(tmp_path, enqueued=[LOST], stories=lives, unborn=["new"], dialect=LEGACY) as made:
        made.run(order_for(fox(), target=made.target, namespace="lab"), wait=False)
        assert (states(made.journal), made.last["1"].generation_id) == (["accepted"], "new")
    (tmp_path / "b").mkdir()
    with scene(tmp_path / "b", enqueued=[LOST], dialect=LEGACY) as made:
        made.run(order_for(fox(), target=made.target, namespace="lab"))
        error = made.last["1"].error
        assert error is not None
        assert "which forgets what has ended" in error.details[0]
        assert states(made.journal) == ["unknown"]


def test_without_a_baseline_nothing_is_taken(tmp_path: Path) -> None:
    """The one free question before it failed: what could be its own is shown, and left to a person."""
    with scene(tmp_path, enqueued=[LOST], stories={"new": alive("new")}, unborn=["new"]) as made:

        def fails(*_: Any, **__: Any) -> Any:
            raise TemporaryError("the server is down")

        made.client.newest = fails  # type: ignore[method-assign] # the list is down, and the queue is not
        made.run(order_for(fox(), target=made.target))
        assert made.errors["1"][0] == 8
        assert states(made.journal) == ["unknown"]


def test_a_token_that_is_refused_is_found_out_for_nothing(tmp_path: Path) -> None:
    """Before anything paid is sent."""
    with scene(tmp_path, enqueued=[["a"]]) as made:

        def fails(*_: Any, **__: Any) -> Any:
            raise TokenError("the token was refused")

        made.client.newest = fails  # type: ignore[method-assign] # the answer is a 401
        made.run(order_for(fox(), target=made.target))
        assert isinstance(made.broken, TokenError)
        assert made.client.calls == []


def test_a_server_that_does_not_answer_settles_nothing(tmp_path: Path) -> None:
    """Exit 8 with the reason."""
    down = [(0.0, 1e9, TemporaryError("the server is down"))]
    with scene(tmp_path, enqueued=[LOST], outages=down) as made:
        made.run(order_for(fox(), target=made.target))
        error = made.last["1"].error
        assert error is not None
        assert error.details == ("It could not be looked for: the server is down",)
        assert states(made.journal) == ["unknown"]


def test_a_time_limit_ends_the_looking_without_a_presumption(tmp_path: Path) -> None:
    """--timeout: what is not there yet may still come."""
    with scene(tmp_path, enqueued=[LOST]) as made:
        made.run(order_for(fox(), target=made.target), timeout=10.0)
        assert not isinstance(made.broken, TimeoutPassed)
        assert made.clock.monotonic() < 10.0
        assert states(made.journal) == ["unknown"]


def test_C10_ctrl_c_while_it_is_looked_for(tmp_path: Path) -> None:
    """130; the journal stays unknown."""
    with scene(tmp_path, enqueued=[LOST]) as made:
        for update in made.updates_until_the_end(order_for(fox(), target=made.target)):
            if update.note:
                made.stop.request()
        assert isinstance(made.broken, Interrupted)
        assert made.broken.hint == "Find out and collect it:  inference recover"
        assert states(made.journal) == ["unknown"]


def test_one_look_before_serves_the_whole_command_and_the_next(tmp_path: Path) -> None:
    """However many requests; another command within 30 s asks again only after a direct request."""
    with scene(tmp_path, enqueued=[["a"], ["b"], ["c"]], answers=[LOST]) as made:
        made.run(order_for(fox(), fox(), target=made.target), wait=False)
        made.run(order_for(fox(), target=made.target), wait=False)
        assert made.client.baselines == 1
        made.run(order_for(fox(), target=made.target, route="generate"), timeout=1.0, anyway=True)
        assert made.client.baselines == 1
    (tmp_path / "b").mkdir()
    with scene(tmp_path / "b", enqueued=[["a"], ["b"]], answers=[[]]) as made:
        made.run(order_for(fox(), target=made.target, route="generate"))
        made.run(order_for(fox(), target=made.target), wait=False)
        made.clock.sleep(31)
        made.run(order_for(fox(), target=made.target), wait=False)
        assert made.client.baselines == 3


# ------------------------------------------------------------------------------------------------------ later


def planned(journal: Journal, order: Order, *, ids: Sequence[str] = (), state: str = "unknown") -> str:
    """A request that was sent by a command that is gone, after those ids were there; its own id."""
    before = Baseline("current", frozenset(ids), journal.clock.now(), whole=True).text
    (intent,) = journal.plan(order, cwd=Path("/"), baseline=before)
    journal.sending(intent)
    if state == "unknown":
        journal.unknown(intent, "the program was killed")
    return intent.id


def listed(*ids: str, **fields: Any) -> Listing:
    """What the server shows, the oldest first: red foxes."""
    rows = [Generation.from_json({"generation_id": one, "status": "queued", **FOX, **fields}) for one in ids]
    return Listing("current", {(None, None): rows}, whole=True)


def outcomes(journal: Journal, seen: Listing, *, late: bool = True) -> list[tuple[str, list[str]]]:
    """What every open request gets from one look, each decided on its own as if by a command of its own."""
    found = {}
    for doubt in open_doubts(journal):
        for finding in settle(journal, seen, [doubt.id], late=[doubt.id] if late else []):
            found[doubt.number] = (finding.verdict.value, [row.generation_id for row in finding.rows])
    return [found[number] for number in sorted(found)]


def test_C04_two_commands_never_adopt_each_others(tmp_path: Path) -> None:
    """Both lost their answer; the second one's baseline holds what the first one made."""
    with journal_in(tmp_path) as journal:
        planned(journal, order_for(fox()))
        planned(journal, order_for(fox()), ids=["a"])
        assert outcomes(journal, listed("a", "b")) == [("found", ["a"]), ("found", ["b"])]


def test_C04_what_another_command_is_about_to_hear_of_is_left_to_it(tmp_path: Path) -> None:
    """It waits for its answer, which will name the id."""
    with journal_in(tmp_path) as journal:
        planned(journal, order_for(fox()))
        planned(journal, order_for(fox()), state="sending")
        assert outcomes(journal, listed("a")) == [("ambiguous", [])]


def test_C04_the_same_twice_is_shared_once(tmp_path: Path) -> None:
    """One of two equal requests was accepted: one of them gets it, and the other one was not sent."""
    with journal_in(tmp_path) as journal:
        planned(journal, order_for(fox()))
        planned(journal, order_for(fox()))
        assert outcomes(journal, listed("a"), late=False) == [("ambiguous", []), ("ambiguous", [])]
        assert outcomes(journal, listed("a")) == [("found", ["a"]), ("presumed_not_sent", [])]


def test_what_a_direct_request_made_without_an_id_is_nobody_elses(tmp_path: Path) -> None:
    """Its file is here already; the row in the list may be its own."""
    with journal_in(tmp_path) as journal:
        planned(journal, order_for(fox()))
        (direct,) = journal.plan(order_for(fox(), route="generate"), cwd=Path("/"))
        journal.sending(direct)
        journal.accepted(direct, ["own"], direct=True)
        assert outcomes(journal, listed("a")) == [("ambiguous", [])]
        assert outcomes(journal, listed("a", "b")) == [("ambiguous", [])]


def test_what_was_answered_long_before_is_no_rival(tmp_path: Path) -> None:
    """What it made was there when this request looked before it was sent."""
    clock = ManualClock()
    with journal_in(tmp_path, clock=clock) as journal:
        (direct,) = journal.plan(order_for(fox(), route="generate"), cwd=Path("/"))
        journal.sending(direct)
        journal.accepted(direct, ["own"], direct=True)
        clock.sleep(120)
        planned(journal, order_for(fox()))
        assert outcomes(journal, listed("a")) == [("found", ["a"])]


def test_a_part_is_all_there_is_after_ten_minutes(tmp_path: Path) -> None:
    """Nothing appears any more: what was found is what was accepted."""
    clock = ManualClock()
    with journal_in(tmp_path, clock=clock) as journal:
        planned(journal, order_for(fox(4)))
        assert outcomes(journal, listed("a")) == [("some", ["a"])]
        clock.sleep(600)
        assert outcomes(journal, listed("a", "b")) == [("fewer", ["b"])]
        assert [(kept.id, kept.n) for kept in journal.recent()] == [("b", 2), ("a", 1)]


def test_what_nobody_can_tell_any_more_is_not_asked_about_for_ever(tmp_path: Path) -> None:
    """After a day no list of 2026-04 knows it."""
    clock = ManualClock()
    with journal_in(tmp_path, clock=clock) as journal:
        planned(journal, order_for(fox()))
        seen = Listing("2026-04", {(None, "fox-1"): ()}, whole=False)
        assert outcomes(journal, seen) == [("not_found", [])]
        clock.sleep(86400)
        assert outcomes(journal, seen) == [("unknowable", [])]
        assert states(journal) == ["unknowable"]


def test_E09_many_threads_that_settle_at_once_claim_each_id_once(tmp_path: Path) -> None:
    """Whatever the order, in several connections at once."""
    from concurrent.futures import ThreadPoolExecutor

    with journal_in(tmp_path) as journal:
        own = [planned(journal, order_for(fox())) for _ in range(6)]

        def decide(identity: str) -> list[str]:
            with journal_in(tmp_path) as other:
                return [
                    row.generation_id
                    for finding in settle(other, listed(*"abcd"), [identity], late=own)
                    for row in finding.rows
                ]

        with ThreadPoolExecutor(6) as pool:
            taken = [one for ids in pool.map(decide, own) for one in ids]
        assert sorted(taken) == list("abcd")
        assert sorted(kept.id for kept in journal.recent()) == list("abcd")


def test_all_of_an_origin_are_settled_by_one_look(tmp_path: Path) -> None:
    """Requests that were lost a minute ago need no waiting; a stop ends it."""
    lives = {name: alive(name) for name in ("a", "b")}
    with scene(tmp_path, stories=lives) as made:
        planned(made.journal, order_for(fox()))
        planned(made.journal, order_for(fox()), ids=["a"])
        planned(made.journal, order_for(Body({"prompt": "an owl"}, 1, 1), prompt="an owl"), ids=["a", "b"])
        made.clock.sleep(60)
        found = settle_all(
            client=made.client,  # type: ignore[arg-type] # a double
            media=made.media,  # type: ignore[arg-type] # a double
            journal=made.journal,
            clock=made.clock,
            stop=made.stop,
            lags=True,
            choose=lambda _: None,
            workers=0,
        )
        assert [one.verdict for one in found] == [Verdict.FOUND, Verdict.FOUND, Verdict.PRESUMED_NOT_SENT]
        assert not made.journal.path.with_name("journal.sqlite3.unknown").exists()
        assert made.client.calls == ["pages None"]


def test_a_stop_ends_the_looking(tmp_path: Path) -> None:
    """What is not settled stays."""
    stop = Stop()
    stop.request()
    with scene(tmp_path) as made, Crew(clock=made.clock, stop=stop, workers=0) as crew:
        made.stop = stop
        planned(made.journal, order_for(fox()))
        assert [one.verdict for one in reconcile(made.bench(crew))] == [Verdict.NOT_FOUND]
        assert made.client.calls == []


# ------------------------------------------------------------------------------------------------- the baseline


def test_a_baseline_tells_what_was_there(tmp_path: Path) -> None:
    """By id; what is older than a full page by the server's time; nothing where the list is in no order."""
    rows = [
        Generation.from_json({"generation_id": one, "status": "x", "enqueued_at": at})
        for one, at in (("b", 9), ("a", 5))
    ]
    assert [baseline.oldest_of(rows), baseline.oldest_of(rows[::-1]), baseline.oldest_of(())] == [5.0, None, None]
    page = Baseline("current", frozenset("ab"), 0.0, whole=False, oldest=5.0)
    older, newer = (Generation.from_json({"generation_id": "z", "status": "x", "enqueued_at": at}) for at in (4, 5))
    assert [page.had(row) for row in (*rows, older, newer)] == [True, True, True, False]
    assert Baseline.read(page.text, "current") == page
    assert [Baseline.read(text, "current") for text in (None, "{}", "[1]", Baseline("x", frozenset(), 0.0).text)] == [
        None
    ] * 4


def test_scenes_are_real(tmp_path: Path) -> None:
    """The double lists what it has, the newest first."""
    with scene(tmp_path, stories={"a": alive("a"), "b": alive("b")}) as made:
        made_up: Scene = made
        assert [row.generation_id for row in made_up.client.newest(9, namespace=None, seconds=1).rows] == ["b", "a"]
