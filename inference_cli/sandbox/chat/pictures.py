"""What a picture is: kind, size, main colours by name, transparency."""

import io
from collections import Counter
from typing import Any

from inference_cli.sandbox.chat import tokens
from inference_cli.sandbox.chat.seen import Seen
from inference_cli.sandbox.inputs import MOST_PIXELS

_SAMPLE = 96  # the longer side of what colours are counted in
_WORTH_NAMING = 0.08  # of the pixels that can be seen
_HUES = (
    (14, "red"),
    (45, "orange"),
    (70, "yellow"),
    (165, "green"),
    (195, "turquoise"),
    (255, "blue"),
    (290, "violet"),
)
"""Names up to a hue, in degrees; from 290 to 345 it is pink, and then red again."""


def look(content: bytes) -> Seen:
    """Decode a picture, all of it, and say what it is.

    Raises:
        Exception: it can't be decoded; Pillow has some twenty kinds for it.
    """
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("the picture is too large")
        picture.load()
        frames = int(getattr(picture, "n_frames", 1))
        facts = [f"{picture.format}, {picture.width} x {picture.height} pixels"]
        if frames > 1:
            facts.append(f"{frames} frames")
        small = picture.convert("RGBA")
        small.thumbnail((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST)
    clear, colours = _colours(small)
    facts.append(colours)
    facts.append(f"{max(1, round(clear * 100))}% transparent" if clear else "no transparency")
    return Seen("image", ", ".join(facts), tokens.PER_PICTURE)


def _colours(picture: Any) -> tuple[float, str]:
    """The share of pixels that can't be seen, and the main colours of the others with their shares."""
    pixels = list(zip(*(channel.tobytes() for channel in picture.split()), strict=True))
    visible = [pixel[:3] for pixel in pixels if pixel[3] >= 128]
    clear = 1 - len(visible) / len(pixels)
    if not visible:
        return clear, "nothing to be seen"
    ranked = Counter(map(name, visible)).most_common(3)
    shares = [(colour, count / len(visible)) for colour, count in ranked]
    worth = [f"{colour} {share:.0%}" for colour, share in shares if share >= _WORTH_NAMING or colour == ranked[0][0]]
    return clear, "mainly " + ", ".join(worth)


def name(pixel: tuple[int, int, int]) -> str:
    """The plain name of a colour.

    Args:
        pixel: red, green and blue, 0 to 255.
    """
    import colorsys

    hue, saturation, value = colorsys.rgb_to_hsv(*(channel / 255 for channel in pixel))
    if value < 0.2:
        return "black"
    if saturation < 0.12:
        return "white" if value > 0.88 else "grey"
    degrees = hue * 360
    if 14 <= degrees < 45 and value < 0.65:
        return "brown"
    if degrees >= 345:
        return "red"
    return next((word for limit, word in _HUES if degrees < limit), "pink")
