"""One wish spread over requests."""

import pytest
from hypothesis import given, strategies as st

from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.order import Body, Order, fan_out


def test_the_queue_takes_four_at_a_time() -> None:
    """Seven outputs are two requests of four and three."""
    assert fan_out({"prompt": "x"}, 7, route="queue") == (
        (
            Body(json={"prompt": "x", "num_generations": 4}, count=4, first=1),
            Body(json={"prompt": "x", "num_generations": 3}, count=3, first=5),
        ),
        (),
    )


def test_one_output_says_nothing_about_counts() -> None:
    """A single output is the plain body."""
    assert fan_out({"prompt": "x"}, 1, route="queue") == ((Body(json={"prompt": "x"}, count=1, first=1),), ())


@pytest.mark.parametrize("route", ["queue", "generate"])
def test_with_a_seed_each_request_has_its_own(route: str) -> None:
    """--seed 7 -n 3 uses 7, 8 and 9, one output each, and says so."""
    bodies, notes = fan_out({"seed": 7}, 3, route=route, seed=7, has_seed_parameter=True)  # type: ignore[arg-type] # the parametrised words are routes
    assert bodies == tuple(Body(json={"seed": 7 + n}, count=1, first=1 + n, seed=7 + n) for n in range(3))
    assert notes == ("seeds 7 to 9, one per request",)


def test_a_model_without_a_seed_gets_none() -> None:
    """Where the schema has no seed, nothing is added."""
    bodies, notes = fan_out({}, 2, route="generate", seed=7)
    assert bodies == (Body(json={}, count=1, first=1), Body(json={}, count=1, first=2))
    assert notes == ()


def test_the_schema_may_have_a_count_of_its_own() -> None:
    """A direct call uses it, up to its maximum."""
    bodies, _notes = fan_out({}, 5, route="generate", own_count_parameter="num_images", own_count_maximum=4, seed=None)
    assert bodies == (Body(json={"num_images": 4}, count=4, first=1), Body(json={}, count=1, first=5))


@given(st.integers(1, 40), st.sampled_from(["queue", "generate", "edit"]), st.none() | st.integers(0, 9), st.booleans())
def test_nothing_is_lost_or_made_twice(count: int, route: str, seed: int | None, own: bool) -> None:
    """The requests cover the numbers 1 to count exactly once, in order."""
    bodies, _notes = fan_out(
        {},
        count,
        route=route,  # type: ignore[arg-type] # the sampled words are routes
        seed=seed,
        has_seed_parameter=True,
        own_count_parameter="n" if own else None,
    )
    assert [body.first + k for body in bodies for k in range(body.count)] == list(range(1, count + 1))
    order = Order("image", "queue", "m", None, None, bodies, OutputSpec())
    assert order.count == count


def test_a_seed_that_was_drawn_is_no_part_of_the_wish() -> None:
    """The same command, run again, wishes for the same although it draws another seed (fault C15)."""
    asked, _ = fan_out({"prompt": "a fox"}, 2, route="generate", seed=7, has_seed_parameter=True)
    drawn, _ = fan_out({"prompt": "a fox"}, 2, route="generate", seed=7, has_seed_parameter=True, drawn=True)

    assert [body.wish for body in asked] == [{"prompt": "a fox", "seed": 7}, {"prompt": "a fox", "seed": 8}]
    assert [body.wish for body in drawn] == [{"prompt": "a fox"}, {"prompt": "a fox"}]
    assert [body.json["seed"] for body in drawn] == [7, 8]
