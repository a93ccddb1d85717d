"""Requests that are charged by tokens."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.money.price import Estimate, estimate
from inference_cli.money.tokens import bound_of

RATES = {"method": "token", "input_cost_per_token": 1e-6, "output_cost_per_token": 4e-6}
LONG = {**RATES, "long_context": {"threshold_input_tokens": 1000, "input_multiplier": 2, "output_multiplier": 1.5}}


def price(body: dict[str, Any], pricing: dict[str, Any] = RATES, **properties: Any) -> Estimate:
    """The estimate of one request."""
    return estimate(pricing, body, schema={"properties": properties} if properties else None, count=1)


def said(content: Any) -> dict[str, Any]:
    """A chat of one message, answered in at most 1000 tokens."""
    return {"messages": [{"role": "user", "content": content}], "max_tokens": 1000}


def test_a_chat_is_bounded_by_its_bytes_and_the_limit_of_the_answer() -> None:
    """Every byte may be a token, and the message stands in a frame."""
    found = price(said("hello"))
    assert found == Estimate(
        Decimal("0.004068"),
        (),
        "at most $0.00407: 68 tokens in at $1.00, 1,000 out at $4.00 per million",
        at_most=True,
    )
    assert price({"prompt": "hello", "max_tokens": 1000}).amount == Decimal("0.004025")


@pytest.mark.parametrize(
    ("body", "properties", "tokens"),
    [
        ({"max_tokens": 10}, {}, 10),
        ({"max_completion_tokens": 10, "max_tokens": 7}, {}, 10),
        ({"max_tokens": 10, "n": 3}, {}, 30),
        ({}, {"max_tokens": {"default": 20, "maximum": 99}}, 20),
        ({}, {"max_output_tokens": {"maximum": 99}}, 99),
        ({"max_tokens": 0}, {"max_tokens": {"maximum": 99}}, 99),
    ],
)
def test_what_limits_the_answer(body: dict[str, Any], properties: dict[str, Any], tokens: int) -> None:
    """The request, then the schema's default, then the most that it allows; for every one of several answers."""
    free = {**RATES, "input_cost_per_token": 0}
    assert price({"prompt": "x", **body}, free, **properties).amount == Decimal(tokens) * Decimal("0.000004")


@pytest.mark.parametrize(
    ("body", "unpriced", "basis"),
    [
        (
            {"prompt": "x"},
            ("the tokens of the answer",),
            "the price is not known before: the tokens of the answer have no limit ($4.00 per million)",
        ),
        (
            said([{"type": "text", "text": "what is it?"}, {"type": "image_url", "image_url": {"url": "data:,"}}]),
            ("the tokens of what is attached",),
            "the price is not known before: the tokens of what is attached cannot be counted here",
        ),
        (
            {"audio_file": "https://example.com/speech.wav"},
            ("the tokens of what is attached", "the tokens of the answer"),
            (
                "the price is not known before: the tokens of what is attached cannot be counted here,"
                " and the tokens of the answer have no limit ($4.00 per million)"
            ),
        ),
        ({"input_images": ["data:image/png;base64,AA"], "max_tokens": 5}, ("the tokens of what is attached",), None),
        (said([{"type": "file", "file": {"file_data": "data:,"}}]), ("the tokens of what is attached",), None),
    ],
)
def test_what_cannot_be_counted_is_named(body: dict[str, Any], unpriced: tuple[str, ...], basis: str | None) -> None:
    """It is never taken for nothing."""
    found = price(body)
    assert (found.amount, found.unpriced) == (None, unpriced)
    assert basis is None or found.basis == basis


def test_half_a_price_list_is_none() -> None:
    """Both sides are charged."""
    found = price(said("x"), {"method": "token", "input_cost_per_token": 1e-6})
    assert (found.amount, found.unpriced) == (None, ("tokens",))


def test_tools_and_shapes_of_answers_are_text_too() -> None:
    """They are sent, and charged, with the prompt."""
    tool = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
    shape = {"type": "json_schema", "json_schema": {"name": "fox", "schema": {}}}
    alone = price(said("x")).amount
    both = price({**said("x"), "tools": [tool], "response_format": shape}).amount
    assert alone is not None
    assert both is not None
    assert both > alone


def test_a_long_request_is_dearer() -> None:
    """Above the threshold both prices are multiplied, and never lowered."""
    assert price(said("x" * 500), LONG).amount == price(said("x" * 500)).amount
    assert price(said("x" * 2000), LONG).amount == Decimal("0.000002") * 2063 + Decimal("0.000006") * 1000
    cheaper = {**RATES, "long_context": {"threshold_input_tokens": 1, "input_multiplier": 0.1}}
    assert price(said("x"), cheaper).amount == price(said("x")).amount


@given(st.text(), st.text(min_size=1), st.integers(1, 10**6), st.integers(1, 10**6))
def test_more_costs_more(text: str, more: str, tokens: int, further: int) -> None:
    """Longer prompts and longer answers are never cheaper, also across the threshold."""

    def amount(prompt: str, limit: int) -> Decimal:
        found = bound_of(LONG, {"prompt": prompt, "max_tokens": limit}, None).amount
        assert found is not None
        return found

    least = amount(text, tokens)
    assert 0 < least < amount(text + more, tokens)
    assert least < amount(text, tokens + further)
    assert least >= Decimal("1e-6") * len(text.encode("utf-8", "surrogatepass"))
