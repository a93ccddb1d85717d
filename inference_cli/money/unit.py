"""What one unit of a model costs at the least: what models are compared by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

_MILLION = 10**6
_UNITS = {
    "per_image": ("image", 1, ("cost_per_image", "cost_per_image_grid")),
    "per_video_output_second": (
        "second of video",
        1,
        ("cost_per_second", "cost_per_second_with_audio", "cost_per_second_high_res", "cost_per_second_by_resolution"),
    ),
    "time": ("second of computing", 1, ("cost_per_second",)),
    "token": ("million output tokens", _MILLION, ("output_cost_per_token",)),
}
UNITS = tuple(unit for unit, _, _ in _UNITS.values())
"""What is paid for, in the order in which lists have them."""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """US dollars for one of ``UNITS``."""

    amount: Decimal
    unit: str


def least(pricing: Mapping[str, Any]) -> UnitPrice | None:
    """The least price of a unit that a model publishes, in the words of either generation of the API.

    Args:
        pricing: the model's own object (contract, "Models").

    Returns:
        None where it publishes none: that is not the same as nothing.
    """
    unit, many, names = _UNITS.get(str(pricing.get("method")), ("", 1, ()))
    amounts = [amount for name in names for key in (name, f"video_{name}") for amount in _amounts(pricing.get(key))]
    return UnitPrice(min(amounts) * many, unit) if amounts else None


def _amounts(value: object) -> Iterator[Decimal]:
    """Every amount in a field, tables and grids included."""
    if isinstance(value, Mapping):
        for inside in value.values():
            yield from _amounts(inside)
    elif isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            return
        if amount.is_finite() and amount >= 0:
            yield amount
