"""The journal: what it promises about money, across crashes, processes and time."""

import os
import sqlite3
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.clock import ManualClock
from inference_cli.errors import NotFoundError, UsageError
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.kept import Kept, Outcome
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.order import Body
from inference_cli.jobs.twins import refuse_twins
from inference_cli.origin import Origin
from tests.support.jobs import ORIGIN, journal_in, order_for

LINK = "https://media.example/x.png?X-Amz-Signature=canary"


def states(journal: Journal) -> list[str]:
    """The states of all intents, oldest first, read past the journal."""
    with sqlite3.connect(journal.path) as connection:
        rows = connection.execute("SELECT state FROM intents ORDER BY number").fetchall()
    connection.close()
    return [state for (state,) in rows]


def bytes_of(journal: Journal) -> bytes:
    """Every byte of the journal on disk."""
    return b"".join(file.read_bytes() for file in journal.path.parent.glob("journal.sqlite3*") if file.is_file())


def test_an_order_is_planned_sent_accepted_and_downloaded(tmp_path: Path) -> None:
    """A generation carries what its request said; its place in the command; and in the end its file."""
    clock = ManualClock()
    with journal_in(tmp_path, clock=clock) as journal:
        bodies = (Body({"p": 1, "num_generations": 2}, 2, 1), Body({"p": 1, "seed": 9}, 1, 3, seed=9))
        first, second = journal.plan(
            order_for(*bodies, target="fox.png", estimate=Decimal("0.02"), namespace="lab", tag="ad"), cwd=tmp_path
        )
        assert states(journal) == ["planned", "planned"]
        journal.sending(first)
        journal.accepted(first, ["a1", "a2"], status="queued")
        journal.sending(second)
        journal.accepted(second, ["b1"], status="processing")
        assert states(journal) == ["accepted", "accepted"]
        expected = Kept(
            id="b1",
            intent=second.id,
            n=3,
            count=3,
            direct=False,
            kind="image",
            model="fox-1",
            namespace="lab",
            prompt="a red fox",
            seed=9,
            output=OutputSpec(f"{tmp_path}/fox.png"),
            accepted=clock.now(),
            state="accepted",
            status="processing",
            error=None,
            url=None,
            path=None,
            size=None,
            sha256=None,
            tag="ad",
            price=Decimal("0.006667"),
            asked=1,
            cost=None,
        )
        assert journal.get("b1") == expected
        assert [kept.estimate for kept in journal.recent()] == [Decimal("0.006667")] * 3
        assert [kept.id for kept in journal.recent()] == ["b1", "a2", "a1"]
        assert [(kept.n, kept.count) for kept in journal.recent()] == [(3, 3), (2, 3), (1, 3)]
        (tmp_path / "fox-3.png").write_bytes(b"1234")
        journal.downloaded("b1", path=f"{tmp_path}/fox-3.png", size=4, sha256="00")
        kept = journal.get("b1")
        assert kept is not None
        assert (kept.state, kept.size, kept.sha256, kept.file) == ("downloaded", 4, "00", tmp_path / "fox-3.png")
        assert [kept.id for kept in journal.pending()] == ["a2", "a1"]
        (tmp_path / "fox-3.png").write_bytes(b"12345")
        assert kept.file is None


def test_a_direct_answers_link_is_kept_until_its_file_is_there(tmp_path: Path) -> None:
    """The only handle of a paid picture survives a crash; once published the signature is gone (fault C30, rule g)."""
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(route="generate"), cwd=tmp_path)
        journal.sending(intent)
        journal.accepted(intent, ["own"], direct=True, status="succeeded", urls={"own": LINK})
        (kept,) = journal.pending()
        assert (kept.direct, kept.url) == (True, LINK)
        journal.downloaded("own", path="-", size=1, sha256="00")
        assert journal.pending() == ()
    assert b"canary" not in bytes_of(journal)


def test_a_direct_answer_without_a_link_cannot_be_fetched_later(tmp_path: Path) -> None:
    """Media that came inside the answer is in its part file or lost: it is not pending."""
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(route="generate"), cwd=tmp_path)
        journal.accepted(intent, ["own"], direct=True)
        assert journal.pending() == ()


