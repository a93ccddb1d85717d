"""Results as a model can be told them: valid text, and no more than it can read."""

LIMIT = 256_000
"""Bytes of one result; the rest is cut off, and the model is told so."""


def told(text: str, limit: int = LIMIT) -> str:
    """The text, fit to be sent.

    Halves of surrogate pairs and NULs, which no request can carry, become U+FFFD. Escape sequences stay: to the model
    they are data, and whoever shows them on a terminal masks them.

    Args:
        text: as the tool gave it.
        limit: bytes in UTF-8.
    """
    data = text.replace("\0", "\ufffd").encode("utf-8", "surrogatepass")
    if len(data) <= limit:
        return data.decode("utf-8", "replace")
    kept = data[:limit].decode("utf-8", "replace").rstrip("\ufffd")
    return f"{kept}\n[cut here: this is the beginning, {limit} of {len(data)} bytes]"
