"""The log of conversations: what is kept, and what is sent again."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.api.redaction import Redactor
from inference_cli.clock import ManualClock
from inference_cli.errors import DamagedError, LocalError, NotFoundError, UsageError
from tests.support.talks import MODEL, PIXEL, attachment, log_in, outcome, record, roles, talk, usage, user


def everything(folder: Path) -> bytes:
    """All bytes of the log's files."""
    return b"".join(path.read_bytes() for path in folder.glob("conversations.sqlite3*"))


def test_what_was_said_is_sent_again(tmp_path: Path) -> None:
    """The system's message first, then every turn in order; another process sees it too."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("hello", "hi"), ("more?", "yes"), system="Be brief.")
    with log_in(tmp_path) as log:
        said = log.history(identity)
        assert log.last() == identity
        assert log.model_of(identity) == MODEL
    assert said == (
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "hello"},
        {"role": "assistant", "content": "hi"},
        {"role": "user", "content": "more?"},
        {"role": "assistant", "content": "yes"},
    )


def test_a_question_is_on_the_disk_before_it_is_sent(tmp_path: Path) -> None:
    """Asked and not answered, as after a kill -9: it is there and incomplete, and is not sent again."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("hello", "hi"), ("lost", ""))
        with closing(sqlite3.connect(log.path)) as other:
            rows = other.execute("SELECT complete, answered IS NULL FROM turns ORDER BY number").fetchall()
        assert rows == [(1, 0), (0, 1)]
        assert roles(log.history(identity)) == ["user: hello", "assistant: hi"]


def test_a_conversation_begins_with_its_first_question_in_one_transaction(tmp_path: Path) -> None:
    """The disk is waited for once, and what is there is what the two steps leave."""
    rows = (
        "SELECT c.id, origin, c.created, c.model, system, template, group_id, asked, t.model, parameters, body"
        " FROM conversations c JOIN turns t ON t.conversation = c.id JOIN messages m ON m.turn = t.number"
    )
    asked: dict[str, Any] = {"model": MODEL, "messages": [user("hello")], "parameters": {"seed": 7}}
    begun: dict[str, Any] = {"model": MODEL, "system": "Be brief.", "template": "short", "group": "g"}
    steps: list[str] = []
    with log_in(tmp_path) as log:
        log.store.read(lambda db: db.set_trace_callback(steps.append))
        identity, turn = log.first_asked(**{**asked, **begun})
        together = [step for step in steps if step in {"BEGIN IMMEDIATE", "COMMIT"}]
        other = log.begin(**begun)
        assert log.asked(other, **asked) == turn + 1
        (one, two) = log.store.read(lambda db: db.execute(f"{rows} ORDER BY t.number").fetchall())
    assert together == ["BEGIN IMMEDIATE", "COMMIT"]
    assert (one[0], two[0]) == (identity, other)
    assert one[1:] == two[1:]


def test_the_text_of_an_answer_that_was_cut_stands(tmp_path: Path) -> None:
    """So that the talk can go on; its turn stays marked incomplete, with the reason."""
    with log_in(tmp_path) as log:
        identity = log.begin(model=MODEL)
        turn = log.asked(identity, model=MODEL, messages=[user("tell")], parameters={})
        log.answered(turn, outcome("Once upon", complete=False), cost=Decimal("0.001"), error="the connection broke")
        assert roles(log.history(identity)) == ["user: tell", "assistant: Once upon"]
        row = log.store.read(lambda db: db.execute("SELECT complete, error, cost FROM turns").fetchone())
    assert row == (0, "the connection broke", "0.001")


def test_a_second_answer_of_a_turn_replaces_the_first(tmp_path: Path) -> None:
    """What came so far may be kept while more is coming."""
    with log_in(tmp_path) as log:
        identity = log.begin(model=MODEL)
        turn = log.asked(identity, model=MODEL, messages=[user("tell")], parameters={})
        log.answered(turn, outcome("Once", complete=False), cost=None)
        log.answered(turn, outcome("Once upon a time", usage=usage()), cost=Decimal("0.5"))
        assert roles(log.history(identity)) == ["user: tell", "assistant: Once upon a time"]


