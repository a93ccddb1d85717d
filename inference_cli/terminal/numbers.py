"""Numbers with units, as a person reads them: sizes, money, durations."""

from decimal import Decimal

_UNITS = ("kB", "MB", "GB", "TB")
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_CENT = Decimal("0.01")


def bytes_in_words(count: int) -> str:
    """A size in decimal units: ``812 kB``, ``4.1 MB``.

    Args:
        count: bytes, 0 or more.
    """
    if count < 1000:  # noqa: PLR2004 - the step between decimal units
        return f"{count} bytes" if count != 1 else "1 byte"
    value, unit = float(count), "bytes"
    for unit in _UNITS:  # noqa: B007 - the unit reached is what the loop looks for
        value /= 1000
        if value < 999.5:  # noqa: PLR2004 - 999.5 would be written as 1000
            break
    return f"{value:.1f} {unit}" if value < 9.95 and unit != "kB" else f"{value:.0f} {unit}"  # noqa: PLR2004 - two digits say enough


def money_in_words(amount: Decimal, *, exact: bool = False) -> str:
    """US dollars: ``$0.70``; exact, as charged: ``$0.0100``.

    Args:
        amount: dollars, 0 or more.
        exact: four digits after the point at least, and none dropped up to eight.

    Returns:
        An estimate has cents, or below a cent its first two digits that count (``$0.0012``).
    """
    if exact:
        digits = max(4, min(8, -int(amount.normalize().as_tuple().exponent)))  # finite: records.py lets no other in
        return f"${amount:,.{digits}f}"
    if amount == 0 or amount >= _CENT:
        return f"${amount:,.2f}"
    return f"${amount:.{1 - amount.adjusted()}f}".rstrip("0")


def duration_in_words(seconds: float) -> str:
    """A duration: ``3.2 s``, ``45 s``, ``2 min``, ``1 min 14 s``, ``1 h 5 min``.

    Args:
        seconds: negative ones count as 0, since a clock may have jumped (fault E13).
    """
    seconds = max(0.0, seconds)
    if seconds < 9.95:  # noqa: PLR2004 - below ten seconds a tenth is worth reading
        text = f"{seconds:.1f}".removesuffix(".0")
        return f"{text} s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        rest = whole % _MINUTE
        return f"{whole // _MINUTE} min {rest} s" if rest else f"{whole // _MINUTE} min"
    minutes = whole % _HOUR // _MINUTE
    return f"{whole // _HOUR} h {minutes} min" if minutes else f"{whole // _HOUR} h"


def clock_face(seconds: float) -> str:
    """A running time: ``0:01:12``; hours go on counting after 24."""
    whole = int(max(0.0, seconds))
    return f"{whole // _HOUR}:{whole % _HOUR // _MINUTE:02}:{whole % _MINUTE:02}"


def age_in_words(seconds: float) -> str:
    """How long ago, for a table's column: ``12s``, ``1m 12s``, ``3h 4m``, ``2d 5h``."""
    whole = int(max(0.0, seconds))
    for size, name, smaller, small_name in (
        (_DAY, "d", _HOUR, "h"),
        (_HOUR, "h", _MINUTE, "m"),
        (_MINUTE, "m", 1, "s"),
    ):
        if whole >= size:
            rest = whole % size // smaller
            return f"{whole // size}{name} {rest}{small_name}" if rest else f"{whole // size}{name}"
    return f"{whole}s"
