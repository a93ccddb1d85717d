"""`logs list|show|search|export|delete|path`, in this process."""

import json
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import jsonschema_rs
import pytest

from inference_cli.clock import ManualClock
from inference_cli.terminal.documents import schema
from tests.support.person import Person
from tests.support.program import Program
from tests.support.samples import png
from tests.support.talker import called, cut, said, talker
from tests.support.talks import log_in

MARK = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
CODE = "Here:\n\n```python\nprint(1)\n```\n\nand\n\n```sh\nls\n```\n"


def ids(program: Program) -> list[str]:
    """Of the conversations, newest first."""
    return [line.split("\t")[0] for line in program("logs", "list").lines]


@pytest.fixture
def talked(tmp_path: Path) -> Program:
    """Somebody who talked about foxes yesterday, and asked for code just now; a third answer was cut."""
    program, _ = talker(tmp_path, said("Red."), said("Mice."), said(CODE), cut("Once upon"))
    clock = program.clock
    assert isinstance(clock, ManualClock)
    assert program("chat", "what colour is a fox?", "-s", "Be brief.").code == 0
    assert program("chat", "-c", "what does it eat?").code == 0
    clock.sleep(86400)
    assert program("chat", "code, please", "-m", "m2").code == 0
    assert program("chat", "a tale", "-m", "m2").code == 12
    clock.sleep(60)
    return program


def test_a_list_in_a_pipe(talked: Program) -> None:
    """Whole ids, times for programs, costs without a sign; the first six columns are those of the history."""
    done = talked("logs", "list")
    rows = [line.split("\t") for line in done.lines]
    assert (done.code, done.err) == (0, "")
    assert [row[1:] for row in rows] == [
        ["m2", "incomplete", "2026-09-22T14:13:20Z", rows[0][4], "a tale", "1"],
        ["m2", "complete", "2026-09-22T14:13:20Z", rows[1][4], "code, please", "1"],
        ["claude-sonnet-4-6", "complete", "2026-09-21T14:13:20Z", "0.00018", "what colour is a fox?", "2"],
    ]
    assert all(len(row[0]) == 16 for row in rows)


def test_a_list_on_a_terminal(talked: Program) -> None:
    """Short ids, ages, costs; that an answer was cut is a column only where one was."""
    done = talked("logs", "list", terminal=True, NO_COLOR="1")
    first = done.lines[0].split()
    assert first == ["id", "model", "state", "age", "turns", "cost", "what"]
    assert done.lines[3].split()[0] == ids(talked)[2][:8]
    assert "1d" in done.lines[3]
    assert "$0.00018" in done.lines[3]
    assert talked("logs", "list", "-m", "claude-sonnet-4-6", terminal=True, NO_COLOR="1").lines[0].split() == [
        "id", "model", "age", "turns", "cost", "what",
    ]  # fmt: skip


def test_a_list_is_filtered(talked: Program) -> None:
    """By time, model and number; what is left out is said."""
    everything = ids(talked)
    for arguments, expected in (
        (["--since", "1h"], everything[:2]),
        (["--until", "1h"], everything[2:]),
        (["-m", "m2"], everything[:2]),
        (["-n", "1"], everything[:1]),
        (["--all"], everything),
    ):
        assert [line.split("\t")[0] for line in talked("logs", "list", *arguments).lines] == expected
    assert talked("logs", "list", "-n", "1").err == "  The newest 1. All of them:  inference logs list --all\n"
    assert talked("logs", "list", "-m", "none").err == "  No conversation fits. All of them:  inference logs list\n"
    assert talked("logs", "list", "--since", "1h", "--until", "2h").code == 2
    assert talked("logs", "list", "--since", "soon").code == 2
    assert talked("logs", "list", "--all", "-n", "3").code == 2
    other = talked("logs", "list", "--sandbox")
    assert (other.out, other.err) == ("", '  No conversation yet. Begin one:  inference --sandbox chat "…"\n')


def test_a_list_as_a_document(talked: Program) -> None:
    """Its schema ships with the program."""
    done = talked("logs", "list", "--json", "-n", "2")
    jsonschema_rs.validate(schema("conversations"), done.json)
    assert done.json["complete"] is False
    assert [(row["prompt"], row["turns"], row["complete"]) for row in done.json["data"]] == [
        ("a tale", 1, False),
        ("code, please", 1, True),
    ]
    assert talked("logs", "list", "--jq", ".data[].model").lines == ["m2", "m2", "claude-sonnet-4-6"]