def test_the_last_wording_of_what_the_model_is_told_counts(tmp_path: Path) -> None:
    """A system message among the messages of a turn takes the place of the one before, at the beginning."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("one", "1"), system="Old.")
        new = {"role": "system", "content": "New."}
        turn = log.asked(identity, model=MODEL, messages=[new, user("two")], parameters={})
        log.answered(turn, outcome("2"), cost=None)
        assert roles(log.history(identity)) == [
            "system: New.",
            "user: one",
            "assistant: 1",
            "user: two",
            "assistant: 2",
        ]
        bare = talk(log, ("one", "1"))
        log.set_system(bare, "Late.")
        assert roles(log.history(bare))[0] == "system: Late."


CALL = {"id": "call_1", "type": "function", "function": {"name": "time", "arguments": "{}"}}
ASKING = {"role": "assistant", "content": None, "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_call_id": "call_1", "content": "noon"}
ANSWER = {"role": "assistant", "content": "It is noon."}


@pytest.mark.parametrize(
    ("messages", "sent"),
    [
        ([ASKING, RESULT, ANSWER], [ASKING, RESULT, ANSWER]),
        ([ASKING, RESULT], [ASKING, RESULT]),
        ([ASKING], []),
        ([{**ASKING, "content": "Let me see."}], [{"role": "assistant", "content": "Let me see."}]),
        ([RESULT, ANSWER], [ANSWER]),
        ([{"role": "assistant", "content": ""}], []),
        ([{**ASKING, "tool_calls": [CALL, {**CALL, "id": "call_2"}]}, RESULT, ANSWER], [ANSWER]),
    ],
)
def test_calls_and_results_come_back_in_pairs(
    tmp_path: Path, messages: list[dict[str, object]], sent: list[dict[str, object]]
) -> None:
    """No service takes a call without its result, or a result without its call."""
    with log_in(tmp_path) as log:
        identity = log.begin(model=MODEL)
        turn = log.asked(identity, model=MODEL, messages=[user("when?")], parameters={})
        log.answered(turn, outcome("It is noon.", messages=messages, calls=(record(),)), cost=None)
        assert list(log.history(identity)) == ([user("when?"), *sent] if sent else [])


def test_attachments_are_files_by_their_hash(tmp_path: Path) -> None:
    """Each content once, 0600; in the database no base64 (fault E12); sent again they are what they were."""
    picture = attachment()
    with log_in(tmp_path) as log:
        conversations = []
        for name in ("fox.png", "same.png"):
            identity = log.begin(model=MODEL)
            question = user("what?", attachment(name=name))
            turn = log.asked(
                identity, model=MODEL, messages=[question], parameters={}, attachments=[attachment(name=name)]
            )
            log.answered(turn, outcome("a fox"), cost=None)
            conversations.append((identity, question))
        for identity, question in conversations:
            assert log.history(identity)[0] == question
        assert log.notes == ()
        assert picture.part["image_url"]["url"][22:60].encode() not in everything(tmp_path)
    files = [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()]
    assert [(path.name, path.read_bytes(), path.stat().st_mode & 0o777) for path in files] == [
        (picture.sha256, PIXEL, 0o600)
    ]
    assert (tmp_path / "conversations.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_picture_that_a_model_made_is_a_file_too(tmp_path: Path) -> None:
    """Once for its turn, whatever says it again and however often it is kept."""
    url = attachment().part["image_url"]["url"]
    answer = {"role": "assistant", "content": f"Here: ![it]({url})"}
    with log_in(tmp_path) as log:
        identity = log.begin(model=MODEL)
        turn = log.asked(identity, model=MODEL, messages=[user("draw")], parameters={})
        for _ in range(2):
            log.answered(turn, outcome("Here", messages=[answer], responses=({"images": [url]},)), cost=None)
        assert log.history(identity)[1] == answer
        rows = log.store.read(lambda db: db.execute("SELECT kind, mime, size FROM attachments").fetchall())
    assert rows == [("image", "image/png", len(PIXEL))]
    assert b"iVBORw0KGgoAAQ" not in everything(tmp_path)


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_an_attachment_that_is_gone_is_said(tmp_path: Path, damage: str) -> None:
    """To the model in its place, and to the user in a note."""
    with log_in(tmp_path) as log:
        identity = log.begin(model=MODEL)
        turn = log.asked(
            identity, model=MODEL, messages=[user("what?", attachment())], parameters={}, attachments=[attachment()]
        )
        log.answered(turn, outcome("a fox"), cost=None)
        path = log.blobs.path(attachment().sha256 or "")
        assert path is not None
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(b"something else")
        assert log.history(identity)[0]["content"] == [
            {
                "type": "text",
                "text": "[fox.png was attached here; its file is not on this machine any more]",
            },
            {"type": "text", "text": "what?"},
        ]
        assert log.notes == (f"the attachment fox.png is not in {tmp_path}/attachments any more: the model is told so",)


def test_E12_no_secret_is_kept(tmp_path: Path) -> None:
    """Neither tokens nor signatures nor passwords in URLs, wherever they stand; other words stay as they are."""
    canary = "canary-0123456789"
    link = f"https://files.example/fox.png?X-Amz-Signature={canary}&size=2"
    signed = {"type": "image_url", "image_url": {"url": link}}
    asked = {"role": "user", "content": [signed, {"type": "text", "text": f"see https://me:{canary}@host/ & key=1"}]}
    said = outcome(
        f"I was sent {canary}",
        messages=[{"role": "assistant", "content": f"I was sent {canary}"}],
        calls=(record(result=f"https://x.example/?token={canary}"),),
        responses=({"link": link},),
        reasoning=f"the token is {canary}",
    )
    with log_in(tmp_path, redactor=lambda: Redactor([canary])) as log:
        identity = log.begin(model=MODEL, system=f"token {canary}")
        turn = log.asked(
            identity, model=MODEL, messages=[asked], parameters={"user": canary}, attachments=[attachment()]
        )
        log.answered(turn, said, cost=None, error=f"refused: Bearer {canary}")
        assert canary.encode() not in everything(tmp_path)
        assert log.history(identity) == (
            {"role": "system", "content": "token ***"},
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "[something was attached here; its link was signed for a while only]"},
                    {"type": "text", "text": "see https://***@host/ & key=1"},
                ],
            },
            {"role": "assistant", "content": "I was sent ***"},
        )
        assert log.notes == (
            "the link of an attachment was signed, which is not kept: the model is told that it is gone",
        )


def test_a_server_cannot_have_files_put_into_the_next_request(tmp_path: Path) -> None:
    """An answer that looks like the log's own reference to a file of another turn brings no file."""
    with log_in(tmp_path) as log:
        secret = talk(log, ("a", "b"))
        log.asked(secret, model=MODEL, messages=[user("x", attachment())], parameters={}, attachments=[attachment()])
        identity = log.begin(model=MODEL)
        turn = log.asked(identity, model=MODEL, messages=[user("hello")], parameters={})
        trap = {"$pieces": [[attachment().sha256, "data:image/png;base64,"]]}
        answer = {"role": "assistant", "content": "hi", "reasoning_details": trap}
        log.answered(turn, outcome("hi", messages=[answer]), cost=None)
        assert "iVBOR" not in str(log.history(identity))


