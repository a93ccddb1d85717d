"""The journal's file when something is wrong with it (faults E6 and E7)."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.errors import DamagedError, InferenceError, LocalError
from inference_cli.jobs.database import JOURNAL, VERSION
from inference_cli.jobs.order import Body
from inference_cli.jobs.twins import refuse_twins
from inference_cli.profile.database import _salvage, set_aside
from inference_cli.profile.locks import is_abandoned, lock
from tests.support.folders import private
from tests.support.jobs import journal_in, order_for


def fill(folder: Path, rows: int) -> Path:
    """A journal with that many accepted generations; its file."""
    with journal_in(folder) as journal:
        for number in range(rows):
            (intent,) = journal.plan(order_for(Body({"n": number, "text": "x" * 500}, 1, 1)), cwd=folder)
            journal.accepted(intent, [f"g{number}"])
    return folder / "journal.sqlite3"


def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path) -> None:
    """A corrupt header: the old file is kept, a new journal begins, and a person is told."""
    path = fill(tmp_path, 1)
    path.write_bytes(b"garbage " * 1000)
    with journal_in(tmp_path) as journal:
        assert journal.recent() == ()
        journal.plan(order_for(), cwd=tmp_path)
        aside = tmp_path / "journal.sqlite3.corrupt-1790000000"
        assert journal.notes == (
            f"the journal was damaged; 0 of its rows could be read and kept, the old file is {aside}",
        )
    assert aside.read_bytes() == b"garbage " * 1000


def test_rows_before_and_after_the_damage_are_kept(tmp_path: Path) -> None:
    """Pages overwritten in the middle: what can be read from either end is in the new journal."""
    path = fill(tmp_path, 200)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096 * 4)
    with journal_in(tmp_path) as journal:
        for number in range(200):
            journal.get(f"g{number}")
        for text in ("g", "x"):
            journal.prefix(text)
        journal.moved([("new", "queued", "queued", None)])
        refuse_twins(journal, order_for())
        journal.unsettled()
        known = journal.recent(-1)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert known[0].id == "new"
    assert len(known) > 20


def test_a_truncated_or_empty_file(tmp_path: Path) -> None:
    """Zero length is a new journal; a cut one is salvaged, and can be written again, twice in the same second."""
    path = fill(tmp_path, 100)
    for length in (path.stat().st_size // 2, 5000, 0):
        with path.open("r+b") as file:
            file.truncate(length)
        with journal_in(tmp_path) as journal:
            journal.recent()
            (intent,) = journal.plan(order_for(), cwd=tmp_path)
            journal.accepted(intent, [f"after-{length}"])
            assert journal.find("last") == f"after-{length}"


def test_E07_a_newer_journal_is_read_and_never_written(tmp_path: Path) -> None:
    """Reading works, a paid request is refused with 12 and the upgrade line (fault E14)."""
    path = fill(tmp_path, 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with journal_in(tmp_path) as journal:
        assert [kept.id for kept in journal.recent()] == ["g0"]
        with pytest.raises(DamagedError) as caught:
            journal.plan(order_for(), cwd=tmp_path)
    assert caught.value.message == "the journal was written by a newer version of this program"
    assert caught.value.hint == "Nothing was sent.  Upgrade:  pip install --upgrade inference-cli"


def test_E06_a_journal_locked_for_ever_refuses_the_request(tmp_path: Path) -> None:
    """Another process that never ends its transaction: 11, nothing sent."""
    path = fill(tmp_path, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, journal_in(tmp_path, patience=0.0) as journal:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LocalError) as caught:
            journal.plan(order_for(), cwd=tmp_path)
        assert caught.value.message == f"the journal {path} cannot be written: database is locked"
        assert caught.value.hint == "Nothing was sent.  Check the folder and the free space there"
        other.execute("ROLLBACK")
        journal.plan(order_for(), cwd=tmp_path)


def test_E06_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """No journal can be made: 11."""
    (tmp_path / "state").write_bytes(b"")
    with journal_in(tmp_path / "state") as journal, pytest.raises(LocalError) as caught:
        journal.plan(order_for(), cwd=tmp_path)
    assert caught.value.message.startswith(f"the journal {tmp_path}/state/journal.sqlite3 cannot be written: ")


def test_E06_a_read_only_folder_can_still_be_read(tmp_path: Path) -> None:
    """Tried as another user, since root may write anywhere: looking works, a request is refused."""
    state = tmp_path / "state"
    fill(state, 1)
    state.chmod(0o755)
    (state / "journal.sqlite3").chmod(0o444)
    for parent in private(tmp_path):
        parent.chmod(0o755)
    state.chmod(0o555)
    program = (
        "import os, sys, uuid\n"  # which the other user may not find
        "from pathlib import Path\n"
        "from inference_cli.errors import LocalError\n"
        "from tests.support.jobs import journal_in, order_for\n"
        "folder = Path(sys.argv[1])\n"
        "if os.getuid() == 0: os.setresuid(65534, 65534, 0)\n"
        "journal = journal_in(folder)\n"
        "print([kept.id for kept in journal.recent()])\n"
        "try: journal.plan(order_for(), cwd=folder)\n"
        "except LocalError as error: print(error.message)\n"
        "journal.close()\n"
        "if os.getresuid()[2] == 0: os.setresuid(0, 0, 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(state)], capture_output=True, text=True, check=False)
    assert (done.stdout.splitlines(), done.stderr) == (
        ["['g0']", f"the journal {state}/journal.sqlite3 cannot be written: Permission denied"],
        "",
    )


def test_E06_a_full_disk_refuses_the_request(tmp_path: Path) -> None:
    """A limit on file sizes stands for a disk without room: 11, and the rows of before are sound."""
    path = fill(tmp_path, 3)
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from inference_cli.errors import InferenceError\n"
        "from inference_cli.jobs.order import Body\n"
        "from tests.support.jobs import journal_in, order_for\n"
        "folder = Path(sys.argv[1])\n"
        "journal = journal_in(folder)\n"
        "journal.recent()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, -1))\n"
        "try: journal.plan(order_for(*(Body({'text': 'x' * 3000}, 1, n) for n in range(50))), cwd=folder)\n"
        "except InferenceError as error: print(type(error).__name__)\n"
        "journal.close()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("LocalError\n", "")
    with journal_in(tmp_path) as journal:
        assert len(journal.recent()) == 3
    assert path.exists()


def test_a_refusal_is_one_of_our_errors_whatever_happens(tmp_path: Path) -> None:
    """A foreign SQLite file with a table of that name is no journal: refused, not overwritten."""
    path = tmp_path / "journal.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE intents (x)")
    with journal_in(tmp_path) as journal, pytest.raises(InferenceError):
        journal.plan(order_for(), cwd=tmp_path)
    assert path.exists()


def test_a_lock_is_exclusive_and_ends_with_its_file(tmp_path: Path) -> None:
    """Without waiting, a second holder is told no; an owner's file that is missing or free is abandoned."""
    path = tmp_path / "owner"
    assert is_abandoned(path)
    first, second = (os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(2))
    assert lock(first)
    assert not lock(second, wait=False)
    assert not is_abandoned(path)
    os.close(first)
    assert is_abandoned(path)
    assert not path.exists()
    os.close(second)
    (tmp_path / "folder").mkdir()
    assert not is_abandoned(tmp_path / "folder")