def test_a_conversation_in_a_pipe(talked: Program) -> None:
    """Is Markdown, as the model wrote it; the last one where none is named, any by a prefix."""
    identity = ids(talked)[2]
    done = talked("logs", "show", identity[:7])
    assert (done.code, done.err) == (0, "")
    assert (
        done.out
        == f"""---
conversation: "{identity}"
model: claude-sonnet-4-6
date: 2026-09-21T14:13:20Z
cost: 0.00018
---

## System

Be brief.

## User

what colour is a fox?

## claude-sonnet-4-6

Red.

## User

what does it eat?

## claude-sonnet-4-6

Mice.
"""
    )
    assert talked("logs", "show").out == talked("logs", "show", "last").out
    assert "\n\n## m2\n\nOnce upon\n\n*Incomplete: " in talked("logs", "show").out


def test_a_conversation_on_a_terminal(talked: Program) -> None:
    """Questions behind a mark, answers drawn, the facts and the way on around them."""
    identity = ids(talked)[2]
    done = talked("logs", "show", identity, terminal=True, NO_COLOR="1")
    assert [line.rstrip() for line in done.lines if line.strip()] == [
        f"{MARK} what colour is a fox?",
        "Red.",
        f"{MARK} what does it eat?",
        "Mice.",
    ]
    assert identity in done.err.splitlines()[0]
    assert "2 turns" in done.err.splitlines()[0]
    assert f"Go on:  inference chat --cid {identity[:8]}" in done.err
    assert "incomplete: " in talked("logs", "show", "last", terminal=True, NO_COLOR="1").err


def test_tools_on_a_terminal(tmp_path: Path) -> None:
    """A line for each call and for its result, short."""
    program, _ = talker(tmp_path, called(("time", {"zone": "x" * 300})), said("Noon."))
    assert program("chat", "when?", "-T", "time", "-m", "m").code == 0
    done = program("logs", "show", terminal=True, NO_COLOR="1")
    lines = done.err.splitlines()[1:-1]
    assert [line[:20] for line in lines] == ['  called time({"zone', "    There is no time"]
    assert all(len(line) < 230 for line in lines)
    assert done.out.splitlines()[-1] == "Noon."


def test_a_turn_that_was_taken_back(tmp_path: Path) -> None:
    """Is shown as that, and is not sent again."""
    program, service = talker(tmp_path, said("No."), said("Yes."))
    assert program("chat", "is it?").code == 0
    (path,) = program("logs", "path").lines
    with log_in(Path(path).parent, origin="https://hub.oxen.ai") as log:
        log.withdraw(log.find("last"))
    assert program("chat", "-c", "is it not?").code == 0
    assert [one["content"] for one in service.chats[1]["messages"]] == ["is it not?"]
    assert "  taken back: it is not sent again\n" in program("logs", "show", terminal=True, NO_COLOR="1").err
    assert "No.\n\n*Taken back*\n\n## User" in program("logs", "show").out
    assert [turn["withdrawn"] for turn in program("logs", "show", "--json").json["data"][0]["turns"]] == [True, False]


def test_parts_of_an_answer(talked: Program) -> None:
    """Its text, or a code block in it; bytes in a pipe."""
    identity = ids(talked)[1]
    assert talked("logs", "show", identity, "-r").out == CODE
    assert talked("logs", "show", identity, "-x").out == "print(1)\n"
    assert talked("logs", "show", identity, "--xl").out == "ls\n"
    assert talked("logs", "show", identity, "-x", terminal=True, NO_COLOR="1").out.strip() == "print(1)"
    none = talked("logs", "show", "last", "-x")
    assert (none.out, none.err) == ("Once upon", "  There is no code block in the answer; this is all of it.\n")
    assert talked("logs", "show", "-x", "--xl").code == 2
    assert talked("logs", "show", "-r", "--json").code == 2
    assert "Once upon" in talked("logs", "show", "-r", terminal=True, NO_COLOR="1").out


