"""The bytes of a file as the base64 of a data URL, read piece by piece."""

import binascii
import hashlib
from typing import BinaryIO

_PIECE = 3 * 16 * 1024  # bytes; a multiple of 3, so that the base64 of the pieces is that of the whole


class Contents:
    """What an open file holds from where it stands to its end: ``size`` in bytes, ``sha256`` in hexadecimal.

    Args:
        stream: buffered; read to its end, or until it has more than ``most`` bytes.
        most: bytes; of a larger file it is only known that it is larger.
    """

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self.size = 0
        self._pieces: list[str] = []
        digest = hashlib.sha256()
        while self.size <= most and (piece := stream.read(_PIECE)):
            self.size += len(piece)
            digest.update(piece)
            self._pieces.append(binascii.b2a_base64(piece, newline=False).decode("ascii"))
        self.sha256 = digest.hexdigest()

    def url(self, mime: str) -> str:
        """Its data URL."""
        return "".join((f"data:{mime};base64,", *self._pieces))
