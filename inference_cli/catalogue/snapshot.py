"""Models as a file keeps them: a short row of each to list from, and each whole row to be read by itself.

The file is a line that names the format and the checksum of the rest, a line of JSON with what a plain list shows, one
with the short rows and the places of the whole ones, and those. It is written whole and read whole, so that readers
need no lock; one that is damaged, or of another format, does not exist.
"""

import contextlib
import json
import os
import stat
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from inference_cli.errors import LocalError

if TYPE_CHECKING:
    from inference_cli.api.records import Model

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
_UNREADABLE = (ValueError, TypeError, KeyError, RecursionError)


class Snapshot:
    """Some models as the server had them; what is not asked for is not parsed.

    Args:
        fetched: Unix seconds at which the server said so.
        etag: the server's tag of them, to ask whether they are still the same.
        asked: the id that was asked for; None for the whole list.
        cells: each model as a line of a list has it.
        index: JSON of the short rows, and of the places of the whole ones by the model's id.
        body: the whole rows.
    """

    __slots__ = ("_index", "asked", "body", "cells", "etag", "fetched")

    def __init__(
        self,
        fetched: float,
        etag: str | None,
        asked: str | None,
        cells: Sequence[Sequence[str]],
        index: bytes,
        body: bytes,
    ) -> None:
        self.fetched, self.etag, self.asked, self.cells = fetched, etag, asked, cells
        self._index, self.body = index, body

    @classmethod
    def of(
        cls,
        models: "Sequence[Model]",
        *,
        fetched: float,
        etag: str | None,
        asked: str | None = None,
        cells: Sequence[Sequence[str]] = (),
    ) -> Self:
        """What the server just answered.

        Raises:
            ValueError: JSON cannot carry it.
            RecursionError: it is nested too deeply.
        """
        places: dict[str, tuple[int, int]] = {}
        body = bytearray()
        for model in models:
            start = len(body)
            body += _dumped(model.raw)
            places[model.id] = (start, len(body))
            body += b"\n"
        rows = [{name: model.raw[name] for name in _LISTED if name in model.raw} for model in models]
        return cls(fetched, etag, asked, cells, _dumped({"rows": rows, "places": places}), bytes(body))

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
        head, _, rest = rest.partition(b"\n")
        index, _, body = rest.partition(b"\n")
        try:
            kept = json.loads(head)
            return cls(float(kept["fetched"]), kept["etag"], kept["asked"], kept["cells"], index, body)
        except _UNREADABLE:
            return None

    @property
    def data(self) -> bytes:
        """The file."""
        head = {name: getattr(self, name) for name in ("fetched", "etag", "asked", "cells")}
        rest = b"\n".join((_dumped(head), self._index, self.body))
        return _first_line(rest) + b"\n" + rest

    def again(self, fetched: float, etag: str | None) -> "Snapshot":
        """The same models, which the server has just called unchanged."""
        return Snapshot(fetched, etag, self.asked, self.cells, self._index, self.body)

    def listed(self) -> "tuple[Model, ...]":
        """The models without their schemas."""
        return tuple(map(_model, json.loads(self._index)["rows"]))

    def whole(self) -> "tuple[Model, ...]":
        """The models with all that the server said."""
        return tuple(self._at(place) for place in self._places.values())

    def get(self, name: str) -> "Model | None":
        """One model with all that the server said."""
        place = self._places.get(name)
        return None if place is None else self._at(place)

    @property
    def _places(self) -> dict[str, Sequence[int]]:
        places: dict[str, Sequence[int]] = json.loads(self._index)["places"]
        return places

    def _at(self, place: Sequence[int]) -> "Model":
        start, end = place
        return _model(json.loads(self.body[start:end]))


def _model(row: Any) -> "Model":
    from inference_cli.api.records import Model  # a list that is shown as it is kept does without

    return Model.from_json(row)


def _dumped(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


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
