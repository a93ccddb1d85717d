"""A finished part gets its name, without ever replacing what it was not told to replace."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from inference_cli.errors import LocalError
from inference_cli.jobs.naming import stem

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_MOST_TRIES = 10_000
_BLOCK = 1 << 16


def publish(part: Path, target: Path, *, force: bool = False, no_clobber: bool = False) -> Path | None:
    """Give a finished part its name (file-write policy, steps 8 and 9; faults D15, D16, D23).

    Several processes may want one name: each gets a name of its own, decided by the file system and not by looking.

    Args:
        part: in the same folder as the target.
        target: the name that is wanted.
        force: replace what is there, at once.
        no_clobber: leave what is there, and publish nothing.

    Returns:
        Where the file is now, ``name-1.png`` when the name was taken; None when nothing was published.

    Raises:
        OSError: the file system refused.
        LocalError: thousands of such names are taken.
    """
    if force:
        part.replace(target)
        sync_folder(target.parent)
        return target
    for name in _names(target):
        if _claimed(part, name):
            sync_folder(name.parent)
            return name
        if no_clobber:
            return None
    raise LocalError(f"there are too many files like {target}", hint="Choose another name with -o")


def _names(target: Path) -> Iterator[Path]:
    yield target
    root, suffix = stem(target.name), target.suffix
    for number in range(1, _MOST_TRIES):
        yield target.with_name(f"{root}-{number}{suffix}")


def _claimed(part: Path, name: Path) -> bool:
    """Whether the name is the part's now; one that a killed process gave it before counts."""
    try:
        os.link(part, name, follow_symlinks=False)
    except FileExistsError:
        with suppress(OSError):
            return name.lstat().st_ino == part.lstat().st_ino
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _claimed_without_links(part, name)
    return True


def _claimed_without_links(part: Path, name: Path) -> bool:
    """For file systems without hard links: make the name, then replace it; a crash between leaves an empty file."""
    try:
        os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
    except FileExistsError:
        return False
    part.replace(name)
    return True


def sync_folder(folder: Path) -> None:
    """Make names durable; where folders cannot be synced that is all there is (fault D22)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def pour(part: Path, stream: BinaryIO) -> None:
    """Copy a finished part into a stream, a pipe or a device.

    Raises:
        OSError: as the stream says, a closed pipe included.
    """
    with part.open("rb") as source:
        shutil.copyfileobj(source, stream, _BLOCK)
    stream.flush()


def check_room(folder: Path, needed: int) -> None:
    """Refuse to begin what cannot fit (fault A20).

    Args:
        folder: where it goes.
        needed: bytes that are still to come.

    Raises:
        LocalError: the disk has less room.
    """
    free = _free(folder)
    if free is not None and needed > free:
        raise LocalError(f"the disk is full: {needed} bytes are needed in {folder}, {free} are free")


def local_error(error: OSError, path: Path) -> LocalError:
    """What it means that the system refused to write a file (fault D18)."""
    if error.errno in _FULL:
        free = _free(path.parent)
        room = "" if free is None else f"; {free} bytes are free in {path.parent}"
        return LocalError(f"the disk is full: {os.strerror(error.errno or 0)}{room}")
    return LocalError(f"{path.parent / path.name} cannot be written: {os.strerror(error.errno or 0)}")


def _free(folder: Path) -> int | None:
    try:
        found = os.statvfs(folder)
    except (OSError, AttributeError):
        return None
    return found.f_bavail * found.f_frsize
