"""An SQLite file of the program, by a shape of its own; what the journal makes of it is tested there."""

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from inference_cli.clock import ManualClock
from inference_cli.errors import DamagedError, LocalError
from inference_cli.profile.database import Shape
from inference_cli.profile.store import Store

FIRST = Shape("the notebook", 1, "CREATE TABLE notes (number INTEGER PRIMARY KEY, text TEXT);", ("notes",))
SECOND = Shape(
    "the notebook",
    2,
    "CREATE TABLE notes (number INTEGER PRIMARY KEY, text TEXT, who TEXT);",
    ("notes",),
    {1: "ALTER TABLE notes ADD COLUMN who TEXT;"},
)


def store(folder: Path, shape: Shape = SECOND, patience: float = 30.0) -> Store:
    """A store of notes."""
    return Store(folder / "data" / "notes.sqlite3", shape, clock=ManualClock(5.0), patience=patience)


def write(kept: Store, text: str) -> None:
    """Keep a note."""
    kept.write(lambda connection: connection.execute("INSERT INTO notes (text) VALUES (?)", (text,)))


def read(kept: Store) -> list[str]:
    """All notes."""
    return kept.read(lambda connection: [text for (text,) in connection.execute("SELECT text FROM notes")])


def test_a_file_is_private_and_moves_on(tmp_path: Path) -> None:
    """0600 in a folder of 0700; rows of an older version are there in the newer one."""
    old = store(tmp_path, FIRST)
    write(old, "one")
    old.close()
    new = store(tmp_path)
    write(new, "two")
    assert read(new) == ["one", "two"]
    assert stat.S_IMODE(new.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(new.path.parent.stat().st_mode) == 0o700
    new.close()
    with closing(sqlite3.connect(new.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_newer_file_is_only_read(tmp_path: Path) -> None:
    """By the older program; it is told to be upgraded (fault E7)."""
    new = store(tmp_path)
    write(new, "one")
    new.close()
    old = store(tmp_path, FIRST)
    assert read(old) == ["one"]
    with pytest.raises(DamagedError, match="the notebook was written by a newer version of this program"):
        write(old, "two")
    old.close()


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    """And a person is told what was kept of it, in the file's own words."""
    kept = store(tmp_path)
    write(kept, "one")
    kept.close()
    kept.path.write_bytes(b"garbage" * 1000)
    assert read(kept) == []
    assert kept.notes == [
        f"the notebook was damaged; 0 of its rows could be read and kept, the old file is {kept.path}.corrupt-5"
    ]
    write(kept, "two")
    assert read(kept) == ["two"]
    kept.close()


def test_E06_a_garbled_name_of_one_table_does_not_hide_the_others(tmp_path: Path) -> None:
    """SQLite's complaint about it is no text; the rows of the other tables are kept."""
    shape = replace(SECOND, schema=f"{SECOND.schema} CREATE INDEX notes_by_who ON notes (who);")
    kept = store(tmp_path, shape)
    write(kept, "one")
    kept.close()
    data = kept.path.read_bytes()
    kept.path.write_bytes(data.replace(b"CREATE INDEX notes_by_who", b"CREATE \xff\xfe\xfd\xfc\xfb notes_by_who"))

    assert read(kept) == ["one"]
    assert kept.notes == [
        f"the notebook was damaged; 1 of its rows could be read and kept, the old file is {kept.path}.corrupt-5"
    ]
    kept.close()


def test_a_file_that_cannot_be_made_is_read_as_an_empty_one(tmp_path: Path) -> None:
    """Writing is refused, and tried again when it is wanted again (faults E6 and E10)."""
    kept = store(tmp_path)
    lock = kept.path.with_name("notes.sqlite3.lock")
    lock.mkdir(parents=True)
    assert read(kept) == []
    for _ in range(2):
        with pytest.raises(LocalError) as caught:
            write(kept, "one")
        assert (caught.value.message, caught.value.hint) == (
            f"the notebook {kept.path} cannot be written: Is a directory",
            "Check the folder and the free space there",
        )
        assert read(kept) == []
    assert [path.name for path in kept.path.parent.iterdir()] == ["notes.sqlite3.lock"]
    kept.close()
    lock.rmdir()
    write(kept, "two")
    assert read(kept) == ["two"]
    kept.close()


def test_what_is_written_into_nothing_is_refused_by_sqlite_too(tmp_path: Path) -> None:
    """Even by work that says it only looks."""
    kept = store(tmp_path)
    kept.path.with_name("notes.sqlite3.lock").mkdir(parents=True)
    with pytest.raises(LocalError, match="attempt to write a readonly database"):
        kept.read(lambda connection: connection.execute("INSERT INTO notes (text) VALUES ('lost')"))
    kept.close()


@pytest.mark.parametrize("broken", ["link", "folder"])
def test_only_what_is_surely_missing_is_read_as_empty(tmp_path: Path, broken: str) -> None:
    """A link to a disk that is not there, or a file where the folder should be: 11, also for reading."""
    kept = store(tmp_path)
    if broken == "link":
        kept.path.parent.mkdir()
        kept.path.symlink_to(tmp_path / "unmounted" / "notes.sqlite3")
    else:
        kept.path.parent.write_bytes(b"no folder")
    with pytest.raises(LocalError, match=r"the notebook .* cannot be written: (No such file|File exists)"):
        read(kept)


def test_all_of_it_or_nothing(tmp_path: Path) -> None:
    """Work that fails half-way leaves no rows; what SQLite refuses is one of our errors."""
    kept = store(tmp_path)

    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO notes (text) VALUES ('lost')")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(LocalError) as caught:
        kept.write(half)
    assert caught.value.message == f"the notebook {kept.path} cannot be written: no such table: nowhere"
    assert read(kept) == []
    kept.close()


def test_a_change_that_is_broken_off_changes_nothing(tmp_path: Path) -> None:
    """The next start makes all of it: a version is one transaction, whatever it computes."""
    third = replace(
        SECOND,
        version=3,
        schema="CREATE TABLE notes (number INTEGER PRIMARY KEY, text TEXT, who TEXT, length INTEGER);",
        changes={
            **SECOND.changes,
            2: "ALTER TABLE notes ADD COLUMN length INTEGER; UPDATE notes SET length = length_of(text);",
        },
    )
    old = store(tmp_path)
    write(old, "one")
    write(old, "three")
    old.close()

    def killed(text: str) -> int:
        assert text == "one"
        return len(text)

    broken = store(tmp_path, replace(third, functions={"length_of": killed}))
    with pytest.raises(LocalError):
        write(broken, "two")
    broken.close()
    with closing(sqlite3.connect(old.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT * FROM notes").fetchall() == [(1, "one", None), (2, "three", None)]

    new = store(tmp_path, replace(third, functions={"length_of": len}))
    assert new.read(lambda opened: opened.execute("SELECT * FROM notes").fetchall()) == [
        (1, "one", None, 3),
        (2, "three", None, 5),
    ]
    new.close()
