"""The journal's SQLite file: opened durably and privately, made when missing, salvaged when damaged."""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from inference_cli.errors import DamagedError, InferenceError, LocalError
from inference_cli.jobs.locks import locked

VERSION = 3
PATIENCE = 30.0  # seconds to wait for another process's transaction

_SCHEMA = """
CREATE TABLE intents (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- the order; clocks jump (fault E13)
    id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, origin TEXT NOT NULL, created REAL NOT NULL, argv TEXT NOT NULL,
    kind TEXT NOT NULL, route TEXT NOT NULL, model TEXT NOT NULL, namespace TEXT, prompt TEXT, seed INTEGER,
    params TEXT NOT NULL, body_sha256 TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL,
    total INTEGER NOT NULL, output TEXT NOT NULL, estimate TEXT, baseline TEXT,
    state TEXT NOT NULL, error TEXT, updated REAL NOT NULL,
    tag TEXT, price TEXT -- of this request alone, estimated, in US dollars
);
CREATE INDEX intents_by_state ON intents (origin, state);
CREATE INDEX intents_by_time ON intents (origin, created);
CREATE TABLE generations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, origin TEXT NOT NULL, intent TEXT, n INTEGER NOT NULL, direct INTEGER NOT NULL,
    accepted REAL NOT NULL, state TEXT NOT NULL, status TEXT NOT NULL, error TEXT,
    url TEXT, -- of a direct answer only, until its file is published (journal protocol, rule g)
    path TEXT, size INTEGER, sha256 TEXT, updated REAL NOT NULL,
    cost TEXT, -- what the server charged, in US dollars, once it is known
    UNIQUE (origin, id)
);
CREATE INDEX generations_by_state ON generations (origin, state);
CREATE INDEX generations_by_intent ON generations (intent);
"""
_ANSWERS = """
CREATE TABLE answers ( -- of chats: what they cost; the words are in the log of conversations
    number INTEGER PRIMARY KEY AUTOINCREMENT, origin TEXT NOT NULL, created REAL NOT NULL, model TEXT NOT NULL,
    price TEXT, cost TEXT, -- estimated and charged, in US dollars
    state TEXT NOT NULL -- asked, answered or refused
);
CREATE INDEX answers_by_time ON answers (origin, created);
"""
_TABLES = ("intents", "generations", "answers")
_CHANGES = {
    1: """
ALTER TABLE intents ADD COLUMN tag TEXT;
ALTER TABLE intents ADD COLUMN price TEXT;
ALTER TABLE generations ADD COLUMN cost TEXT;
CREATE INDEX intents_by_time ON intents (origin, created);
""",
    2: _ANSWERS,
}
"""What makes the next version of each older one."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open journal; ``refusal`` is why nothing may be written to it, ``note`` what a person should know."""

    connection: sqlite3.Connection
    refusal: InferenceError | None = None
    note: str | None = None


def open_database(path: Path, *, now: float, patience: float = PATIENCE) -> Database:
    """Open the journal, or make it.

    A journal of a newer version, or one that cannot be written, opens for reading (faults E6, E7). A damaged one is set
    aside as ``….corrupt-TIME`` and what can be read of it goes into a new one.

    Args:
        path: the file; its folder is made when missing.
        now: Unix seconds, for the name of a damaged file.
        patience: seconds to wait for other processes.

    Raises:
        LocalError: it can be neither made nor read.
    """
    note = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path.with_name(path.name + ".lock")):
            try:
                connection = _connect(path, patience)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                note = _salvage(path, now)
                connection = _connect(path, patience)
    except (OSError, sqlite3.Error) as error:
        return _readable(path, unwritable(path, error))
    newer = connection.execute("PRAGMA user_version").fetchone()[0] > VERSION
    refusal = (
        DamagedError(
            "the journal was written by a newer version of this program",
            hint="Upgrade:  pip install --upgrade inference-cli",
        )
        if newer
        else None
    )
    return Database(connection, refusal=refusal, note=note)


def unwritable(path: Path, error: Exception) -> LocalError:
    """What it means that SQLite or the system refused to write."""
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return LocalError(
        f"the journal {path} cannot be written: {reason}", hint="Check the folder and the free space there"
    )


def set_aside(path: Path, *, now: float) -> str | None:
    """Salvage a journal that turned out to be damaged; what was done, or None where another process did it."""
    with locked(path.with_name(path.name + ".lock")):
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA quick_check").fetchone()[0] == "ok":
                return None
        return _salvage(path, now)


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            connection.execute("PRAGMA query_only = ON")
            return connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if version == 0:
            connection.executescript(f"BEGIN; {_SCHEMA} {_ANSWERS} PRAGMA user_version = {VERSION}; COMMIT;")
        for older in range(version or VERSION, VERSION):
            connection.executescript(f"BEGIN; {_CHANGES[older]} PRAGMA user_version = {older + 1}; COMMIT;")
        connection.execute("SELECT count(*) FROM intents").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _readable(path: Path, refusal: LocalError) -> Database:
    """The journal for reading only, whatever hinders writing."""
    for options in ("mode=ro", "mode=ro&immutable=1"):
        connection = None
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None, check_same_thread=False
            )
            connection.execute("SELECT count(*) FROM intents").fetchone()
        except sqlite3.Error:
            if connection is not None:
                connection.close()
        else:
            return Database(connection, refusal=refusal)
    raise refusal


def _salvage(path: Path, now: float) -> str:
    """Move a damaged file aside and copy every row that can still be read into a new one."""
    aside = path.with_name(f"{path.name}.corrupt-{int(now)}")
    while aside.exists():
        aside = aside.with_name(aside.name + "+")
    for ending in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    with closing(_connect(path, PATIENCE)) as fresh, closing(sqlite3.connect(aside)) as damaged:
        kept = sum(_copied(damaged, fresh, table, order) for table in _TABLES for order in ("ASC", "DESC"))
    return f"the journal was damaged; {kept} of its rows could be read and kept, the old file is {aside}"


def _copied(damaged: sqlite3.Connection, fresh: sqlite3.Connection, table: str, order: str) -> int:
    """Copy rows from one end until the damage; how many were new."""
    before = fresh.total_changes
    with suppress(sqlite3.DatabaseError):
        cursor = damaged.execute(f"SELECT * FROM {table} ORDER BY number {order}")  # noqa: S608 - our own names
        names = ", ".join(name for name, *_ in cursor.description)  # an older version has fewer
        places = ", ".join("?" for _ in cursor.description)
        for row in cursor:
            with suppress(sqlite3.DatabaseError):
                fresh.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})", row)  # noqa: S608 - our own names
    return fresh.total_changes - before
