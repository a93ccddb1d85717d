"""`inference recover`: lost requests, interrupted work, and what else the account has."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from inference_cli.clock import SystemClock
from inference_cli.jobs.inside import identity_of, place_of
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.kept import Intent
from inference_cli.jobs.naming import OutputSpec, stem
from inference_cli.jobs.order import Body, Order, Route
from inference_cli.jobs.parts import Part
from inference_cli.origin import Origin
from inference_cli.terminal.documents import schema
from tests.support.person import Person
from tests.support.program import Program

MODEL = "ideogram-v4"
SQUARE = ("-m", MODEL, "-p", "image_size=square")
REMINDER = "1 request has an unknown outcome. Find out:  inference --sandbox recover"


def journal_of(program: Program) -> Path:
    """The journal's file."""
    (found,) = program.home.rglob("journal.sqlite3")
    return found


@pytest.fixture(autouse=True)
def _folder(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder is the process's."""
    monkeypatch.chdir(program.cwd)


@pytest.fixture
def journal(program: Program) -> Iterator[Journal]:
    """The journal of the sandbox, which is there after the first command."""
    program("--sandbox", "queue", "list", "--local")
    with Journal(journal_of(program), origin=Origin("https", "sandbox.invalid", 443), clock=SystemClock()) as opened:
        yield opened


def lost(journal: Journal, origin: str, prompt: str, *, route: Route = "queue", count: int = 1) -> str:
    """A request whose command was killed in the middle of it, with nothing in the list before; its own id."""
    body = Body({"model": MODEL, "prompt": prompt, "image_size": "square"}, count, 1)
    order = Order("image", route, MODEL, None, prompt, (body,), OutputSpec(), ("inference", "image", prompt))
    journal.origin = origin
    text = '{"api": "current", "ids": [], "at": 0.0, "whole": true, "oldest": null}'
    (intent,) = journal.plan(order, cwd=journal.path.parent, baseline=text)
    journal.sending(intent)
    journal.unknown(intent, "the program was killed")
    return intent.id


def origin_of(program: Program) -> str:
    """Under which the sandbox's rows stand."""
    with closing(sqlite3.connect(journal_of(program))) as connection:
        return str(connection.execute("SELECT origin FROM intents LIMIT 1").fetchone()[0])


def submitted(program: Program, *words: str) -> str:
    """A generation that nobody waits for; its id."""
    return program("--sandbox", "queue", "submit", *words, *SQUARE, "--quiet").out.strip()


def forget(program: Program) -> None:
    """Another machine: nothing of this one's journal is there."""
    journal_of(program).unlink()


def states(program: Program) -> list[str]:
    """The states of all requests."""
    with closing(sqlite3.connect(journal_of(program))) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM intents ORDER BY number")]


def valid(document: Any) -> Any:
    """The document, which has the shape of its schema."""
    jsonschema_rs.validate(schema("recover"), document)
    return document


def test_nothing_waits(program: Program) -> None:
    """Exit 0, and a sentence."""
    done = program("--sandbox", "recover")
    assert (done.code, done.out, done.err) == (0, "", "  Nothing waits to be recovered.\n")
    assert valid(program("--sandbox", "recover", "--json").json) == {
        "schema": 1,
        "requests": [],
        "generations": [],
        "missing": [],
    }


def test_what_nobody_waits_for_any_more_is_fetched(program: Program) -> None:
    """Where its command wanted it; a second time there is nothing to do."""
    submitted(program, "a fox", "-o", "fox.png")
    done = program("--sandbox", "recover")
    assert (done.code, done.lines) == (0, [str(program.cwd / "fox.png")])
    assert (program.cwd / "fox.png").read_bytes().startswith(b"\x89PNG")
    assert program("--sandbox", "recover").err == "  Nothing waits to be recovered.\n"


def test_files_go_into_a_folder_that_is_named(program: Program) -> None:
    """One that is there; what has its folder no more comes into the working folder."""
    (program.cwd / "gone").mkdir()
    submitted(program, "a fox", "-o", "gone/fox.png")
    shutil.rmtree(program.cwd / "gone")
    nowhere = program("--sandbox", "recover", "-o", "missing")
    assert (nowhere.code, "there is no folder" in nowhere.err) == (2, True)
    done = program("--sandbox", "recover")
    assert (done.code, len(done.lines), "is gone: what was to go there comes here" in done.err) == (0, 1, True)
    (program.cwd / "all").mkdir()
    submitted(program, "an owl", "-o", "owl.png")
    done = program("--sandbox", "recover", "-o", str(program.cwd / "all"))
    assert (done.code, [Path(line).parent.name for line in done.lines]) == (0, ["all"])


def test_C07_a_lost_request_is_found(program: Program, journal: Journal) -> None:
    """By the command that is killed before it hears of its id; every other command reminds of it before."""
    identity = submitted(program, "a fox")
    origin = origin_of(program)
    with closing(sqlite3.connect(journal.path)) as connection:  # the command never heard of the id
        connection.execute("DELETE FROM generations")
        connection.execute("DELETE FROM intents")
        connection.commit()
    lost(journal, origin, "a fox")
    assert program("--sandbox", "models", "list", "--limit", "1").err.splitlines()[-1] == REMINDER
    assert program("--sandbox", "queue", "list").err.count(REMINDER) == 1
    assert REMINDER not in program("--sandbox", "queue", "wait", "nothing").err.splitlines()[-2:-1]

    done = program("--sandbox", "recover")

    assert (done.code, len(done.lines)) == (0, 1)
    assert f"ago: it was accepted, as {identity[:8]}" in done.err
    assert states(program) == ["accepted"]
    assert "unknown outcome" not in program("--sandbox", "models", "list", "--limit", "1").err


def test_C06_what_is_in_no_list_is_presumed_not_sent(program: Program, journal: Journal) -> None:
    """Exit 0: it is settled; the command to be typed again is named, and not run."""
    submitted(program, "an owl")
    lost(journal, origin_of(program), "a fox")
    done = program("--sandbox", "recover", "--json")
    (request,) = valid(done.json)["requests"]
    assert (done.code, request["outcome"], request["command"]) == (
        0,
        "presumed_not_sent",
        ["inference", "image", "a fox"],
    )
    assert "Ask again:  inference --sandbox image 'a fox'" in done.err
    assert states(program) == ["accepted", "presumed_not_sent"]


def test_what_cannot_be_settled_is_8_until_it_is_set_aside(program: Program, journal: Journal) -> None:
    """A direct request may be in no list; --forget ends the reminders, and it still counts as billed."""
    submitted(program, "an owl")
    lost(journal, origin_of(program), "a fox", route="generate")
    done = program("--sandbox", "recover", "--quiet")
    assert done.code == 8
    assert done.err.splitlines()[0] == "error: 1 request still has an unknown outcome"
    assert done.err.splitlines()[-2:] == [
        "  Nothing was sent again.  Look once more later:  inference --sandbox recover",
        "  Set it aside, unsettled:  inference --sandbox recover --forget",
    ]
    aside = program("--sandbox", "recover", "--forget")
    assert (aside.code, "may have been accepted (and billed)" in aside.err) == (0, True)
    assert states(program) == ["accepted", "unknowable"]
    assert "unknown outcome" not in program("--sandbox", "models", "list", "--limit", "1").err


def test_C04_more_than_one_could_be_its_own(program: Program, journal: Journal) -> None:
    """In a pipe 8, with the ids; on a terminal a table and a question, and the answer is what counts."""
    ids = [submitted(program, "a fox"), submitted(program, "a fox")]
    origin = origin_of(program)
    with closing(sqlite3.connect(journal.path)) as connection:
        connection.execute("DELETE FROM generations")
        connection.execute("DELETE FROM intents")
        connection.commit()
    lost(journal, origin, "a fox")
    piped = program("--sandbox", "recover", "--json")
    assert (piped.code, sorted(valid(piped.json)["requests"][0]["candidates"])) == (8, sorted(ids))

    person = Person(b"7\n", b"2\n", b"n\n")
    done = program("--sandbox", "recover", person=person)

    assert done.code == 0
    assert "At most 1 of the numbers 1 to 2." in done.err
    assert states(program) == ["accepted"]


def test_C30_a_result_inside_an_answer_that_was_not_saved(program: Program, journal: Journal) -> None:
    """Killed between answer and file: said once, with exit 9."""
    submitted(program, "an owl")
    origin = origin_of(program)
    program("--sandbox", "recover", "--quiet")
    body = Body({"model": MODEL, "prompt": "a fox"}, 1, 1)
    journal.origin = origin
    (intent,) = journal.plan(Order("image", "generate", MODEL, None, "a fox", (body,), OutputSpec()), cwd=program.cwd)
    journal.sending(intent)
    journal.accepted(intent, ["0" * 32], direct=True, status="succeeded")
    assert program("--sandbox", "recover").code == 0  # its process may be saving it now
    journal.close()
    done = program("--sandbox", "recover")
    assert (done.code, "came inside the answer" in done.err) == (9, True)
    assert program("--sandbox", "recover").code == 0


def test_a_picture_that_came_inside_a_broken_answer_is_one_file(program: Program, journal: Journal) -> None:
    """Saved from what was left, then found in the server's list by an id: shown once, and never written twice."""
    assert program("--sandbox", "image", "a fox", *SQUARE, "-o", str(program.cwd / "fox.png"), "--quiet").code == 0
    origin, picture = origin_of(program), (program.cwd / "fox.png").read_bytes()
    with closing(sqlite3.connect(journal_of(program))) as connection, connection:
        connection.execute("DELETE FROM generations")
        connection.execute("DELETE FROM intents")
    folder = journal.path.parent
    intent = Intent(lost(journal, origin, "a fox", route="generate", count=2), Body({}, 2, 1))
    where, name = place_of(intent, 0, OutputSpec(f"{folder}/"), total=2, model=MODEL, prompt="a fox").name("")
    with Part(where, stem(name), identity_of(intent, 0)) as part:
        sink = part.sink(now=0.0)
        sink.write(picture)
        sink.close()
    journal.close()
    done = program("--sandbox", "recover", "--json")
    (row,) = valid(done.json)["generations"]
    assert (done.code, [Path(row["path"])]) == (8, list(folder.glob("*.png")))
    assert Path(row["path"]).read_bytes() == picture
    assert states(program) == ["unknown"]
    assert [(one.id, one.direct) for one in journal.recent()] == [(row["generation_id"], False)]


def test_what_another_machine_made_is_asked_about(program: Program) -> None:
    """Listed and asked about on a terminal; in a pipe named, and fetched with --yes."""
    submitted(program, "a fox")
    program("--sandbox", "queue", "wait", "last", "--quiet")
    forget(program)
    for path in program.cwd.iterdir():
        path.unlink()
    piped = program("--sandbox", "recover")
    assert (piped.code, piped.out) == (0, "")
    assert piped.err == (
        "  1 generation is in the account and not on this disk. Fetch it:  inference --sandbox recover --yes\n"
    )
    refused = program("--sandbox", "recover", person=Person(b"n\n"))
    assert (refused.code, "a fox" in refused.out, list(program.cwd.iterdir())) == (0, True, [])
    done = program("--sandbox", "recover", "--yes", "--json")
    (row,) = valid(done.json)["generations"]
    assert (done.code, row["status"], (program.cwd / row["path"]).exists()) == (0, "succeeded", True)
    assert program("--sandbox", "recover").err == "  Nothing waits to be recovered.\n"


def test_a_direct_picture_that_is_here_is_not_missing(program: Program) -> None:
    """The sandbox lists it by an id that this machine does not know; once its file is gone it is missing."""
    assert program("--sandbox", "image", "a fox", *SQUARE, "-o", str(program.cwd / "fox.png"), "--quiet").code == 0
    assert program("--sandbox", "recover").err == "  Nothing waits to be recovered.\n"
    (program.cwd / "fox.png").unlink()
    plan = program("--sandbox", "recover", "--dry-run")
    assert (plan.code, [line.split("\t")[0] for line in plan.lines]) == (0, ["download"])
    assert plan.err == "  Nothing was done.\n"


def test_how_far_back(program: Program) -> None:
    """A day unless it is said; --since and --all exclude each other; a moment that is none is exit 2."""
    assert program("--sandbox", "recover", "--since", "7d").code == 0
    assert program("--sandbox", "recover", "--all").code == 0
    assert program("--sandbox", "recover", "--all", "--since", "7d").code == 2
    assert program("--sandbox", "recover", "--since", "soon").code == 2
    assert program("--sandbox", "recover", "-o", "-").code == 2


def test_a_dry_run_shows_and_changes_nothing(program: Program, journal: Journal) -> None:
    """A row for each request and generation; as JSON the same."""
    identity = submitted(program, "an owl")
    lost(journal, origin_of(program), "a fox")
    done = program("--sandbox", "recover", "--dry-run")
    assert [line.split("\t")[0] for line in done.lines] == ["find out", "collect"]
    document = valid(program("--sandbox", "recover", "--dry-run", "--json").json)
    assert [row["outcome"] for row in document["requests"]] == ["unknown"]
    assert [row["generation_id"] for row in document["missing"]] == [identity]
    assert states(program) == ["accepted", "unknown"]


def test_the_older_api_says_what_cannot_be_known(program: Program) -> None:
    """It has no history, and forgets what has ended."""
    program("--sandbox", "config", "set", "api", "2026-04")
    done = program("--sandbox", "recover")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "  the 2026-04 API forgets what has ended: what else the account has, and what became of a generation that left"
        " the queue, cannot be known here. Look into your account on the web\n"
        "  Nothing waits to be recovered.\n"
    )