def test_conversations_as_a_document(talked: Program) -> None:
    """Everything that is known, several at once; exported as JSON it is the same."""
    newest, second, _ = ids(talked)
    done = talked("logs", "show", newest, second, "--json")
    jsonschema_rs.validate(schema("conversation"), done.json)
    turn = done.json["data"][1]["turns"][0]
    assert (turn["response"], turn["finish_reason"], turn["prompt_tokens"]) == (CODE, "stop", 10)
    assert turn["responses"][0]["choices"][0]["message"]["content"] == CODE
    assert talked("logs", "export", newest, second, "--format", "json").json == done.json


def test_what_is_not_there(talked: Program) -> None:
    """4 for an unknown conversation, 2 for an ambiguous one, with the way to the list."""
    done = talked("logs", "show", "xyz")
    assert (done.code, done.out) == (4, "")
    assert "error: no conversation begins with 'xyz'" in done.err
    assert "inference logs list" in done.err
    assert talked("logs", "show", "last", "--sandbox").code == 4
    assert talked("logs", "show", "xyz", "--json").json["error"]["code"] == "not_found"


def test_a_search(talked: Program) -> None:
    """Words and phrases; the shell takes quotes away, and they count all the same."""
    everything = ids(talked)
    done = talked("logs", "search", "fox")
    assert [line.split("\t") for line in done.lines] == [
        [everything[2], "claude-sonnet-4-6", "user", "2026-09-21T14:13:20Z", "1", "what colour is a fox?"]
    ]
    assert talked("logs", "search", "colour is").lines == done.lines
    assert talked("logs", "search", "is colour").out == ""
    assert talked("logs", "search", "is", "colour").lines == done.lines
    assert talked("logs", "search", "pl*", "-n", "5").lines[0].startswith(everything[1])
    assert talked("logs", "search", "fox", "--since", "1h").err == "  Nothing found.\n"
    assert talked("logs", "search", "").code == 2
    shown = talked("logs", "search", "fox", terminal=True, NO_COLOR="1")
    assert shown.lines[0].split() == ["id", "age", "who", "what"]
    found = talked("logs", "search", "upon", "--json").json
    jsonschema_rs.validate(schema("found"), found)
    assert [row["snippet"] for row in found["data"]] == ["Once upon"]
    many = talked("logs", "search", "a", "-n", "1")
    assert len(many.lines) == 1
    assert many.err == "  The newest 1 of more; all of them with --all.\n"


def test_what_the_model_wrote_is_safe_on_a_terminal(tmp_path: Path) -> None:
    """Control characters of question and answer are shown, never obeyed; in a pipe they are what they are."""
    program, _ = talker(tmp_path, said("an\x1b]0;evil\x07swer"))
    program("chat", "as\x1b[31mk", "-m", "m")
    for arguments in (["list"], ["show"], ["search", "swer"], ["show", "-r"], ["export"]):
        done = program("logs", *arguments, terminal=True, NO_COLOR="1")
        assert done.code == 0
        for text in (done.out, done.err):
            assert "\x1b]" not in text
            assert "\x07" not in text
            assert "\x1b[31mk" not in text
    assert program("logs", "show", "-r").out == "an\x1b]0;evil\x07swer"


def test_attachments_are_shown_and_go_with_their_conversation(tmp_path: Path) -> None:
    """Kept by their hash, sent again, named in the document; deleted with the last that has them."""
    program, service = talker(tmp_path, said("A fox."), said("Red."))
    picture = tmp_path / "fox.png"
    picture.write_bytes(png())
    assert program("chat", "what is it?", "-a", str(picture)).code == 0
    picture.unlink()
    assert program("chat", "-c", "its colour?").code == 0
    assert service.chats[1]["messages"][0] == service.chats[0]["messages"][0]
    (attached,) = program("logs", "show", "--json").json["data"][0]["turns"][0]["attachments"]
    kept = Path(attached["path"])
    assert (attached["name"], attached["mime"], kept.read_bytes()) == ("fox.png", "image/png", png())
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "fox.png  image/png" in program("logs", "show", terminal=True, NO_COLOR="1").err
    assert "- attached: fox.png (image/png, sha256 " in program("logs", "export").out
    assert program("logs", "delete", "last", "-y").err == "  Deleted 1 conversation and 1 attachment.\n"
    assert not kept.exists()