def test_what_the_server_charged_is_kept_beside_what_was_expected(tmp_path: Path) -> None:
    """Exactly as it said, the last word counts; ids of other machines are not taken in."""
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(estimate=Decimal("0.02")), cwd=tmp_path)
        journal.accepted(intent, ["a1"])
        journal.charged([("a1", Decimal("0.5")), ("stranger", Decimal(1))])
        journal.charged([("a1", Decimal("0.0374"))])
        assert [(kept.id, kept.price, kept.cost) for kept in journal.recent()] == [
            ("a1", Decimal("0.02"), Decimal("0.0374"))
        ]


def test_the_ways_an_intent_can_end(tmp_path: Path) -> None:
    """Refused, dropped, unknown; and an answer that arrives late beats unknown, never the reverse."""
    with journal_in(tmp_path) as journal:
        intents = journal.plan(order_for(*(Body({"n": n}, 1, n) for n in range(1, 6))), cwd=tmp_path)
        for intent in intents[:3]:
            journal.sending(intent)
        journal.refused(intents[0], "no")
        journal.unknown(intents[1], "it broke")
        journal.accepted(intents[2], ["c"])
        journal.unknown(intents[2], "too late")
        journal.not_sent(intents[3])
        assert states(journal) == ["refused", "unknown", "accepted", "not_sent", "planned"]
        assert journal.unsettled() == (
            Outcome(intents[1].id, 1_790_000_000.0, "fox-1", "a red fox", 1, "unknown", "it broke"),
        )
        journal.accepted(intents[1], ["late"])
        assert journal.unsettled() == ()


def test_ids_by_prefix(tmp_path: Path) -> None:
    """Any unique beginning, or 'last'; an id that is another's beginning means itself."""
    with journal_in(tmp_path) as journal:
        with pytest.raises(NotFoundError):
            journal.find("last")
        (intent,) = journal.plan(order_for(), cwd=tmp_path)
        journal.accepted(intent, ["7cf9aaaa", "7cf9bbbb", "7cf9", "e1%_x"])
        assert [journal.find(text) for text in ("last", "e", "7cf9a", "7cf9")] == ["e1%_x", "e1%_x", "7cf9aaaa", "7cf9"]
        with pytest.raises(UsageError) as caught:
            journal.find("7c")
        assert caught.value.details == ("7cf9", "7cf9bbbb", "7cf9aaaa")
        for text in ("", "9", "e%", "\udc80"):
            with pytest.raises(NotFoundError):
                journal.find(text)
        assert [journal.prefix(text) for text in ("7cf9aaaa", "7cf9", "e1%_x")] == ["7cf9a", "7cf9", "e1%_"]


def test_what_the_server_says_is_kept_but_never_against_a_file(tmp_path: Path) -> None:
    """States move, unknown ids are added, a downloaded row stays downloaded (fault C21)."""
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(), cwd=tmp_path)
        journal.accepted(intent, ["a", "b"])
        journal.downloaded("b", path="/x", size=1, sha256="00")
        journal.moved(
            [("a", "failed", "error", "no luck"), ("b", "processing", "processing", None), ("z", "queued", "q", None)]
        )
        found = [journal.get(identity) for identity in ("a", "b", "z")]
        assert [kept and (kept.state, kept.status, kept.error, kept.output) for kept in found] == [
            ("failed", "error", "no luck", OutputSpec(f"{tmp_path}/")),
            ("downloaded", "", None, OutputSpec(f"{tmp_path}/")),
            ("queued", "q", None, None),
        ]
        assert [kept.id for kept in journal.pending()] == ["z"]
        assert [kept.id for kept in journal.recent(1)] == ["z"]
        assert journal.get("nobody") is None


def test_secrets_and_media_never_reach_the_file(tmp_path: Path) -> None:
    """Neither argv nor the parameters hold signatures or data URLs (fault E12, rule g)."""
    picture = "data:image/png;base64," + "QUJD" * 500
    body = Body({"image": picture, "url": LINK}, 1, 1)
    with journal_in(tmp_path) as journal:
        journal.plan(order_for(body, argv=("image", "-i", LINK, picture)), cwd=tmp_path)
        journal.settle()
    kept = bytes_of(journal)
    assert b"canary" not in kept
    assert b"QUJDQUJD" not in kept


def test_E13_order_does_not_depend_on_the_clock(tmp_path: Path) -> None:
    """A clock that goes back leaves the newest newest."""
    with journal_in(tmp_path, clock=ManualClock(4e9)) as journal:
        journal.accepted(journal.plan(order_for(), cwd=tmp_path)[0], ["later-by-the-clock"])
    with journal_in(tmp_path, clock=ManualClock(0.0)) as journal:
        journal.accepted(journal.plan(order_for(), cwd=tmp_path)[0], ["newest"])
        assert journal.find("last") == "newest"
        refuse_twins(journal, order_for())


