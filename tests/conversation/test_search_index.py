"""The index of the log: without a copy of the texts, and in place of the one that earlier versions made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from inference_cli.conversation.log import Log
from inference_cli.conversation.removal import remove
from inference_cli.conversation.search import search
from inference_cli.profile.files import silent
from tests.support.talks import log_in, outcome, talk

EARLIER = (
    "CREATE VIRTUAL TABLE words USING fts5"
    " (text, content = 'messages', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2')"
)


def with_the_earlier_index(log: Log) -> None:
    """As a version before left it: an index over the table of messages."""

    def write(connection: sqlite3.Connection) -> None:
        connection.execute(EARLIER)
        connection.execute("CREATE TABLE indexed (upto INTEGER NOT NULL)")
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        connection.execute("INSERT INTO indexed SELECT max(number) FROM messages")

    log.store.write(write)


def test_the_earlier_index_is_replaced_by_the_next_search(tmp_path: Path) -> None:
    """Which knows characters one by one, so that no search has to look at every message."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("写一首关于狐狸的诗", "a quokka"))
        with_the_earlier_index(log)
        assert [hit.id for hit in search(log, "狐狸", note=silent)] == [identity]
    with closing(sqlite3.connect(log.path)) as connection:
        assert connection.execute("SELECT count(*) FROM words WHERE words MATCH '\"u72d0 u72f8\"'").fetchone() == (1,)
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")


@pytest.mark.parametrize("deleting", [True, False])
def test_what_is_taken_out_of_the_log_is_not_left_in_the_earlier_index(tmp_path: Path, deleting: bool) -> None:
    """Nor is it an error that its texts are not what the index of today would hold."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("about a quokka", "yes"))
        with_the_earlier_index(log)
        if deleting:
            remove(log, [identity])
            assert b"quokka" not in b"".join(path.read_bytes() for path in tmp_path.glob("conversations.sqlite3*"))
        else:
            turn = log.asked(identity, model="m", messages=[{"role": "user", "content": "more"}], parameters={})
            log.answered(turn, outcome("one"), cost=None)
            log.answered(turn, outcome("two"), cost=None)
        assert len(search(log, "quokka", note=silent)) == int(not deleting)