def test_a_lock_of_no_file_is_an_error() -> None:
    """Only a file system without locks degrades (fault D22); a closed descriptor is a mistake."""
    with pytest.raises(OSError, match="Bad file descriptor"):
        lock(1_000_000)


@pytest.mark.parametrize("writing", [False, True])
def test_damage_that_shows_while_the_journal_is_open(tmp_path: Path, writing: bool) -> None:
    """Pages that turn bad under a running command: what can be read is kept, and the work goes on once more."""
    path = fill(tmp_path, 200)
    with journal_in(tmp_path) as journal:
        journal.unsettled()
        with path.open("r+b") as file:
            file.seek(4096 * 8)
            file.write(b"\xff" * (path.stat().st_size - 4096 * 8))
        if writing:
            journal.moved([("new", "queued", "queued", None)])
            assert journal.find("last") == "new"
        else:
            assert len(journal.recent(-1)) < 200
        assert len(journal.notes) == 1
        assert "was damaged" in journal.notes[0]


def test_a_journal_salvaged_by_another_process_is_taken_as_it_is(tmp_path: Path) -> None:
    """Two commands notice the damage: the second finds a sound file, and salvages nothing."""
    path = fill(tmp_path, 3)
    assert set_aside(path, JOURNAL, now=0.0) is None
    assert [file.name for file in tmp_path.glob("*corrupt*")] == []


