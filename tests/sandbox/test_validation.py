from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.sandbox.catalogue import published
from inference_cli.sandbox.validation import faults
from tests.support.offline import SHOTS

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["prompt"],
    "dependentRequired": {"tail": ["start"]},
    "oneOf": [{"required": ["prompt"]}, {"required": ["shots"]}],
    "properties": {
        "prompt": {"type": "string", "maxLength": 5},
        "count": {"type": "integer", "minimum": 1, "maximum": 4},
        "scale": {"type": "number", "minimum": 0.5},
        "flag": {"type": "boolean"},
        "length": {"type": ["integer", "string"], "enum": ["auto", 5]},
        "shots": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "object", "required": ["prompt"]}},
        "one": {
            "type": "array",
            "x-shared-limit": {"max_total": 2, "max_total_with_input_video": 1, "across": ["one", "two"]},
        },
        "two": {
            "type": "array",
            "x-shared-limit": {"max_total": 2, "max_total_with_input_video": 1, "across": ["one", "two"]},
        },
        "anything": {},
    },
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"prompt": "a"}, []),
        ({"prompt": "a", "model": 7, "num_generations": "x", "unknown": []}, []),
        ({"prompt": "a", "anything": {"x": None}, "count": 2.0, "scale": 1, "length": 5}, []),
        ({"shots": [{"prompt": "x"}]}, ["prompt: is required"]),
        ({"prompt": "a", "tail": "x"}, ["tail: needs start"]),
        ({"prompt": "abcdef"}, ["prompt: must be at most 5 characters"]),
        ({"prompt": "a", "count": 0}, ["count: must be at least 1"]),
        ({"prompt": "a", "count": 5}, ["count: must be at most 4"]),
        ({"prompt": "a", "count": 1.5}, ["count: must be an integer"]),
        ({"prompt": "a", "count": True}, ["count: must be an integer"]),
        ({"prompt": "a", "flag": 1}, ["flag: must be a boolean"]),
        ({"prompt": "a", "scale": 0.1}, ["scale: must be at least 0.5"]),
        ({"prompt": "a", "length": 6}, ["length: must be one of auto, 5"]),
        ({"prompt": "a", "length": 1.5}, ["length: must be an integer or a string"]),
        (
            {"prompt": "a", "shots": []},
            ["shots: must be at least 1 items", "exactly one of prompt or shots must be given"],
        ),
        (
            {"prompt": "a", "shots": [{}, {"prompt": 1}, 3]},
            [
                "shots: must be at most 2 items",
                "shots[0].prompt: is required",
                "shots[2]: must be an object",
                "exactly one of prompt or shots must be given",
            ],
        ),
        ({"prompt": "a", "one": [1, 2], "two": [3]}, ["one and two: must be at most 2 items together"]),
        ({"prompt": "a", "one": [1, 2], "input_video": "x"}, ["one and two: must be at most 1 items together"]),
        ({"prompt": "a", "one": None, "flag": None}, []),
    ],
)
def test_each_keyword_of_the_schemas(body: dict[str, Any], expected: list[str]) -> None:
    """A sentence per fault, in the order of the schema."""
    assert faults(SCHEMA, body) == expected


@pytest.mark.parametrize(
    ("shots", "expected"),
    [
        ([{"prompt": "a", "duration": 7}, {"prompt": "b"}], []),
        (
            [{"prompt": "a", "duration": 8}, {"prompt": "b", "duration": 8}],
            ["multi_prompt: must be at most 15 seconds in all"],
        ),
        ([{"prompt": "a", "duration": 1}], ["multi_prompt: must be at least 3 seconds in all"]),
    ],
)
def test_the_shots_of_a_film_have_a_total(shots: list[dict[str, Any]], expected: list[str]) -> None:
    """``x-total-duration`` counts a shot without seconds as five."""
    entry = published().get(SHOTS)
    assert entry is not None
    assert faults(entry.schema, {"multi_prompt": shots}) == expected


def test_a_list_whose_example_contradicts_its_schema_takes_both_kinds() -> None:
    """Two models publish lists of objects and show lists of URLs."""
    part = {"type": "array", "items": {"type": "object"}, "x-example-contradicts-type": "string"}
    schema = {"properties": {"pictures": part}}

    assert faults(schema, {"pictures": ["https://a.example/b.png", {"url": "c"}]}) == []
    assert faults(schema, {"pictures": [3]}) == ["pictures[0]: must be an object"]


def test_a_model_without_a_schema_checks_nothing() -> None:
    """As there is nothing to check by."""
    assert faults(None, {"prompt": 7}) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda x: st.lists(x) | st.dictionaries(st.text(), x),
)


@pytest.mark.unmeasured
@given(body=st.dictionaries(st.sampled_from([*SCHEMA["properties"], "input_video", "multi_prompt", "x"]), JSON))
def test_no_body_breaks_the_checks(body: dict[str, Any]) -> None:
    """Whatever JSON comes, the answer is a list of sentences."""
    assert all(isinstance(fault, str) for fault in faults(SCHEMA, body))


def test_every_default_of_the_catalogue_fits_its_own_schema() -> None:
    """A request that spells the defaults out is right."""
    for entry in published().all():
        defaults = {name: part["default"] for name, part in entry.properties.items() if "default" in part}
        about_defaults = [fault for fault in faults(entry.schema, defaults) if "is required" not in fault]
        assert [fault for fault in about_defaults if "exactly one" not in fault] == [], entry.id
