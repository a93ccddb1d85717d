from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.sandbox.schema.instances import ImpossibleError, build, check, fits

PROMPT = "Ada is 36 and lives in Paris; the city is Paris, colour: green, a budget of 12.5, place: Rome."
_NAMES = st.sampled_from(["name", "age", "city", "tags", "summary", "done", "left", "right"])


def _texts() -> st.SearchStrategy[dict[str, Any]]:
    lengths = st.tuples(st.integers(0, 12), st.integers(0, 30)).map(
        lambda pair: {"type": "string", "minLength": pair[0], "maxLength": sum(pair)}
    )
    forms = st.sampled_from(["date", "date-time", "time", "email", "uuid", "uri", "ipv4", "ipv6", "hostname"])
    patterns = st.sampled_from([r"^[A-Z]{2}\d{3}$", r"^(red|green)-[a-f0-9]+$", r"^\S+@\S+$", r"[xyz]{2,}", r"^\w?$"])
    return st.one_of(
        lengths,
        forms.map(lambda form: {"type": "string", "format": form}),
        patterns.map(lambda pattern: {"type": "string", "pattern": pattern}),
        st.lists(st.text(max_size=5), min_size=1, max_size=4).map(lambda words: {"enum": words}),
    )


def _numbers() -> st.SearchStrategy[dict[str, Any]]:
    whole = st.tuples(st.integers(-1000, 1000), st.integers(0, 50)).map(
        lambda pair: {"type": "integer", "minimum": pair[0], "maximum": sum(pair)}
    )
    open_ended = st.floats(-1e6, 1e6).map(lambda low: {"type": "number", "exclusiveMinimum": low})
    steps = st.sampled_from([0.1, 0.25, 3, 7]).map(lambda step: {"type": "number", "multipleOf": step, "maximum": 100})
    return st.one_of(whole, open_ended, steps)


def _objects(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    named = st.dictionaries(_NAMES, parts, max_size=4)
    strict = named.map(
        lambda found: {
            "type": "object",
            "properties": found,
            "required": sorted(found),
            "additionalProperties": False,
        }
    )
    loose = st.tuples(named, st.integers(0, 3)).map(
        lambda pair: {"type": "object", "properties": pair[0], "minProperties": pair[1]}
    )
    return st.one_of(strict, loose)


def _nested(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    arrays = st.tuples(parts, st.integers(0, 3), st.integers(0, 3)).map(
        lambda three: {"type": "array", "items": three[0], "minItems": three[1], "maxItems": three[1] + three[2]}
    )
    choices = st.tuples(st.sampled_from(["anyOf", "allOf"]), parts).map(lambda two: {two[0]: [two[1]]})
    several = st.lists(parts, min_size=1, max_size=3).map(lambda found: {"anyOf": found})
    return st.one_of(_objects(parts), arrays, choices, several)


SCHEMAS = st.recursive(
    st.one_of(_texts(), _numbers(), st.sampled_from([{"type": "boolean"}, {"type": "null"}, {"const": 7}])),
    _nested,
    max_leaves=8,
)


@settings(deadline=None, max_examples=150)
@given(schema=SCHEMAS, prompt=st.one_of(st.just(PROMPT), st.text(max_size=40)))
def test_what_is_built_fits(schema: dict[str, Any], prompt: str) -> None:
    """For schemas of every kind and prompts of every kind, in the eyes of a validator that others wrote."""
    value = build(schema, prompt)

    jsonschema_rs.validator_for(schema, validate_formats=True).validate(value)
    assert build(schema, prompt) == value


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "object", "properties": {"city": {"type": "string"}}}, {"city": "Paris"}),
        ({"type": "object", "properties": {"colour": {"enum": ["red", "green"]}}}, {"colour": "green"}),
        ({"type": "object", "properties": {"age": {"type": "integer"}}}, {"age": 36}),
        ({"type": "object", "properties": {"age": {"type": "integer", "maximum": 20, "minimum": 5}}}, {"age": 5}),
        ({"type": "array", "items": {"type": "number"}}, [36, 12.5]),
        ({"properties": {"place": {"type": "string"}}}, {"place": "Rome"}),
        ({"allOf": [{"type": ["integer", "string"]}, {"type": "integer", "minimum": 30}]}, 36),
        ({"if": {"type": "string"}, "then": {"maxLength": 3}, "type": "string"}, "Par"),
        ({"type": "array", "prefixItems": [{"type": "null"}, {"const": "x"}], "items": False}, [None, "x"]),
    ],
)
def test_values_come_from_the_prompt_where_they_fit(schema: dict[str, Any], expected: Any) -> None:
    """Its names, numbers and words."""
    value = build(schema, PROMPT)
    if schema.get("properties", {}).get("age", {}).get("maximum"):
        assert 5 <= value["age"] <= 20  # nothing of the prompt fits: drawn
    else:
        assert value == expected


TREE = {
    "$defs": {
        "tree": {
            "type": "object",
            "properties": {"value": {"type": "integer"}, "under": {"type": "array", "items": {"$ref": "#/$defs/tree"}}},
            "required": ["value", "under"],
            "additionalProperties": False,
        }
    },
    "$ref": "#/$defs/tree",
}
LIST = {
    "type": "object",
    "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
    "required": ["next"],
}


@pytest.mark.parametrize("schema", [TREE, LIST, {"not": {"type": "string"}}, {"minProperties": 2}, {}])
def test_schemas_that_lead_into_themselves_and_odd_ones(schema: dict[str, Any]) -> None:
    """The value ends somewhere, and fits."""
    assert fits(schema, build(schema, PROMPT))


