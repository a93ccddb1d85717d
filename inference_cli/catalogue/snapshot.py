"""Models as a file keeps them: a short row of each to list from, and each whole row to be read by itself.

The file is one line that names the format and the checksum of the rest, one line of JSON with the short rows and the
places of the whole ones, and those. It is written whole and read whole, so that readers need no lock; one that is
damaged, or of another format, does not exist.
"""

import contextlib
import json
import os
import stat
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from inference_cli.api.records import Model
from inference_cli.errors import DamagedError, LocalError

_FORMAT = b"inference models 1"  # another number for every change of what stands in the file
SUFFIX = ".models"
_LARGEST = 64_000_000  # bytes
_DAY = 86400.0
_LONGEST = 30 * _DAY  # seconds that a file nobody renews is kept
_LISTED = (
    "id", "name", "display_name", "developer", "endpoint", "capabilities", "model_type", "summary", "pricing",
    "deployments", "created", "released_at",
)  # fmt: skip
"""What a short row has: all that a list is filtered, sorted and shown by, and no schema."""
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, RecursionError, DamagedError)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Some models as the server had them.

    Attributes:
        fetched: Unix seconds at which the server said so.
        etag: the server's tag of them, to ask whether they are still the same.
        asked: the id that was asked for; None for the whole list.
        rows: the short rows.
        places: where each whole row begins and ends in ``body``, by the model's id.
        body: the whole rows.
    """

    fetched: float
    etag: str | None
    asked: str | None
    rows: Sequence[Any]
    places: dict[str, tuple[int, int]]
    body: bytes

    @classmethod
    def of(cls, models: Sequence[Model], *, fetched: float, etag: str | None, asked: str | None = None) -> Self:
        """What the server just answered.

        Raises:
            ValueError: JSON cannot carry it.
            RecursionError: it is nested too deeply.
        """
        places: dict[str, tuple[int, int]] = {}
        body = bytearray()
        for model in models:
            start = len(body)
            body += json.dumps(model.raw, separators=(",", ":")).encode()
            places[model.id] = (start, len(body))
            body += b"\n"
        rows = [{name: model.raw[name] for name in _LISTED if name in model.raw} for model in models]
        return cls(fetched, etag, asked, rows, places, bytes(body))

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """What a file keeps; None where there is none that can be used."""
        return cls.parse(_bytes_of(path))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """The same of the bytes of a file."""
        first, _, rest = data.partition(b"\n")
        if first != _first_line(rest):
            return None
        head, _, body = rest.partition(b"\n")
        try:
            kept = json.loads(head)
            places = {name: (int(start), int(end)) for name, (start, end) in kept["places"].items()}
            return cls(float(kept["fetched"]), kept["etag"], kept["asked"], kept["rows"], places, body)
        except _UNREADABLE:
            return None

    @property
    def data(self) -> bytes:
        """The file."""
        kept = {name: getattr(self, name) for name in ("fetched", "etag", "asked", "rows", "places")}
        rest = json.dumps(kept, separators=(",", ":")).encode() + b"\n" + self.body
        return _first_line(rest) + b"\n" + rest

    def again(self, fetched: float, etag: str | None) -> Self:
        """The same models, which the server has just called unchanged."""
        return replace(self, fetched=fetched, etag=etag)

    def listed(self) -> tuple[Model, ...]:
        """The models without their schemas."""
        return tuple(Model.from_json(row) for row in self.rows)

    def whole(self) -> tuple[Model, ...]:
        """The models with all that the server said."""
        return tuple(filter(None, map(self.get, self.places)))

    def get(self, name: str) -> Model | None:
        """One model with all that the server said."""
        place = self.places.get(name)
        return None if place is None else Model.from_json(json.loads(self.body[slice(*place)]))


def _first_line(rest: bytes) -> bytes:
    return b"%b %08x" % (_FORMAT, zlib.crc32(rest))


def _bytes_of(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > _LARGEST:
        os.close(descriptor)
        return b""
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a Path cannot open a descriptor
        try:
            return file.read()
        except OSError:
            return b""


def store(path: Path, snapshot: Snapshot) -> bool:
    """Keep a snapshot; a disk that does not take it is no reason to fail. Whether it was kept."""
    from inference_cli.profile.files import write_atomically

    try:
        write_atomically(path, snapshot.data)
    except LocalError:
        return False
    return True


def forget(folder: Path) -> None:
    """Remove every snapshot in a folder."""
    for path in _files(folder, SUFFIX):
        with contextlib.suppress(OSError):
            path.unlink()


def sweep(root: Path, newest: Path) -> None:
    """Remove what nobody uses any more: snapshots of a month ago, and what killed writers left.

    Args:
        root: the folder of all profiles and places.
        newest: a file that was written just now; ages are counted from it, by the file system's own clock.
    """
    with contextlib.suppress(OSError):
        now = newest.stat().st_mtime
        for folder in [one for one in root.iterdir() if one.is_dir()]:
            for suffix, limit in ((SUFFIX, _LONGEST), (".tmp", _DAY)):
                for path in _files(folder, suffix):
                    if now - path.stat().st_mtime > limit:
                        path.unlink()
            with contextlib.suppress(OSError):
                folder.rmdir()  # an empty one


def _files(folder: Path, suffix: str) -> list[Path]:
    with contextlib.suppress(OSError):
        return [path for path in folder.iterdir() if path.suffix == suffix and path.is_file()]
    return []
