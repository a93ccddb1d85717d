"""An SQLite file of the program: opened durably and privately, made when missing, salvaged when damaged."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from inference_cli.errors import DamagedError, InferenceError, LocalError
from inference_cli.frozen import dataclass, field
from inference_cli.profile.folders import make_private
from inference_cli.profile.locks import locked

DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file raises; SQLite's complaint about a garbled name has that name in it."""
PATIENCE = 30.0  # seconds to wait for another process's transaction


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file holds.

    ``noun`` names it in an error, as ``the journal``; ``schema`` makes its tables in the newest ``version``, and
    ``changes`` the next version of each older one, with ``functions`` of one argument beside SQLite's own. ``tables``
    are what is saved from a damaged file; each has a ``number`` that rows are ordered by.
    """

    noun: str
    version: int
    schema: str
    tables: tuple[str, ...]
    changes: Mapping[int, str] = field(default_factory=dict)
    functions: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Database:
    """An open file; ``refusal`` is why nothing may be written to it, ``note`` what a person should know."""

    connection: sqlite3.Connection
    refusal: InferenceError | None = None
    note: str | None = None


def open_database(path: Path, shape: Shape, *, now: float, patience: float = PATIENCE) -> Database:
    """Open a file, or make it.

    One of a newer version, or one that cannot be written, opens for reading (faults E6, E7); one that is missing and
    cannot be made is read as an empty one (fault E10). A damaged one is set aside as ``….corrupt-TIME`` and what can be
    read of it goes into a new one.

    Args:
        path: the file; its folder is made when missing.
        shape: what it holds.
        now: Unix seconds, for the name of a damaged file.
        patience: seconds to wait for other processes.

    Raises:
        LocalError: it is there and cannot be read, or nobody can tell whether it is there.
    """
    note = None
    try:
        make_private(path.parent)
        with locked(path.with_name(path.name + ".lock")):
            try:
                connection = _connect(path, shape, patience)
            except sqlite3.OperationalError:
                raise
            except DAMAGE:
                note = _salvage(path, shape, now)
                connection = _connect(path, shape, patience)
    except (OSError, sqlite3.Error) as error:
        return _readable(path, shape, unwritable(path, shape, error))
    newer = connection.execute("PRAGMA user_version").fetchone()[0] > shape.version
    refusal = (
        DamagedError(
            f"{shape.noun} was written by a newer version of this program",
            hint="Upgrade:  pip install --upgrade inference-cli",
        )
        if newer
        else None
    )
    return Database(connection, refusal=refusal, note=note)


def unwritable(path: Path, shape: Shape, error: Exception) -> LocalError:
    """What it means that SQLite or the system refused to write."""
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return LocalError(
        f"{shape.noun} {path} cannot be written: {reason}", hint="Check the folder and the free space there"
    )


def set_aside(path: Path, shape: Shape, *, now: float) -> str | None:
    """Salvage a file that turned out to be damaged; what was done, or None where another process did it."""
    with locked(path.with_name(path.name + ".lock")):
        with suppress(*DAMAGE), closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA quick_check").fetchone()[0] == "ok":
                return None
        return _salvage(path, shape, now)


def _connect(path: Path, shape: Shape, patience: float) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > shape.version:
            connection.execute("PRAGMA query_only = ON")
            return connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if version == 0:
            connection.executescript(f"BEGIN; {shape.schema} PRAGMA user_version = {shape.version}; COMMIT;")
        older_ones = range(version or shape.version, shape.version)
        for name, function in shape.functions.items() if older_ones else ():
            connection.create_function(name, 1, function)
        for older in older_ones:
            connection.executescript(f"BEGIN; {shape.changes[older]} PRAGMA user_version = {older + 1}; COMMIT;")
        connection.execute(f"SELECT 1 FROM {shape.tables[0]} LIMIT 1").fetchone()  # noqa: S608 - our own names
    except BaseException:
        connection.close()
        raise
    return connection


def _readable(path: Path, shape: Shape, refusal: LocalError) -> Database:
    """The file for reading only, whatever hinders writing."""
    if _is_missing(path):
        return Database(_empty(shape), refusal=refusal)
    for options in ("mode=ro", "mode=ro&immutable=1"):
        connection = None
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None, check_same_thread=False
            )
            connection.execute(f"SELECT 1 FROM {shape.tables[0]} LIMIT 1").fetchone()  # noqa: S608 - our own names
        except DAMAGE:
            if connection is not None:
                connection.close()
        else:
            return Database(connection, refusal=refusal)
    raise refusal


def _is_missing(path: Path) -> bool:
    """Whether there is surely nothing to read: a link is something, and so is what may not be looked at."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _empty(shape: Shape) -> sqlite3.Connection:
    """What stands in for a file that cannot be made, so that there is nothing to be found in it."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.executescript(f"{shape.schema} PRAGMA user_version = {shape.version}; PRAGMA query_only = ON;")
    return connection


def _salvage(path: Path, shape: Shape, now: float) -> str:
    """Move a damaged file aside and copy every row that can still be read into a new one."""
    aside = path.with_name(f"{path.name}.corrupt-{int(now)}")
    while aside.exists():
        aside = aside.with_name(aside.name + "+")
    for ending in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    with closing(_connect(path, shape, PATIENCE)) as fresh, closing(sqlite3.connect(aside)) as damaged:
        damaged.execute("PRAGMA writable_schema = ON")  # one garbled table or index does not hide the others
        kept = sum(_copied(damaged, fresh, table, order) for table in shape.tables for order in ("ASC", "DESC"))
    return f"{shape.noun} was damaged; {kept} of its rows could be read and kept, the old file is {aside}"


def _copied(damaged: sqlite3.Connection, fresh: sqlite3.Connection, table: str, order: str) -> int:
    """Copy rows from one end until the damage; how many were new."""
    before = fresh.total_changes
    with suppress(*DAMAGE):
        cursor = damaged.execute(f"SELECT * FROM {table} ORDER BY number {order}")  # noqa: S608 - our own names
        names = ", ".join(name for name, *_ in cursor.description)  # an older version has fewer
        places = ", ".join("?" for _ in cursor.description)
        for row in cursor:
            with suppress(sqlite3.DatabaseError):
                fresh.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})", row)  # noqa: S608 - our own names
    return fresh.total_changes - before
