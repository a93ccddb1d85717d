"""What a request costs: the sandbox's own reading of a model's price list."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MICRO = Decimal("0.000001")
_COMPUTED_SECONDS = Decimal(10)
"""What a model that is priced by computing time is charged for a generation."""
_HIGH_RESOLUTIONS = frozenset({"1440p", "2160p", "2k", "4k"})


def price_of_one(pricing: Mapping[str, Any], parameters: Mapping[str, Any], *, seconds: float, audio: bool) -> Decimal:
    """The price of one output in US dollars, to a millionth.

    Args:
        pricing: the model's pricing object in the current generation's vocabulary (contract, "Models").
        parameters: the request's own over the schema's defaults.
        seconds: how long a film will last.
        audio: whether it has sound.
    """
    method = pricing.get("method")
    if method == "per_image":
        price = _money(_in_grid(pricing.get("cost_per_image_grid"), parameters) or pricing.get("cost_per_image"))
    elif method == "per_video_output_second":
        price = _money(_rate(pricing, parameters, audio=audio)) * Decimal(str(round(seconds, 3)))
    elif method == "time":
        price = _money(pricing.get("cost_per_second")) * _COMPUTED_SECONDS
    else:
        price = Decimal(0)
    return price.quantize(MICRO, ROUND_HALF_UP)


def price_of_tokens(pricing: Mapping[str, Any], into: int, out: int) -> Decimal:
    """The price of a chat in US dollars, to a millionth; a model without a price of tokens is free.

    Args:
        pricing: the model's pricing object in the current generation's vocabulary.
        into: tokens of the request; above ``long_context.threshold_input_tokens`` both sides are dearer.
        out: tokens of the answer.
    """
    rates = [_money(pricing.get(f"{side}_cost_per_token")) for side in ("input", "output")]
    long = pricing.get("long_context") or {}
    if into > long.get("threshold_input_tokens", into):
        factors = [_money(long.get(f"{side}_multiplier", 1)) for side in ("input", "output")]
        rates = [rate * factor for rate, factor in zip(rates, factors, strict=True)]
    return (rates[0] * into + rates[1] * out).quantize(MICRO, ROUND_HALF_UP)


def _rate(pricing: Mapping[str, Any], parameters: Mapping[str, Any], *, audio: bool) -> Any:
    resolution = str(parameters.get("resolution", parameters.get("target_resolution", ""))).lower()
    by_resolution = pricing.get("cost_per_second_by_resolution") or {}
    if resolution in by_resolution:
        return by_resolution[resolution]
    if resolution in _HIGH_RESOLUTIONS and pricing.get("cost_per_second_high_res") is not None:
        return pricing["cost_per_second_high_res"]
    if audio and pricing.get("cost_per_second_with_audio") is not None:
        return pricing["cost_per_second_with_audio"]
    return pricing.get("cost_per_second")


def _in_grid(grid: Any, parameters: Mapping[str, Any]) -> Any:
    if not isinstance(grid, Mapping):
        return None
    row = grid.get(str(parameters.get("quality")), {})
    return row.get(str(parameters.get("resolution", parameters.get("size"))))


def _money(value: Any) -> Decimal:
    return Decimal(str(value)) if value is not None else Decimal(0)


def in_older_words(pricing: Mapping[str, Any]) -> dict[str, Any]:
    """The pricing object as 2026-04 wrote it: video fields begin with ``video_``, and ``time`` is not known."""
    method = pricing.get("method")
    if method == "time":
        seconds = pricing.get("cost_per_second")
        rest = {key: value for key, value in pricing.items() if key not in {"method", "cost_per_second"}}
        return {**rest, "method": "per_video_output_second", "video_cost_per_second": seconds}
    if method != "per_video_output_second":
        return dict(pricing)
    return {f"video_{key}" if key.startswith("cost_") else key: value for key, value in pricing.items()}