@pytest.mark.parametrize(
    "schema",
    [{"type": "integer", "minimum": 3, "maximum": 2}, {"allOf": [False]}, {"type": "string", "pattern": "(?=a)b"}],
)
def test_what_nothing_fits_is_said(schema: dict[str, Any]) -> None:
    """A contradiction, or beyond the sandbox; it ends all the same."""
    with pytest.raises(ImpossibleError):
        build(schema, PROMPT)


@pytest.mark.parametrize("schema", [{"type": "text"}, {"minimum": "x"}, {"$ref": "#/$defs/none"}, {"pattern": "["}])
def test_what_is_no_schema_is_refused(schema: dict[str, Any]) -> None:
    """Before anything is built; nothing is fetched."""
    with pytest.raises(ValueError):
        check(schema)


HARD: list[dict[str, Any]] = [
    {"type": "array", "items": {"type": "integer"}, "uniqueItems": True, "minItems": 5},
    {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "minItems": 4},
    {"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": True, "minItems": 3},
    {"type": "array", "contains": {"const": "fox"}, "minContains": 2, "items": {"type": "string"}},
    {"type": "array", "items": {"type": "boolean"}, "minItems": 50},
    {"type": "object", "patternProperties": {"^x-[a-z]{3}$": {"type": "integer"}}, "minProperties": 2},
    {"type": "object", "additionalProperties": {"type": "integer"}, "propertyNames": {"pattern": "^[a-z]{4}$"}},
    {"type": "object", "additionalProperties": {"type": "number"}, "minProperties": 4},
    {"properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}}, "maxProperties": 2, "required": ["c"]},
    {"properties": {"a": {"const": 1}}, "required": ["a"], "dependentRequired": {"a": ["b"]}},
    {"properties": {"a": False, "b": True}, "minProperties": 1},
    {"if": {"properties": {"kind": {"const": "a"}}}, "then": {"required": ["x"]}, "else": {"required": ["y"]}},
    {
        "$defs": {"a/b": {"type": "integer"}, "c": {"maximum": -5}},
        "allOf": [{"$ref": "#/$defs/a~1b"}, {"$ref": "#/$defs/c"}],
    },
    {"$defs": {"x": {"$anchor": "here", "type": "string", "minLength": 3}}, "$ref": "#here"},
    {"$defs": {"x": {"$id": "https://example.com/x", "type": "boolean"}}, "$ref": "https://example.com/x"},
    {"allOf": [{"anyOf": [{"type": "string"}, {"type": "integer"}]}, {"anyOf": [{"minimum": 3}, {"type": "null"}]}]},
    {"allOf": [{"type": ["number", "null"]}, {"type": ["integer", "string"]}, {"enum": [1.5, 2, None]}]},
    {"allOf": [{"properties": {"a": {"minimum": 3}}}, {"properties": {"a": {"type": "integer", "maximum": 3}}}]},
    {"allOf": [True, {"required": ["a"]}, {"required": ["a", "b"]}, {"maxProperties": 2}, {"maxProperties": 5}]},
    {"type": ["null", "object"], "properties": {"done": {"type": "boolean"}}},
    {"oneOf": [{"type": "integer", "multipleOf": 3}, {"type": "integer", "multipleOf": 5}]},
    {"type": "number", "exclusiveMinimum": 0.1, "exclusiveMaximum": 0.1001},
    {"type": "number", "minimum": 0.5, "maximum": 0.5},
    {"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 5},
    {"type": "integer", "maximum": -1e15},
    {"type": "string", "pattern": "^a", "minLength": 20, "maxLength": 30},
    {"type": "string", "pattern": "^[a-c]+$", "minLength": 25},
    {"type": "string", "pattern": "x", "maxLength": 1},
    {"type": "string", "minLength": 5000},
    {"type": "string", "format": "duration"},
    {"type": "string", "format": "json-pointer"},
    {"type": "string", "format": "regex"},
    {"type": "string", "format": "unheard-of"},
    {"items": {"items": {"items": {"items": {"items": {"items": {"type": ["object", "null"]}, "minItems": 1}}}}}},
]


@pytest.mark.parametrize("schema", HARD, ids=str)
def test_the_less_common_keywords(schema: dict[str, Any]) -> None:
    """One by one, and where several have to be reconciled."""
    jsonschema_rs.validator_for(schema, validate_formats=True).validate(build(schema, PROMPT))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 10**9},
        {"type": "array", "minItems": 10**9},
        {"type": "string", "pattern": "^a$", "minLength": 5},
        {"$ref": "#"},
        {"enum": [], "type": "string"},
    ],
)
def test_what_would_never_end_does(schema: dict[str, Any]) -> None:
    """Sizes beyond all reason, contradictions, references to themselves."""
    with pytest.raises((ImpossibleError, ValueError)):
        build(schema, PROMPT)


@pytest.mark.parametrize(
    ("part", "prompt", "expected"),
    [
        ({"type": "boolean"}, "it: yes", True),
        ({"type": "boolean"}, "it is false", False),
        ({"enum": ["Small", "large"]}, "it: small", "Small"),
        ({"enum": ["red", "blue"]}, "in blue, please", "blue"),
        ({"type": "string", "format": "email"}, "it: ada@example.org.", "ada@example.org"),
        ({"type": "string", "pattern": "^[a-z]{3}$"}, "it is fox!", "fox"),
    ],
)
def test_what_a_prompt_says_of_a_property(part: dict[str, Any], prompt: str, expected: Any) -> None:
    """By its name, whatever its kind."""
    assert build({"properties": {"it": part}, "required": ["it"]}, prompt) == {"it": expected}
