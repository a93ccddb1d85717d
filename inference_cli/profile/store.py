"""One SQLite file shared by threads, processes and forks: every piece of work is one transaction."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from inference_cli.clock import Clock
from inference_cli.profile.database import DAMAGE, PATIENCE, Database, Shape, open_database, set_aside, unwritable

_T = TypeVar("_T")
_IN_FORK: list[sqlite3.Connection] = []  # connections of the parent process: closing them here would drop its locks


def beginning(prefix: str) -> tuple[str, str]:
    """The first and the last text that begin so, in SQLite's order: an index finds BETWEEN, and no substr."""
    return prefix, prefix + "\U0010ffff"


class Store:
    """A file of the program, opened when first used, and again after a fork (fault E15) or damage (fault E6).

    Args:
        path: the file.
        shape: what it holds.
        clock: for the name of a damaged file.
        patience: seconds to wait for another process's transaction.
    """

    def __init__(self, path: Path, shape: Shape, *, clock: Clock, patience: float = PATIENCE) -> None:
        self.path = path
        self._shape = shape
        self.notes: list[str] = []
        self._clock = clock
        self._patience = patience
        self._database: Database | None = None
        self._pid = 0
        self._lock = threading.RLock()

    def __del__(self) -> None:
        self.close()  # a worker that outlives the command may have opened it again

    def close(self) -> None:
        """Close the file; using it again opens it again."""
        with self._lock:
            if self._database is not None and self._pid == os.getpid():
                self._database.connection.close()
            self._database = None

    def read(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do what only looks.

        Raises:
            LocalError: the file can be neither made nor read.
        """
        with self._lock:
            try:
                return work(self._opened().connection)
            except sqlite3.OperationalError as error:
                raise unwritable(self.path, self._shape, error) from error
            except DAMAGE:
                self._salvage()
                return work(self._opened().connection)

    def write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Do what changes rows; when this returns it is on the disk, all of it.

        Raises:
            LocalError: it could not be made durable.
            DamagedError: the file belongs to a newer version.
        """
        with self._lock:
            database = self._opened()
            if database.refusal is not None:
                self.close()  # whatever hindered writing may be over when it is opened again
                raise database.refusal
            try:
                self._commit(database.connection, work)
            except (OSError, ValueError, OverflowError, sqlite3.OperationalError) as error:
                raise unwritable(self.path, self._shape, error) from error  # ValueError: a text that is no UTF-8
            except sqlite3.DatabaseError:
                self._salvage()
                try:
                    self._commit(self._opened().connection, work)
                except sqlite3.DatabaseError as error:
                    raise unwritable(self.path, self._shape, error) from error

    @staticmethod
    def _commit(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], object]) -> None:
        try:
            connection.execute("BEGIN IMMEDIATE")
            work(connection)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    def _salvage(self) -> None:
        """The file is damaged: set it aside, open what could be read of it."""
        if self._database is not None:
            self._database.connection.close()
            self._database = None
        try:
            note = set_aside(self.path, self._shape, now=self._clock.now())
        except (OSError, sqlite3.Error) as error:
            raise unwritable(self.path, self._shape, error) from error
        if note:
            self.notes.append(note)

    def _opened(self) -> Database:
        if self._database is not None and self._pid != os.getpid():  # forked: fault E15
            _IN_FORK.append(self._database.connection)
            self._database = None
        if self._database is None:
            self._database = open_database(self.path, self._shape, now=self._clock.now(), patience=self._patience)
            self._pid = os.getpid()
            if self._database.note:
                self.notes.append(self._database.note)
        return self._database
