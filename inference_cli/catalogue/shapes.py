"""Aspect ratios and sizes, put into the words that a schema has for them."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from inference_cli.late import pattern

_RATIO = pattern(r"(\d{1,6}(?:\.\d{1,4})?)\s*[:/x\u00d7]\s*(\d{1,6}(?:\.\d{1,4})?)")
_PRESET = pattern(r"(portrait|landscape)_(\d+)_(\d+)")
_PIXELS = pattern(r"(\d{2,5})\s*[x\u00d7*]\s*(\d{2,5})", re.IGNORECASE)
_AUTOMATIC = ("auto", "adaptive", "match_input_image")
_EVEN = 2  # films are encoded in blocks of colour two pixels wide


def ratio_of(text: str) -> Fraction | None:
    """Width over height of ``16:9``, ``2.35:1``, ``1280x720``, ``landscape_16_9`` or ``square``."""
    if text in {"square", "square_hd"}:
        return Fraction(1)
    preset = _PRESET.fullmatch(text)
    if preset:
        across, down = (preset[2], preset[3]) if preset[1] == "landscape" else (preset[3], preset[2])
        return Fraction(int(across), int(down)) if int(down) else None
    match = _RATIO.fullmatch(text.strip())
    if match is None or not Fraction(match[2]) or not Fraction(match[1]):
        return None
    return Fraction(match[1]) / Fraction(match[2])


def pixels(text: str) -> tuple[int, int] | None:
    """Width and height of ``1280x720``."""
    match = _PIXELS.fullmatch(text.strip())
    return (int(match[1]), int(match[2])) if match else None


def aspect(text: str, options: Sequence[Any], default: Any = None) -> str | None:
    """The option that an aspect ratio means.

    Args:
        text: what the user typed, such as ``16:9`` or ``auto``.
        options: what the schema lists.
        default: preferred where several mean it.

    Returns:
        None when no option means it.
    """
    words = [option for option in options if isinstance(option, str)]
    folded = text.strip().lower()
    same = next((word for word in words if word.lower() == folded), None)
    if same is not None:
        return same
    if folded in _AUTOMATIC:
        return next((word for word in words if word in _AUTOMATIC), None)
    ratio = ratio_of(folded)
    if ratio is None:
        return None
    equal = [word for word in words if ratio_of(word) == ratio]
    if equal:
        return default if default in equal else min(equal, key=_area)
    facing = "square" if ratio == 1 else "landscape" if ratio > 1 else "portrait"
    return facing if facing in words else None


def _area(word: str) -> int:
    """The smallest of several sizes of one ratio is the cheapest; words have no area and keep their order."""
    size = pixels(word)
    return size[0] * size[1] if size else 0


def size(text: str, options: Iterable[Any]) -> Any:
    """The option that a size means: ``2k`` is ``2K``, ``1080`` is ``1080p``, ``1MP`` is ``1 MP``; None for none."""
    wanted = _plain(text)
    by_name = [(option, _plain(str(option))) for option in options]
    same = next((option for option, name in by_name if name == wanted), None)
    return same if same is not None else next((option for option, name in by_name if name == f"{wanted}p"), None)


def _plain(text: str) -> str:
    return re.sub(r"[\s_]", "", re.sub(r"[\u00d7*]", "x", text.lower()))


def fitted(ratio: Fraction, usual: tuple[int, int], largest: tuple[int, int]) -> tuple[int, int]:
    """Width and height of a ratio in a frame: as large as the usual one lying or standing, and within the largest.

    Args:
        ratio: width over height.
        usual: what the model makes when nothing is asked for.
        largest: what it makes at most.

    Returns:
        Even numbers of at least 2.
    """
    lying = max(usual), min(usual)
    across, down = lying if ratio >= 1 else lying[::-1]
    across, down = min(across, largest[0]), min(down, largest[1])
    height = min(Fraction(down), across / ratio)
    return _even(height * ratio, largest[0]), _even(height, largest[1])


def _even(length: Fraction, most: int) -> int:
    return max(_EVEN, min(round(length / _EVEN) * _EVEN, most - most % _EVEN))
