"""What a sandbox holds, and how it is forgotten, whatever is the matter with it."""

import random
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.sandbox.database import UnusableError
from inference_cli.sandbox.holdings import Status, forget, status_of
from inference_cli.sandbox.store import Row, Store


def filled(folder: Path) -> Path:
    """A sandbox with a generation that has ended and a file of each kind; its database."""
    with closing(Store(folder)) as store:
        store.accept(
            [Row("a", "m", "image", "n", None, None, {}, 0, direct=False, enqueued=0, starts=1, ends=2, cost=10)]
        )
    for name in ("media", "inputs"):
        (folder / name).mkdir()
        (folder / name / "a.png").write_bytes(b"picture")
    return folder / "sandbox.sqlite3"


def held(folder: Path) -> Status:
    """What is there at 1.5 seconds."""
    with closing(Store(folder)) as store:
        return status_of(store, 1.5)


def test_what_there_is_and_what_is_active(tmp_path: Path) -> None:
    """Counted by the time; a reset leaves nothing but the database."""
    filled(tmp_path)
    full = held(tmp_path)
    assert full == Status(tmp_path, Decimal("99.999990"), 1, 1, full.bytes)
    forget(tmp_path)
    empty = held(tmp_path)
    assert empty == Status(tmp_path, Decimal(100), 0, 0, empty.bytes)
    assert [path.name for path in tmp_path.iterdir()] == ["sandbox.sqlite3"]


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_database_is_made_anew(tmp_path: Path, seed: int) -> None:
    """Whatever was written over it, and where: at worst it cannot be looked into, and a reset cures it."""
    path, chance = filled(tmp_path), random.Random(seed)
    data = bytearray(path.read_bytes())
    start = chance.choice((0, 100, 4096, chance.randrange(len(data))))
    data[start : start + 4096] = chance.randbytes(4096)
    for stale in ("", "-wal", "-shm"):
        path.with_name(path.name + stale).write_bytes(data)
    try:
        held(tmp_path)
    except UnusableError as trouble:
        assert trouble.damaged  # noqa: PT017 - it need not be noticed
    forget(tmp_path)
    empty = held(tmp_path)
    assert empty == Status(tmp_path, Decimal(100), 0, 0, empty.bytes)
    assert [path.name for path in tmp_path.iterdir()] == ["sandbox.sqlite3"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_damage_that_shows_only_behind_a_reset(tmp_path: Path) -> None:
    """In the list of tables, or in what is free: made anew as well."""
    path = filled(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET tbl_name = 'xturns' WHERE name = 'sqlite_autoindex_turns_1'")
        connection.commit()
    forget(tmp_path)
    assert held(tmp_path).generations == 0


def test_a_database_that_another_process_holds_stays(tmp_path: Path) -> None:
    """It is not damaged: nothing is forgotten, and no file removed."""
    path = filled(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnusableError, match="database is locked"):
            forget(tmp_path, patience=0.0)
    assert held(tmp_path).generations == 1
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.png")) == [
        "inputs/a.png",
        "media/a.png",
    ]
