"""Some of the models, in some order."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.api.records import Model

Order = Literal["name", "price", "developer", "newest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which models: each field that is not None leaves those out that do not have it.

    ``developer`` is a part of the maker's name, whatever the case of its letters and what stands between them;
    ``model_type`` is ``base`` or ``custom``; ``among`` are ids.
    """

    takes: str | None = None
    makes: str | None = None
    developer: str | None = None
    model_type: str | None = None
    among: frozenset[str] | None = None

    def fits(self, model: "Model") -> bool:
        """Whether it is one of them; a model that does not say what it is, is a base model."""
        return (
            (self.takes is None or self.takes in model.inputs)
            and (self.makes is None or self.makes in model.outputs)
            and (self.developer is None or _folded(self.developer) in _folded(model.developer or ""))
            and (self.model_type is None or (model.model_type == "custom") == (self.model_type == "custom"))
            and (self.among is None or model.id in self.among)
        )


def select(models: "Iterable[Model]", wanted: Wanted) -> "list[Model]":
    """Those that are wanted, in the same order."""
    return [model for model in models if wanted.fits(model)]


def below(
    models: "Iterable[Model]", limit: "Decimal", price: "Callable[[Model], Decimal | None]"
) -> "tuple[list[Model], int]":
    """Those that cost no more than a limit, and how many were left out because nobody knows what they cost.

    Args:
        models: all of them.
        limit: US dollars for a unit.
        price: what a unit of a model costs.
    """
    found, unknown = [], 0
    for model in models:
        amount = price(model)
        if amount is None:
            unknown += 1
        elif amount <= limit:
            found.append(model)
    return found, unknown


def ordered(
    models: "Sequence[Model]", by: Order, price: "Callable[[Model], tuple[int, Decimal] | None]"
) -> "list[Model]":
    """The models in an order; what has no place in it comes last, equals stay as they are.

    Args:
        models: in the server's order.
        by: what orders them.
        price: the place of the unit and the price of one: amounts for different things are not compared.
    """
    if by == "newest":
        return sorted(models, key=_age)
    if by == "price":
        return sorted(models, key=lambda model: _last(price(model)))
    if by == "developer":
        return sorted(models, key=lambda model: _last((model.developer or "").casefold() or None))
    return sorted(models, key=_name)


def search(models: "Iterable[Model]", text: str) -> "list[Model]":
    """The models in whose id, name, maker, summary or media every word occurs, in any case of letters."""
    words = text.casefold().split()
    return [model for model in models if all(word in _text(model) for word in words)]


def _text(model: "Model") -> str:
    parts = (model.id, model.display_name, model.developer, model.summary, *model.inputs, *model.outputs)
    return " ".join(part for part in parts if part).casefold()


def _name(model: "Model") -> str:
    return (model.display_name or model.id).casefold()


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _last(value: Any) -> tuple[bool, Any]:
    """A key that sorts what is not there behind everything."""
    return (True, ()) if value is None else (False, value)


def _age(model: "Model") -> tuple[bool, float]:
    """The newest first: by the day of its release, else of its registration."""
    moment = _moment(model.raw.get("released_at"))
    moment = _moment(model.raw.get("created")) if moment is None else moment
    return (True, 0.0) if moment is None else (False, -moment)


def _moment(value: object) -> float | None:
    """Unix seconds of a date or a number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if abs(value) < 1e15 else None  # noqa: PLR2004 - 30 million years
    if not isinstance(value, str):
        return None
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