def test_the_file_is_private(tmp_path: Path) -> None:
    """0600 in a 0700 folder, repaired when somebody opened it up."""
    folder = tmp_path / "state"
    with journal_in(folder) as journal:
        journal.plan(order_for(), cwd=tmp_path)
        files = [file for file in folder.iterdir() if file.is_file()]
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    journal.path.chmod(0o644)
    with journal_in(folder) as journal:
        journal.recent()
    assert journal.path.stat().st_mode & 0o777 == 0o600


def test_a_file_of_an_unknown_id_is_kept(tmp_path: Path) -> None:
    """Whatever the journal missed before, it knows the file; what the server says later does not undo that."""
    with journal_in(tmp_path) as journal:
        journal.downloaded("a", path="/tmp/fox.png", size=3, sha256="00")  # noqa: S108 - nothing is written there
        journal.moved([("a", "succeeded", "succeeded", None)])
        kept = journal.get("a")
        assert kept is not None
        assert (kept.state, kept.path, kept.size, kept.direct) == ("downloaded", "/tmp/fox.png", 3, False)  # noqa: S108 - the same


CHILD = """
import os, sys
from pathlib import Path
from inference_cli.clock import SystemClock
from tests.support.jobs import journal_in, order_for
from inference_cli.jobs.order import Body
from inference_cli.jobs.twins import refuse_twins
folder, how = Path(sys.argv[1]), sys.argv[2]
journal = journal_in(folder, clock=SystemClock())
sent, planned = journal.plan(order_for(Body({"n": 1}, 1, 1), Body({"n": 2}, 1, 2)), cwd=folder)
journal.sending(sent)
print("sent", flush=True)
if how == "live": sys.stdin.read()
os.kill(os.getpid(), 9)
"""


def start(folder: Path, how: str) -> "subprocess.Popen[bytes]":
    """Another process on the same journal."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def test_E08_a_killed_process_leaves_unknown_not_lost(tmp_path: Path) -> None:
    """What was being sent when the program was killed is unknown, what was only planned was not sent (fault C7)."""
    child = start(tmp_path, "die")
    assert child.communicate(timeout=60)[0] == b"sent\n"
    with journal_in(tmp_path) as journal:
        assert states(journal) == ["sending", "planned"]
        journal.settle()
        assert states(journal) == ["unknown", "not_sent"]
        journal.settle()
    assert list((tmp_path / "journal.sqlite3.owners").iterdir()) == []


def test_E09_a_living_process_is_left_alone(tmp_path: Path) -> None:
    """The kernel's lock says who lives, not a process id: settled only once the owner is gone."""
    child = start(tmp_path, "live")
    assert child.stdout is not None
    assert child.stdout.readline() == b"sent\n"
    with journal_in(tmp_path) as journal:
        journal.settle()
        assert states(journal) == ["sending", "planned"]
        child.communicate(timeout=60)
        journal.settle()
        assert states(journal) == ["unknown", "not_sent"]


def test_E15_a_fork_opens_its_own_connection(tmp_path: Path) -> None:
    """A child that forked with the journal open writes through a connection of its own; the parent's goes on."""
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(), cwd=tmp_path)
        child = os.fork()
        if child == 0:
            try:
                journal.accepted(intent, ["from-the-child"])
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        journal.moved([("from-the-parent", "queued", "queued", None)])
        assert [kept.id for kept in journal.recent()] == ["from-the-parent", "from-the-child"]


def test_other_origins_have_rows_of_their_own(tmp_path: Path) -> None:
    """Sandbox rows never mix with paid ones."""
    with journal_in(tmp_path) as journal, journal_in(tmp_path, origin=Origin("http", "localhost", 80)) as other:
        journal.accepted(journal.plan(order_for(), cwd=tmp_path)[0], ["same-id"])
        other.accepted(other.plan(order_for(), cwd=tmp_path)[0], ["same-id", "more"])
        assert [kept.id for kept in journal.recent()] == ["same-id"]
        assert [kept.id for kept in other.recent()] == ["more", "same-id"]
    assert str(ORIGIN) == "https://hub.example"
