"""What a request that is charged by tokens costs at most: none has more tokens than bytes, an answer has a limit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from inference_cli.money.amounts import dollars
from inference_cli.money.rates import amount_in, table

LIMITS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_TEXTS = ("prompt", "messages", "system", "input", "tools", "functions", "response_format", "stop")
_FRAME = 16  # tokens that the service may put around a message and around the whole, at most
_MARKS = 4  # quotes, a colon and a comma around each piece of JSON
_FILES = frozenset({"input_audio", "input_image", "input_file", "file"})  # parts of a message that are no text
_MILLION = Decimal(10**6)
_ATTACHED = "the tokens of what is attached"
_ANSWER = "the tokens of the answer"


@dataclass(frozen=True, slots=True)
class Bound:
    """At most so many dollars, and why; where ``amount`` is None, ``unpriced`` names what has no bound."""

    amount: Decimal | None
    unpriced: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Text:
    """What is sent: tokens at most, and whether something beside text, whose tokens nobody can count here."""

    tokens: int = 0
    attached: bool = False

    @classmethod
    def all_of(cls, parts: "Iterable[_Text]") -> "_Text":
        """Several as one."""
        known = tuple(parts)
        return cls(sum(part.tokens for part in known), any(part.attached for part in known))


def bound_of(pricing: Mapping[str, Any], asked: Mapping[str, Any], schema: Mapping[str, Any] | None) -> Bound:
    """The most that one request costs.

    A token is at least one byte of UTF-8, so that the bytes of a prompt bound its tokens from above, mostly by far. An
    answer is bounded by ``max_tokens``, else by the most that the schema allows.

    Args:
        pricing: the model's own object, of method ``token``.
        asked: the request's parameters over the schema's defaults.
        schema: the model's schema of parameters, where it has one.
    """
    text, answer = _sent(asked), _answer(asked, schema)
    rates = _rates(pricing, text.tokens)
    if rates is None:
        return Bound(None, ("tokens",), "the price is not known before: it is charged by tokens")
    into, out = rates
    unpriced = ((_ATTACHED,) if text.attached else ()) + ((_ANSWER,) if answer is None else ())
    if answer is None or unpriced:
        per = f" ({dollars(out * _MILLION)} per million)"
        words = [f"{_ATTACHED} cannot be counted here"] if text.attached else []
        words += [f"{_ANSWER} have no limit{per}"] if answer is None else []
        return Bound(None, unpriced, f"the price is not known before: {', and '.join(words)}")
    total = into * text.tokens + out * answer
    sides = f"{text.tokens:,} tokens in at {dollars(into * _MILLION)}, {answer:,} out at {dollars(out * _MILLION)}"
    return Bound(total, (), f"{sides} per million")


def _rates(pricing: Mapping[str, Any], tokens: int) -> tuple[Decimal, Decimal] | None:
    """The prices of a token of the request and of the answer; long requests may be dearer."""
    into, out = (amount_in(pricing.get(f"{side}_cost_per_token")) for side in ("input", "output"))
    if into is None or out is None:
        return None
    long = table(pricing.get("long_context"))
    if tokens <= long.get("threshold_input_tokens", tokens):
        return into, out
    return into * max(Decimal(1), long.get("input_multiplier", Decimal(1))), out * max(
        Decimal(1), long.get("output_multiplier", Decimal(1))
    )


def _answer(asked: Mapping[str, Any], schema: Mapping[str, Any] | None) -> int | None:
    """The most tokens of all answers; None where nothing bounds them."""
    limits = [limit for name in LIMITS if (limit := _whole(asked.get(name))) is not None]
    if not limits:
        properties = (schema or {}).get("properties")
        parts = properties if isinstance(properties, Mapping) else {}
        found = [parts[name].get("maximum") for name in LIMITS if isinstance(parts.get(name), Mapping)]
        limits = [limit for one in found if (limit := _whole(one)) is not None]
    choices = _whole(asked.get("n")) or 1
    return max(limits) * choices if limits else None


def _sent(asked: Mapping[str, Any]) -> _Text:
    """The text of a request; anything that looks like a file elsewhere is attached to it."""
    messages = asked.get("messages")
    frames = _FRAME * (1 + (len(messages) if isinstance(messages, list) else 0))
    texts = [_counted(asked[name]) for name in _TEXTS if asked.get(name) is not None]
    files = any(_is_file(value) for name, value in asked.items() if name not in _TEXTS)
    return _Text.all_of((*texts, _Text(frames, files)))


def _counted(value: object) -> _Text:
    """A piece of a request, with the names of its fields and the marks around them."""
    if isinstance(value, str):
        return _Text(len(value.encode("utf-8", "surrogatepass")) + _MARKS)
    if isinstance(value, Mapping):
        kind = value.get("type")
        if isinstance(kind, str) and (kind in _FILES or kind.endswith("_url")):
            return _Text(attached=True)
        return _Text.all_of(_Text.all_of((_counted(str(name)), _counted(part))) for name, part in value.items())
    if isinstance(value, list | tuple):
        return _Text.all_of(map(_counted, value))
    return _Text(len(str(value)) + _MARKS)


def _is_file(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_is_file, value))
    return isinstance(value, str) and value.lower().startswith(("data:", "http://", "https://"))


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
