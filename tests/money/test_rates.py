"""A price list read."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.money.rates import Rate, amount_in, amounts, image_rate, resolution_of, second_rate, table

D = Decimal
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = ("cost_per_second", "video_cost_per_second", "cost_per_second_high_res", "cost_per_second_with_audio",
          "cost_per_second_by_resolution", "cost_per_image", "cost_per_image_grid", "relative")  # fmt: skip


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (0.07, D("0.07")),
        (3, D(3)),
        ("1e-6", D("1e-6")),
        (0, D(0)),
        (-1, None),
        (True, None),
        (None, None),
        ("free", None),
        (float("nan"), None),
        (float("inf"), None),
        ([1], None),
    ],
)
def test_what_is_an_amount(value: object, amount: Decimal | None) -> None:
    """Anything else is none, and never zero."""
    assert amount_in(value) == amount


def test_an_integer_beyond_all_writing_is_no_amount() -> None:
    """Python would not even write it."""
    assert amount_in(10**5000) is None


@pytest.mark.parametrize(
    ("asked", "resolution"),
    [
        ({"resolution": "4K"}, "4k"),
        ({"target_resolution": 1080, "size": "2K"}, "1080"),
        ({"image_size": {"width": 4, "height": 3}, "width": 640, "height": 480}, "640x480"),
        ({"width": 640}, None),
        ({}, None),
    ],
)
def test_the_resolution_of_any_spelling(asked: dict[str, Any], resolution: str | None) -> None:
    """A word, or width and height."""
    assert resolution_of(asked) == resolution


def test_a_multiple_says_why() -> None:
    """One and less raise nothing."""
    rate = Rate(D("0.1"), "the dearest that fits")
    assert rate.times(D(3), "3 times for the resolution") == Rate(
        D("0.3"), "the dearest that fits, 3 times for the resolution"
    )
    assert rate.times(D("0.5"), "cheaper") == rate


def test_all_amounts_of_tables_and_grids() -> None:
    """However deep; what is no amount is left out."""
    pricing = {"cost_per_image": "?", "cost_per_image_grid": {"low": {"1K": 0.01}, "high": {"4K": 1.47, "8K": None}}}
    assert sorted(amounts(pricing, "cost_per_image", "cost_per_image_grid")) == [D("0.01"), D("1.47")]
    assert table({"1080P": 0.1, "x": -1}) == {"1080p": D("0.1")}


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.dictionaries(st.sampled_from(("resolution", "size")), JSON))
def test_no_price_list_is_too_odd(pricing: dict[str, Any], asked: dict[str, Any]) -> None:
    """A rate of 0 or more, or none: whatever a server publishes."""
    for rate in (image_rate(pricing, asked), second_rate(pricing, asked, D(5))):
        assert rate is None or (rate.amount >= 0 and rate.amount.is_finite())
