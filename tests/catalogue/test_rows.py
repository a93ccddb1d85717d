"""A model's parameters as a table."""

from inference_cli.catalogue.rows import parameter_rows
from tests.support.models import parameters, published


def test_the_parameters_of_a_model() -> None:
    """As the published schema has them."""
    assert parameter_rows(published()["kling-video-v2-6-pro-text-to-video"].schema)[:5] == [
        ("prompt", "text", "required", ""),
        ("negative_prompt", "text", "", ""),
        ("aspect_ratio", "choice", "16:9", "9:16, 16:9, 1:1"),
        ("duration", "integer", "5", "5, 10"),
        ("generate_audio", "yes/no", "no", ""),
    ]


def test_those_that_must_be_given_come_first() -> None:
    """The prompt before all; no schema has no rows."""
    schema = parameters(a={"type": "boolean", "default": True}, z_={}, prompt_={"default": "x" * 80}, e={"default": []})
    assert parameter_rows(schema) == [
        ("prompt", "any", "required", ""),
        ("z", "any", "required", ""),
        ("a", "yes/no", "yes", ""),
        ("e", "any", "", ""),
    ]
    assert parameter_rows(None) == []
