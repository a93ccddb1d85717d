"""The log's SQLite file: private, durable, shared by processes, set aside when it is damaged."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from inference_cli.errors import DamagedError, LocalError
from inference_cli.profile.files import locked

_T = TypeVar("_T")
VERSION = 1
_PATIENCE = 30.0  # seconds to wait for another process's transaction
_SCHEMA = """
CREATE TABLE conversations (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- the order; clocks jump
    id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, created REAL NOT NULL, model TEXT NOT NULL, template TEXT
);
CREATE INDEX conversations_by_origin ON conversations (origin, number);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations (number), asked REAL NOT NULL, model TEXT NOT NULL,
    question TEXT NOT NULL, -- the words of what was asked, for people and for the search
    messages TEXT NOT NULL, parameters TEXT NOT NULL, -- JSON; media by their hash
    answer TEXT NOT NULL DEFAULT '', reasoning TEXT NOT NULL DEFAULT '',
    new_messages TEXT NOT NULL DEFAULT '[]', calls TEXT NOT NULL DEFAULT '[]',
    usage TEXT, cost TEXT, finish_reason TEXT, error TEXT, seconds REAL,
    ended REAL, -- NULL while it is answered, and for ever where the program was killed
    complete INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX turns_by_conversation ON turns (conversation, number);
CREATE TABLE attachments (
    turn INTEGER NOT NULL REFERENCES turns (number), place INTEGER NOT NULL, kind TEXT NOT NULL, mime TEXT NOT NULL,
    name TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT, source TEXT NOT NULL,
    PRIMARY KEY (turn, place)
) WITHOUT ROWID;
CREATE INDEX attachments_by_hash ON attachments (sha256);
"""
_SEARCH = """
CREATE VIRTUAL TABLE words USING fts5 (question, answer, content = 'turns', content_rowid = 'number');
CREATE TRIGGER words_of_new AFTER INSERT ON turns BEGIN
    INSERT INTO words (rowid, question, answer) VALUES (new.number, new.question, new.answer);
END;
CREATE TRIGGER words_of_old AFTER DELETE ON turns BEGIN
    INSERT INTO words (words, rowid, question, answer) VALUES ('delete', old.number, old.question, old.answer);
END;
CREATE TRIGGER words_of_changed AFTER UPDATE OF question, answer ON turns BEGIN
    INSERT INTO words (words, rowid, question, answer) VALUES ('delete', old.number, old.question, old.answer);
    INSERT INTO words (rowid, question, answer) VALUES (new.number, new.question, new.answer);
END;
"""


class LogFile:
    """The open file; every piece of work is one transaction, from any thread.

    Args:
        path: where it is; made when first used.
        now: Unix seconds, for the name of a damaged file.
    """

    def __init__(self, path: Path, *, now: Callable[[], float]) -> None:
        self.path, self._now = path, now
        self.notes: list[str] = []
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._newer = False

    def close(self) -> None:
        """Close it; using it again opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept."""
        return self.path.exists()

    def read(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do what only looks.

        Raises:
            LocalError: the file can be neither made nor read.
        """
        with self._lock:
            try:
                return work(self._opened())
            except sqlite3.Error as error:
                raise self._unusable(error) from error

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do what changes rows; when this returns it is on the disk, all of it.

        Raises:
            LocalError: it could not be made durable.
            DamagedError: the file belongs to a newer version.
        """
        with self._lock:
            try:
                connection = self._opened()
                if self._newer:
                    raise DamagedError(
                        "the log of conversations was written by a newer version of this program",
                        hint="Upgrade:  pip install --upgrade inference-cli",
                    )
                return self._committed(connection, work)
            except (sqlite3.Error, ValueError, OverflowError) as error:
                raise self._unusable(error) from error

    @staticmethod
    def _committed(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], _T]) -> _T:
        try:
            connection.execute("BEGIN IMMEDIATE")
            done = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        return done

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                with locked(self.path):
                    self._connection = self._connected()
            except OSError as error:
                raise self._unusable(error) from error
        return self._connection

    def _connected(self) -> sqlite3.Connection:
        try:
            return self._prepared()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._set_aside()
            return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(0o600)
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            self._newer = version > VERSION
            if self._newer:
                connection.execute("PRAGMA query_only = ON")
                return connection
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if version == 0:
                connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
                with suppress(sqlite3.OperationalError):  # SQLite without FTS5: the search looks at every row
                    connection.executescript(f"BEGIN; {_SEARCH} COMMIT;")
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
            connection.execute("SELECT count(*) FROM conversations").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self) -> None:
        aside = self.path.with_name(f"{self.path.name}.corrupt-{int(self._now())}")
        while aside.exists():
            aside = aside.with_name(aside.name + "+")
        for ending in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + ending).rename(aside.with_name(aside.name + ending))
        self.notes.append(f"the log of conversations was damaged; it goes on in a new file, the old one is {aside}")

    def _unusable(self, error: Exception) -> LocalError:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        return LocalError(
            f"the log of conversations {self.path} cannot be used: {reason}",
            hint="Check the folder and the free space there",
        )
