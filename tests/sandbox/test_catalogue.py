from inference_cli.sandbox.catalogue import matches, published
from tests.support.offline import EDIT, IMAGE, VIDEO


def test_the_catalogue_has_every_published_model() -> None:
    """195 in all, 178 of them current; 72 have no schema, as they chat."""
    entries = published().all()
    assert (len(entries), len(published().current())) == (195, 178)
    assert sum(entry.schema is None for entry in entries) == 72
    assert published().get("nobody") is None


def test_every_model_has_a_price_and_says_whose_it_is() -> None:
    """Where no method was published the price is the sandbox's own, and marked."""
    pricings = [entry.pricing for entry in published().all()]
    assert {pricing["method"] for pricing in pricings} == {"token", "time", "per_image", "per_video_output_second"}
    assert sum("sandbox_price" not in pricing for pricing in pricings) == 13
    published_price = published().get(VIDEO)
    assert published_price is not None
    assert published_price.pricing == {"method": "per_video_output_second", "cost_per_second": 0.07}


def test_a_summary_is_made_of_the_models_facts() -> None:
    """What comes in, what goes out, who made it."""
    entry = published().get(IMAGE)
    assert entry is not None
    assert entry.summary == "FLUX.2 Klein 4B by Black Forest Labs makes pictures from text and pictures."
    assert all(each.summary.endswith(".") for each in published().all())


def test_a_search_wants_every_word() -> None:
    """In any case of letters, in the id, the name, the maker or the modalities."""
    entry = published().get(EDIT)
    assert entry is not None
    assert matches(entry, "QWEN image")
    assert not matches(entry, "qwen video")
    assert matches(entry, "")
