"""A model's price list read: the price of one image or one second, as it was asked for, in either vocabulary."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from inference_cli.frozen import dataclass
from inference_cli.late import pattern

RESOLUTIONS = ("resolution", "target_resolution", "size", "image_size")
QUALITIES = ("quality", "output_quality")
SOUNDS = ("generate_audio", "with_audio", "enable_audio")
_HEIGHT = pattern(r"(\d{3,4})p")
_THOUSANDS = pattern(r"(\d{1,2})k")
_HIGH = frozenset({"high", "uhd", "qhd"})
_ORDINARY = frozenset({"low", "standard", "medium", "sd", "hd", "fhd"})
_FULL_HD = 1080  # lines; what has more is a high resolution


@dataclass(frozen=True, slots=True)
class Rate:
    """A price of one unit, in US dollars; ``bound`` says why it is an upper bound, where it is one."""

    amount: Decimal
    bound: str = ""

    def times(self, factor: Decimal, bound: str) -> "Rate":
        """A multiple of it, for a reason; one and less change nothing."""
        if factor <= 1:
            return self
        return Rate(self.amount * factor, ", ".join(word for word in (self.bound, bound) if word))


def image_rate(pricing: Mapping[str, Any], asked: Mapping[str, Any]) -> Rate | None:
    """The price of one image.

    Args:
        pricing: the model's own object.
        asked: the request's parameters over the schema's defaults.

    Returns:
        None where none is published.
    """
    rate = _from_grid(priced(pricing, "cost_per_image_grid"), asked) or _plain(pricing, "cost_per_image")
    return rate and _relative(pricing, resolution_of(asked), rate)


def second_rate(pricing: Mapping[str, Any], asked: Mapping[str, Any], seconds: Decimal | None) -> Rate | None:
    """The price of one second of a film, at the resolution and with the sound that were asked for.

    Args:
        pricing: the model's own object.
        asked: the request's parameters over the schema's defaults.
        seconds: of the whole film, where they are known.

    Returns:
        None where none is published.
    """
    resolution = resolution_of(asked)
    rate = _by_resolution(priced(pricing, "cost_per_second_by_resolution"), resolution)
    rate = rate or _high_or_plain(pricing, resolution)
    rate = _with_sound(_plain(pricing, "cost_per_second_with_audio"), asked, rate)
    return rate and _longer(pricing, seconds, _relative(pricing, resolution, rate))


def _high_or_plain(pricing: Mapping[str, Any], resolution: str | None) -> Rate | None:
    """The rate of high resolutions for what is one, the plain one for what is not, else the dearer."""
    plain, high = _plain(pricing, "cost_per_second"), _plain(pricing, "cost_per_second_high_res")
    if plain is None or high is None:
        return plain or high
    sort = _is_high(resolution)
    if sort is not None:
        return high if sort else plain
    return Rate(max(high.amount, plain.amount), "the highest resolution")


def _is_high(resolution: str | None) -> bool | None:
    """Whether a resolution is above Full HD; None where the word does not say."""
    if resolution is None:
        return None
    if found := _HEIGHT.fullmatch(resolution):
        return int(found[1]) > _FULL_HD
    if found := _THOUSANDS.fullmatch(resolution):
        return int(found[1]) > 1
    return True if resolution in _HIGH else False if resolution in _ORDINARY else None


def _with_sound(sound: Rate | None, asked: Mapping[str, Any], rate: Rate | None) -> Rate | None:
    """The rate with sound, where sound was asked for, or nobody said that there is none: an input may bring it."""
    if sound is None or rate is None:
        return rate or sound
    said = next((asked[name] for name in SOUNDS if isinstance(asked.get(name), bool)), None)
    if said is False or sound.amount <= rate.amount:
        return rate
    return Rate(sound.amount, rate.bound if said else ", ".join(word for word in (rate.bound, "with sound") if word))


def _by_resolution(listed: object, resolution: str | None) -> Rate | None:
    prices = table(listed)
    if not prices:
        return None
    if resolution in prices:
        return Rate(prices[resolution])
    return Rate(max(prices.values()), "the dearest resolution")


def _relative(pricing: Mapping[str, Any], resolution: str | None, rate: Rate) -> Rate:
    """A published multiplier of the resolution raises the price; whether it is charged is not documented."""
    factors = _factors(pricing, "resolution")
    if not factors:
        return rate
    factor = factors.get(resolution or "", max(factors.values()))
    return rate.times(factor, f"{factor.normalize():f} times for the resolution")


def _longer(pricing: Mapping[str, Any], seconds: Decimal | None, rate: Rate) -> Rate:
    """A published multiplier of the length counts for what it has above the number of seconds."""
    factors = {
        length: factor
        for name, factor in _factors(pricing, "duration").items()
        if (length := amount_in(name.removesuffix("s"))) is not None and length > 0
    }
    usual = next((length for length, factor in factors.items() if factor == 1), None)
    if usual is None or seconds is None or seconds not in factors:
        return rate
    return rate.times(factors[seconds] * usual / seconds, f"{factors[seconds].normalize():f} times for the length")


def _factors(pricing: Mapping[str, Any], what: str) -> dict[str, Decimal]:
    relative = pricing.get("relative")
    return table(relative.get(what)) if isinstance(relative, Mapping) else {}


def _from_grid(grid: object, asked: Mapping[str, Any]) -> Rate | None:
    """The price in a grid of quality and resolution; the dearest that is left where one of them is open."""
    rows = {str(name).lower(): table(row) for name, row in grid.items()} if isinstance(grid, Mapping) else {}
    rows = {name: row for name, row in rows.items() if row}
    if not rows:
        return None
    quality, resolution = _first(asked, QUALITIES), resolution_of(asked)
    fitting = [rows[quality]] if quality in rows else list(rows.values())
    prices = [row[resolution] for row in fitting if resolution in row] if resolution else []
    if quality in rows and len(prices) == 1:
        return Rate(prices[0])
    return Rate(max(prices or [price for row in fitting for price in row.values()]), "the dearest that fits")


def _plain(pricing: Mapping[str, Any], name: str) -> Rate | None:
    amount = amount_in(priced(pricing, name))
    return None if amount is None else Rate(amount)


def amounts(pricing: Mapping[str, Any], *names: str) -> list[Decimal]:
    """Every amount in some fields, tables and grids included."""
    left = [priced(pricing, name) for name in names]
    found = []
    while left:
        value = left.pop()
        if isinstance(value, Mapping):
            left.extend(value.values())
        elif (amount := amount_in(value)) is not None:
            found.append(amount)
    return found


def priced(pricing: Mapping[str, Any], name: str) -> object:
    """A field in the words of either generation: those of films begin with ``video_`` in 2026-04."""
    value = pricing.get(name)
    return pricing.get(f"video_{name}") if value is None else value


def table(value: object) -> dict[str, Decimal]:
    """The amounts of a table by name, in small letters; what is no amount is left out."""
    rows = value.items() if isinstance(value, Mapping) else ()
    return {str(name).lower(): amount for name, price in rows if (amount := amount_in(price)) is not None}


def amount_in(value: object) -> Decimal | None:
    """A finite amount of 0 or more; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        amount = Decimal(str(value))
    except (InvalidOperation, ValueError):  # ValueError: an integer of more digits than Python writes
        return None
    return amount if amount.is_finite() and amount >= 0 else None


def resolution_of(asked: Mapping[str, Any]) -> str | None:
    """The resolution that was asked for, in small letters: a word, or width and height."""
    named = _first(asked, RESOLUTIONS)
    sides = [asked.get(side) for side in ("width", "height")]
    return named or ("x".join(map(str, sides)) if all(isinstance(side, int) for side in sides) else None)


def _first(asked: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(asked[name]).lower() for name in names if isinstance(asked.get(name), str | int)), None)
