"""Keys that no schema names."""

from typing import Any

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.check import check
from inference_cli.catalogue.request import build
from inference_cli.errors import ParameterError
from tests.support.models import made_up, parameters, published

KLING = published()["kling-video-v2-6-pro-text-to-video"]


def lines(model: Model, **how: Any) -> tuple[str, ...]:
    """The lines of the error of a request."""
    with pytest.raises(ParameterError) as error:
        check(model.schema, build(model, **how))
    return tuple(" | ".join(part.strip() for part in line.split("  ", 1)) for line in error.value.details)


def test_a_number_of_outputs_has_a_flag() -> None:
    """Where the model has no parameter for it."""
    assert lines(KLING, prompt="a", params=["num_images=2"]) == (
        "-p num_images=2 | no such parameter; the number is -n N",
    )


NESTED: dict[str, Any] = {
    "type": "array",
    "items": {"type": "object", "properties": {"frontal_image_url": {}, "weight": {}, "inner": {"type": "object"}}},
}


def test_keys_inside_are_looked_at_as_well() -> None:
    """The nearest one, or all there are; what the schema leaves open is let through."""
    model = made_up(parameters(prompt={}, elements=NESTED))
    params = ["elements[0].weigth=1", "elements[1].zzzz=1", "elements[1].inner.anything.goes=1"]
    assert lines(model, prompt="a", params=params) == (
        "-p elements[0].weigth=1 | no such parameter; did you mean weight?",
        "-p elements[1].zzzz=1 | no such parameter; there are frontal_image_url, weight, inner",
    )
