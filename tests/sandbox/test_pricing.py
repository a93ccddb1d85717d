from decimal import Decimal
from typing import Any

import pytest

from inference_cli.sandbox.pricing import in_older_words, price_of_one, price_of_tokens

SECOND = "per_video_output_second"


@pytest.mark.parametrize(
    ("pricing", "parameters", "audio", "expected"),
    [
        ({"method": "per_image", "cost_per_image": 0.03}, {}, False, "0.03"),
        (
            {"method": "per_image", "cost_per_image": 1, "cost_per_image_grid": {"high": {"4K": 1.47}}},
            {"quality": "high", "resolution": "4K"},
            False,
            "1.47",
        ),
        (
            {"method": "per_image", "cost_per_image": 1, "cost_per_image_grid": {"high": {"4K": 1.47}}},
            {"quality": "low", "size": "4K"},
            False,
            "1",
        ),
        ({"method": SECOND, "cost_per_second": 0.07}, {}, False, "0.35"),
        ({"method": SECOND, "cost_per_second": 0.07, "cost_per_second_with_audio": 0.1}, {}, True, "0.5"),
        ({"method": SECOND, "cost_per_second": 0.07, "cost_per_second_with_audio": 0.1}, {}, False, "0.35"),
        ({"method": SECOND, "cost_per_second": 0.07}, {}, True, "0.35"),
        (
            {"method": SECOND, "cost_per_second": 0.03, "cost_per_second_by_resolution": {"4k": 0.2}},
            {"resolution": "4K"},
            False,
            "1",
        ),
        (
            {"method": SECOND, "cost_per_second": 0.03, "cost_per_second_high_res": 0.1},
            {"target_resolution": "2k"},
            False,
            "0.5",
        ),
        ({"method": "time", "cost_per_second": 0.002}, {}, False, "0.02"),
        ({"method": "token"}, {}, False, "0"),
    ],
)
def test_the_price_of_five_seconds_or_a_picture(
    pricing: dict[str, Any], parameters: dict[str, Any], audio: bool, expected: str
) -> None:
    """By each method, and by what decides within it."""
    assert price_of_one(pricing, parameters, seconds=5.0, audio=audio) == Decimal(expected)


def test_the_older_words() -> None:
    """2026-04 puts ``video_`` before the video fields and does not know ``time``."""
    assert in_older_words({"method": "per_image", "cost_per_image": 1}) == {"method": "per_image", "cost_per_image": 1}
    assert in_older_words({"method": SECOND, "cost_per_second": 1, "sandbox_price": True}) == {
        "method": SECOND,
        "video_cost_per_second": 1,
        "sandbox_price": True,
    }
    assert in_older_words({"method": "time", "cost_per_second": 1}) == {"method": SECOND, "video_cost_per_second": 1}


LONG = {"threshold_input_tokens": 100, "input_multiplier": 2, "output_multiplier": 1.5}
CHAT = {"method": "token", "input_cost_per_token": 1e-05, "output_cost_per_token": 2e-05}


@pytest.mark.parametrize(
    ("pricing", "into", "out", "expected"),
    [
        (CHAT, 10, 3, "0.00016"),
        ({**CHAT, "long_context": LONG}, 100, 10, "0.0012"),
        ({**CHAT, "long_context": LONG}, 101, 10, "0.00232"),
        ({"method": "token", "input_cost_per_token": 1e-07}, 4, 100, "0"),
        ({}, 1000, 1000, "0"),
    ],
)
def test_the_price_of_tokens(pricing: dict[str, Any], into: int, out: int, expected: str) -> None:
    """By side, dearer for long requests; rounded to a millionth; no price is free."""
    assert price_of_tokens(pricing, into, out) == Decimal(expected)
