"""What was typed into conversations, for the arrow keys and the search: a private file with a line for each entry."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from inference_cli.errors import LocalError
from inference_cli.profile.files import PRIVATE_FILE, write_atomically
from inference_cli.profile.folders import make_private

LONGEST = 20_000
"""Characters of an entry that is still kept: a pasted file is none that anybody types again."""
KEPT = 500_000
"""Bytes that are read, and left when the file has become twice as long."""


class Remembered:
    """The entries of earlier conversations, and of this one.

    Args:
        path: the file; a missing folder is made.
        warn: takes a sentence where it cannot be kept, once; nothing fails over it.
        mask: takes tokens out of what is kept.
    """

    def __init__(self, path: Path, warn: Callable[[str], None], mask: Callable[[str], str] = str) -> None:
        self._path, self._warn, self._mask = path, warn, mask
        self._last: str | None = None
        self._warned = False

    def newest_first(self) -> Iterator[str]:
        """The entries, the last one first; lines that cannot be read are passed over."""
        for line in reversed(self._tail().splitlines()):
            with contextlib.suppress(ValueError, RecursionError):
                entry = json.loads(line)
                if isinstance(entry, str) and entry:
                    yield entry

    def add(self, entry: str) -> None:
        """Keep an entry, unless it is the one before again, or too long."""
        if entry == self._last or not entry.strip() or len(entry) > LONGEST:
            return
        self._last = entry
        try:
            self._append(json.dumps(self._mask(entry)).encode() + b"\n")
        except (OSError, LocalError) as error:
            if self._warned:
                return
            self._warned = True
            self._warn(f"what is typed cannot be remembered: {getattr(error, 'strerror', None) or error}")

    def _append(self, data: bytes) -> None:
        make_private(self._path.parent)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        descriptor = os.open(self._path, flags, PRIVATE_FILE)
        try:
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, PRIVATE_FILE)
            os.write(descriptor, data)
            size = os.fstat(descriptor).st_size
        finally:
            os.close(descriptor)
        if size > 2 * KEPT:
            write_atomically(self._path, self._tail())

    def _tail(self) -> bytes:
        """The end of the file, from the beginning of a line on."""
        try:
            with self._path.open("rb") as file:
                start = max(0, file.seek(0, os.SEEK_END) - KEPT)
                file.seek(start)
                data = file.read(KEPT)
        except OSError:
            return b""
        return data if not start else data.partition(b"\n")[2]