def test_a_server_without_generations_has_nothing_to_recover(program: Program) -> None:
    """An OpenAI-compatible one: exit 4, nothing was sent."""
    program("config", "set", "api", "openai")
    done = program("recover", "--base-url", "http://127.0.0.1:9/v1", INFERENCE_API_KEY="sk-none-none")
    assert (done.code, "has no queue" in done.err) == (4, True)


def test_what_a_running_command_waits_for_is_left_to_it(program: Program, journal: Journal) -> None:
    """Neither fetched a second time nor named as missing; once its process is gone it is fetched."""
    identity = submitted(program, "a fox")
    body = Body({"model": MODEL, "prompt": "a fox"}, 1, 1)
    journal.origin = origin_of(program)
    (intent,) = journal.plan(Order("image", "queue", MODEL, None, "a fox", (body,), OutputSpec()), cwd=program.cwd)
    journal.sending(intent)
    with closing(sqlite3.connect(journal.path)) as connection:
        connection.execute("UPDATE generations SET intent = ? WHERE id = ?", (intent.id, identity))
        connection.execute("UPDATE intents SET state = 'accepted' WHERE id = ?", (intent.id,))
        connection.commit()

    done = program("--sandbox", "recover")
    assert (done.code, done.out) == (0, "")
    assert "  another command waits for 1 generation: left to it\n" in done.err
    journal.close()
    assert len(program("--sandbox", "recover").lines) == 1
