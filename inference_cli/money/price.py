"""What a call will cost, in US dollars, from the model's price list; what has no price is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from inference_cli.money.amounts import dollars
from inference_cli.money.length import length_of
from inference_cli.money.rates import amount_in, amounts, image_rate, second_rate
from inference_cli.money.tokens import bound_of

_MILLION = 10**6
_SECONDS = ("", "_with_audio", "_high_res", "_by_resolution")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The price of a whole command.

    ``amount`` is None where a part of the price is not known: that part is named in ``unpriced``, and never taken for
    zero. ``basis`` is a sentence for people, without a full stop; ``at_most`` says that the amount is an upper bound.
    """

    amount: Decimal | None
    unpriced: tuple[str, ...]
    basis: str
    count: int = 1
    at_most: bool = False

    @property
    def words(self) -> str:
        """A few words for a line of facts, such as "about $0.70 for 2"."""
        if self.amount is None:
            return "price not known"
        many = f" for {self.count}" if self.count > 1 else ""
        return f"{'at most' if self.at_most else 'about'} {dollars(self.amount)}{many}"


def estimate(
    pricing: Mapping[str, Any],
    body: Mapping[str, Any],
    *,
    schema: Mapping[str, Any] | None,
    count: int,
    input_seconds: float | None = None,
) -> Estimate:
    """What this call will cost.

    Args:
        pricing: the model's own object, in the words of either generation of the API (contract, "Models").
        body: the request's parameters; what it leaves out is taken from the schema's defaults.
        schema: the model's schema of parameters, where it has one.
        count: how many outputs the command makes, all its requests together; a count inside the body is not looked at.
        input_seconds: the length of an input film, where it is known: models without a duration keep it.
    """
    asked = {**_defaults(schema), **{key: value for key, value in body.items() if value is not None}}
    method = pricing.get("method")
    if method == "per_image":
        return _per_image(pricing, asked, count)
    if method == "per_video_output_second":
        return _per_second(pricing, asked, schema, count, input_seconds)
    if method == "token":
        return _per_token(pricing, asked, schema, count)
    if method == "time":
        rate = amount_in(pricing.get("cost_per_second"))
        each = "" if rate is None else f", {dollars(rate)} a second"
        basis = f"the price is not known before: it is charged by computing time{each}"
        return Estimate(None, ("computing time",), basis, count)
    return Estimate(None, ("this model",), "the price of this model is not published", count)


def in_words(pricing: Mapping[str, Any]) -> str:
    """A model's price list in a few words for a table, such as "$0.07 per second of video"; empty where it has none.

    Several prices are shown as a range; those of tokens are for a million of them.
    """
    method = pricing.get("method")
    if method == "per_image":
        found = amounts(pricing, "cost_per_image", "cost_per_image_grid")
        return f"{_span(found)} per image" if found else ""
    if method == "per_video_output_second":
        found = amounts(pricing, *(f"cost_per_second{name}" for name in _SECONDS))
        return f"{_span(found)} per second of video" if found else ""
    if method == "token":
        sides = [(amount_in(pricing.get(f"{side}_cost_per_token")), side) for side in ("input", "output")]
        words = ", ".join(f"{dollars(cost * _MILLION)} {side}" for cost, side in sides if cost is not None)
        return f"{words} per million tokens{_above(pricing)}" if words else ""
    computed = amount_in(pricing.get("cost_per_second")) if method == "time" else None
    return "" if computed is None else f"{dollars(computed)} per second of computing"


def _above(pricing: Mapping[str, Any]) -> str:
    """That long requests are dearer."""
    long = pricing.get("long_context")
    threshold = amount_in(long.get("threshold_input_tokens")) if isinstance(long, Mapping) else None
    return "" if threshold is None else f", more above {threshold:,.0f}"


def _span(found: list[Decimal]) -> str:
    least, most = dollars(min(found)), dollars(max(found))
    return least if least == most else f"{least} to {most}"


def _per_image(pricing: Mapping[str, Any], asked: Mapping[str, Any], count: int) -> Estimate:
    rate = image_rate(pricing, asked)
    if rate is None:
        return Estimate(None, ("an image",), "the price of an image of this model is not published", count)
    sum_up = f": {count} at {dollars(rate.amount)} an image" if count > 1 else " for an image"
    return _done(rate.amount * count, sum_up, rate.bound, count)


def _per_second(
    pricing: Mapping[str, Any],
    asked: Mapping[str, Any],
    schema: Mapping[str, Any] | None,
    count: int,
    input_seconds: float | None,
) -> Estimate:
    length = length_of(asked, schema, input_seconds)
    rate = second_rate(pricing, asked, None if length is None else length.seconds)
    if rate is None:
        return Estimate(None, ("a second of video",), "the price of a second of this model is not published", count)
    if length is None:
        most = "at most " if rate.bound else ""
        basis = (
            f"the price is not known: {most}{dollars(rate.amount)} a second, and the film's length is up to the model"
        )
        return Estimate(None, ("the length of the film",), basis, count)
    many = f"{count} of " if count > 1 else ""
    sum_up = f": {many}{length.seconds.normalize():f} s at {dollars(rate.amount)} a second"
    bound = ", ".join(word for word in (length.bound, rate.bound) if word)
    return _done(rate.amount * length.seconds * count, sum_up, bound, count)


def _per_token(
    pricing: Mapping[str, Any], asked: Mapping[str, Any], schema: Mapping[str, Any] | None, count: int
) -> Estimate:
    bound = bound_of(pricing, asked, schema)
    if bound.amount is None:
        return Estimate(None, bound.unpriced, bound.why, count)
    total = bound.amount * count
    many = f"{count} times " if count > 1 else ""
    return Estimate(total, (), f"at most {dollars(total)}: {many}{bound.why}", count, at_most=True)


def _done(total: Decimal, sum_up: str, bound: str, count: int) -> Estimate:
    how = "at most" if bound else "about"
    why = f" ({bound})" if bound else ""
    return Estimate(total, (), f"{how} {dollars(total)}{sum_up}{why}", count, bool(bound))


def _defaults(schema: Mapping[str, Any] | None) -> dict[str, Any]:
    properties = (schema or {}).get("properties")
    if not isinstance(properties, Mapping):
        return {}
    return {
        name: part["default"]
        for name, part in properties.items()
        if isinstance(part, Mapping) and part.get("default") is not None
    }