def test_conversations_of_two_origins_do_not_mix(tmp_path: Path) -> None:
    """Those of the sandbox are not seen beside paid ones; a log of no origin sees all."""
    with log_in(tmp_path) as paid, log_in(tmp_path, origin="https://sandbox.invalid") as sandbox:
        first, second = talk(paid, ("one", "1")), talk(sandbox, ("two", "2"))
        assert (paid.last(), sandbox.last()) == (first, second)
        with pytest.raises(NotFoundError) as caught:
            paid.find(second)
        assert caught.value.message == f"no conversation begins with '{second}'"
        with log_in(tmp_path, origin=None) as both:
            assert both.last() == second
            assert both.find(first) == first
            assert both.last("https://hub.example") == first


def test_an_id_is_found_by_any_beginning_that_is_its_own(tmp_path: Path) -> None:
    """``last`` is where something was asked last; one in which nothing was asked is not there."""
    with log_in(tmp_path) as log:
        with pytest.raises(NotFoundError, match="no conversation is in the log yet"):
            log.find("last")
        empty = log.begin(model=MODEL)
        ids = [talk(log, ("hello", "hi")) for _ in range(17)]  # of 17 two begin alike
        assert log.find("last") == ids[-1]
        assert log.find(ids[3].upper()) == ids[3]
        assert {log.find(one[:12]) for one in ids} == set(ids)
        for wrong in (empty, "", "%", "zz", "\ud800"):
            with pytest.raises(NotFoundError):
                log.find(wrong)
        alike = next(one[0] for one in ids if sum(other[0] == one[0] for other in ids) > 1)
        with pytest.raises(UsageError) as caught:
            log.find(alike)
        assert caught.value.message == f"'{alike}' fits more than one conversation"
        assert set(caught.value.details) <= set(ids)
        with pytest.raises(NotFoundError):
            log.model_of(empty)
        with pytest.raises(NotFoundError):
            log.history("none")
        with pytest.raises(NotFoundError):
            log.asked("none", model=MODEL, messages=[], parameters={})