FIRST_VERSION = """
CREATE TABLE intents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, origin TEXT NOT NULL, created REAL NOT NULL, argv TEXT NOT NULL,
    kind TEXT NOT NULL, route TEXT NOT NULL, model TEXT NOT NULL, namespace TEXT, prompt TEXT, seed INTEGER,
    params TEXT NOT NULL, body_sha256 TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL,
    total INTEGER NOT NULL, output TEXT NOT NULL, estimate TEXT, baseline TEXT,
    state TEXT NOT NULL, error TEXT, updated REAL NOT NULL
);
CREATE TABLE generations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, origin TEXT NOT NULL, intent TEXT, n INTEGER NOT NULL, direct INTEGER NOT NULL,
    accepted REAL NOT NULL, state TEXT NOT NULL, status TEXT NOT NULL, error TEXT, url TEXT,
    path TEXT, size INTEGER, sha256 TEXT, updated REAL NOT NULL,
    UNIQUE (origin, id)
);
INSERT INTO intents VALUES (1, 'i1', 'o', 'https://hub.example', 1.0, 'image', 'image', 'queue', 'fox-1', NULL, 'a fox',
    7, '{}', 'd', 1, 1, 1, '{"target": null}', '0.01', NULL, 'accepted', NULL, 1.0);
INSERT INTO generations VALUES (1, 'g1', 'https://hub.example', 'i1', 1, 0, 1.0, 'queued', 'queued', NULL, NULL,
    NULL, NULL, NULL, 1.0);
PRAGMA user_version = 1;
"""


@pytest.mark.parametrize("damaged", [False, True])
def test_a_journal_of_the_first_version_goes_on(tmp_path: Path, damaged: bool) -> None:
    """Its rows are kept, new ones have more; so it is where the old file had to be salvaged."""
    path = tmp_path / "journal.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_VERSION)
    if damaged:
        assert _salvage(path, JOURNAL, 5.0).startswith("the journal was damaged; 2 of its rows could be read and kept")
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(tag="ad", estimate=Decimal("0.02")), cwd=tmp_path)
        journal.accepted(intent, ["g2"])
        kept = [(row.id, row.tag, row.price, row.cost, row.seed) for row in journal.recent()]
    assert kept == [("g2", "ad", Decimal("0.02"), None, None), ("g1", None, None, None, 7)]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_a_journal_that_moves_on_has_all_the_indexes_of_a_new_one(tmp_path: Path) -> None:
    """And where requests sent their results is read from their parameters; a row that is damaged stays as it is."""
    (tmp_path / "old").mkdir()
    with closing(sqlite3.connect(tmp_path / "old" / "journal.sqlite3")) as connection:
        connection.executescript(FIRST_VERSION)
        for number, params in enumerate(
            ('{"target_repo":"a/b","target_directory":"c"}', '{"target_repo":7}', '{"target_')
        ):
            connection.execute(COPY, {"number": number + 2, "params": params})
        connection.commit()
    indexes = []
    for name in ("old", "new"):
        with journal_in(tmp_path / name) as journal:
            indexes.append(journal.store.read(lambda opened: sorted(opened.execute(INDEXES).fetchall())))
            rows = journal.store.read(lambda opened: opened.execute("SELECT repo, folder FROM intents").fetchall())
        assert rows == ([(None, None), ("a/b", "c"), (None, None), (None, None)] if name == "old" else [])
    assert indexes[0] == indexes[1]
    assert len(indexes[1]) > 15


INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
COPY = """
INSERT INTO intents SELECT :number, id || :number, owner, origin, created, argv, kind, route, model, namespace, prompt,
    seed, :params, body_sha256, count, first, total, output, estimate, baseline, state, error, updated
FROM intents WHERE number = 1
"""
