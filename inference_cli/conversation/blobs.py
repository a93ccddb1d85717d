"""The bytes of attachments, each once, in files named after their SHA-256."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from inference_cli.late import pattern
from inference_cli.profile.files import write_atomically

_NAME = pattern(r"[0-9a-f]{64}")


class Blobs:
    """A folder of contents; the files are readable by their owner alone.

    Args:
        folder: need not exist before something is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes) -> str:
        """Keep some bytes; their SHA-256 in hexadecimal. What is there already is not written again.

        Raises:
            LocalError: they cannot be written.
        """
        digest = _digest(data)
        path = self.folder / digest
        with suppress(OSError):
            if path.stat().st_size == len(data):
                return digest
        write_atomically(path, data)
        return digest

    def path(self, digest: str) -> Path | None:
        """The file of a content, or None where it is gone."""
        path = self.folder / digest
        return path if _NAME.fullmatch(digest) and path.is_file() else None

    def read(self, digest: str) -> bytes | None:
        """The bytes, or None where the file is gone or holds something else."""
        path = self.path(digest)
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            return None
        return data if _digest(data) == digest else None

    def remove(self, digests: Iterable[str]) -> int:
        """Remove contents; how many were there."""
        removed = 0
        for digest in digests:
            path = self.path(digest)
            with suppress(OSError):
                if path is not None:
                    path.unlink()
                    removed += 1
        return removed


def _digest(data: bytes) -> str:
    import hashlib  # most conversations have no attachments

    return hashlib.sha256(data).hexdigest()
