"""Requests and command lines as the journal may keep them: comparable, without media, tokens or signatures."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from inference_cli.api.redaction import Redactor
from inference_cli.late import pattern

_DATA = pattern(r"data:[\w.+/-]*(?:;[\w.+=-]+)*,[A-Za-z0-9+/=_%-]{256,}")
_LONGEST = 4000  # characters; a prompt may have megabytes, the journal is no archive of inputs
_PIECE = 64 * 1024


def canonical(body: Mapping[str, Any], redactor: Redactor | None = None) -> str:
    """A request body as JSON with sorted keys; data URLs and long texts become SHA-256 digests, signatures are masked.

    Two requests for the same thing give the same text, whatever the order of their keys.

    Args:
        body: the request.
        redactor: knows tokens that are masked too; the text is then for keeping, not for comparing.
    """
    return json.dumps(_plain(body, redactor or Redactor()), sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    found = hashlib.sha256()
    for start in range(0, len(text), _PIECE):  # an input may have a hundred megabytes
        found.update(text[start : start + _PIECE].encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def redacted(argv: Sequence[str]) -> tuple[str, ...]:
    """A command line without data URLs, signatures and endless arguments (journal protocol, rule g)."""
    redactor = Redactor()
    return tuple(redactor.text(shortened(_DATA.sub(_digested, argument))) for argument in argv)


def shortened(text: str) -> str:
    """The beginning of a text that is too long to be kept."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def plain(value: Any) -> Any:
    """One value of a body in that form: with digests for media and long texts, and without signatures."""
    return _plain(value, Redactor())


def _plain(value: Any, redactor: Redactor) -> Any:
    if isinstance(value, str):
        endless = value.startswith("data:") or len(value) > _LONGEST
        return "sha256:" + digest(value) if endless else redactor.text(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one, redactor) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, redactor) for one in value]
    return value


def _digested(found: re.Match[str]) -> str:
    return "sha256:" + digest(found.group(0))


def storable_seed(seed: int | None) -> int | None:
    """A seed that fits into SQLite's integers; the canonical parameters have any."""
    return seed if seed is not None and abs(seed) < 1 << 63 else None
