"""Generations and conversations for TAB, from the files of journal and log."""

import sqlite3
from pathlib import Path

import pytest

from inference_cli.completion.journal import latest, talks
from inference_cli.jobs.journal import Journal
from inference_cli.origin import Origin
from tests.support.jobs import ORIGIN, journal_in, order_for
from tests.support.talks import MODEL, log_in, talk


def _accept(journal: Journal, folder: Path, *ids: str, prompt: str = "a red fox") -> None:
    (intent,) = journal.plan(order_for(prompt=prompt), cwd=folder)
    journal.sending(intent)
    journal.accepted(intent, ids, status="queued")


def test_the_newest_come_first(tmp_path: Path) -> None:
    """Those of the origin alone, as many as were asked for, whether a process has the journal open or not."""
    with journal_in(tmp_path) as journal, journal_in(tmp_path, origin=Origin("https", "other", 443)) as other:
        _accept(journal, tmp_path, "a1", "a2", prompt="waves")
        _accept(other, tmp_path, "elsewhere")
        journal.moved([("a1", "processing", "running", None), ("found", "failed", "error", "no")])
        path, expected = (
            str(journal.path),
            [
                ("found", "failed", None, None),
                ("a2", "queued", "waves", "fox-1"),
                ("a1", "processing", "waves", "fox-1"),
            ],
        )
        assert latest(path, str(ORIGIN), 50) == expected
        assert latest(path, str(ORIGIN), 1) == expected[:1]
    assert latest(path, str(ORIGIN), 50) == expected


def test_nothing_is_written(tmp_path: Path) -> None:
    """Not even the files that SQLite lays beside a journal which it opens; nor is a journal made."""
    folder = tmp_path / "100%?#"
    folder.mkdir()
    with journal_in(folder) as journal:
        _accept(journal, tmp_path, "a1")
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}

    assert [row[0] for row in latest(str(journal.path), str(ORIGIN), 5)] == ["a1"]
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*")} == before
    assert latest(str(tmp_path / "none"), str(ORIGIN), 5) == []
    assert not (tmp_path / "none").exists()


def test_a_damaged_journal_is_an_error_of_sqlite(tmp_path: Path) -> None:
    """Which the entry point keeps quiet about; it is not repaired from here."""
    damaged = tmp_path / "journal.sqlite3"
    damaged.write_bytes(b"no database" * 100)

    with pytest.raises(sqlite3.DatabaseError):
        latest(str(damaged), str(ORIGIN), 5)
    assert list(tmp_path.iterdir()) == [damaged]


def test_conversations(tmp_path: Path) -> None:
    """The one talked in last first, with its model and the first words; those in which nothing was asked are not."""
    with log_in(tmp_path) as log:
        first = talk(log, ("a fox", "yes"), ("more", "no"))
        second = talk(log, ("snow", ""), model="other")
        log.begin(model=MODEL)
        path = str(log.path)
        expected = [(second, "other", "snow"), (first, MODEL, "a fox")]
        assert talks(path, log.origin or "", 50) == expected
    assert talks(path, log.origin or "", 1) == expected[:1]
    assert talks(str(tmp_path / "none"), log.origin or "", 1) == []
