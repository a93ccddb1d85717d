"""Result URLs: signed with a key of the folder, and good until they expire."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What a signed URL is worth."""

    GOOD = "good"
    EXPIRED = "Request has expired"
    FORGED = "The signature does not match"


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs paths of the media origin.

    Args:
        key: at least 16 random bytes; whoever has them can sign.
        base: scheme, host and port of the media origin, without a slash at the end.
    """

    key: bytes
    base: str

    def url(self, path: str, expires: float) -> str:
        """The address of a result.

        Args:
            path: begins with a slash; must need no quoting.
            expires: Unix seconds; rounded down.
        """
        moment = int(expires)
        return f"{self.base}{path}?Expires={moment}&Signature={self._sign(path, moment)}"

    def verdict(self, path: str, query: Mapping[str, str], now: float) -> Verdict:
        """Whether a request for the path may be served at a time (Unix seconds)."""
        try:
            moment = int(query["Expires"])
        except (KeyError, ValueError):
            return Verdict.FORGED
        if not hmac.compare_digest(self._sign(path, moment).encode(), query.get("Signature", "").encode()):
            return Verdict.FORGED
        return Verdict.EXPIRED if moment <= now else Verdict.GOOD

    def _sign(self, path: str, moment: int) -> str:
        return hmac.new(self.key, f"{path}\n{moment}".encode(), "sha256").hexdigest()
