"""Parameters of a chat."""

import pytest

from inference_cli.api.records import Model
from inference_cli.conversation.parameters import parse
from inference_cli.errors import ParameterError

MODEL = Model("gpt-5", outputs=("text",))


def test_values_have_the_types_of_the_api() -> None:
    """What nobody describes is text, or the JSON that was written."""
    given = ["temperature=0.5", "max_tokens=100", "stop=END", "stop=STOP", "verbosity=low", "logit_bias:={}", "seed=7"]
    assert parse(given, MODEL) == {
        "temperature": 0.5,
        "max_tokens": 100,
        "stop": ["END", "STOP"],
        "verbosity": "low",
        "logit_bias": {},
        "seed": 7,
    }


def test_a_models_own_schema_comes_first() -> None:
    """Where it publishes one."""
    model = Model("own", schema={"properties": {"temperature": {"type": "string"}}})
    assert parse(["temperature=0.5"], model) == {"temperature": "0.5"}


def test_what_does_not_fit_is_told() -> None:
    """A line each."""
    with pytest.raises(ParameterError) as caught:
        parse(["temperature=3", "max_tokens=many", "top_p"], MODEL)
    assert {line.split("  ")[0] for line in caught.value.details} == {
        "-p temperature=3",
        "-p max_tokens=many",
        "-p top_p",
    }
