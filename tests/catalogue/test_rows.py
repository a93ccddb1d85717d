"""A model's parameters as a table."""

from inference_cli.catalogue.rows import described_rows, parameter_rows
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


def test_what_a_schema_says_about_its_parameters() -> None:
    """The description, else the title, on one line; also from behind a reference."""
    schema = parameters(
        a={"description": " What\n  it is. ", "title": "A"},
        b={"title": "B"},
        c={"$ref": "#/$defs/c"},
        d={"description": 1},
    )
    rows = described_rows({**schema, "$defs": {"c": {"type": "integer", "description": "Far."}}})
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("a", "any", "What it is."),
        ("b", "any", "B"),
        ("c", "integer", "Far."),
        ("d", "any", ""),
    ]
