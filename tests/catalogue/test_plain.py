"""A plain schema that a value fits, seen without the library: whatever it says, the library says too."""

import subprocess
import sys
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, strategies as st

from inference_cli.catalogue import schema as schemas
from inference_cli.catalogue.plain import fits
from tests.support.models import published

WORDS = st.sampled_from(["16:9", "fox", "é", "", "data:,", "1"])
NUMBERS = st.one_of(st.integers(-3, 7), st.sampled_from([0.5, 1.0, -2.5, 1e16, 2**60, float("inf"), float("nan")]))
SCALARS = st.one_of(WORDS, NUMBERS, st.booleans(), st.none())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)),
    max_leaves=6,
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])
_OWN: dict[str, st.SearchStrategy[Any]] = {
    "type": st.one_of(TYPES, st.lists(TYPES, max_size=3), st.sampled_from(["strong", 5])),
    "enum": st.lists(SCALARS, max_size=3),
    "minimum": SCALARS,
    "maximum": NUMBERS,
    "minLength": st.one_of(st.integers(-1, 3), NUMBERS),
    "maxLength": st.integers(0, 3),
    "minItems": st.integers(0, 2),
    "maxItems": st.one_of(st.integers(0, 3), st.just("3")),
    "required": st.one_of(st.lists(st.sampled_from("abc"), max_size=2), st.just("a")),
    "default": SCALARS,
    "title": SCALARS,
    "x-media": SCALARS,
    "multipleOf": st.just(2),
    "format": st.just("uri"),
}
SCHEMAS = st.recursive(
    st.fixed_dictionaries({}, optional=_OWN),
    lambda inner: st.fixed_dictionaries(
        {}, optional={**_OWN, "items": inner, "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3)}
    ),
    max_leaves=4,
)


@given(schema=SCHEMAS, value=VALUES)
def test_what_fits_fits_for_the_library_too(schema: dict[str, Any], value: Any) -> None:
    """The law: no value that it lets through has an error, and no schema is broken."""
    if fits(schema, value):
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=False, offline=True)
        assert list(validator.iter_errors(value)) == []


@pytest.mark.parametrize(
    ("schema", "value", "fitting"),
    [
        ({}, {"a": [None, True, 1, 0.5, "x"]}, True),
        ({"type": "integer"}, 2.0, True),
        ({"type": "integer"}, True, False),
        ({"type": ["string", "null"]}, None, True),
        ({"enum": [1, "1"]}, 1.0, True),
        ({"enum": [1]}, True, False),
        ({"enum": [True]}, True, False),  # the library's
        ({"minimum": 1, "maximum": 5}, 5, True),
        ({"minimum": 1, "maximum": 5}, 6, False),
        ({"maximum": 5}, "six", True),
        ({"maxLength": 2}, "éé", True),
        ({"maxLength": 2}, "ééé", False),
        ({"minItems": 1, "items": {"type": "string"}}, ["x"], True),
        ({"minItems": 1}, [], False),
        ({"items": {"type": "string"}}, ["x", 1], False),
        ({"required": ["a"], "properties": {"a": {"type": "string"}}}, {"a": "x", "b": 1}, True),
        ({"required": ["a"]}, {"b": 1}, False),
        ({"properties": {"a": {"pattern": "x"}}}, {}, False),  # the library's, although nothing asks for it
        ({"type": "number"}, float("nan"), False),
        ({"type": "number"}, 1 << 53, False),
        ({"type": "string"}, "\ud800", False),
        ({"additionalProperties": False}, {}, False),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, {}, False),
        ({"type": "object", "default": {"a": 1}, "description": "d", "x-note": {}}, {}, True),
    ],
)
def test_what_is_plain_and_fits(schema: dict[str, Any], value: Any, fitting: bool) -> None:
    """Cases at the edges."""
    assert fits(schema, value) is fitting


def test_a_schema_without_an_end_is_not_plain() -> None:
    """One that holds itself, as no JSON does, and one of a hundred levels."""
    endless: dict[str, Any] = {}
    endless["items"] = endless
    deep: dict[str, Any] = {}
    for _ in range(100):
        deep = {"items": deep}
    assert (fits(endless, []), fits(deep, [])) == (False, False)


def test_the_published_schemas_are_plain() -> None:
    """A prompt fits without the library, but for the one model that has rules between parameters."""
    described = {name: schemas.tolerant(model.schema) for name, model in published().items() if model.schema}
    odd = [name for name, schema in described.items() if not fits({**schema, "required": []}, {"prompt": "a fox"})]
    assert len(described) > 100
    assert odd == ["kling-video-o3-pro-reference-to-video"]


def test_a_request_that_fits_needs_no_library() -> None:
    """It takes 10 MB and 20 ms."""
    program = (
        "import sys\n"
        "from inference_cli.catalogue.check import errors_of\n"
        "print(errors_of({'type': 'object', 'properties': {'n': {'maximum': 3}}}, {'n': 3}), 'jsonschema_rs' in sys.modules)\n"
        "print(len(errors_of({'type': 'object', 'properties': {'n': {'maximum': 3}}}, {'n': 4})), 'jsonschema_rs' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "False", "1", "True"]