TEXTS = st.text(st.characters(), max_size=40) | st.text(st.sampled_from("\ud800\x00\n\"'é漢🦊"), max_size=9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str]]) -> None:
    """Control characters, lone surrogates and all; only turns without an answer are left out."""
    with log_in(tmp_path_factory.mktemp("log")) as log:
        identity = talk(log, *said)
        back = log.history(identity)
    expected = [(question, answer) for question, answer in said if answer]
    assert [(one["content"], two["content"]) for one, two in zip(back[::2], back[1::2], strict=True)] == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(min_size=18, max_size=60) | TEXTS, max_size=6))
def test_bytes_within_a_text_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes | str]
) -> None:
    """Data URLs anywhere in a text are taken out and put back."""
    texts = [one if isinstance(one, str) else attachment(one).part["image_url"]["url"] + " " for one in pieces]
    text = "".join(texts) + "."
    with log_in(tmp_path_factory.mktemp("log")) as log:
        identity = talk(log, (text, "yes"))
        assert log.history(identity)[0] == user(text)


CHILD = """
import sys
from pathlib import Path
from tests.support.talks import log_in, outcome, user

folder, identity, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with log_in(folder) as log:
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(20):
        turn = log.asked(identity, model=name, messages=[user(f"{name} asks {n}")], parameters={})
        log.answered(turn, outcome(f"{name} gets {n}"), cost=None)
"""


def test_E11_two_processes_in_one_conversation(tmp_path: Path) -> None:
    """Nothing is lost, no question is parted from its answer, and each one's turns are in order."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("hello", "hi"))
        children = [
            subprocess.Popen(
                [sys.executable, "-c", CHILD, str(tmp_path), identity, name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in ("ann", "bob", "eve")
        ]
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        assert [(child.communicate(timeout=120)[0], child.returncode) for child in children] == [("", 0)] * 3
        said = [str(message["content"]) for message in log.history(identity)][2:]
        for question, answer in zip(said[::2], said[1::2], strict=True):
            assert question.replace("asks", "gets") == answer
        for name in ("ann", "bob", "eve"):
            asked = [text for text in said[::2] if text.startswith(name)]
            assert asked == [f"{name} asks {n}" for n in range(20)]
    with closing(sqlite3.connect(log.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_E06_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    """Locked for ever, or of a newer version: said, with nothing lost; what is there can be read."""
    with log_in(tmp_path, patience=0.0) as log:
        identity = talk(log, ("hello", "hi"))
        with closing(sqlite3.connect(log.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LocalError) as caught:
                log.begin(model=MODEL)
            assert caught.value.message == f"the log {log.path} cannot be written: database is locked"
            other.execute("ROLLBACK")
            other.execute("PRAGMA user_version = 99")
    with log_in(tmp_path) as log:
        assert roles(log.history(identity)) == ["user: hello", "assistant: hi"]
        with pytest.raises(DamagedError, match="the log was written by a newer version of this program"):
            log.begin(model=MODEL)


def test_E06_a_damaged_log_is_salvaged(tmp_path: Path) -> None:
    """What can be read is kept in a new file, the old one set aside."""
    with log_in(tmp_path) as log:
        talk(log, *[(f"question {n} " + "x" * 600, "answer " * 100) for n in range(60)])
    size = log.path.stat().st_size
    with log.path.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096 * 6)
    with log_in(tmp_path) as log:
        identity = log.last()
        if identity is not None:
            log.history(identity)
        talk(log, ("after", "wards"))
        assert roles(log.history(log.find("last"))) == ["user: after", "assistant: wards"]
        assert [note.partition(";")[0] for note in log.notes] == ["the log was damaged"]


def test_times_are_the_clocks(tmp_path: Path) -> None:
    """Unix seconds, whatever they are: the order is that of the rows (fault E13)."""
    clock = ManualClock(4_000_000_000.0)
    with log_in(tmp_path, clock=clock) as log:
        first = talk(log, ("one", "1"))
    with log_in(tmp_path, clock=ManualClock(0.0)) as log:
        second = talk(log, ("two", "2"))
        assert log.last() == second
        times = log.store.read(
            lambda db: db.execute("SELECT id, created FROM conversations ORDER BY number").fetchall()
        )
    assert times == [(first, 4_000_000_000.0), (second, 0.0)]
