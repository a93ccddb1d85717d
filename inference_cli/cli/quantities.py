"""Amounts as people type them: durations, sizes and money."""

from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from inference_cli.errors import UsageError
from inference_cli.late import pattern

if TYPE_CHECKING:
    from datetime import tzinfo

_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
_DAY_WORDS = {"today": 0, "yesterday": 1}
_BYTES = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_DATE = pattern(r"\d{4}-?(?:\d{2}-?\d{2}|w\d{2}(?:-?\d)?)")
_PART = pattern(r"(\d+(?:\.\d+)?)([a-z]*)")


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


def moment(text: str, *, now: float, zone: "tzinfo | None", end: bool = False, midnight: bool = False) -> float | None:
    """A moment in the past such as ``7d``, ``24h``, ``2026-11-01``, ``2026-11-01T12:30``, ``yesterday`` or ``all``.

    Args:
        text: as typed.
        now: Unix seconds.
        zone: whose days are meant; None for this machine's.
        end: a day stands for its end, not its beginning.
        midnight: so many days or weeks ago mean the beginning of that day.

    Returns:
        Unix seconds; None for ``all``.

    Raises:
        UsageError: it is none.
    """
    folded = text.strip().lower()
    if folded == "all":
        return None
    try:
        if folded in _DAY_WORDS:
            day = _midnight(now, zone) - timedelta(days=_DAY_WORDS[folded])
            return (day + timedelta(days=1) if end else day).timestamp()
        if folded[-1:] in _SECONDS.keys() - {""}:
            then = now - seconds(folded)
            start = _midnight(then, zone).timestamp()  # asked for in any case: it refuses what no calendar has
            return start if midnight and folded[-1:] in {"d", "w"} else then
        found = datetime.fromisoformat(text.strip())
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        return (found + timedelta(days=1) if end and _DATE.fullmatch(folded) else found).timestamp()
    except (UsageError, ValueError, OverflowError, OSError) as error:
        raise UsageError(f"{text!r} is no moment", hint="Moments look like  7d, 24h, 2026-11-01, yesterday") from error


def _midnight(moment: float, zone: "tzinfo | None") -> datetime:
    """The beginning of a day; without a zone it is this machine's, and so is naive: its offset is that of its day."""
    local = datetime.fromtimestamp(moment, zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


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
