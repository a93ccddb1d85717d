"""How many seconds a film will have, from what was asked for and what the schema allows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_NAMES = ("duration", "seconds", "duration_seconds")
_RATES = ("frames_per_second", "fps")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(?:s|sec|seconds)?")


@dataclass(frozen=True, slots=True)
class Length:
    """Seconds, more than 0; ``bound`` says why they are an upper bound, where they are one."""

    seconds: Decimal
    bound: str = ""


def length_of(asked: Mapping[str, Any], schema: Mapping[str, Any] | None, input_seconds: float | None) -> Length | None:
    """The length of one film.

    Args:
        asked: the request's parameters over the schema's defaults.
        schema: the model's schema; its largest duration is the bound of an automatic one (-1, 0, "auto").
        input_seconds: the length of an input film; models that have no duration of their own keep it.

    Returns:
        None where nothing tells.
    """
    properties = (schema or {}).get("properties")
    parts = properties if isinstance(properties, Mapping) else {}
    if isinstance(asked.get("multi_prompt"), list):
        return _of_shots(asked["multi_prompt"], parts.get("multi_prompt"))
    name = next((name for name in _NAMES if name in asked or name in parts), None)
    if name is not None:
        seconds = seconds_in(asked.get(name))
        if seconds is not None:
            return Length(seconds)
        return _longest(_largest(parts.get(name)), input_seconds)
    if input_seconds:
        return Length(Decimal(str(input_seconds)))
    frames = seconds_in(asked.get("num_frames"))
    rate = next((found for one in _RATES if (found := seconds_in(asked.get(one)))), None)
    return Length((frames / rate).quantize(Decimal("0.001"))) if frames and rate else None


def seconds_in(value: object) -> Decimal | None:
    """The seconds that a duration of any spelling says (5, 2.5, "5s", "4"); None for automatic ones and for others."""
    if isinstance(value, bool):
        return None
    found = _NUMBER.fullmatch(str(value).strip().lower()) if isinstance(value, int | float | str) else None
    seconds = Decimal(found[1]) if found else Decimal(0)
    return seconds if seconds > 0 else None


def _longest(allowed: Decimal | None, input_seconds: float | None) -> Length | None:
    """The bound of an automatic length: the longest that is allowed, or the input film where that is longer."""
    source = Decimal(str(input_seconds)) if input_seconds else Decimal(0)
    if source > (allowed or 0):
        return Length(source, f"as long as the input, {source.normalize():f} s")
    return None if allowed is None else Length(allowed, f"the longest, {allowed.normalize():f} s")


def _of_shots(shots: list[Any], part: object) -> Length | None:
    """The sum of the shots; one that names no duration has the schema's default."""
    items = part.get("items") if isinstance(part, Mapping) else None
    inner = items.get("properties") if isinstance(items, Mapping) else None
    usual = inner.get("duration") if isinstance(inner, Mapping) else None
    default = usual.get("default") if isinstance(usual, Mapping) else None
    lengths = [seconds_in(shot.get("duration", default)) for shot in shots if isinstance(shot, Mapping)]
    known = [seconds for seconds in lengths if seconds is not None]
    return Length(sum(known, Decimal(0))) if known and len(known) == len(shots) else None


def _largest(part: object) -> Decimal | None:
    """The largest duration that a schema allows."""
    if not isinstance(part, Mapping):
        return None
    options = part.get("enum")
    choices = list(options) if isinstance(options, list | tuple) else []
    known = [seconds for option in [*choices, part.get("maximum")] if (seconds := seconds_in(option)) is not None]
    return max(known, default=None)