def test_an_export_into_files(talked: Program) -> None:
    """One file for all of them, or a folder with a file each; none is written over."""
    newest, second, _ = ids(talked)
    done = talked("logs", "export", newest, second, "-o", str(talked.cwd / "both.md"))
    assert done.lines == [str(talked.cwd / "both.md")]
    assert (talked.cwd / "both.md").read_text() == talked("logs", "export", newest, second).out
    again = talked("logs", "export", "-o", str(talked.cwd / "both.md"))
    assert again.lines == [str(talked.cwd / "both-1.md")]
    talked("logs", "export", "-o", str(talked.cwd / "both.md"), "--force")
    assert (talked.cwd / "both.md").read_text() == talked("logs", "export").out
    kept = talked("logs", "export", "-o", str(talked.cwd / "both.md"), "--no-clobber")
    assert (kept.out, kept.err) == ("", "  A file of that name is there, and stays.\n")
    (talked.cwd / "all").mkdir()
    done = talked("logs", "export", newest, second, "-f", "json", "-o", str(talked.cwd / "all"))
    assert done.lines == [str(talked.cwd / "all" / f"{one}.json") for one in (newest, second)]
    jsonschema_rs.validate(schema("conversation"), json.loads((talked.cwd / "all" / f"{newest}.json").read_text()))
    done = talked("logs", "export", newest, second, "-o", str(talked.cwd / "talk-{id}.md"))
    assert done.lines == [str(talked.cwd / f"talk-{one}.md") for one in (newest, second)]
    assert talked("logs", "export", "-o", str(talked.cwd / "none" / "x.md")).code == 2
    assert talked("logs", "export", "--force", "--no-clobber").code == 2


def test_deleting_asks(talked: Program) -> None:
    """A person is asked, a script has to agree in advance; nothing goes without."""
    before = ids(talked)
    refused = talked("logs", "delete", "last")
    assert (refused.code, refused.err) == (
        6,
        "error: deleting 1 conversation needs consent\n  Nothing was deleted.  Agree in advance with -y\n",
    )
    person = Person(b"n\n")
    assert talked("logs", "delete", "--all", person=person).code == 6
    person.leave()
    assert person.read == b"Delete 3 conversations? What was said cannot be brought back. [y/N] "
    assert ids(talked) == before
    person = Person(b"y\n")
    done = talked("logs", "delete", before[0], person=person, NO_COLOR="1")
    person.leave()
    assert (done.code, done.err, ids(talked)) == (0, "  Deleted 1 conversation.\n", before[1:])


@pytest.mark.parametrize(
    ("arguments", "gone"),
    [(["--older-than", "12h"], [2]), (["--all"], [0, 1, 2]), (["--older-than", "30d"], [])],
)
def test_many_are_deleted(talked: Program, arguments: Sequence[str], gone: list[int]) -> None:
    """Those that are named in a sentence; what went is on stdout, a line each, and said."""
    before = ids(talked)
    done = talked("logs", "delete", *arguments, "--yes")
    expected = [before[place] for place in gone]
    assert sorted(done.lines) == sorted(f"{one}\tdeleted" for one in expected)
    assert ids(talked) == [one for one in before if one not in expected]
    if not gone:
        assert done.err == "  Nothing to delete.\n"


def test_deleting_names_something(talked: Program) -> None:
    """Neither nothing nor two ways at once; an unknown id deletes none of the others."""
    before = ids(talked)
    for arguments in ([], ["last", "--all"], ["--all", "--older-than", "1d"]):
        done = talked("logs", "delete", *arguments, "-y")
        assert done.code == 2
        assert "Nothing was deleted." in done.err
    assert talked("logs", "delete", "last", "nope", "-y").code == 4
    assert ids(talked) == before
    document = talked("logs", "delete", "last", "-y", "--json").json
    assert document == {"schema": 1, "data": [{"conversation_id": before[0], "deleted": True}]}


def test_the_path(talked: Program) -> None:
    """For tools that read SQLite."""
    (path,) = talked("logs", "path").lines
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM turns").fetchone() == (4,)


def test_a_log_that_was_damaged_is_said(talked: Program) -> None:
    """What could be read is kept, and the user is told where the old file is."""
    path = Path(talked("logs", "path").out.strip())
    path.write_bytes(b"garbage" * 1000)
    done = talked("logs", "list")
    assert (done.code, done.out) == (0, "")
    assert "warning: the log was damaged; 0 of its rows could be read and kept" in done.err
