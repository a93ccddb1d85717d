"""What a chat cost, once the server has counted its tokens."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from inference_cli.api.completion import Usage
from inference_cli.money.rates import amount_in, table

_ONE = Decimal(1)
_COSTS = ("cost", "total_cost")  # what servers call the dollars that an answer was charged
_TOO_MUCH = Decimal(10) ** 6  # US dollars that no answer costs
_CACHED = ("cached_input_cost_per_token", "input_cost_per_cached_token", "cache_read_input_token_cost")


def charged(pricing: Mapping[str, Any] | None, usage: Usage) -> Decimal | None:
    """What was charged, in US dollars: by the server's own word where it gives one, else tokens times their price.

    Args:
        pricing: the model's own object, of method ``token``; None where it is not known.
        usage: what the server counted.

    Returns:
        None where it is not known.
    """
    for name in _COSTS:
        said = amount_in(usage.raw.get(name))
        if said is not None and said < _TOO_MUCH:
            return said
    into, out = usage.prompt_tokens, usage.completion_tokens
    if pricing is None or into is None or out is None:
        return None
    rates = [amount_in(pricing.get(f"{side}_cost_per_token")) for side in ("input", "output")]
    if rates[0] is None or rates[1] is None:
        return None
    times_in, times_out = _multipliers(pricing, into)
    cached = min(_cached(usage), into)
    price_of_cached = next((rate for name in _CACHED if (rate := amount_in(pricing.get(name))) is not None), rates[0])
    total_in = rates[0] * (into - cached) + price_of_cached * cached
    return total_in * times_in + rates[1] * out * times_out


def _multipliers(pricing: Mapping[str, Any], tokens: int) -> tuple[Decimal, Decimal]:
    """How much dearer the tokens of a long request and of its answer are."""
    long = table(pricing.get("long_context"))
    if tokens <= long.get("threshold_input_tokens", tokens):
        return _ONE, _ONE
    return long.get("input_multiplier", _ONE), long.get("output_multiplier", _ONE)


def _cached(usage: Usage) -> int:
    """Tokens of the request that the server had at hand; they are counted among the others."""
    details = usage.raw.get("prompt_tokens_details", usage.raw.get("input_tokens_details"))
    found = details.get("cached_tokens") if isinstance(details, Mapping) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else 0
