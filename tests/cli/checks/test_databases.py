"""SQLite files, looked at without a trace."""

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from inference_cli.cli.checks.databases import database, waiting
from inference_cli.clock import ManualClock
from inference_cli.jobs.database import JOURNAL
from inference_cli.jobs.journal import Journal
from inference_cli.origin import Origin

ORIGIN = Origin("https", "hub.oxen.ai", 443)
_INTENT = (
    "INSERT INTO intents (id, owner, origin, created, argv, kind, route, model, params, body_sha256, count, first,"
    " total, output, state, updated) VALUES (?, ?, ?, 1, '[]', 'image', 'queue', 'm', '{}', 'x', 1, 1, 1, '{}', ?, 1)"
)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with nothing in it."""
    path = tmp_path / "state/journal.sqlite3"
    with Journal(path, origin=ORIGIN, clock=ManualClock()) as opened:
        opened.settle()
    return path


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _insert(path: Path, *rows: tuple[str, str, str]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(_INTENT, [(name, owner, str(ORIGIN), state) for name, owner, state in rows])


def test_a_whole_journal_is_read_without_a_trace(journal: Path) -> None:
    """Not even the files that SQLite puts beside one that it reads."""
    before = _tree(journal.parent)

    assert (database("journal", journal, JOURNAL).state, waiting(journal, str(ORIGIN))) == (
        "ok",
        waiting(journal, None),
    )
    assert _tree(journal.parent) == before


def test_one_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    """Nothing was paid for yet."""
    found, unsettled = database("journal", tmp_path / "j", JOURNAL), waiting(tmp_path / "j", None)

    assert (found.state, found.message) == ("ok", f"none yet; it will be {tmp_path}/j")
    assert unsettled is not None
    assert (unsettled.state, unsettled.message) == ("ok", "nothing waits to be settled")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [b"this is no database, of no kind whatever" * 50, None])
def test_a_damaged_one_is_told_and_left_alone(damage: bytes | None, journal: Path) -> None:
    """Saving what can be read is for a command that needs it."""
    data = journal.read_bytes()
    journal.write_bytes(data[: len(data) // 2] if damage is None else damage)
    before = _tree(journal.parent)

    found = database("journal", journal, JOURNAL)

    assert (found.state, found.message.partition(" is damaged")[0]) == ("failure", str(journal))
    assert found.fix == "Save what can be read, and set the old file aside:  inference queue list --local"
    assert _tree(journal.parent) == before


def test_one_of_a_newer_version_wants_an_upgrade(journal: Path) -> None:
    """It would be opened for reading only."""
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute("PRAGMA user_version = 99")

    found = database("journal", journal, JOURNAL)

    assert (found.state, found.fix) == ("failure", "Upgrade:  pip install --upgrade inference-cli")


def test_one_that_cannot_be_written_stops_what_costs(journal: Path) -> None:
    """An intent has to be durable before it is sent."""
    found = database("journal", journal, JOURNAL, may=lambda _path, _right: False)

    assert (found.state, found.message) == ("failure", f"{journal} cannot be written, so nothing that costs is sent")


def test_unknown_outcomes_wait_for_recover(journal: Path) -> None:
    """Those of a process that was killed while it sent, too; not those of one that lives, nor of another origin."""
    owners = journal.with_name("journal.sqlite3.owners")
    owners.mkdir(exist_ok=True)
    alive = os.open(owners / "alive", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(alive, fcntl.LOCK_EX)
        (owners / "dead").touch()
        _insert(
            journal, ("1", "x", "unknown"), ("2", "dead", "sending"), ("3", "alive", "sending"), ("4", "x", "not_sent")
        )

        found, elsewhere = waiting(journal, str(ORIGIN)), waiting(journal, "https://other.example")
    finally:
        os.close(alive)

    assert found is not None
    assert elsewhere is not None
    assert (found.state, found.message, found.fix) == (
        "warning",
        "2 requests have an unknown outcome and may have been billed",
        "Find out and collect:  inference recover",
    )
    assert elsewhere.message == "nothing waits to be settled"
    assert (owners / "dead").exists()


def test_what_only_the_log_of_changes_knows_is_seen(journal: Path) -> None:
    """As after a crash: rows that are not in the file itself yet."""
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        with connection:
            connection.execute(_INTENT, ("1", "x", str(ORIGIN), "unknown"))
        found = waiting(journal, None)

    assert found is not None
    assert found.message == "1 request has an unknown outcome and may have been billed"
