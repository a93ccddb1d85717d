"""A folder that may be looked into, and nothing outside of it.

Every step of a path is opened on its own, below the folder that is open already, and no link is followed: neither
``..``, nor an absolute path, nor a symbolic link that appears between two steps leads outside. What is hidden (a name
that begins with a point), and what by its name is a private key, is not there at all; nor are the folders in which this
program keeps its tokens.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from inference_cli.conversation.tools.tool import ToolFailedError
from inference_cli.errors import UsageError

_DEEPEST = 32  # folders inside each other
_STEP = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe without a writer would block for ever
_SECRET_ENDS = (".pem", ".key", ".p12", ".pfx", ".kdbx", ".jks", ".keystore", ".ppk")
_SECRET_STARTS = ("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a folder: its path from the top, whether it is a folder, its size in bytes."""

    path: str
    is_folder: bool
    size: int


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder, and what below it is not to be seen.

    Args:
        top: resolved when it was named; of :meth:`at`.
        closed: device and inode of folders inside it that stay closed.
    """

    top: Path
    closed: frozenset[tuple[int, int]] = field(default=frozenset())

    @classmethod
    def at(cls, path: Path, closed: Iterable[Path] = ()) -> "Folder":
        """The folder at a path that the user named; that one may be a link.

        Raises:
            UsageError: there is none.
        """
        try:
            top = path.resolve(strict=True)
            if not top.is_dir():
                raise UsageError(f"{path} is not a folder", hint="Nothing was sent")
        except (OSError, RuntimeError, ValueError):
            raise UsageError(f"there is no folder {path}", hint="Nothing was sent") from None
        found = set()
        for one in closed:
            with suppress(OSError):
                state = one.stat()
                found.add((state.st_dev, state.st_ino))
        return cls(top, frozenset(found))

    @contextmanager
    def opened(self, path: str) -> Iterator[tuple[int, os.stat_result]]:
        """What is at a path: a descriptor and what it leads to.

        Args:
            path: from the top, with ``/`` between its steps; ``.`` is the top itself.

        Raises:
            ToolFailedError: it leads outside, is hidden, is not there, or cannot be read.
        """
        names = steps(path)
        descriptor = -1
        try:
            descriptor = os.open(self.top, _STEP | os.O_DIRECTORY)
            for name in names:
                below = self._step(descriptor, name)
                os.close(descriptor)
                descriptor = below
            state = os.fstat(descriptor)
            if self._is_closed(state):
                raise ToolFailedError(_absent(path))
            yield descriptor, state
        except (OSError, ValueError) as error:
            raise ToolFailedError(_why(path, error)) from None
        finally:
            if descriptor >= 0:
                os.close(descriptor)

    def walk(self, path: str, *, deep: bool) -> Iterator[Entry]:
        """What is in a folder, by name; with ``deep`` what is in its folders too, after each of them.

        Raises:
            ToolFailedError: see :meth:`opened`; it is no folder.
        """
        with self.opened(path) as (descriptor, state):
            if not stat.S_ISDIR(state.st_mode):
                raise ToolFailedError(f"{path[:200]!r} is not a folder.")
            yield from self._walk(descriptor, "/".join(steps(path)), _DEEPEST if deep else 1)

    def _walk(self, descriptor: int, prefix: str, depth: int) -> Iterator[Entry]:
        for name in sorted(os.listdir(descriptor)):
            if is_secret(name):
                continue
            try:
                state = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            except OSError:  # it went away
                continue
            path = f"{prefix}/{name}" if prefix else name
            if stat.S_ISREG(state.st_mode):
                yield Entry(path, is_folder=False, size=state.st_size)
            elif stat.S_ISDIR(state.st_mode) and not self._is_closed(state):
                yield Entry(path, is_folder=True, size=0)
                if depth > 1:
                    yield from self._below(descriptor, name, path, depth - 1)

    def _below(self, descriptor: int, name: str, path: str, depth: int) -> Iterator[Entry]:
        try:
            below = self._step(descriptor, name)
        except OSError:  # not readable, or no folder any more
            return
        try:
            yield from self._walk(below, path, depth)
        except NotADirectoryError:
            return
        finally:
            os.close(below)

    def _step(self, descriptor: int, name: str) -> int:
        below = os.open(name, _STEP, dir_fd=descriptor)
        if self._is_closed(os.fstat(below)):
            os.close(below)
            raise FileNotFoundError
        return below

    def _is_closed(self, state: os.stat_result) -> bool:
        return (state.st_dev, state.st_ino) in self.closed


def steps(path: str) -> tuple[str, ...]:
    """The names in a path.

    Raises:
        ToolFailedError: it leads outside, or to what is hidden.
    """
    if path.startswith(("/", "~")) or "\0" in path:
        raise ToolFailedError(f"{path[:200]!r}: paths start from the folder, such as src/main.py.")
    names = tuple(name for name in path.split("/") if name not in {"", "."})
    if ".." in names:
        raise ToolFailedError(f"{path[:200]!r} leads out of the folder.")
    if any(map(is_secret, names)) or len(names) > _DEEPEST:
        raise ToolFailedError(_absent(path))
    return names


def is_secret(name: str) -> bool:
    """Whether a file of that name is not to be seen: it is hidden, or a private key."""
    folded = name.casefold()
    return name.startswith(".") or folded.endswith(_SECRET_ENDS) or folded.startswith(_SECRET_STARTS)


def _absent(path: str) -> str:
    return f"There is nothing at {path[:200]!r}, or it is hidden, and hidden files are not shown."


def _why(path: str, error: Exception) -> str:
    import errno

    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.ELOOP, errno.EMLINK}:
        return f"{path[:200]!r} is a link, and links are not followed."
    if number in {errno.EACCES, errno.EPERM}:
        return f"{path[:200]!r} may not be read."
    return _absent(path)
