"""Locks of the kernel on files: gone with their process, however it ended (fault E9)."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inference_cli.profile.folders import make_private

_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


def lock(descriptor: int, *, wait: bool = True) -> bool:
    """Take the exclusive lock of an open file.

    Args:
        descriptor: the open file.
        wait: whether to wait for another holder.

    Returns:
        Whether it is held now; a file system without locks counts as held (fault D22).
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return True
        raise
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, made when missing, as long as the context lasts.

    Raises:
        OSError: it cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        lock(descriptor)
        yield
    finally:
        os.close(descriptor)


class Ownership:
    """A file whose lock says that the process that made it still lives.

    Args:
        path: the file, made here; its folder too.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self, path: Path) -> None:
        make_private(path.parent)
        self._path = path
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        lock(self._descriptor)

    def release(self) -> None:
        """Give it up: nothing of this owner is going on any more."""
        with suppress(OSError):
            self._path.unlink()
        os.close(self._descriptor)


def is_abandoned(path: Path) -> bool:
    """Whether the owner of that file is gone; its file goes too."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        gone = lock(descriptor, wait=False)
        if gone:
            with suppress(OSError):
                path.unlink()
        return gone
    finally:
        os.close(descriptor)
