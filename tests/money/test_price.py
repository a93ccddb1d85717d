"""Prices of a call."""

from decimal import Decimal
from typing import Any

import pytest

from inference_cli.money.price import Estimate, estimate, in_words

D = Decimal


def price(
    pricing: dict[str, Any],
    body: dict[str, Any] | None = None,
    properties: dict[str, Any] | None = None,
    count: int = 1,
    seconds: float | None = None,
) -> Estimate:
    """The estimate of a body of a model with these parameters."""
    schema = None if properties is None else {"type": "object", "properties": properties}
    return estimate(pricing, body or {}, schema=schema, count=count, input_seconds=seconds)


def test_an_image() -> None:
    """One price for each."""
    pricing = {"method": "per_image", "cost_per_image": 0.03}
    assert price(pricing) == Estimate(D("0.03"), (), "about $0.03 for an image")
    assert price(pricing, count=4) == Estimate(D("0.12"), (), "about $0.12: 4 at $0.03 an image", 4)


GRID = {
    "method": "per_image",
    "cost_per_image": 0.2,
    "cost_per_image_grid": {"low": {"1K": 0.01}, "high": {"1K": 0.17, "4K": 1.47}},
}


@pytest.mark.parametrize(
    ("body", "amount", "at_most"),
    [
        ({"quality": "high", "resolution": "4K"}, "1.47", False),
        ({"quality": "HIGH", "size": "1k"}, "0.17", False),
        ({"quality": "low", "resolution": "4K"}, "0.01", True),
        ({"quality": "auto", "resolution": "1K"}, "0.17", True),
        ({"quality": "high"}, "1.47", True),
        ({}, "1.47", True),
    ],
)
def test_a_grid_of_quality_and_resolution(body: dict[str, Any], amount: str, at_most: bool) -> None:
    """Where one of the two is open, the dearest that is left counts, and it says so."""
    found = price(GRID, body)
    assert (found.amount, found.at_most) == (D(amount), at_most)
    assert found.basis.startswith("at most" if at_most else "about")


def test_a_grid_takes_the_defaults_of_the_schema() -> None:
    """What the request leaves out is what the model would take."""
    properties = {"quality": {"default": "high"}, "resolution": {"default": "1K"}, "seed": 5}
    assert price(GRID, {}, properties).amount == D("0.17")
    assert price(GRID, {"quality": None}, properties).amount == D("0.17")


def test_a_multiplier_of_the_resolution_counts_for_images_too() -> None:
    """Nothing says that it is only for films."""
    pricing = {"method": "per_image", "cost_per_image": 0.2, "relative": {"resolution": {"1k": 1, "4k": 3}}}
    assert price(pricing, {"resolution": "4K"}).basis == "at most $0.60 for an image (3 times for the resolution)"


def test_an_empty_grid_counts_for_nothing() -> None:
    """The plain price is taken then."""
    assert price({"method": "per_image", "cost_per_image": 0.2, "cost_per_image_grid": {"low": {}}}).amount == D("0.2")


SECOND = {"method": "per_video_output_second", "cost_per_second": 0.07}


def test_a_film() -> None:
    """Seconds asked for, or the schema's default, at the price of one."""
    assert price(SECOND, {"duration": 5}) == Estimate(D("0.35"), (), "about $0.35: 5 s at $0.07 a second")
    assert price(SECOND, {}, {"duration": {"default": 10}}, count=2) == Estimate(
        D("1.40"), (), "about $1.40: 2 of 10 s at $0.07 a second", 2
    )
    assert price(SECOND, {"duration": 5}, count=2).words == "about $0.70 for 2"


def test_an_automatic_length_is_bounded() -> None:
    """The longest that the schema allows, and it says so."""
    found = price(SECOND, {"duration": -1}, {"duration": {"enum": [-1, 5, 10]}})
    assert found == Estimate(
        D("0.70"), (), "at most $0.70: 10 s at $0.07 a second (the longest, 10 s)", 1, at_most=True
    )
    assert found.words == "at most $0.70"


def test_the_older_words_mean_the_same() -> None:
    """In 2026-04 the fields of films begin with ``video_``."""
    pricing = {
        "method": "per_video_output_second",
        "video_cost_per_second": 0.07,
        "video_cost_per_second_with_audio": 0.1,
    }
    silent = {"duration": 5, "generate_audio": False}
    assert price(pricing, silent) == price(SECOND, silent)
    assert price(pricing, {"duration": 5, "generate_audio": True}).amount == D("0.5")


RESOLUTIONS = {
    "method": "per_video_output_second",
    "cost_per_second": 0.0374,
    "cost_per_second_high_res": 0.1494,
    "cost_per_second_by_resolution": {"1080p": 0.0374, "2k": 0.1494, "4k": 0.15},
}


