"""What a sandbox holds, and how it is forgotten, whatever is the matter with it."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.sandbox.database import UnusableError
from inference_cli.sandbox.holdings import Status, forget, status_of
from inference_cli.sandbox.store import Row, Store
from tests.support.folders import private


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
    with closing(Store(folder, looking=True)) as store:
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


def test_looking_changes_nothing(tmp_path: Path) -> None:
    """Nothing is made where nothing is, nor beside what is there; another version's state counts as none."""
    nowhere = tmp_path / "none" / "sandbox"
    assert held(nowhere) == Status(nowhere, Decimal(100), 0, 0, 0)
    assert list(tmp_path.iterdir()) == []
    path = filled(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert held(tmp_path).generations == 1
    assert sorted(tmp_path.rglob("*")) == before
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    whole = path.read_bytes()
    assert held(tmp_path).generations == 0
    assert path.read_bytes() == whole


def test_what_another_process_has_just_written_is_seen(tmp_path: Path) -> None:
    """Though it is in the log beside the database; for looking alone nobody waits."""
    with closing(Store(tmp_path)) as store:
        store.spend(1)
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert held(tmp_path).credits == Decimal("99.999999")


def test_a_folder_that_cannot_be_written_can_be_looked_into(tmp_path: Path) -> None:
    """Tried as another user, since root may write anywhere; a log of changes that was left there is no hindrance."""
    path = filled(tmp_path)
    for parent in private(tmp_path):
        parent.chmod(0o755)
    for name in ("media", "inputs"):
        (tmp_path / name).chmod(0o755)
    path.chmod(0o444)
    program = (
        "import os, sys\n"
        "from contextlib import closing\n"
        "from pathlib import Path\n"
        "from inference_cli.sandbox.holdings import status_of\n"
        "from inference_cli.sandbox.store import Store\n"
        "if os.getuid() == 0: os.setresuid(65534, 65534, 0)\n"
        "with closing(Store(Path(sys.argv[1]), looking=True)) as store: print(status_of(store, 1.5).generations)\n"
        "if os.getresuid()[2] == 0: os.setresuid(0, 0, 0)\n"
    )
    for log in (b"", b"nothing of use" * 100):
        tmp_path.chmod(0o755)
        path.with_name(path.name + "-wal").write_bytes(log)
        tmp_path.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == ("1\n", "")


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
