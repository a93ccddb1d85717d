"""Small private files: read with their owner and mode checked, replaced whole, locked while they change."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from inference_cli.errors import LocalError, UsageError
from inference_cli.profile.folders import PRIVATE_FOLDER, make_private

Notice = Callable[[str], None]
LIMIT = 1_000_000  # bytes; no settings file of a person comes near it (fault E1)
PRIVATE_FILE = 0o600
_OURS = (
    "config.toml",
    "tokens.toml",
    "origins.toml",
    "journal.sqlite3",
    "sandbox",
    "crash.txt",
    "templates",
    "conversations.sqlite3",
    "attachments",
)
_CANNOT_LOCK = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


def silent(_text: str) -> None:
    """Take a notice and say nothing."""


def write_atomically(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Replace a file whole: whoever looks, or is killed, finds the old bytes or the new ones (fault E4).

    Args:
        path: the file; a link is followed, so that a settings file kept elsewhere stays there. A missing folder is
            made, with mode 0700.
        data: all of its new bytes.
        mode: of the file, whatever the umask is.

    Raises:
        LocalError: it cannot be written.
    """
    target = _behind_links(path)
    try:
        make_private(target.parent)
        _replace(target, data, mode)
    except OSError as error:
        raise _cannot("write", path, error) from error


def _replace(target: Path, data: bytes, mode: int) -> None:
    fresh = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a Path cannot open a descriptor
            os.fchmod(descriptor, mode)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        fresh.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the file system can (fault D22)."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def locked(path: Path, *, lock: Callable[[int], None] | None = None) -> Iterator[None]:
    """Hold the lock of a file, so that read, change and replace is one step among all processes (fault E3).

    It is the kernel's own lock: it ends with its process, and nothing stale stays behind (fault E9). A file system
    that knows no locks is worked on without one.

    Args:
        path: the file; the lock is on ``path`` with ``.lock`` behind it.
        lock: locks a descriptor, waiting for its turn; ``flock`` by default.

    Raises:
        LocalError: the folder cannot be written.
    """
    target = _behind_links(path)
    try:
        make_private(target.parent)
        descriptor = os.open(f"{target}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    except OSError as error:
        raise _cannot("lock", path, error) from error
    try:
        if _take(descriptor, lock or _exclusively, path):
            _sweep(target)
        yield
    finally:
        os.close(descriptor)


def _exclusively(descriptor: int) -> None:
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_EX)


def _take(descriptor: int, lock: Callable[[int], None], path: Path) -> bool:
    try:
        lock(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_LOCK:
            raise _cannot("lock", path, error) from error
        return False
    return True


def _sweep(target: Path) -> None:
    """Remove what a killed writer left: nobody else writes this file while the lock is held."""
    with contextlib.suppress(OSError):
        for stray in target.parent.glob(f".{target.name}.*.tmp"):
            stray.unlink()


def read_private(path: Path, *, notice: Notice = silent, user: int | None = None, repair: bool = True) -> bytes | None:
    """The bytes of a private file, or None where there is no file.

    A file or folder that others may read is closed to them, with a notice (fault E2).

    Args:
        path: the file.
        notice: takes a sentence about what was repaired.
        user: the id of the user whose file it must be, if not root's; the running user by default.
        repair: whether modes may be changed; ``doctor`` only looks.

    Raises:
        UsageError: it is no plain file, or larger than 1 MB.
        LocalError: it belongs to another user, or cannot be read.
    """
    me = os.geteuid() if user is None else user
    with _opened(path) as file:
        if file is None:
            return None
        facts = os.fstat(file.fileno())
        if facts.st_uid not in {0, me}:
            raise LocalError(
                f"{path} belongs to another user, so it is not trusted",
                hint="Name a folder of your own with INFERENCE_CONFIG_DIR",
            )
        if repair and facts.st_uid == me:
            _close_to_others(file.fileno(), facts.st_mode, path, notice)
            _close_folder(path.parent, me, notice)
        return file.read()


def read_plain(path: Path) -> bytes | None:
    """The bytes of a file that is not the program's own, or None where there is no file; its mode is left alone.

    Raises:
        UsageError: it is no plain file, or larger than 1 MB.
        LocalError: it cannot be read.
    """
    with _opened(path) as file:
        return None if file is None else file.read()


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO | None]:
    """A plain file of a bearable size; opening never waits for the other end of a pipe."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        yield None
        return
    except OSError as error:
        raise _cannot("read", path, error) from error
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        raise UsageError(f"{path} is not a file")
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a Path cannot open a descriptor
        if facts.st_size > LIMIT:
            raise UsageError(f"{path} is larger than {LIMIT // 1_000_000} MB; it is no settings file")
        yield file


def _close_to_others(descriptor: int, mode: int, path: Path, notice: Notice) -> None:
    if mode & 0o077:
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, PRIVATE_FILE)
            notice(f"others could read {path}; its mode is now 0600")


def _close_folder(folder: Path, me: int, notice: Notice) -> None:
    """Close a folder of our own; one that holds other things too, such as a home, is left as it is."""
    with contextlib.suppress(OSError):
        facts = folder.stat()
        if facts.st_mode & 0o077 and facts.st_uid == me and all(_is_ours(entry.name) for entry in folder.iterdir()):
            folder.chmod(PRIVATE_FOLDER)
            notice(f"others could look into {folder}; its mode is now 0700")


def _is_ours(name: str) -> bool:
    return name.removeprefix(".").startswith(_OURS)


def _behind_links(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _cannot(what: str, path: Path, error: OSError) -> LocalError:
    reason = (error.strerror or "the file system refused").lower()
    return LocalError(
        f"cannot {what} {path}: {reason}",
        hint="Another folder can be named with INFERENCE_CONFIG_DIR and INFERENCE_STATE_DIR",
    )
