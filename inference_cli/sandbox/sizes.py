"""How large a result is: every name that the models' schemas have for it, turned into width and height."""

import math
import re
from collections.abc import Mapping
from typing import Any

LARGEST_PICTURE = 4096
LARGEST_FILM = 1280
_SMALLEST = 64
_WORK = 1280 * 720 * 24 * 6
"""Pixels of all frames together: 6 seconds of 720p, which take some ten seconds to render."""

_PRESETS: Mapping[str, tuple[int, int]] = {
    "square_hd": (1024, 1024),
    "square": (512, 512),
    "portrait_4_3": (768, 1024),
    "portrait_16_9": (576, 1024),
    "landscape_4_3": (1024, 768),
    "landscape_16_9": (1024, 576),
}
_SHAPES: Mapping[str, float] = {"square": 1.0, "portrait": 2 / 3, "landscape": 3 / 2}
_NAMES = ("image_size", "size", "resolution", "target_resolution")


def picture_size(parameters: Mapping[str, Any], source: tuple[int, int] | None) -> tuple[int, int]:
    """Width and height of a picture.

    Args:
        parameters: the request's own over the schema's defaults.
        source: of the input picture, if there is one; it decides the shape where none was asked for.

    Returns:
        Pixels, 64 to 4096 a side.
    """
    explicit = _explicit(parameters)
    if explicit is not None:
        return _fitted(explicit, LARGEST_PICTURE)
    factor = _factor(parameters)
    if source is not None and factor is not None:
        return _fitted((source[0] * factor, source[1] * factor), LARGEST_PICTURE)
    ratio = _ratio(parameters, source)
    area, short = _amount(parameters)
    if short is not None:
        return _fitted(_from_short(ratio, short), LARGEST_PICTURE)
    if area is None and source is not None and _follows_source(parameters):
        return _fitted(source, LARGEST_PICTURE)
    return _fitted(_from_area(ratio, area or 1280 * 720), LARGEST_PICTURE)


def film_size(parameters: Mapping[str, Any], source: tuple[int, int] | None, frames: float) -> tuple[int, int]:
    """Width and height of a film: even, at most 1280 on the longer side, smaller where it is long: made in seconds.

    Args:
        parameters: the request's own over the schema's defaults.
        source: of the input picture or film.
        frames: how many it has in all.
    """
    explicit = _explicit(parameters)
    if explicit is None:
        ratio = _ratio(parameters, source, usual=16 / 9)
        area, short = _amount(parameters)
        explicit = _from_area(ratio, area) if area is not None else _from_short(ratio, short or 540)
    width, height = _fitted(explicit, LARGEST_FILM)
    shrink = math.sqrt(_WORK / (width * height * frames))
    if shrink < 1:
        width, height = _fitted((width * shrink, height * shrink), LARGEST_FILM)
    return width // 2 * 2, height // 2 * 2


def _explicit(parameters: Mapping[str, Any]) -> tuple[float, float] | None:
    width, height = parameters.get("width"), parameters.get("height")
    if width is not None and height is not None and _is_number(width) and _is_number(height):
        return width, height
    for name in _NAMES:
        value = parameters.get(name)
        if isinstance(value, Mapping) and _is_number(value.get("width")) and _is_number(value.get("height")):
            return value["width"], value["height"]
        if not isinstance(value, str):
            continue
        if pair := re.fullmatch(r"(\d{2,5})[xX*](\d{2,5})", value.strip()):
            return max(1, int(pair[1])), max(1, int(pair[2]))
        if value in _PRESETS and not (name == "size" and value == "square"):
            return _PRESETS[value]
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1_000_000


def _factor(parameters: Mapping[str, Any]) -> int | None:
    for name in ("scale", "upscale_factor"):
        if found := re.fullmatch(r"(\d{1,2})x", str(parameters.get(name))):
            return int(found[1])
    return None


def _follows_source(parameters: Mapping[str, Any]) -> bool:
    asked = parameters.get("aspect_ratio")
    return asked is None or asked in {"match_input_image", "adaptive", "auto"} or not re.search(r"\d", str(asked))


def _ratio(parameters: Mapping[str, Any], source: tuple[int, int] | None, *, usual: float = 1.0) -> float:
    for name in ("aspect_ratio", "size"):
        value = str(parameters.get(name))
        if value in _SHAPES:
            return _SHAPES[value]
        if pair := re.fullmatch(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)", value):
            across, down = float(pair[1]), float(pair[2])
            if across > 0 and down > 0:
                return min(8.0, max(0.125, across / down))
    if source is not None:
        return source[0] / source[1]
    return usual


def _amount(parameters: Mapping[str, Any]) -> tuple[float | None, int | None]:
    """The area in pixels, or the shorter side, that a name such as ``2K``, ``1 MP`` or ``1080p`` asks for."""
    for name in _NAMES:
        value = str(parameters.get(name)).strip().lower()
        if found := re.fullmatch(r"(\d)k", value):
            return float((int(found[1]) * 1024) ** 2), None
        if found := re.fullmatch(r"(\d+(?:\.\d+)?) ?mp", value):
            return float(found[1]) * 1024 * 1024, None
        if found := re.fullmatch(r"(\d{3,4})p?", value):
            return None, int(found[1])
    return None, None


def _from_short(ratio: float, short: int) -> tuple[float, float]:
    return (short * ratio, short) if ratio >= 1 else (short, short / ratio)


def _from_area(ratio: float, area: float) -> tuple[float, float]:
    """A size of about that area whose sides are in exactly that ratio where small whole numbers make it up."""
    for down in range(1, 40):
        across = ratio * down
        if abs(across - round(across)) < 1e-6:
            step = max(1, round(math.sqrt(area / (round(across) * down)) / 2)) * 2
            return round(across) * step, down * step
    height = math.sqrt(area / ratio)
    return height * ratio, height


def _fitted(size: tuple[float, float], largest: int) -> tuple[int, int]:
    shrink = min(1.0, largest / max(size))
    width, height = (min(largest, max(_SMALLEST, round(side * shrink))) for side in size)
    return width, height
