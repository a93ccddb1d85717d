"""Where results go, checked before anything is paid for (fault D17)."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from inference_cli.errors import LocalError, UsageError
from inference_cli.jobs.naming import OutputSpec, Place, name_for

_LONGEST_NAME = 255  # bytes, on every common file system


def prepare(spec: OutputSpec) -> OutputSpec:
    """Check that files can be written where the user wants them; nothing stays there.

    Returns:
        The same place; an existing folder has a slash at its end, ``-`` has become ``stdout``.

    Raises:
        UsageError: the folder is missing, or is a file; the name is empty, too long or has an unknown placeholder.
        LocalError: the folder cannot be written to.
    """
    if spec.stdout or spec.target == "-":
        return replace(spec, stdout=True, target=None)
    target = spec.target
    if target is not None and (not target or "\0" in target):
        raise UsageError("-o names no file")
    if target is not None and not target.endswith("/") and os.path.isdir(target):  # noqa: PTH112 - pathlib raises for names too long
        spec = replace(spec, target=target + "/")
    folder, name = name_for(spec, n=1, count=1, id="", model="", seed=None, prompt=None, extension="")
    if len(os.fsencode(name)) > _LONGEST_NAME:
        raise UsageError("-o: the file name is too long")
    if not os.path.exists(folder):  # noqa: PTH110 - pathlib raises for names too long
        raise UsageError(f"there is no folder {folder}", hint=f"Make it:  mkdir -p {folder}")
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder")
    if not is_special(folder / name) and not _takes_files(folder):
        raise LocalError(
            f"the folder {folder} cannot be written to", hint="Choose another one with -o. Nothing was sent."
        )
    return spec


def _takes_files(folder: Path) -> bool:
    """Whether a file can be made there: tried, because what ``access`` says is not true for root and on some mounts."""
    try:
        tempfile.TemporaryFile(prefix=".inference-", dir=folder).close()
    except OSError:
        return False
    return True


def is_special(path: Path) -> bool:
    """Whether a path names a pipe, a terminal or another device: written to, never replaced (fault D16)."""
    if path.parent in {Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd")}:
        return path.exists()
    return path.is_fifo() or path.is_char_device() or path.is_socket()


def is_there(place: Place) -> bool:
    """Whether ``--no-clobber`` lets an output be skipped before it is paid for: its name is known, and taken."""
    spec = place.spec
    if not spec.no_clobber or spec.target is None or spec.stdout or not spec.fields.isdisjoint({"id", "ext", "seed"}):
        return False
    folder, name = place.name("")
    return os.path.lexists(folder / name) and not is_special(folder / name)
