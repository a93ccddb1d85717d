"""Part files: what has come of a download, beside its target, locked, resumable."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

from inference_cli.errors import LocalError
from inference_cli.jobs.naming import safe_component
from inference_cli.profile.locks import lock

_BLOCK = 1 << 20
_STALE = 7 * 86400.0  # seconds after which the part of an ended generation is rubbish


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes of a part came from; ``etag`` is a strong one, ``total`` in bytes."""

    etag: str | None
    total: int | None


class Part:
    """The unfinished file of one output, held by one process at a time (file-write policy, steps 3 to 5).

    Args:
        folder: where the finished file will be.
        stem: what the finished file will be called, as far as it is known.
        identity: the generation.

    Raises:
        OSError: it cannot be made, or is a link.
    """

    def __init__(self, folder: Path, stem: str, identity: str) -> None:
        self.path = part_path(folder, stem, identity)
        self.sidecar = sidecar_of(self.path)
        self._identity = identity
        self._descriptor = self._locked()
        self._hash = hashlib.sha256()
        self.size = 0
        self.ended = False  # its sink was closed: all of it is there
        self._load()
        self.resumed = self.size > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _locked(self) -> int:
        """Open and lock the file that has this name now: whoever held it before may have published and removed it."""
        while True:
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(self.path, flags, 0o666)  # the umask decides (fault D27)
            lock(descriptor)
            if self._is_behind(descriptor):
                return descriptor
            os.close(descriptor)

    def _is_behind(self, descriptor: int) -> bool:
        """Whether an open file has this name now."""
        with suppress(FileNotFoundError):
            return self.path.lstat().st_ino == os.fstat(descriptor).st_ino
        return False

    def _load(self) -> None:
        """Take over what an earlier process left, where its origin is known."""
        found, source = os.fstat(self._descriptor), self.source()
        published = found.st_nlink > 1  # it was killed between giving the name and removing the part
        if source is None or (published and found.st_size != source.total):
            self.restart()
            return
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        while block := os.read(self._descriptor, _BLOCK):
            self._hash.update(block)
            self.size += len(block)

    def source(self) -> Source | None:
        """Where the bytes came from; None when that is not known, so that they cannot be continued."""
        return source_of(self.path, self._identity)

    def remember(self, source: Source, *, url: str, now: float) -> None:
        """Keep where the bytes that follow come from; the URL only as a digest."""
        kept = {
            "id": self._identity,
            "etag": source.etag,
            "size": source.total,
            "url_sha256": hashlib.sha256(url.encode("utf-8", "replace")).hexdigest(),
            "started": now,
        }
        self.sidecar.write_text(json.dumps(kept))

    def restart(self) -> None:
        """Throw away what is there; a file that has its final name already keeps its bytes."""
        if os.fstat(self._descriptor).st_nlink > 1:
            self.path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = self._locked()
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append bytes.

        Raises:
            OSError: the disk is full, or broken.
        """
        rest = memoryview(data)
        while rest:
            written = os.write(self._descriptor, rest)
            self._hash.update(rest[:written])
            self.size += written
            rest = rest[written:]

    def sink(self, limit: int | None = None, *, now: float) -> BinaryIO:
        """A file object that appends here; closing it says that nothing is missing, and leaves the part open.

        The sidecar says the same, for whoever finds the part when this process is gone: it has a size at the end only.

        Args:
            limit: bytes; what would be more raises LocalError (``--max-size``).
            now: Unix seconds.
        """
        sink = _Sink(self, limit, now)
        sink.describe(None)
        return cast("BinaryIO", sink)

    @property
    def sha256(self) -> str:
        """The digest of what is there, in hexadecimal."""
        return self._hash.hexdigest()

    def sync(self) -> None:
        """Wait until the bytes are on the disk; when that fails they are not to be trusted.

        Raises:
            OSError: as the disk says; the part is gone then.
        """
        try:
            os.fsync(self._descriptor)
        except OSError:
            self.drop()
            raise

    def spoil(self) -> Path:
        """Keep a damaged file for whoever wants to look at it; where it is now."""
        bad = self.path.with_name(self.path.name + ".bad")
        self.path.replace(bad)
        self.sidecar.unlink(missing_ok=True)
        return bad

    def drop(self) -> None:
        """Remove part and sidecar."""
        self.path.unlink(missing_ok=True)
        self.sidecar.unlink(missing_ok=True)

    def close(self) -> None:
        """Let others have it; a part without a byte is of no use to them."""
        if self._descriptor >= 0:
            if os.fstat(self._descriptor).st_size == 0 and self._is_behind(self._descriptor):
                self.drop()
            os.close(self._descriptor)
            self._descriptor = -1


class _Sink:
    """A part as a file object: what is written is in the file, not in a buffer, and always all of it.

    None of ``io``'s classes: those are closed by the garbage collector too, which would tell a piece from the whole.
    """

    def __init__(self, part: Part, limit: int | None, now: float) -> None:
        self._part = part
        self._limit = limit
        self._now = now

    def describe(self, size: int | None) -> None:
        with suppress(OSError):  # it matters only when this process is killed; what is paid for comes now
            self._part.remember(Source(None, size), url="", now=self._now)

    def write(self, data: Any) -> int:
        if self._limit is not None and self._part.size + len(data) > self._limit:
            raise LocalError(f"the result is larger than --max-size ({self._limit} bytes)")
        self._part.write(data)
        return len(data)

    def close(self) -> None:
        self._part.ended = True
        self.describe(self._part.size)


def part_path(folder: Path, stem: str, identity: str) -> Path:
    """Where the part of an output lies; the arguments are those of ``Part``."""
    mark = hashlib.sha256(identity.encode()).hexdigest()[:8]
    return folder / f".{safe_component(stem or 'result')}.{mark}.part"


def sidecar_of(part: Path) -> Path:
    """The file beside a part that says where its bytes came from."""
    return part.with_name(part.name + ".json")


def source_of(part: Path, identity: str) -> Source | None:
    """Where the bytes of a part came from, as its sidecar says; None where there is none for that generation."""
    try:
        kept: Any = json.loads(sidecar_of(part).read_text())
    except (OSError, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("id") != identity:
        return None
    etag, total = kept.get("etag"), kept.get("size")
    return Source(etag if isinstance(etag, str) else None, total if isinstance(total, int) else None)


def stale_parts(folder: Path, *, now: float) -> tuple[tuple[str, Path], ...]:
    """Parts in a folder that are old, or have their final name beside this one, with the generation of each.

    Args:
        folder: where results go.
        now: Unix seconds.
    """
    found = []
    with suppress(OSError):
        for sidecar in folder.glob(".*.part.json"):
            with suppress(OSError, ValueError):
                kept = json.loads(sidecar.read_text())
                part = sidecar.with_name(sidecar.name.removesuffix(".json"))
                stale = sidecar.stat().st_mtime < now - _STALE or _is_published(part)
                if stale and isinstance(kept, dict) and isinstance(kept.get("id"), str):
                    found.append((kept["id"], part))
    return tuple(found)


def _is_published(part: Path) -> bool:
    """Whether a part is only a second name of a finished file: whoever gave it that was killed before removing it."""
    with suppress(FileNotFoundError):
        return part.lstat().st_nlink > 1
    return False
