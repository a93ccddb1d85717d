"""Full text search in the log."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from inference_cli.clock import ManualClock
from inference_cli.conversation.log import Log
from inference_cli.conversation.log_records import Found
from inference_cli.conversation.removal import remove
from inference_cli.conversation.search import NO_INDEX, search
from inference_cli.profile.files import silent
from tests.support.talks import MODEL, log_in, talk

TALKS = (
    ("What does a red fox eat?", "A red fox eats mice, and berries in autumn."),
    ("Как живёт лиса?", "Лиса живёт в норе."),
    ("写一首关于狐狸的诗", "红色的狐狸"),
    ("I like C++ and café au lait", "So do I."),
    ("`foo.bar(baz)` fails", "Use `foo->bar`."),
)


def without_index(_: sqlite3.Connection) -> bool:
    """A SQLite that was built without FTS5."""
    return False


def found(log: Log, text: str, **more: Any) -> list[str]:
    """What the conversations that were found begin with."""
    return [log.history(hit.id)[0]["content"][:8] for hit in search(log, text, note=silent, **more)]


@pytest.mark.parametrize("more", [{}, {"has_index": without_index}], ids=["fts5", "without"])
@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("fox", ["What doe"]),
        ("FOX mice", ["What doe"]),
        ("fox eat", ["What doe"]),
        ("fox berlin", []),
        ('"red fox"', ["What doe"]),
        ('"fox red"', []),
        ("berr*", ["What doe"]),
        ("berr", []),
        ("лиса", ["Как живё"]),
        ("狐狸", ["写一首关于狐狸的"]),
        ("狐狸 fox", []),
        ("CAFE", ["I like C"]),
        ("c++", ["I like C"]),
        ("foo.bar", ["`foo.bar"]),
        ("NEAR(fox, mice) OR -", []),
        ('a" OR "b', []),
    ],
)
def test_what_is_found(tmp_path: Path, text: str, hits: list[str], more: dict[str, Any]) -> None:
    """With an index and without: the same."""
    with log_in(tmp_path) as log:
        for one in TALKS:
            talk(log, one)
        assert found(log, text, **more) == hits


def test_it_is_said_where_there_is_no_index(tmp_path: Path) -> None:
    """Once a search; nothing is said where it would be no help, as for signs."""
    notes: list[str] = []
    with log_in(tmp_path) as log:
        for text in ("fox", "++"):
            search(log, text, note=notes.append, has_index=without_index)
        search(log, "fox", note=notes.append)
    assert notes == [NO_INDEX]


def test_a_conversation_is_named_once_newest_first(tmp_path: Path) -> None:
    """With the newest message that fits, and how many do; those of another origin are not."""
    clock = ManualClock(1_000_000.0)
    with log_in(tmp_path, clock=clock) as log, log_in(tmp_path, clock=clock, origin="https://other") as other:
        first = talk(log, ("the fox", "a fox is"), ("another fox", "yes"))
        talk(other, ("fox", "elsewhere"))
        clock.sleep(60)
        second = talk(log, ("my fox", "indeed"))
        hits = search(log, "fox", note=silent)
        assert hits == (
            Found(second, MODEL, 1_000_060.0, "user", "my fox", 1),
            Found(first, MODEL, 1_000_000.0, "user", "another fox", 3),
        )
        assert search(log, "fox", limit=1, note=silent) == hits[:1]
        assert search(log, "fox", since=1_000_030.0, note=silent) == hits[:1]


def test_the_index_follows_the_log(tmp_path: Path) -> None:
    """What is said after a search is found by the next; what is deleted is not, nor is it left in the file."""
    with log_in(tmp_path) as log:
        first = talk(log, ("a quokka", "yes"))
        assert len(search(log, "quokka", note=silent)) == 1
        second = talk(log, ("two quokkas, one quokka", "no"))
        assert [hit.id for hit in search(log, "quokka", note=silent)] == [second, first]
        remove(log, [first, second])
        assert search(log, "quokka", note=silent) == ()
        assert b"quokka" not in b"".join(path.read_bytes() for path in tmp_path.glob("conversations.sqlite3*"))
        talk(log, ("third quokka", "yes"))
        assert len(search(log, "quokka", note=silent)) == 1
    with closing(sqlite3.connect(log.path)) as connection:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_an_index_that_is_damaged_is_made_anew(tmp_path: Path) -> None:
    """The search works without it, and the next one has it again."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("a quokka", "yes"))
        search(log, "quokka", note=silent)
        with closing(sqlite3.connect(log.path)) as other:
            other.execute("DELETE FROM words_data")
            other.commit()
    for _ in range(2):
        with log_in(tmp_path) as log:
            assert [hit.id for hit in search(log, "quokka", note=silent)] == [identity]
    with closing(sqlite3.connect(log.path)) as connection:
        assert connection.execute("SELECT rowid FROM words WHERE words MATCH 'quokka'").fetchall() == [(1,)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_log_that_is_busy_keeps_its_index(tmp_path: Path) -> None:
    """Somebody else writes and does not end: the search goes through the messages, nothing is dropped."""
    with log_in(tmp_path, patience=0.0) as log:
        identity = talk(log, ("a quokka", "yes"))
        search(log, "quokka", note=silent)
        later = talk(log, ("two quokka", "yes"))
        with closing(sqlite3.connect(log.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert [hit.id for hit in search(log, "quokka", note=silent)] == [later, identity]
            other.execute("ROLLBACK")
            assert other.execute("SELECT upto FROM indexed").fetchone() == (2,)


def test_a_log_that_cannot_be_written_can_be_searched(tmp_path: Path) -> None:
    """One of a newer version, for instance."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("a quokka", "yes"))
    with closing(sqlite3.connect(log.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with log_in(tmp_path) as log:
        assert [hit.id for hit in search(log, "quokka", note=silent)] == [identity]


def test_an_index_that_could_not_follow_is_built_anew(tmp_path: Path) -> None:
    """A program whose SQLite has no FTS5 deleted something: it left a mark, and the next search sees to it."""
    with log_in(tmp_path) as log:
        gone, stays = talk(log, ("a quokka", "yes")), talk(log, ("this quokka", "no"))
        search(log, "quokka", note=silent)

        def without_fts5(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM messages WHERE number <= 2")
            connection.execute("DELETE FROM turns WHERE conversation = ?", (gone,))
            connection.execute("UPDATE indexed SET upto = -1")

        log.store.write(without_fts5)
        assert [hit.id for hit in search(log, "quokka", note=silent)] == [stays]
    with closing(sqlite3.connect(log.path)) as connection:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        assert connection.execute("SELECT rowid FROM words WHERE words MATCH 'quokka'").fetchall() == [(3,)]
