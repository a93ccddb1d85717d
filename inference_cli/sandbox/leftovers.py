"""The files of a sandbox, removed as far as that goes; what stays is told."""

import os
from collections.abc import Iterable, Iterator
from errno import ENOTDIR
from pathlib import Path


class LeftoverError(OSError):
    """Files that could not be removed; the sentence names the first of them.

    Args:
        kept: why each of them stays; at least one.
    """

    def __init__(self, kept: list[OSError]) -> None:
        first = kept[0]
        others = f" and {len(kept) - 1} more" if kept[1:] else ""
        super().__init__(first.errno, f"{first.filename}{others} could not be removed: {first.strerror}")


def remove(folders: Iterable[Path]) -> None:
    """Remove folders with all that is in them; what another process removes meanwhile is gone as well.

    Raises:
        LeftoverError: something stays, for everything else was removed; a link does, whose files need not be ours.
    """
    kept: list[OSError] = []
    for folder in folders:
        if folder.is_symlink():
            kept.append(NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder)))
        else:
            kept += _removed(folder)
    if kept:
        raise LeftoverError(kept)


def _removed(path: Path) -> Iterator[OSError]:
    """Remove a file, or a folder with all that is in it; why each thing stays that does."""
    try:
        if path.is_symlink() or not path.is_dir():
            path.unlink()
            return
        kept = [error for inner in tuple(path.iterdir()) for error in _removed(inner)]
        yield from kept
        if not kept:
            path.rmdir()
    except FileNotFoundError:
        return
    except OSError as error:
        yield error
