"""A drawn picture as the bytes of a file."""

import io
from typing import Any

from PIL import Image


def encode(picture: Image.Image, kind: str, quality: int | None) -> bytes:
    """Encode without any metadata that would change from run to run.

    Args:
        picture: RGB.
        kind: png, jpeg, jpg, webp or gif.
        quality: 1 to 100, for JPEG and WebP; None for 92.

    Raises:
        ValueError: another format, or a quality out of range.
    """
    if quality is not None and not 1 <= quality <= 100:
        raise ValueError("the quality must be 1 to 100")
    lossy: dict[str, Any] = {"quality": 92 if quality is None else quality}
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "png": ("PNG", {"compress_level": 5}),
        "jpeg": ("JPEG", {**lossy, "subsampling": 0}),
        "jpg": ("JPEG", {**lossy, "subsampling": 0}),
        "webp": ("WEBP", {**lossy, "method": 2}),
        "gif": ("GIF", {}),
    }
    if kind.lower() not in ways:
        raise ValueError(f"the sandbox makes png, jpeg, webp and gif, not {kind}")
    name, options = ways[kind.lower()]
    sink = io.BytesIO()
    picture.save(sink, name, **options)
    return sink.getvalue()
