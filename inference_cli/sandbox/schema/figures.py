"""A number within bounds, of what a prompt offers where that fits."""

import math
import random
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

_USUAL = 100


def number(schema: Mapping[str, Any], offered: Iterable[float], rng: random.Random, *, whole: bool) -> float:
    """A number that a schema allows.

    Args:
        schema: with ``minimum``, ``maximum``, ``exclusiveMinimum``, ``exclusiveMaximum``, ``multipleOf``.
        offered: numbers to be taken first.
        rng: draws one where none of them fits.
        whole: an integer.

    Raises:
        ValueError: there is none.
    """
    low, high = _bounds(schema)
    step = Fraction(str(schema["multipleOf"])) if "multipleOf" in schema else None
    if whole:
        step = Fraction(1) if step is None else step * step.denominator
    for value in offered:
        exact = Fraction(str(value))
        if _allowed(exact, low, high, schema) and (step is None or exact % step == 0):
            return _plain(exact, whole=whole)
    if step is None:
        step = (high - low) / 8 if high - low < 1 else Fraction(1, 2)
        if step == 0:
            return _plain(low, whole=False)
    first, last = math.ceil(low / step), math.floor(high / step)
    first += not _allowed(first * step, low, high, schema)
    last -= not _allowed(last * step, low, high, schema)
    if first > last:
        if whole or "multipleOf" in schema:
            raise ValueError("no number is between the bounds")
        return float((low + high) / 2)
    return _plain(rng.randint(first, last) * step, whole=whole)


def _bounds(schema: Mapping[str, Any]) -> tuple[Fraction, Fraction]:
    lows = [Fraction(str(schema[key])) for key in ("minimum", "exclusiveMinimum") if key in schema]
    highs = [Fraction(str(schema[key])) for key in ("maximum", "exclusiveMaximum") if key in schema]
    step = Fraction(str(schema.get("multipleOf", 1)))
    room = max(Fraction(_USUAL), step * _USUAL)
    low = max(lows) if lows else min(Fraction(1), min(highs) - room) if highs else Fraction(1)
    high = min(highs) if highs else low + room
    return low, high


def _allowed(value: Fraction, low: Fraction, high: Fraction, schema: Mapping[str, Any]) -> bool:
    above = "exclusiveMinimum" not in schema or value > Fraction(str(schema["exclusiveMinimum"]))
    below = "exclusiveMaximum" not in schema or value < Fraction(str(schema["exclusiveMaximum"]))
    return low <= value <= high and above and below


def _plain(value: Fraction, *, whole: bool) -> float:
    return int(value) if whole or value.denominator == 1 else float(value)
