"""How long a film lasts, how many frames a second it has, and where it is cut."""

import math
from collections.abc import Mapping
from typing import Any

USUAL_SECONDS = 5.0
LONGEST_SECONDS = 60.0
_RATES = ("fps", "frames_per_second", "target_fps", "output_fps")


def frame_rate(parameters: Mapping[str, Any]) -> int:
    """Frames a second: what was asked for, halved above 30 so that a film is made in seconds; 24 where nothing was."""
    for name in _RATES:
        value = _number(parameters.get(name))
        if value is not None and value >= 1:
            return max(1, round(value / 2 if value > 30 else value))
    return 24


def film_seconds(parameters: Mapping[str, Any], source: float | None) -> float:
    """How long a film lasts, in seconds.

    Args:
        parameters: the request's own over the schema's defaults. ``auto``, -1 and 0 leave it to the model.
        source: of the input film, which decides where nothing was asked for.

    Returns:
        Above 0 and at most 60.
    """
    cuts = shots(parameters)
    if cuts:
        return _limited(sum(seconds for seconds, _ in cuts))
    for name in ("duration", "seconds"):
        value = _number(parameters.get(name))
        if value is not None and value > 0:
            return _limited(value)
    frames = _number(parameters.get("num_frames"))
    if source is not None:
        return _limited(source)
    if frames is not None and frames >= 1:
        return _limited(frames / _asked_rate(parameters))
    return USUAL_SECONDS


def shots(parameters: Mapping[str, Any]) -> tuple[tuple[float, str], ...]:
    """The shots of ``multi_prompt``: seconds and prompt of each."""
    given = parameters.get("multi_prompt")
    if not isinstance(given, list):
        return ()
    return tuple(
        (_number(shot.get("duration")) or USUAL_SECONDS, str(shot.get("prompt", "")))
        for shot in given
        if isinstance(shot, Mapping)
    )


def _asked_rate(parameters: Mapping[str, Any]) -> float:
    rates = (_number(parameters.get(name)) for name in _RATES)
    return next((rate for rate in rates if rate is not None and rate >= 1), 24.0)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.strip().removesuffix("s")) if isinstance(value, str) else float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _limited(seconds: float) -> float:
    return min(LONGEST_SECONDS, max(0.1, seconds))
