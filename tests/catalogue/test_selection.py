"""Filters and orders of the list."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies

from inference_cli.api.records import Model
from inference_cli.catalogue.selection import Order, Wanted, below, ordered, search, select

FLUX = Model(
    id="flux", display_name="zFlux", developer="Black Forest Labs", inputs=("text", "image"), outputs=("image",),
    model_type="base", raw={"released_at": "2026-01-02"},
)  # fmt: skip
FOX = Model(id="own/Fox.1", developer="kling", inputs=("text",), outputs=("video",), model_type="custom", raw={"created": 1_800_000_000})  # fmt: skip
OWL = Model(id="owl", display_name="Äowl", summary="Speaks like an owl", raw={"released_at": "2025-12-31T23:00:00Z"})
MODELS = (FLUX, FOX, OWL)
PRICES = {"flux": (0, Decimal("0.03")), "own/Fox.1": (0, Decimal("0.01"))}


def price(model: Model) -> tuple[int, Decimal] | None:
    """What a unit costs."""
    return PRICES.get(model.id)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, ["flux", "own/Fox.1", "owl"]),
        ({"takes": "image"}, ["flux"]),
        ({"makes": "video"}, ["own/Fox.1"]),
        ({"developer": "black-forest"}, ["flux"]),
        ({"developer": "KLING"}, ["own/Fox.1"]),
        ({"developer": "forest kling"}, []),
        ({"model_type": "custom"}, ["own/Fox.1"]),
        ({"model_type": "base"}, ["flux", "owl"]),
        ({"among": frozenset({"owl", "x"})}, ["owl"]),
        ({"among": frozenset()}, []),
        ({"takes": "text", "makes": "image", "developer": "labs"}, ["flux"]),
    ],
)
def test_some_of_them(wanted: dict[str, Any], ids: list[str]) -> None:
    """All that was asked for has to fit."""
    assert [model.id for model in select(MODELS, Wanted(**wanted))] == ids


def test_below_a_price() -> None:
    """The limit itself will do; what has no price is counted, not taken for free."""

    def amount(model: Model) -> Decimal | None:
        found = price(model)
        return found and found[1]

    assert below(MODELS, Decimal("0.03"), amount) == ([FLUX, FOX], 1)
    assert below(MODELS, Decimal("0.02"), amount) == ([FOX], 1)


@pytest.mark.parametrize(
    ("by", "ids"),
    [
        ("name", ["own/Fox.1", "flux", "owl"]),
        ("price", ["own/Fox.1", "flux", "owl"]),
        ("developer", ["flux", "own/Fox.1", "owl"]),
        ("newest", ["own/Fox.1", "flux", "owl"]),
    ],
)
def test_orders(by: Order, ids: list[str]) -> None:
    """What has no place in an order comes last."""
    assert [model.id for model in ordered(MODELS, by, price)] == ids


def test_prices_of_different_things_are_not_compared() -> None:
    """First by what is paid for."""
    places = {"flux": (1, Decimal(1)), "own/Fox.1": (0, Decimal(9)), "owl": (1, Decimal("0.5"))}
    assert [model.id for model in ordered(MODELS, "price", lambda model: places[model.id])] == [
        "own/Fox.1",
        "owl",
        "flux",
    ]


@pytest.mark.parametrize("value", [None, True, "yesterday", 10**400, float("1e300"), [], "2026-13-40"])
def test_a_date_that_is_none_comes_last(value: object) -> None:
    """Whatever the server sends."""
    odd = Model(id="odd", raw={"released_at": value, "created": value})
    assert ordered((odd, OWL), "newest", price) == [OWL, odd]


@given(strategies.permutations(MODELS), strategies.sampled_from(["name", "price", "developer", "newest"]))
def test_an_order_loses_nothing_and_is_stable(models: list[Model], by: Order) -> None:
    """And ordering twice is ordering once."""
    once = ordered(models, by, price)
    assert sorted(model.id for model in once) == sorted(model.id for model in MODELS)
    assert ordered(once, by, price) == once


@pytest.mark.parametrize(("text", "ids"), [("FLUX image", ["flux"]), ("owl SPEAKS", ["owl"]), ("owl video", []), ("", ["flux", "own/Fox.1", "owl"])])  # fmt: skip
def test_a_search_without_a_server(text: str, ids: list[str]) -> None:
    """Every word must occur somewhere."""
    assert [model.id for model in search(MODELS, text)] == ids
