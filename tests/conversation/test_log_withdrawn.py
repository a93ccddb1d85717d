"""Turns that were taken back."""

from pathlib import Path

from tests.support.talks import log_in, roles, talk


def test_what_was_taken_back_is_kept_and_not_sent_again(tmp_path: Path) -> None:
    """The last answered turn first; a question without an answer is none, and there may be nothing left."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("one", "1"), ("two", "2"), ("lost", ""))
        other = talk(log, ("elsewhere", "yes"))
        log.withdraw(identity)
        assert roles(log.history(identity)) == ["user: one", "assistant: 1"]
        log.withdraw(identity)
        log.withdraw(identity)
        assert log.history(identity) == ()
        assert roles(log.history(other)) == ["user: elsewhere", "assistant: yes"]
        kept = log.store.read(lambda db: db.execute("SELECT text FROM messages ORDER BY number").fetchall())
    assert [text for (text,) in kept if text] == ["one", "1", "two", "2", "lost", "elsewhere", "yes"]
