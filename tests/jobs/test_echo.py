"""Whether a row of the server may be what a request made."""

from typing import Any

import pytest

from inference_cli.api.records import Generation
from inference_cli.jobs.canonical import canonical
from inference_cli.jobs.echo import fits, parameters

BODY = {"model": "fox-1", "prompt": "a fox", "seed": 7, "num_generations": 2, "input_image": "data:image/png;base64,AA"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"model_name": "fox-1", "prompt": "a fox", "seed": 7}, True),
        ({"model_name": "fox-1"}, True),
        ({"prompt": "a fox"}, True),
        ({"model_name": "fox-1", "seed": "7", "extra": 1}, True),
        ({"model_name": "fox-1", "input_image": "https://media.example/in.png", "num_generations": 1}, True),
        ({"model_name": "fox-1", "seed": None}, True),
        ({"model_name": "owl-1", "prompt": "a fox", "seed": 7}, False),
        ({"model_name": "fox-1", "prompt": "an owl"}, False),
        ({"model_name": "fox-1", "seed": 8}, False),
    ],
)
def test_what_a_row_says_must_not_differ(row: dict[str, Any], expected: bool) -> None:
    """Model, prompt, seed and every other parameter that both name; media are repeated as links, and not compared."""
    found = Generation.from_json({"generation_id": "a", "status": "queued", **row})
    assert fits(found, "fox-1", parameters(canonical(BODY))) is expected


def test_parameters_that_cannot_be_read_say_nothing() -> None:
    """A row of the journal may be damaged."""
    assert parameters("{") == {}
    assert parameters("[]") == {}


def test_what_is_inside_counts_too() -> None:
    """Lists and objects, such as shots."""
    body = {"multi_prompt": [{"prompt": "a", "duration": 5}, {"prompt": "b", "duration": 5}]}
    same = Generation.from_json({"generation_id": "a", "status": "queued", **body})
    other = Generation.from_json({"generation_id": "a", "status": "queued", "multi_prompt": body["multi_prompt"][:1]})
    assert [fits(row, "m", parameters(canonical(body))) for row in (same, other)] == [True, False]
