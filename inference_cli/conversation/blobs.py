"""What was attached to a conversation, kept by its hash: each content once, whatever it was called."""

import hashlib
import re
from contextlib import suppress
from pathlib import Path

from inference_cli.errors import LocalError
from inference_cli.profile.files import write_atomically

_HASH = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """A folder of contents, private to its owner.

    Args:
        folder: made when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> str:
        """Keep a content; its SHA-256.

        Raises:
            LocalError: it cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if not path.exists():
            write_atomically(path, data)
        return digest

    def get(self, digest: str) -> bytes | None:
        """The content of that hash; None where it is gone, or is not what it was."""
        if not _HASH.fullmatch(digest):
            return None
        try:
            data = self._path(digest).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def drop(self, digest: str) -> None:
        """Forget a content."""
        with suppress(OSError):
            self._path(digest).unlink()

    def path(self, digest: str) -> Path | None:
        """Where a content is; None where it is gone."""
        found = self._path(digest) if _HASH.fullmatch(digest) else None
        return found if found is not None and found.exists() else None

    def _path(self, digest: str) -> Path:
        if not _HASH.fullmatch(digest):
            raise LocalError("an attachment of the log has no usable hash")
        return self._folder / digest[:2] / digest
