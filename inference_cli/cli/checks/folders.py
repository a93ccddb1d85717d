"""Folders and files on the disk: whose they are, who may read them, whether they can be written, how much is free."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shlex import quote
from typing import Any

from inference_cli.terminal.checklist import Finding
from inference_cli.terminal.numbers import bytes_in_words

_OTHERS = 0o077  # the rights of group and others
_ALMOST_FULL, _LOW = 50_000_000, 1_000_000_000  # bytes: not one film fits; a day's work may not


def folder(kind: str, path: Path, *, user: int, may: Callable[[Path, int], bool] = os.access) -> Finding:
    """One folder of the program.

    Args:
        kind: config, state, data or cache.
        path: where it is, or would be made.
        user: the id of the running user.
        may: whether that user has a right, as ``os.access``.
    """
    check = f"{kind} folder"
    elsewhere = f"Name another folder:  export INFERENCE_{kind.upper()}_DIR=FOLDER"
    nearest = _existing(path)
    if not may(nearest, os.W_OK | os.X_OK):
        state = "cannot be written" if nearest == path else f"cannot be made: {nearest} cannot be written"
        return Finding("warning" if kind == "cache" else "failure", check, f"{path} {state}", elsewhere)
    if nearest != path:
        return Finding("ok", check, f"{path} is made when something is kept")
    facts = path.stat()
    if facts.st_uid not in {0, user}:
        return Finding("failure", check, f"{path} belongs to another user, so it is not trusted", elsewhere)
    if kind != "cache" and facts.st_mode & _OTHERS:
        fix = f"Close it:  chmod 700 {quote(str(path))}"
        return Finding("warning", check, f"others may look into {path} (mode {_mode(facts)})", fix)
    return Finding("ok", check, f"{path}")


def private(path: Path, *, user: int, secret: bool = False) -> Finding | None:
    """Whether a file is its owner's alone; None where there is nothing to say.

    Args:
        path: the file; it need not exist.
        user: the id of the running user.
        secret: whether what stands in it opens something.
    """
    check = f"{path.name} rights"
    try:
        facts = path.stat()
    except OSError:
        return None  # not there, or the check of its contents says why
    if facts.st_uid not in {0, user}:
        fix = "Name a folder of your own:  export INFERENCE_CONFIG_DIR=FOLDER"
        return Finding("failure", check, f"{path} belongs to another user, so it is not trusted", fix)
    if facts.st_mode & _OTHERS:
        fix = f"Close it:  chmod 600 {quote(str(path))}"
        message = f"others may read {path} (mode {_mode(facts)})"
        return Finding("failure" if secret else "warning", check, message, fix)
    return None


def disk(folders: Mapping[str, Path], usage: Callable[[Path], Any] = shutil.disk_usage) -> Iterator[Finding]:
    """The free space of every file system that something is kept on.

    Args:
        folders: by what is kept there, in words.
        usage: sizes of a file system, as ``shutil.disk_usage``.
    """
    systems: dict[int, tuple[Path, list[str]]] = {}
    for words, path in folders.items():
        place = _existing(path)
        try:
            systems.setdefault(place.stat().st_dev, (place, []))[1].append(words)
        except OSError as error:
            yield Finding("failure", "disk", f"{path} cannot be looked at: {_reason(error)}", "See:  df -h")
    for place, kept in systems.values():
        try:
            free = usage(place).free
        except OSError as error:
            yield Finding("warning", "disk", f"the free space of {place} is not known: {_reason(error)}", "See:  df -h")
            continue
        message = f"{bytes_in_words(free)} free for {', '.join(kept)}"
        if free < _LOW:
            fix = f"See what is full:  df -h {quote(str(place))}"
            yield Finding("failure" if free < _ALMOST_FULL else "warning", "disk", f"only {message}", fix)
        else:
            yield Finding("ok", "disk", message)


def working_folder(path: Path, may: Callable[[Path, int], bool] = os.access) -> Finding:
    """Whether results can be put where the person stands."""
    try:
        place = path.absolute()
    except OSError:
        return Finding("failure", "working folder", "it does not exist any more", "Go to another one:  cd")
    if not may(path, os.W_OK | os.X_OK):
        message = f"{place} cannot be written: results need another place"
        return Finding("warning", "working folder", message, "Name one with each command:  -o FOLDER/")
    return Finding("ok", "working folder", str(place))


def _existing(path: Path) -> Path:
    """The folder itself, or the nearest above it that exists."""
    return next((place for place in (path, *path.parents) if _exists(place)), Path("/"))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _mode(facts: os.stat_result) -> str:
    return f"{stat.S_IMODE(facts.st_mode):04o}"


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
