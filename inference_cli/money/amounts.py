"""Amounts of money as people read them."""

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
_READABLE = 18  # places before or behind the point: beyond, an amount is nonsense of a server (fault H8)


def dollars(amount: Decimal) -> str:
    """An amount in US dollars: to the cent, and as exact as it is where it has parts of one ("$3.50", "$0.0374")."""
    if amount and abs(amount.adjusted()) > _READABLE:
        return f"${amount:.2E}"
    cents = amount.quantize(_CENT, rounding=ROUND_HALF_UP)
    if cents == amount:
        return f"${cents:,}"
    places = 2 if amount >= 1 else 4 if amount >= _CENT else 2 - amount.adjusted()
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, parts = f"{rounded:,f}".partition(".")
    return f"${whole}.{parts.rstrip('0').ljust(2, '0')}"
