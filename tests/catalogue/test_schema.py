"""Schemas are read tolerantly."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.catalogue import schema as schemas

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["properties", "type", "enum", "items", "anyOf", "oneOf", "$ref", "required", "a", "minimum"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["properties", "type", "required", "anyOf", "$ref", "items"]), JSON))
def test_no_schema_breaks_the_reader(schema: dict[str, Any]) -> None:
    """Whatever a server sends (fault H7)."""
    for part in (schema, *schemas.properties(schema).values()):
        schemas.types(part, schema)
        schemas.options(part, schema)
        schemas.items(part, schema)
        schemas.media(part, schema)
        schemas.bound(part, schema, "minimum")
    schemas.required(schema)
    schemas.takes_a_prompt(schema)
    schemas.tolerant(schema)


ROOT: dict[str, Any] = {
    "$defs": {"seed": {"type": "integer", "minimum": 0}, "loop": {"$ref": "#/$defs/loop"}, "a/b": {"type": "string"}},
    "properties": {
        "seed": {"$ref": "#/$defs/seed"},
        "maybe": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "loop": {"$ref": "#/$defs/loop"},
        "slash": {"$ref": "#/$defs/a~1b"},
        "far": {"$ref": "https://example.com/schema"},
        "lost": {"$ref": "#/$defs/none/of/it"},
        "self": {"$ref": "#"},
        "fixed": {"const": "x"},
        "pictures": {"type": "array", "items": {"type": "string", "format": "uri", "x-media": "image"}},
        "element": {"properties": {"name": {"type": "string"}}},
    },
}


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("seed", {"integer"}),
        ("maybe", {"integer", "null"}),
        ("loop", set()),
        ("slash", {"string"}),
        ("far", set()),
        ("lost", set()),
        ("self", {"object"}),
        ("fixed", set()),
        ("pictures", {"array"}),
        ("element", {"object"}),
    ],
)
def test_types_follow_references_and_alternatives(name: str, types: set[str]) -> None:
    """References inside the schema are followed, up to a depth; others are not."""
    assert schemas.types(schemas.properties(ROOT)[name], ROOT) == types


def test_what_a_parameter_is() -> None:
    """Options, bounds, lists, media and URLs."""
    parts = schemas.properties(ROOT)
    assert schemas.options(parts["fixed"], ROOT) == ["x"]
    assert schemas.bound(parts["seed"], ROOT, "minimum") == 0
    assert schemas.bound(parts["seed"], ROOT, "maximum") is None
    assert schemas.is_list(parts["pictures"], ROOT)
    assert not schemas.is_list(parts["seed"], ROOT)
    assert schemas.media(parts["pictures"], ROOT) == "image"
    assert schemas.media(parts["seed"], ROOT) is None
    assert schemas.is_url(parts["pictures"], ROOT)
    assert schemas.inside(parts["pictures"], 3, ROOT)["x-media"] == "image"
    assert schemas.inside(parts["element"], "name", ROOT) == {"type": "string"}
    assert schemas.inside(parts["element"], "other", ROOT) == {}


@pytest.mark.parametrize(
    ("schema", "takes", "left_out"),
    [
        (None, True, False),
        ({}, True, False),
        ({"properties": {"prompt": {}}}, True, False),
        ({"properties": {"seed": {}}, "required": []}, True, True),
        ({"properties": {"input_image": {}}, "required": ["input_image"]}, False, False),
        ({"properties": {"multi_prompt": {}}}, False, False),
    ],
)
def test_who_takes_a_prompt(schema: dict[str, Any] | None, takes: bool, left_out: bool) -> None:
    """A schema that requires nothing and names no prompt leaves it to the route."""
    assert (schemas.takes_a_prompt(schema), schemas.leaves_the_prompt_out(schema)) == (takes, left_out)


def test_an_example_that_contradicts_its_type_is_believed() -> None:
    """The list takes both then; nothing else is changed."""
    odd = {"type": "array", "items": {"type": "object"}, "x-example-contradicts-type": "string"}
    schema = {"properties": {"odd": odd, "even": {"type": "string"}, "broken": 5}}
    both = {**odd, "items": {"type": ["object", "string"]}}
    assert schemas.tolerant(schema) == {"properties": {"odd": both, "even": {"type": "string"}, "broken": 5}}
    assert schemas.tolerant({"properties": 5}) == {"properties": 5}


def test_alternatives_are_followed_to_a_depth() -> None:
    """One inside the other for ever is not looked at for ever."""
    part: dict[str, Any] = {"type": "integer"}
    for _ in range(5):
        part = {"anyOf": [part]}
    assert schemas.types(part, {}) == {"integer"}
    for _ in range(5):
        part = {"anyOf": [part]}
    assert schemas.types(part, {}) == set()


def test_a_schema_that_refers_to_itself_has_an_end() -> None:
    """Each part of it is looked at once, however many ways lead there (fault H7)."""
    root = {"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}] * 50, "oneOf": [{"$ref": "#/$defs/b"}] * 50}, "b": {}}}
    assert list(schemas.variants({"$ref": "#/$defs/a"}, root)) == [root["$defs"]["a"], {}]
