"""Bytes as data URLs, and requests made short enough to be shown."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

_SHOWN = 100  # a data URL up to this many characters is shown whole


def encode(data: bytes, mime: str) -> str:
    """The data URL of some bytes."""
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}"


def decode(url: str) -> bytes:
    """The bytes of a data URL, base64 or percent-encoded.

    Raises:
        ValueError: it is no data URL, or its base64 is broken.
    """
    head, comma, rest = url.partition(",")
    if not head.startswith("data:") or not comma:
        raise ValueError("not a data URL")
    if not head.endswith(";base64"):
        from urllib.parse import unquote_to_bytes

        return unquote_to_bytes(rest)
    try:
        return base64.b64decode(rest, validate=True)
    except binascii.Error:
        raise ValueError("its base64 is broken") from None


def shortened(value: Any) -> Any:
    """A request's JSON with every long data URL replaced by its type and size, to be shown and never sent."""
    if isinstance(value, Mapping):
        return {key: shortened(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shortened(item) for item in value]
    if isinstance(value, str) and value.startswith("data:") and len(value) > _SHOWN:
        head, _, rest = value.partition(",")
        return f"{head},… ({len(rest) * 3 // 4 if head.endswith(';base64') else len(rest)} bytes)"
    return value
