"""The sandbox's SQLite file: opened and tried, or only looked into, and removed where it is damaged."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EIO
from pathlib import Path

from inference_cli.sandbox.tables import NAMES, TABLES, VERSION

NAME = "sandbox.sqlite3"
PATIENCE = 30.0  # seconds to wait for another process's transaction
START_CREDITS = 100_000_000  # micro-dollars: $100
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class UnusableError(OSError):
    """The database cannot be used; the sentence names it.

    Args:
        sentence: what is the matter with which file.
        damaged: whether a new one would help.
        busy: whether it would help to wait for another process.
    """

    def __init__(self, sentence: str, *, damaged: bool = False, busy: bool = False) -> None:
        super().__init__(EIO, sentence)
        self.damaged = damaged
        self.busy = busy


@contextmanager
def told(path: Path, done: str = "used") -> Iterator[None]:
    """Tell what SQLite has against a file as ``UnusableError``.

    Args:
        path: the file.
        done: what it cannot be.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite names what is damaged, and the name is no text any more
        raise UnusableError(f"{path} cannot be {done}: its tables are damaged", damaged=True) from error
    except sqlite3.Error as error:
        # Without a code it is a text that is none; with more than eight bits, a variant.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        # Statements are constants here: where one is wrong, as for want of a table, the file is not what we made.
        damaged = not isinstance(error, sqlite3.OperationalError) or code == sqlite3.SQLITE_ERROR
        raise UnusableError(f"{path} cannot be {done}: {error}", damaged=damaged, busy=code in _BUSY) from error


def opened(path: Path, patience: float) -> sqlite3.Connection:
    """Open the file, or make it; the state of another version is dropped.

    Args:
        path: the file.
        patience: seconds to wait for another process's transaction.

    Raises:
        UnusableError: it cannot be opened, is damaged, or another process does not let go of it.
    """
    with told(path, "opened"):
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        with told(path):
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            _prepare(connection)
            _try(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def looked_into(path: Path) -> sqlite3.Connection:
    """Open the file for reading alone; one that is not there, or of another version, is as good as an empty one.

    Nothing is made or changed, so that this works where nothing can be written.

    Raises:
        UnusableError: it cannot be opened, or is damaged.
        OSError: the folder can't be looked into.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        return _empty()
    address = f"{path.absolute().as_uri()}?mode=ro"
    first, last = ("", "&immutable=1") if _has_log(path) else ("&immutable=1", "")
    with told(path):
        try:
            return _looking(address + first)
        except (sqlite3.Error, UnicodeDecodeError):
            return _looking(address + last)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is written meanwhile, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself takes back what met damage
            connection.execute("ROLLBACK")
        raise


def check(connection: sqlite3.Connection) -> None:
    """Look at every page.

    Raises:
        sqlite3.DatabaseError: one is damaged.
    """
    verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict.splitlines()[-1])


def discard(path: Path) -> None:
    """Remove the file with what SQLite keeps beside it, which would not fit a new one.

    Raises:
        OSError: one of them stays.
    """
    for ending in ("-wal", "-shm", ""):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _has_log(path: Path) -> bool:
    """Whether a log of changes beside it has to be read as well; without one, opening it as usual would make one."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _looking(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        if _version(connection) != VERSION:
            connection.close()
            return _empty()
        connection.row_factory = sqlite3.Row
        _try(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    _prepare(connection)
    return connection


def begin_anew(connection: sqlite3.Connection) -> None:
    """Drop whatever tables there are, and make those of this version, with credits and a new key; in a transaction."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (name,) in names.fetchall():
        connection.execute(f"DROP TABLE {name}")
    for statement in filter(None, map(str.strip, TABLES.split(";"))):
        connection.execute(statement)
    connection.execute("INSERT INTO settings VALUES ('key', ?)", (secrets.token_bytes(32),))
    connection.execute("INSERT INTO settings VALUES ('credits', ?)", (START_CREDITS,))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _prepare(connection: sqlite3.Connection) -> None:
    if _version(connection) == VERSION:
        return
    with transaction(connection):
        if _version(connection) != VERSION:  # else another process was quicker
            begin_anew(connection)  # a sandbox's state is worth nothing to another version of it


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _try(connection: sqlite3.Connection) -> None:
    """Find damage before a request is taken; only the beginning of each table, for every command comes along here."""
    for name in NAMES:
        connection.execute(f"SELECT rowid FROM {name} ORDER BY rowid LIMIT 1").fetchone()  # noqa: S608 - constants
    query = "SELECT count(*) FROM settings WHERE name || typeof(value) IN ('keyblob', 'creditsinteger')"
    if connection.execute(query).fetchone()[0] != 2:
        raise sqlite3.DatabaseError("its settings are gone")
