"""Every published model has a price, or what is missing is named; and the sandbox charges no more than that."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.money.price import Estimate, estimate, in_words
from inference_cli.sandbox import lengths, pricing as sandbox_pricing, recipes
from inference_cli.sandbox.catalogue import Entry, published as offered
from tests.support.models import published

PRICED = frozenset(
    {
        "cost_per_image",
        "cost_per_image_grid",
        "cost_per_second",
        "cost_per_second_with_audio",
        "cost_per_second_high_res",
        "cost_per_second_by_resolution",
        "input_cost_per_token",
        "output_cost_per_token",
        "long_context",
        "relative",
    }
)
"""Fields that decide a price; the document of the API has no others."""

NOT_OF_A_CALL = {
    "method": "how the others are read",
    "sandbox_price": "marks a price that is the sandbox's own",
    "fine_tuning_cost_per_second": "training a model is no call of it",
}
MEDIA = tuple(entry.id for entry in offered().all() if entry.media_type in {"image", "video"})
SOURCE = 7.0
"""Seconds of an input film."""


def entry_of(name: str) -> Entry:
    """The sandbox's own row of a model."""
    entry = offered().get(name)
    assert entry is not None
    return entry


def asked(name: str, count: int = 1, body: Mapping[str, Any] | None = None) -> Estimate:
    """The estimate of a request; without a body it says nothing but a prompt."""
    model = published()[name]
    source = SOURCE if "video" in entry_of(name).inputs else None
    body = body or {"prompt": "a red fox"}
    return estimate(model.pricing, body, schema=model.schema, count=count, input_seconds=source)


def charged(name: str, body: Mapping[str, Any]) -> Decimal:
    """What the sandbox charges for it."""
    entry = entry_of(name)
    parameters = recipes.effective(entry, body)
    seconds = lengths.film_seconds(parameters, SOURCE if "video" in entry.inputs else None)
    sound = recipes.has_sound(parameters, recipes.Inputs())
    return sandbox_pricing.price_of_one(entry.pricing, parameters, seconds=seconds, audio=sound)


def test_there_are_all_of_them() -> None:
    """The catalogue that ships with the package is the published one."""
    assert (len(published()), len(MEDIA)) == (195, 122)


def test_every_field_of_every_price_list_is_accounted_for() -> None:
    """A field that nobody reads would be a price that nobody names."""
    fields = {field for model in published().values() for field in model.pricing}
    assert fields - PRICED - NOT_OF_A_CALL.keys() == set()
    methods = {model.pricing.get("method") for model in published().values()}
    assert methods == {"token", "time", "per_image", "per_video_output_second"}


@pytest.mark.parametrize("name", published())
def test_a_price_or_the_name_of_what_is_missing(name: str) -> None:
    """One of the two, for a request with nothing but a prompt; the list of models says it in words too."""
    found = asked(name)
    assert (found.amount is None) == bool(found.unpriced)
    assert found.amount is None or found.amount > 0
    assert found.basis
    assert in_words(published()[name].pricing).startswith("$")


@pytest.mark.parametrize("name", published())
def test_a_price_that_is_not_published_is_named(name: str) -> None:
    """What the service really publishes: most models have no price, and none of these is taken for free."""
    pricing = published()[name].pricing
    if "sandbox_price" not in pricing:
        return
    real = {field: pricing[field] for field in ("relative", "long_context") if field in pricing}
    found = estimate(real, {"prompt": "a red fox"}, schema=published()[name].schema, count=1)
    assert (found.amount, found.unpriced, in_words(real)) == (None, ("this model",), "")


@pytest.mark.parametrize("name", MEDIA)
def test_the_sandbox_charges_no_more_than_the_estimate(name: str) -> None:
    """Equal, unless the estimate says that it is an upper bound; computing time and open lengths are named."""
    found, cost = asked(name), charged(name, {"prompt": "a red fox"})
    if found.amount is None:
        assert found.unpriced in {("the length of the film",), ("computing time",)}
    elif found.at_most:
        assert found.amount >= cost
    else:
        assert found.amount == cost


@pytest.mark.parametrize("name", MEDIA)
def test_the_older_words_give_the_same_price(name: str) -> None:
    """2026-04 writes the fields of films with ``video_`` before them, and has no computing time."""
    model = published()[name]
    older = sandbox_pricing.in_older_words(model.pricing)
    if model.pricing["method"] == "time":
        assert older["method"] == "per_video_output_second"
        return
    found = estimate(older, {"prompt": "a red fox"}, schema=model.schema, count=2, input_seconds=SOURCE)
    assert found == estimate(model.pricing, {"prompt": "a red fox"}, schema=model.schema, count=2, input_seconds=SOURCE)
    assert in_words(older) == in_words(model.pricing)


def test_how_many_have_a_price_before() -> None:
    """Most media models do, in the sandbox; a model more in another group is worth a look."""
    groups: dict[str, int] = {}
    for name in MEDIA:
        found = asked(name)
        group = "named" if found.amount is None else "at most" if found.at_most else "about"
        groups[group] = groups.get(group, 0) + 1
    assert groups == {"about": 100, "at most": 15, "named": 7}


def choices(name: str) -> dict[str, list[Any]]:
    """The parameters of a model that are chosen from a few values."""
    return {
        key: list(part["enum"]) if "enum" in part else [True, False]
        for key, part in entry_of(name).properties.items()
        if "enum" in part or part.get("type") == "boolean"
    }


@given(st.data())
def test_whatever_is_chosen_the_sandbox_charges_no_more(data: st.DataObject) -> None:
    """Any resolution, length, quality or sound that a model offers."""
    name = data.draw(st.sampled_from(MEDIA))
    body = {"prompt": "a red fox"}
    for key, values in choices(name).items():
        body[key] = data.draw(st.sampled_from(values), label=key)
    found = asked(name, body=body)
    assert found.amount is None or found.amount >= charged(name, body)


@given(st.sampled_from(MEDIA), st.integers(1, 100), st.integers(1, 100))
def test_the_price_of_several_is_the_sum_of_each(name: str, some: int, more: int) -> None:
    """And so it grows with their number."""
    one, other, both = (asked(name, count).amount for count in (some, more, some + more))
    assert (one is None) == (other is None) == (both is None)
    if one is not None and other is not None:
        assert both == one + other > max(one, other) > 0


@given(st.integers(1, 1000), st.integers(1, 1000), st.sampled_from([None, "1080p", "2k", "4k", "auto", "8k"]))
def test_more_seconds_cost_more(some: int, more: int, resolution: str | None) -> None:
    """Whatever the resolution."""
    pricing = published()["topazlabs-upscale-starlight-2-5-video"].pricing

    def amount(seconds: int) -> Decimal:
        found = estimate(pricing, {"duration": seconds, "resolution": resolution}, schema=None, count=1).amount
        assert found is not None
        return found

    assert amount(some) + amount(more) == amount(some + more) > amount(some) > 0
