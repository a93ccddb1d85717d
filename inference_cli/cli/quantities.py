"""Amounts as people type them: durations, sizes and money."""

import re
from decimal import Decimal, InvalidOperation

from inference_cli.errors import UsageError

_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_PART = re.compile(r"(\d+(?:\.\d+)?)([a-z]*)")


def seconds(text: str) -> float:
    """A duration such as ``90``, ``10m``, ``1h30m`` or ``0.5s``.

    Returns:
        Seconds, more than 0.

    Raises:
        UsageError: it is not such a duration.
    """
    folded = text.strip().lower()
    parts = _PART.findall(folded)
    if (
        not parts
        or "".join(number + unit for number, unit in parts) != folded
        or any(u not in _SECONDS for _, u in parts)
    ):
        raise UsageError(f"{text!r} is not a duration", hint="Durations look like  90s, 10m, 1h30m")
    total = sum(float(number) * _SECONDS[unit] for number, unit in parts)
    if total <= 0:
        raise UsageError(f"a duration must be more than 0, not {text!r}")
    return total


def size(text: str) -> int:
    """A number of bytes such as ``500MB``, ``2GiB`` or ``1000``.

    Raises:
        UsageError: it is not such a size, or is 0.
    """
    match = _PART.fullmatch(text.strip().lower())
    if match is None or match[2] not in _BYTES:
        raise UsageError(f"{text!r} is not a size", hint="Sizes look like  500MB, 2GB")
    amount = int(float(match[1]) * _BYTES[match[2]])
    if amount < 1:
        raise UsageError(f"a size must be at least 1 byte, not {text!r}")
    return amount


def money(text: str) -> Decimal:
    """An amount in US dollars such as ``0.50`` or ``$3``.

    Raises:
        UsageError: it is no amount, or is negative.
    """
    try:
        amount = Decimal(text.strip().removeprefix("$"))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise UsageError(f"{text!r} is not an amount of money", hint="Amounts look like  0.50")
    return amount
