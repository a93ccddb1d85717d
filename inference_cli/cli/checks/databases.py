"""The SQLite files, read without changing a byte: whether they are whole, and what waits in the journal."""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from inference_cli.profile.database import Shape
from inference_cli.terminal.checklist import Finding

_T = TypeVar("_T")
_PATIENCE = 2.0  # seconds to wait for another process
_REACHED = "('accepted', 'queued', 'processing', 'unknown', 'succeeded')"  # accepted, and not fetched yet


def database(check: str, path: Path, shape: Shape, may: Callable[[Path, int], bool] = os.access) -> Finding:
    """Whether a file of the program is whole, of a version that is known, and can be written.

    Args:
        check: what the line is called.
        path: the file.
        shape: what it should hold.
        may: whether the running user has a right, as ``os.access``.
    """
    if not path.exists():
        return Finding("ok", check, f"none yet; it will be {path}")
    if not may(path, os.R_OK | os.W_OK):
        return Finding(
            "failure", check, f"{path} cannot be written, so nothing that costs is sent", f"See:  ls -l {path}"
        )
    try:
        version, verdict = _read(path, _inspected)
    except sqlite3.OperationalError as error:
        return Finding("warning", check, f"{path} could not be read just now: {error}", "Look again:  inference doctor")
    except sqlite3.DatabaseError as error:
        return _damaged(check, path, str(error))
    if verdict != "ok":
        return _damaged(check, path, verdict)
    if version > shape.version:
        message = f"{path} was written by a newer version of this program"
        return Finding("failure", check, message, "Upgrade:  pip install --upgrade inference-cli")
    return Finding("ok", check, f"{path} is whole")


def waiting(path: Path, origin: str | None) -> Finding | None:
    """What was paid for, or may have been, and is not settled; None where the journal cannot be read.

    Args:
        path: the journal.
        origin: whose; None for all.
    """
    if not path.exists():
        return Finding("ok", "unsettled", "nothing waits to be settled")
    try:
        unknown, unfetched = _read(path, lambda connection: _counted(connection, path, origin))
    except sqlite3.Error:
        return None  # the check of the journal says why
    collect = "Find out and collect:  inference recover"
    if unknown:
        verb = "requests have" if unknown > 1 else "request has"
        return Finding("warning", "unsettled", f"{unknown} {verb} an unknown outcome and may have been billed", collect)
    if unfetched:
        noun = "generations were" if unfetched > 1 else "generation was"
        return Finding("ok", "unsettled", f"{unfetched} {noun} accepted and not fetched yet", collect)
    return Finding("ok", "unsettled", "nothing waits to be settled")


def _damaged(check: str, path: Path, verdict: str) -> Finding:
    command = "queue list --local" if check == "journal" else "logs list"
    fix = f"Save what can be read, and set the old file aside:  inference {command}"
    return Finding("failure", check, f"{path} is damaged: {verdict.splitlines()[0]}", fix)


def _read(path: Path, work: Callable[[sqlite3.Connection], _T]) -> _T:
    """Look into a file as it is: without its log of changes nothing is made beside it either."""
    log = path.with_name(path.name + "-wal")
    whole = not log.exists() or log.stat().st_size == 0
    address = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if whole else ''}"
    with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
        return work(connection)


def _inspected(connection: sqlite3.Connection) -> tuple[int, str]:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return int(version), str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])


def _counted(connection: sqlite3.Connection, path: Path, origin: str | None) -> tuple[int, int]:
    where, values = ("", ()) if origin is None else (" AND origin = ?", (origin,))
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'intents'").fetchone():
        return 0, 0
    rows = connection.execute(
        "SELECT state, owner, count(*) FROM intents WHERE state IN ('unknown', 'ambiguous', 'sending')"  # noqa: S608 - no words of others
        f"{where} GROUP BY state, owner",
        values,
    )
    owners = path.with_name(path.name + ".owners")
    unknown = sum(count for state, owner, count in rows if state != "sending" or _is_gone(owners / owner))
    query = f"SELECT count(*) FROM generations WHERE state IN {_REACHED}{where}"  # noqa: S608 - the same
    return unknown, int(connection.execute(query, values).fetchone()[0])


def _is_gone(path: Path) -> bool:
    """Whether the process that sent a request has ended without an answer."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
