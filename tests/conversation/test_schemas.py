"""A schema comes in three spellings and leaves as the parameter that asks for it."""

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.schemas import many, parse, response_format
from inference_cli.errors import UsageError

PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


def no_file(name: str) -> str:
    """Nothing is to be read."""
    raise AssertionError(name)


def test_three_spellings_of_one_schema() -> None:
    """The short form, JSON, and a file with either."""
    files = {"short": "name\nage int\n", "long": json.dumps(PERSON)}
    spellings = ["name, age int", json.dumps(PERSON), f"\n {json.dumps(PERSON)}", "@short", "@long"]
    assert [parse(text, read_file=files.__getitem__) for text in spellings] == [PERSON] * 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type": }', "the schema is not JSON at line 1, character 10: expecting value"),
        ('{"minimum": NaN}', "the schema is not JSON: NaN is not JSON"),
        ('{"a":' * 100_000, "the schema is not JSON: it is nested too deeply"),
        ("[1]", "the schema must be a JSON object"),
        ("na\udcffme", "the schema is not valid UTF-8"),
        (r'{"pattern": "\ud800"}', "this is no JSON Schema that can be checked here"),
        ('"text"', "the schema must be a JSON object"),
        (
            '{"type": "objekt"}',
            "this is no JSON Schema, at /type: \"objekt\" is not valid under any of the schemas listed in the 'anyOf' keyword",
        ),
        ('{"$ref": "#/$defs/no"}', "this is no JSON Schema: Pointer '/$defs/no' does not exist"),
        (
            '{"$ref": "https://example.com/x"}',
            "this is no JSON Schema: Resource 'https://example.com/x' is not present in a registry and retrieving it failed: Retrieval is disabled, cannot fetch https://example.com/x",
        ),
        ("name, age ints", "the schema does not parse at character 11: there is no type ints; did you mean int?"),
    ],
)
def test_what_is_no_schema_is_refused(text: str, message: str) -> None:
    """Nothing is fetched to find out."""
    with pytest.raises(UsageError) as error:
        parse(text, read_file=no_file)
    assert error.value.message == message


def test_many_of_them_are_a_list_in_an_object() -> None:
    """Servers take no list at the top."""
    assert many(PERSON) == {
        "type": "object",
        "properties": {"items": {"type": "array", "items": PERSON}},
        "required": ["items"],
        "additionalProperties": False,
    }


TREE: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {"word": {"type": "string", "maxLength": 3}, "node": {"$ref": "#"}},
    "type": "object",
    "properties": {
        "word": {"$ref": "#/$defs/word"},
        "again": {"$ref": "#/properties/word"},
        "nodes": {"type": "array", "items": {"$ref": "#/$defs/node"}},
        "$ref": {"const": {"$ref": "#"}},
    },
    "required": ["word"],
}


def test_references_hold_where_a_schema_is_put_into_a_list() -> None:
    """They point at the whole of a schema, which is another one now; data that looks like one is left alone."""
    assert many(TREE) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {"word": {"type": "string", "maxLength": 3}, "node": {"$ref": "#/properties/items/items"}},
        "type": "object",
        "properties": {
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "word": {"$ref": "#/$defs/word"},
                        "again": {"$ref": "#/properties/items/items/properties/word"},
                        "nodes": {"type": "array", "items": {"$ref": "#/$defs/node"}},
                        "$ref": {"const": {"$ref": "#"}},
                    },
                    "required": ["word"],
                },
            }
        },
        "required": ["items"],
        "additionalProperties": False,
    }


WORDS = st.sampled_from(["ab", "abcd", 1])
NODES: st.SearchStrategy[Any] = st.recursive(
    st.fixed_dictionaries({"word": WORDS}, optional={"again": WORDS}) | st.just({}),
    lambda inner: st.fixed_dictionaries({"word": WORDS, "nodes": st.lists(inner, max_size=2)}),
    max_leaves=5,
)


@given(st.lists(NODES, max_size=3))
def test_a_list_fits_where_each_of_its_things_does(things: list[Any]) -> None:
    """Putting a schema into a list changes nothing about what fits it."""
    one, all_of_them = jsonschema_rs.validator_for(TREE), jsonschema_rs.validator_for(many(TREE))
    assert all_of_them.is_valid({"items": things}) == all(map(one.is_valid, things))


def test_a_schema_with_an_address_of_its_own_stays_as_it_is() -> None:
    """Its references start from there."""
    own = {
        "$id": "https://example.com/a",
        "$defs": {"b": {}},
        "type": "object",
        "properties": {"b": {"$ref": "#/$defs/b"}},
    }
    assert many(own)["properties"]["items"]["items"] == own


def test_the_parameter_that_asks_for_it() -> None:
    """Strict, as all parts are required and no others allowed."""
    assert response_format(PERSON) == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": PERSON},
    }
    assert response_format(many(PERSON))["json_schema"]["strict"] is True


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Person", "Person"),
        ("Ein Mensch (kurz)", "Ein_Mensch_kurz"),
        ("人", "answer"),
        ("x" * 99, "x" * 64),
        (5, "answer"),
    ],
)
def test_its_name_is_the_title(title: object, name: str) -> None:
    """As far as a name may have its letters."""
    assert response_format(PERSON | {"title": title})["json_schema"]["name"] == name


@pytest.mark.parametrize(
    "schema",
    [
        PERSON | {"additionalProperties": True},
        PERSON | {"required": ["name"]},
        {"type": "object"},
        PERSON | {"allOf": [{}]},
        PERSON | {"properties": {"name": {"type": "object"}, "age": {}}},
        PERSON | {"properties": {"name": {"type": "array", "items": {"type": ["object", "null"]}}, "age": {}}},
        PERSON | {"properties": {"name": {"anyOf": [{"properties": {"a": {}}}]}, "age": {}}},
        PERSON | {"$defs": {"x": {"type": "object"}}},
        {"$ref": "#/$defs/x", "$defs": {"x": PERSON}},
    ],
)
def test_a_loose_schema_is_not_asked_for_strictly(schema: dict[str, Any]) -> None:
    """A server would refuse it."""
    asked = response_format(schema)["json_schema"]
    assert (asked["strict"], asked["schema"]) == (False, schema)


@pytest.mark.parametrize(
    "schema", [{}, {"type": "array", "items": PERSON}, {"type": ["object", "null"]}, {"enum": [1]}]
)
def test_only_objects_can_be_asked_for(schema: dict[str, Any]) -> None:
    """Nothing is sent that must be refused."""
    with pytest.raises(UsageError) as error:
        response_format(schema)
    assert error.value.message == "the schema must be that of an object"
