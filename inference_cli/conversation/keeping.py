"""JSON as the log keeps it, and back: bytes become references, signed values of URLs are masked (fault E12).

A string with base64 in it becomes ``{"$pieces": [text, [sha256, beginning], text…]}``; ``beginning`` is what stands
before the base64, as ``data:image/png;base64,``. Nothing else changes.
"""

import base64
import binascii
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from inference_cli.api.redaction import Redactor
from inference_cli.conversation.blobs import Blobs
from inference_cli.late import pattern

_PIECES = "$pieces"
_DATA_URL = pattern(
    r"(data:(?:[\w.+-]{1,80}/[\w.+-]{1,80})?(?:;[\w.+-]{1,40}=[^;,\s\"]{1,80}){0,4};base64,)([A-Za-z0-9+/]{24,}={0,2})"
)
_BARE = frozenset({"data", "b64_json"})  # where base64 stands alone: of a sound, of a picture
_BASE64 = re.compile(r"[A-Za-z0-9+/]{256,}={0,2}")
_MASKED = "=***"


class MissingError(Exception):
    """A file that a message needs is not there any more; the argument is its SHA-256."""


class Keeping:
    """One piece of JSON on its way into the log; ``found`` has the SHA-256, type and size of what was taken out.

    Args:
        blobs: take the bytes.
        redactor: knows what must not be kept.
    """

    def __init__(self, blobs: Blobs, redactor: Redactor) -> None:
        self._blobs, self._redactor = blobs, redactor
        self.found: dict[str, tuple[str, int]] = {}

    def value(self, value: Any, key: str = "") -> Any:
        """The same without bytes and secrets.

        Raises:
            LocalError: the bytes cannot be written.
        """
        if isinstance(value, str):
            return self._string(value, bare=key in _BARE)
        if isinstance(value, Mapping):
            return {str(name): self.value(inside, str(name)) for name, inside in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(inside) for inside in value]
        return value

    def _string(self, text: str, *, bare: bool) -> Any:
        if bare and _BASE64.fullmatch(text) and (digest := self._kept(text, "application/octet-stream")):
            return {_PIECES: [[digest, ""]]}
        if ";base64," not in text:
            return self._redactor.kept(text)
        pieces: list[Any] = []
        end = 0
        for match in _DATA_URL.finditer(text):
            head, encoded = match.groups()
            digest = self._kept(encoded, head.removeprefix("data:").partition(";")[0])
            if digest is not None:
                pieces += [self._redactor.kept(text[end : match.start()]), [digest, head]]
                end = match.end()
        rest = self._redactor.kept(text[end:])
        return {_PIECES: [piece for piece in (*pieces, rest) if piece]} if pieces else rest

    def _kept(self, encoded: str, mime: str) -> str | None:
        """Only what comes back exactly as it was is taken out."""
        try:
            data = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            return None
        if base64.b64encode(data).decode("ascii") != encoded:
            return None
        digest = self._blobs.keep(data)
        self.found[digest] = (mime, len(data))
        return digest


def pieces_of(value: Any) -> list[Any] | None:
    """The pieces of a string that was taken apart, or None where this is something else."""
    if not isinstance(value, Mapping) or set(value) != {_PIECES} or not isinstance(value[_PIECES], list):
        return None
    return [piece for piece in value[_PIECES] if isinstance(piece, str) or _is_reference(piece)]


def _is_reference(piece: Any) -> bool:
    return isinstance(piece, list) and len(piece) == 2 and all(isinstance(part, str) for part in piece)  # noqa: PLR2004 - a pair


def rebuilt(value: Any, name: Callable[[str, str], str]) -> Any:
    """The JSON with every string put together again.

    Args:
        value: as it was kept.
        name: what stands for a content, by its SHA-256 and what stood before its base64.
    """
    pieces = pieces_of(value)
    if pieces is not None:
        return "".join(piece if isinstance(piece, str) else name(*piece) for piece in pieces)
    if isinstance(value, Mapping):
        return {key: rebuilt(inside, name) for key, inside in value.items()}
    if isinstance(value, list):
        return [rebuilt(inside, name) for inside in value]
    return value


def referred(value: Any) -> Any:
    """The JSON with ``attachment:SHA256`` where bytes were: for people and files, not for sending."""
    return rebuilt(value, lambda digest, _head: f"attachment:{digest}")


def sendable(value: Any, blobs: Blobs, allowed: Collection[str]) -> Any:
    """The JSON with its bytes, as it was sent.

    Args:
        value: as it was kept.
        blobs: have the bytes.
        allowed: what may be put back: a server's answer that looks like a reference brings no other file.

    Raises:
        MissingError: a file is gone.
    """

    def read(digest: str, head: str) -> str:
        data = blobs.read(digest) if digest in allowed else None
        if data is None:
            raise MissingError(digest)
        return head + base64.b64encode(data).decode("ascii")

    return rebuilt(value, read)


def is_masked(part: Any) -> bool:
    """Whether the address in a content part had a signature, which was not kept: nobody can fetch it any more."""
    if isinstance(part, str):
        return _MASKED in part
    return isinstance(part, Mapping) and any(is_masked(inside) for key, inside in part.items() if key != "text")


def words_of(message: Mapping[str, Any]) -> str:
    """What a message says in words; bytes in it are named, and nothing is a lone surrogate."""
    content = referred(message.get("content"))
    parts = content if isinstance(content, list) else [{"text": content}]
    texts = [part.get("text") for part in parts if isinstance(part, Mapping)]
    said = "\n".join(text for text in texts if isinstance(text, str) and text)
    return said.encode("utf-8", "replace").decode() if not said.isascii() else said
