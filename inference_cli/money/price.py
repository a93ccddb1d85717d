"""What a call will cost, in US dollars, from the model's price list; what has no price is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from inference_cli.money.amounts import dollars
from inference_cli.money.length import length_of

_UNPRICED = {"token": "tokens", "time": "computing time"}
_RESOLUTIONS = ("resolution", "size", "image_size", "target_resolution")
_QUALITIES = ("quality", "output_quality")
_AUDIO = ("generate_audio", "with_audio", "enable_audio")
_HIGH = frozenset({"high", "1440p", "2160p", "2k", "4k", "8k"})


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


@dataclass(frozen=True, slots=True)
class _Rate:
    """A price of one unit; ``bound`` says why it is an upper bound, where it is one."""

    amount: Decimal
    bound: str = ""


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
    if method in _UNPRICED:
        what = _UNPRICED[method]
        return Estimate(None, (what,), f"the price is not known before: it is charged by {what}", count)
    return Estimate(None, ("this model",), "the price of this model is not published", count)


def in_words(pricing: Mapping[str, Any]) -> str:
    """A model's price list in a few words for a table, such as "$0.07 per second of video"; empty where it has none.

    Several prices are shown as a range; those of tokens are for a million of them.
    """
    method = pricing.get("method")
    if method == "per_image":
        amounts = _amounts(pricing, "cost_per_image", "cost_per_image_grid")
        return f"{_span(amounts)} per image" if amounts else ""
    if method == "per_video_output_second":
        names = ("", "_with_audio", "_high_res", "_by_resolution")
        amounts = _amounts(pricing, *(f"cost_per_second{name}" for name in names))
        return f"{_span(amounts)} per second of video" if amounts else ""
    if method == "token":
        sides = [(_money(pricing.get(f"{side}_cost_per_token")), side) for side in ("input", "output")]
        words = ", ".join(f"{dollars(cost * 10**6)} {side}" for cost, side in sides if cost is not None)
        return f"{words} per million tokens" if words else ""
    computed = _money(pricing.get("cost_per_second")) if method == "time" else None
    return "" if computed is None else f"{dollars(computed)} per second of computing"


def _span(amounts: list[Decimal]) -> str:
    least, most = dollars(min(amounts)), dollars(max(amounts))
    return least if least == most else f"{least} to {most}"


def _amounts(pricing: Mapping[str, Any], *names: str) -> list[Decimal]:
    """Every amount in some fields, tables and grids included."""
    left = [_priced(pricing, name) for name in names]
    found = []
    while left:
        value = left.pop()
        if isinstance(value, Mapping):
            left.extend(value.values())
        elif (amount := _money(value)) is not None:
            found.append(amount)
    return found


def _per_image(pricing: Mapping[str, Any], asked: Mapping[str, Any], count: int) -> Estimate:
    rate = _from_grid(_priced(pricing, "cost_per_image_grid"), asked) or _plain(pricing, "cost_per_image")
    if rate is None:
        return Estimate(None, ("an image",), "the price of an image of this model is not published", count)
    total = rate.amount * count
    sum_up = f": {count} at {dollars(rate.amount)} an image" if count > 1 else " for an image"
    return _done(total, sum_up, rate.bound, count)


def _per_second(
    pricing: Mapping[str, Any],
    asked: Mapping[str, Any],
    schema: Mapping[str, Any] | None,
    count: int,
    input_seconds: float | None,
) -> Estimate:
    rate = _rate(pricing, asked)
    if rate is None:
        return Estimate(None, ("a second of video",), "the price of a second of this model is not published", count)
    length = length_of(asked, schema, input_seconds)
    if length is None:
        basis = f"the price is not known: {dollars(rate.amount)} a second, and the film's length is up to the model"
        return Estimate(None, ("the length of the film",), basis, count)
    many = f"{count} of " if count > 1 else ""
    sum_up = f": {many}{length.seconds.normalize():f} s at {dollars(rate.amount)} a second"
    bound = ", ".join(word for word in (length.bound, rate.bound) if word)
    return _done(rate.amount * length.seconds * count, sum_up, bound, count)


def _done(total: Decimal, sum_up: str, bound: str, count: int) -> Estimate:
    how = "at most" if bound else "about"
    why = f" ({bound})" if bound else ""
    return Estimate(total, (), f"{how} {dollars(total)}{sum_up}{why}", count, bool(bound))


def _rate(pricing: Mapping[str, Any], asked: Mapping[str, Any]) -> _Rate | None:
    """The price of one second at the resolution, and with the sound, that were asked for."""
    plain = _money(_priced(pricing, "cost_per_second"))
    high = _money(_priced(pricing, "cost_per_second_high_res"))
    resolution = _first(asked, _RESOLUTIONS)
    rate = _by_resolution(_priced(pricing, "cost_per_second_by_resolution"), resolution)
    if rate is None and high is not None and resolution in _HIGH:
        rate = _Rate(high)
    elif rate is None and high is not None and plain is not None and resolution in {None, "auto"}:
        rate = _Rate(max(high, plain), "the highest resolution")
    if rate is None and (plain is not None or high is not None):
        rate = _Rate(plain if plain is not None else high or Decimal(0))
    sound = _money(_priced(pricing, "cost_per_second_with_audio"))
    if sound is not None and any(asked.get(name) is True for name in _AUDIO):
        rate = _Rate(max(sound, rate.amount), rate.bound) if rate else _Rate(sound)
    return _relative(pricing, resolution, rate)


def _by_resolution(table: object, resolution: str | None) -> _Rate | None:
    prices = _table(table)
    if not prices:
        return None
    if resolution in prices:
        return _Rate(prices[resolution])
    return _Rate(max(prices.values()), "the dearest resolution")


def _relative(pricing: Mapping[str, Any], resolution: str | None, rate: _Rate | None) -> _Rate | None:
    """A published multiplier of the resolution raises the price; whether it is charged is not documented."""
    relative = pricing.get("relative")
    factors = _table(relative.get("resolution")) if isinstance(relative, Mapping) else {}
    if rate is None or not factors:
        return rate
    factor = factors.get(resolution or "", max(factors.values()))
    return rate if factor == 1 else _Rate(rate.amount * factor, f"{factor.normalize():f} times for the resolution")


def _from_grid(grid: object, asked: Mapping[str, Any]) -> _Rate | None:
    """The price in a grid of quality and resolution; the dearest that is left where one of them is open."""
    rows = {str(name).lower(): _table(row) for name, row in grid.items()} if isinstance(grid, Mapping) else {}
    rows = {name: row for name, row in rows.items() if row}
    if not rows:
        return None
    quality, resolution = _first(asked, _QUALITIES), _first(asked, _RESOLUTIONS)
    fitting = [rows[quality]] if quality in rows else list(rows.values())
    prices = [row[resolution] for row in fitting if resolution in row] if resolution else []
    if quality in rows and len(prices) == 1:
        return _Rate(prices[0])
    return _Rate(max(prices or [price for row in fitting for price in row.values()]), "the dearest that fits")


def _plain(pricing: Mapping[str, Any], name: str) -> _Rate | None:
    amount = _money(_priced(pricing, name))
    return None if amount is None else _Rate(amount)


def _priced(pricing: Mapping[str, Any], name: str) -> object:
    """A field in the words of either generation: those of films begin with ``video_`` in 2026-04."""
    value = pricing.get(name)
    return pricing.get(f"video_{name}") if value is None else value


def _table(value: object) -> dict[str, Decimal]:
    rows = value.items() if isinstance(value, Mapping) else ()
    return {str(name).lower(): amount for name, price in rows if (amount := _money(price)) is not None}


def _money(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


def _first(asked: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(asked[name]).lower() for name in names if isinstance(asked.get(name), str | int)), None)


def _defaults(schema: Mapping[str, Any] | None) -> dict[str, Any]:
    properties = (schema or {}).get("properties")
    if not isinstance(properties, Mapping):
        return {}
    return {
        name: part["default"]
        for name, part in properties.items()
        if isinstance(part, Mapping) and part.get("default") is not None
    }
