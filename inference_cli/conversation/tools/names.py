"""Names that every model takes: letters, digits, ``_`` and ``-``, at most 64 (OpenAI, "Function calling")."""

import hashlib
import re
from collections.abc import Container

LONGEST = 64
_OTHERS = re.compile(r"[^A-Za-z0-9_-]+")
_NAME = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}")
_MARK = 6  # hexadecimal digits that tell names apart which would be the same


def is_name(text: str) -> bool:
    """Whether a tool may be called that."""
    return _NAME.fullmatch(text) is not None


def named(text: str, taken: Container[str] = ()) -> str:
    """A name as close to the text as it may be, and none of those that are taken.

    Args:
        text: of any length and of any characters.
        taken: names of other tools.
    """
    clean = _OTHERS.sub("_", text).strip("_") or "tool"
    if len(clean) <= LONGEST and clean not in taken:
        return clean
    number = 0
    while True:
        mark = hashlib.sha256(f"{text}\0{number}".encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]
        found = f"{clean[: LONGEST - _MARK - 1]}_{mark}"
        if found not in taken:
            return found
        number += 1
