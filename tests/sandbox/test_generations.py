import math

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from inference_cli.sandbox.generations import dollars
from tests.support.offline import IMAGE, VIDEO, Offline


def test_the_history_has_costs_and_owners(offline: Offline) -> None:
    """Queued and direct generations, the newest first, with the total as a decimal string."""
    (film,) = offline.enqueue(VIDEO)
    (cancelled,) = offline.enqueue()
    offline.api.delete(f"/ai/queue/{cancelled}")
    offline.time.now += 10
    offline.post("/ai/images/generate", model=IMAGE, prompt="x")
    page = offline.api.get("/ai/generations").json()
    rows = page.pop("generations")
    assert page == {
        "count": 3,
        "page_number": 1,
        "page_size": 50,
        "total_pages": 1,
        "total_entries": 3,
        "total_cost": "0.36",
    }
    assert [(row["model_name"], row["status"], row["cost"]) for row in rows] == [
        (IMAGE, "succeeded", "0.01"),
        (IMAGE, "cancelled", None),
        (VIDEO, "succeeded", "0.35"),
    ]
    assert (rows[2]["generation_id"], rows[2]["username"]) == (film, "sandbox")


def test_one_generation_comes_in_an_envelope(offline: Offline) -> None:
    """With its cost, beside what the queue shows."""
    (identity,) = offline.enqueue(VIDEO)
    answer = offline.api.get(f"/ai/generations/{identity}").json()
    assert (answer["status"], answer["status_message"]) == ("success", "resource_found")
    assert {**offline.row(identity), "cost": "0.35"}.items() <= answer["generation"].items()
    assert offline.api.get("/ai/generations/nobody").status_code == 404


def test_the_history_filters(offline: Offline) -> None:
    """The count and the total are those of the filter."""
    offline.enqueue(VIDEO, target_namespace="acme")
    offline.enqueue()
    page = offline.api.get("/ai/generations", params={"namespace": "acme", "media_type": "video"}).json()
    assert (page["total_entries"], page["total_cost"]) == (1, "0.35")
    assert offline.api.get("/ai/generations", params={"status": "failed"}).json()["total_cost"] is None


@pytest.mark.parametrize(
    "query", [{"page": "0"}, {"page": "x"}, {"page_size": "-1"}, {"page": "²"}, {"page": "9" * 30}]
)
def test_a_bad_page_is_refused(offline: Offline, query: dict[str, str]) -> None:
    """A page is a positive integer."""
    assert offline.api.get("/ai/generations", params=query).status_code == 400


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(size=st.integers(1, 15))
def test_paging_shows_every_generation_once(offline: Offline, size: int) -> None:
    """Whatever the page size; the page after the last is empty."""
    known = offline.api.get("/ai/generations").json()["total_entries"]
    if not known:
        for _ in range(3):
            offline.enqueue(num_generations=4)
    pages = math.ceil(12 / size)
    seen = []
    for page in range(1, pages + 2):
        answer = offline.api.get("/ai/generations", params={"page": page, "page_size": size}).json()
        assert (answer["total_pages"], answer["total_entries"]) == (pages, 12)
        seen.append([row["generation_id"] for row in answer["generations"]])
    assert seen[-1] == []
    assert len({identity for page in seen for identity in page}) == 12


def test_a_page_holds_at_most_a_thousand(offline: Offline) -> None:
    """More is cut to it."""
    assert offline.api.get("/ai/generations", params={"page_size": "5000"}).json()["page_size"] == 1000


@given(micro=st.integers(1, 10**12))
def test_amounts_are_plain_decimals(micro: int) -> None:
    """No exponent, no trailing zeros after the point."""
    text = dollars(micro)
    assert text is not None
    assert "E" not in text
    assert round(float(text) * 1_000_000) == micro
