from decimal import Decimal
from typing import Any

import pytest

from inference_cli.api.completion import Usage
from inference_cli.money.usage import charged

RATES = {"method": "token", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05}
LONG = {**RATES, "long_context": {"threshold_input_tokens": 1000, "input_multiplier": 2, "output_multiplier": 1.5}}


def used(into: Any, out: Any, **raw: Any) -> Usage:
    """So many tokens, and what else the server says."""
    return Usage.from_json({"prompt_tokens": into, "completion_tokens": out, **raw})


@pytest.mark.parametrize(
    ("pricing", "usage", "dollars"),
    [
        (RATES, used(1000, 100), "0.0045"),
        (RATES, Usage.from_json({"input_tokens": 1000, "output_tokens": 100}), "0.0045"),
        (RATES, used(0, 0), "0"),
        (LONG, used(1000, 100), "0.0045"),
        (LONG, used(1001, 100), "0.008256"),
        (RATES, used(1000, 100, cost=0.25), "0.25"),
        (None, used(1000, 100, cost="0.25"), "0.25"),
        (None, used(None, None, total_cost=0), "0"),
        (RATES, used(1000, 100, prompt_tokens_details={"cached_tokens": 500}), "0.0045"),
        ({**RATES, "cached_input_cost_per_token": 3e-07}, used(1000, 100, prompt_tokens_details={"cached_tokens": 500}), "0.00315"),
        ({**RATES, "cached_input_cost_per_token": 0}, used(10, 0, prompt_tokens_details={"cached_tokens": 99}), "0"),
        (RATES, used(1000, 100, prompt_tokens_details={"cached_tokens": "many"}), "0.0045"),
    ],
)  # fmt: skip
def test_what_is_known(pricing: Any, usage: Usage, dollars: str) -> None:
    """The server's own word, else tokens times their price; long requests and cached tokens have their own."""
    assert charged(pricing, usage) == Decimal(dollars)


@pytest.mark.parametrize(
    ("pricing", "usage"),
    [
        (None, used(1000, 100)),
        ({}, used(1000, 100)),
        ({"input_cost_per_token": 1e-06}, used(1000, 100)),
        (RATES, used(1000, None)),
        (RATES, used(True, 100)),
        (RATES, used(-1, 100)),
        (None, used(1, 1, cost=-1)),
        (None, used(1, 1, cost="much")),
        (None, used(1, 1, cost=1e30)),
        (None, used(1, 1, cost=True)),
    ],
)
def test_what_is_not_known(pricing: Any, usage: Usage) -> None:
    """No price, no count, or a cost that makes no sense: nothing is made up."""
    assert charged(pricing, usage) is None
