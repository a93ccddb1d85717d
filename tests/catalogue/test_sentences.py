"""Every error of the validator as a sentence."""

from typing import Any

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.check import check
from inference_cli.catalogue.request import build
from inference_cli.errors import ParameterError
from tests.support.models import made_up, parameters


def lines(model: Model, **how: Any) -> tuple[str, ...]:
    """The lines of the error of a request."""
    with pytest.raises(ParameterError) as error:
        check(model.schema, build(model, **how))
    return tuple(" | ".join(part.strip() for part in line.split("  ", 1)) for line in error.value.details)


def test_each_value_of_a_list_is_named_by_its_own_argument() -> None:
    """Not by the first one's."""
    tags = {"type": "array", "items": {"type": "string", "enum": ["red", "green"]}}
    model = made_up(parameters(prompt={}, tags=tags))
    assert lines(model, params=["tags=red", "tags=gren"]) == (
        "-p tags=gren | must be red or green; did you mean green?",
    )


def test_the_nearest_right_spelling_is_named() -> None:
    """Of words; and the type, where it alone is wrong."""
    model = made_up(
        parameters(
            prompt={},
            code={"type": "string", "enum": ["4", "8"]},
            number={"type": "integer", "enum": [4, 8]},
            size={"type": "string", "enum": ["720p", "1080p", "4k"]},
        )
    )
    assert lines(model, params=["code:=4", 'number:="4"', "size=1080"]) == (
        "-p code:=4 | must be 4 or 8, as text",
        '-p number:="4" | must be 4 or 8, as a number',
        "-p size=1080 | must be 720p, 1080p or 4k; did you mean 1080p?",
    )


RANGE: dict[str, Any] = {"anyOf": [{"type": "integer", "minimum": 3, "maximum": 9}, {"enum": ["auto"]}]}
WHOLE: list[tuple[dict[str, Any], list[str], tuple[str, ...]]] = [
    ({"anyOf": [{"required": ["a"]}, {"required": ["b", "c"]}]}, [], ("a or b and c | is required",)),
    ({"anyOf": [{"required": ["a"]}, {"required": ["b", "c"]}]}, ["b=1"], ("-p b=1 | needs c as well",)),
    (
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        ["a=1", "b=2"],
        ("-p b=2 | and -p a=1 exclude each other",),
    ),
    ({"not": {"required": ["a", "b"]}}, ["a=1", "b=2"], ("-p b=2 | and -p a=1 exclude each other",)),
    ({"not": {"required": ["a"]}}, ["a=1"], ("-p a=1 | is not allowed",)),
    ({"dependentRequired": {"a": ["b"]}}, ["a=1"], ("-p a=1 | needs b as well",)),
    ({"dependencies": {"a": ["b"]}}, ["a=1"], ("-p a=1 | needs b as well",)),
    ({"dependentSchemas": {"a": {"required": ["b"]}}}, ["a=1"], ("b | is required beside -p a=1: -p b=…",)),
    (
        {"if": {"properties": {"a": {"const": "x"}}, "required": ["a"]}, "then": {"required": ["b"]}},
        ["a=x"],
        ("b | is required beside -p a=x: -p b=…",),
    ),
    ({"allOf": [{"required": ["a"]}]}, [], ("a | is required: -p a=…",)),
    ({"minProperties": 3}, ["a=1"], ("the parameters | are 2; 3 at least",)),
    ({"maxProperties": 1}, ["a=1", "b=1"], ("the parameters | are 3; 1 at most",)),
    (
        {"anyOf": [{"properties": {"a": {"const": "x"}}}, {"required": ["b"]}]},
        ["a=y"],
        ('the parameters | fit none of 2 ways: "x" was expected; "b" is a required property',),
    ),
    ({"not": {"properties": {"a": {"const": "x"}}}}, ["a=x"], ("the parameters | do not go together: ",)),
    ({"propertyNames": {"minLength": 2}}, ["a=1"], ("the parameters | do not go together: ",)),
    ({"properties": {"a": RANGE}}, ["a:=2"], ("-p a:=2 | must be a whole number from 3 to 9 or auto",)),
    ({"properties": {"a": {"not": {"const": "x"}}}}, ["a=x"], ("-p a=x | is one of the values that are not allowed",)),
    (
        {"properties": {"a": {"oneOf": [{"type": "integer"}, {"type": "number", "maximum": 5}]}}},
        ["a=3"],
        ("-p a=3 | fits more than one of: a whole number or a number of at most 5",),
    ),
    (
        {"properties": {"a": {"type": "array", "contains": {"const": "x"}}}},
        ["a=1"],
        ("-p a=1 | lacks a value that must be in it",),
    ),
    ({"properties": {"a": {"type": "object", "minProperties": 1}}}, ["a:={}"], ("-p a:={} | has 0 parts; 1 at least",)),
    ({"properties": {"a": False}}, ["a=1"], ("-p a=1 | is not allowed",)),
    ({"properties": {"a": {"const": "x"}}}, ["a=1"], ("-p a=1 | must be x",)),
    (
        {"properties": {"a": {"type": "number", "exclusiveMaximum": 1, "exclusiveMinimum": 0}}},
        ["a=1"],
        ("-p a=1 | must be a number above 0 and below 1",),
    ),
]


@pytest.mark.parametrize(("rule", "params", "expected"), WHOLE)
def test_no_error_of_the_validator_is_lost(rule: dict[str, Any], params: list[str], expected: tuple[str, ...]) -> None:
    """Every keyword of JSON Schema has a sentence, those about the whole request too."""
    named: dict[str, Any] = {name: {} for name in "abc"}
    schema = {**rule, "properties": {"prompt": {}, **named, **rule.get("properties", {})}}
    found = lines(made_up(schema), prompt="fox", params=params)
    assert len(found) == len(expected)
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=True)), found


def test_media_are_files_or_urls() -> None:
    """Not text."""
    model = made_up(parameters(prompt={}, input_image={"type": "string", "format": "uri", "x-media": "image"}))
    assert lines(model, prompt="a", params=["input_image:=5"]) == (
        "-p input_image:=5 | must be an image: a URL or @FILE",
    )
