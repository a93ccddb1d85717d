"""How many requests wait to be found out about."""

import os
from pathlib import Path

from inference_cli.jobs.reconcile import set_aside
from inference_cli.jobs.waiting import mark, unknown_outcomes, unmark
from inference_cli.origin import Origin
from tests.support.jobs import ORIGIN, journal_in, order_for

FILE = "journal.sqlite3"


def test_no_journal_no_requests(tmp_path: Path) -> None:
    """None is made either."""
    assert unknown_outcomes(tmp_path / FILE, str(ORIGIN)) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    """Whoever needs the journal complains of it."""
    (tmp_path / FILE).write_bytes(b"no database")
    mark(tmp_path / FILE)
    assert unknown_outcomes(tmp_path / FILE, str(ORIGIN)) == 0


def test_unknown_ones_of_this_origin_count(tmp_path: Path) -> None:
    """Not those that were refused, nor those of another origin, such as the sandbox."""
    other = Origin("https", "other.example", 443)
    with journal_in(tmp_path) as journal, journal_in(tmp_path, origin=other) as elsewhere:
        for book, refused in ((journal, False), (journal, False), (journal, True), (elsewhere, False)):
            (intent,) = book.plan(order_for(), cwd=tmp_path)
            book.sending(intent)
            if refused:
                book.refused(intent, "no")
            else:
                book.unknown(intent, "lost")
        assert unknown_outcomes(tmp_path / FILE, str(ORIGIN)) == 2
        assert unknown_outcomes(tmp_path / FILE, str(other)) == 1


def test_C07_a_killed_command_counts_and_a_running_one_does_not(tmp_path: Path) -> None:
    """Its lock is gone with its process (journal protocol, rule c)."""
    running = journal_in(tmp_path)
    (intent,) = running.plan(order_for(), cwd=tmp_path)
    running.sending(intent)
    assert unknown_outcomes(tmp_path / FILE, str(ORIGIN)) == 0
    child = os.fork()
    if not child:
        dying = journal_in(tmp_path)
        (own,) = dying.plan(order_for(), cwd=tmp_path)
        dying.sending(own)
        os._exit(9)
    os.waitpid(child, 0)
    assert unknown_outcomes(tmp_path / FILE, str(ORIGIN)) == 1
    running.close()
    assert unknown_outcomes(tmp_path / FILE, str(ORIGIN)) == 2


def test_whoever_decides_about_some_brings_the_mark_of_the_others_back(tmp_path: Path) -> None:
    """It may have been lost with a file, and the journal is open anyway."""
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(), cwd=tmp_path)
        journal.sending(intent)
        journal.unknown(intent, "lost")
        unmark(tmp_path / FILE)
        set_aside(journal, ())
    assert unknown_outcomes(tmp_path / FILE, str(ORIGIN)) == 1