@pytest.mark.parametrize(
    ("pricing", "body", "amount", "at_most"),
    [
        (RESOLUTIONS, {"resolution": "1080P"}, "0.374", False),
        (RESOLUTIONS, {"resolution": "4k"}, "1.50", False),
        (RESOLUTIONS, {"resolution": "720p"}, "1.50", True),
        (RESOLUTIONS, {}, "1.50", True),
        ({**RESOLUTIONS, "cost_per_second_by_resolution": None}, {"resolution": "4k"}, "1.494", False),
        ({**RESOLUTIONS, "cost_per_second_by_resolution": {}}, {"resolution": "1080p"}, "0.374", False),
        ({**RESOLUTIONS, "cost_per_second_by_resolution": {}}, {}, "1.494", True),
        ({"method": "per_video_output_second", "cost_per_second_high_res": 0.2}, {}, "2.0", False),
        ({**SECOND, "cost_per_second_with_audio": 0.1}, {"generate_audio": True}, "1.0", False),
        ({**SECOND, "cost_per_second_with_audio": 0.1}, {"generate_audio": False}, "0.7", False),
        (
            {"method": "per_video_output_second", "cost_per_second_with_audio": 0.1},
            {"generate_audio": True},
            "1",
            False,
        ),
        ({**SECOND, "relative": {"resolution": {"540p": 1, "1080p": 4}}}, {"resolution": "540p"}, "0.7", False),
        ({**SECOND, "relative": {"resolution": {"540p": 1, "1080p": 4}}}, {"resolution": "1080p"}, "2.8", True),
        ({**SECOND, "relative": {"duration": {"5s": 1}}}, {}, "0.7", False),
        ({**SECOND, "relative": {"duration": {"5s": 1, "10s": 2}}}, {}, "0.7", False),
        ({**SECOND, "relative": {"duration": {"5s": 1, "10s": 3}}}, {}, "1.05", True),
        ({**SECOND, "cost_per_second_with_audio": 0.1}, {}, "1.0", True),
        ({**SECOND, "cost_per_second_with_audio": 0.05}, {"generate_audio": True}, "0.7", False),
        ({**SECOND, "cost_per_second_high_res": 0.1}, {"resolution": "2160p"}, "1.0", False),
        ({**SECOND, "cost_per_second_high_res": 0.1}, {"resolution": "720p"}, "0.7", False),
        ({**SECOND, "cost_per_second_high_res": 0.1}, {"width": 3840, "height": 2160}, "1.0", True),
        (
            {**SECOND, "cost_per_second_by_resolution": {"640x480": 0.02, "4k": 0.2}},
            {"width": 640, "height": 480},
            "0.2",
            False,
        ),
    ],
)
def test_what_decides_the_price_of_a_second(
    pricing: dict[str, Any], body: dict[str, Any], amount: str, at_most: bool
) -> None:
    """Resolution and sound; an open or unlisted resolution is priced as the dearest."""
    found = price(pricing, {"duration": 10, **body})
    assert (found.amount, found.at_most) == (D(amount), at_most)


def test_an_input_film_keeps_its_length() -> None:
    """A model without a duration makes as many seconds as it gets."""
    assert price(SECOND, {}, {}, seconds=10.0).amount == D("0.7")


@pytest.mark.parametrize(
    ("pricing", "unpriced", "basis"),
    [
        ({}, "this model", "the price of this model is not published"),
        ({"relative": {"resolution": {"540p": 1}}}, "this model", "the price of this model is not published"),
        ({"method": "token"}, "tokens", "the price is not known before: it is charged by tokens"),
        (
            {"method": "time", "cost_per_second": 1},
            "computing time",
            "the price is not known before: it is charged by computing time, $1.00 a second",
        ),
        (
            {"method": "time"},
            "computing time",
            "the price is not known before: it is charged by computing time",
        ),
        ({"method": "per_image"}, "an image", "the price of an image of this model is not published"),
        (
            {"method": "per_image", "cost_per_image": "free"},
            "an image",
            "the price of an image of this model is not published",
        ),
        (
            {"method": "per_image", "cost_per_image": -1},
            "an image",
            "the price of an image of this model is not published",
        ),
        (
            {"method": "per_image", "cost_per_image": True},
            "an image",
            "the price of an image of this model is not published",
        ),
        (
            {"method": "per_video_output_second"},
            "a second of video",
            "the price of a second of this model is not published",
        ),
        (
            SECOND,
            "the length of the film",
            "the price is not known: $0.07 a second, and the film's length is up to the model",
        ),
    ],
)
def test_what_has_no_price_is_named(pricing: dict[str, Any], unpriced: str, basis: str) -> None:
    """An unknown price is never taken for zero."""
    found = price(pricing, count=2)
    assert found == Estimate(None, (unpriced,), basis, 2)
    assert found.words == "price not known"


@pytest.mark.parametrize(
    ("pricing", "words"),
    [
        ({"method": "per_image", "cost_per_image": 0.03}, "$0.03 per image"),
        (GRID, "$0.01 to $1.47 per image"),
        ({"method": "per_image"}, ""),
        (SECOND, "$0.07 per second of video"),
        (RESOLUTIONS, "$0.0374 to $0.15 per second of video"),
        ({"method": "per_video_output_second", "video_cost_per_second": 0.07}, "$0.07 per second of video"),
        ({"method": "per_video_output_second"}, ""),
        (
            {"method": "token", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05},
            "$3.00 input, $15.00 output per million tokens",
        ),
        ({"method": "token"}, ""),
        (
            {
                "method": "token",
                "input_cost_per_token": 1e-06,
                "output_cost_per_token": 4e-06,
                "long_context": {"threshold_input_tokens": 272000, "input_multiplier": 2},
            },
            "$1.00 input, $4.00 output per million tokens, more above 272,000",
        ),
        ({"method": "time", "cost_per_second": 0.002}, "$0.002 per second of computing"),
        ({"method": "time"}, ""),
        ({}, ""),
    ],
)
def test_a_price_list_in_a_few_words(pricing: dict[str, Any], words: str) -> None:
    """For the table of models; several prices are a range."""
    assert in_words(pricing) == words
