"""Streamed text without the token, should a server repeat it, even cut into pieces (invariant I5)."""

from collections.abc import Iterable

_MASK = "***"


class StreamMask:
    """Masks secrets in a text that comes in pieces, and joins halves of surrogate pairs that came apart.

    Only an end that may be the beginning of a secret is held back, until the next piece.

    Args:
        secrets: what to mask, the longest first.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secrets)
        self._firsts = tuple({secret[0] for secret in self._secrets})
        self._held = ""

    def feed(self, text: str, *, halves: bool = False) -> str:
        """Take the next piece, and return what may be shown now.

        Args:
            text: the piece.
            halves: whether half a surrogate pair may be in it (fault G10).
        """
        if not self._held and not halves:
            for first in self._firsts:
                if first in text:
                    break
            else:
                return text
        text = self._held + text
        for secret in self._secrets:
            text = text.replace(secret, _MASK)
        keep = max((_overlap(text, secret) for secret in self._secrets), default=0)
        if not keep and text and "\ud800" <= text[-1] <= "\udbff":
            keep = 1
        self._held = text[len(text) - keep :]
        return _paired(text[: len(text) - keep])

    @property
    def held(self) -> str:
        """What is held back at present."""
        return _paired(self._held)

    def flush(self) -> str:
        """What was held back, at the end of the text."""
        held, self._held = self.held, ""
        return held


def _overlap(text: str, secret: str) -> int:
    """How many characters at the end of a text are the beginning of a secret."""
    for size in range(min(len(text), len(secret) - 1), 0, -1):
        if text.endswith(secret[:size]):
            return size
    return 0


def _paired(text: str) -> str:
    """Text that can be written: two halves of a pair are one character, a single half becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
