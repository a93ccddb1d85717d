"""What models are compared by."""

from decimal import Decimal
from typing import Any

import pytest

from inference_cli.money.unit import UNITS, UnitPrice, least
from tests.support.models import published


@pytest.mark.parametrize(
    ("pricing", "amount", "unit"),
    [
        ({"method": "per_image", "cost_per_image": 0.03}, "0.03", "image"),
        ({"method": "per_image", "cost_per_image_grid": {"low": {"1K": 0.5, "4K": 2}, "high": {"1K": "0.4"}}}, "0.4", "image"),
        ({"method": "per_video_output_second", "cost_per_second": 0.07, "cost_per_second_with_audio": 0.14}, "0.07", "second of video"),
        ({"method": "per_video_output_second", "video_cost_per_second_by_resolution": {"480p": 0.1, "720p": 0.2}}, "0.1", "second of video"),
        ({"method": "time", "cost_per_second": 0.001}, "0.001", "second of computing"),
        ({"method": "token", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06}, "4", "million output tokens"),
        ({"method": "per_image", "cost_per_image": 0}, "0", "image"),
    ],
)  # fmt: skip
def test_the_least_price_of_a_unit(pricing: dict[str, Any], amount: str, unit: str) -> None:
    """By all four methods, in both vocabularies, tables and grids included."""
    assert least(pricing) == UnitPrice(Decimal(amount), unit)


@pytest.mark.parametrize(
    "pricing",
    [
        {},
        {"method": "barter", "cost_per_image": 1},
        {"method": None, "cost_per_second": 1},
        {"method": "per_image", "cost_per_image": None},
        {"method": "per_image", "cost_per_image": True},
        {"method": "per_image", "cost_per_image": "free"},
        {"method": "per_image", "cost_per_image": -1},
        {"method": "per_image", "cost_per_image": "NaN"},
        {"method": "token", "input_cost_per_token": 1},
    ],
)
def test_what_is_not_published_is_not_nothing(pricing: dict[str, Any]) -> None:
    """There is no price then."""
    assert least(pricing) is None


def test_every_published_price_is_in_a_unit_of_the_table() -> None:
    """And above nothing."""
    prices = [least(model.pricing) for model in published().values()]
    assert all(price is None or (price.unit in UNITS and price.amount > 0) for price in prices)
    assert sum(price is not None for price in prices) > 190
