import enum
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import GenericAlias
from typing import Annotated, Any, Literal, NewType, NotRequired, Optional, Required, TypedDict, Union

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.conversation.tools.given import faults_of
from inference_cli.conversation.tools.hints import UnsupportedHintError, shape

Metres = NewType("Metres", float)


class Unit(enum.Enum):
    """By text."""

    C = "celsius"
    F = "fahrenheit"


class Level(enum.IntEnum):
    """By number."""

    LOW = 1
    HIGH = 2


class Odd(enum.Enum):
    """By name."""

    A = (1, 2)
    B = 3.5


@dataclass
class Place:
    """With defaults."""

    city: str
    height: Metres = Metres(0.0)
    tags: list[str] = field(default_factory=list)
    computed: int = field(init=False, default=1)


class Wish(TypedDict, total=False):
    """With one that must be there."""

    unit: Required[Unit]
    place: Annotated[Place, "where"]


class Order(TypedDict):
    """With one that need not be there."""

    wish: Wish
    note: NotRequired[str]


@dataclass
class Node:
    """Without an end."""

    children: "list[Node]"


@dataclass
class Lost:
    """With a hint that means nothing."""

    where: "Nowhere"  # type: ignore[name-defined] # noqa: F821


PLAIN: list[Any] = [
    *(str, int, float, bool, None, Any, list, dict, Metres, Unit, Level, Odd, Place, Wish, Order),
    *(Literal["a", "b"], Literal[1, True, "x"], set[int], frozenset[Literal["a", "b"]], tuple[float, ...]),
]


def hints() -> st.SearchStrategy[Any]:
    """Hints inside each other."""

    def wider(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(
            inner.map(lambda one: GenericAlias(list, one)),
            inner.map(lambda one: GenericAlias(Sequence, one)),
            inner.map(lambda one: GenericAlias(dict, (str, one))),
            inner.map(Optional.__getitem__),
            inner.map(lambda one: Annotated[one, 7, "what it is"]),
            st.tuples(inner, inner).map(Union.__getitem__),
        )

    return st.recursive(st.sampled_from(PLAIN), wider, max_leaves=4)


HUGE = st.just(10**400)
SCALARS: dict[str | None, st.SearchStrategy[Any]] = {
    "string": st.text(max_size=5),
    "integer": st.integers() | st.integers(-9, 9).map(float) | HUGE,
    "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers() | HUGE,
    "boolean": st.booleans(),
    "null": st.none(),
    None: st.none() | st.booleans() | st.text(max_size=3),
}


def values(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """JSON that fits a schema of those that hints give."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([values(one) for one in schema["anyOf"]])
    kind = schema.get("type")
    if kind == "array":
        unique = _as_json if "uniqueItems" in schema else None
        return st.lists(values(schema["items"]), max_size=3, unique_by=unique)
    if kind == "object" and "properties" in schema:
        parts = {name: values(part) for name, part in schema["properties"].items()}
        must = {name: part for name, part in parts.items() if name in schema["required"]}
        return st.fixed_dictionaries(must, optional={name: one for name, one in parts.items() if name not in must})
    if kind == "object":
        return st.dictionaries(st.text(max_size=3), values(schema["additionalProperties"]), max_size=2)
    return SCALARS[kind]


def _as_json(value: Any) -> str:
    """Two numbers are one where they are equal."""
    return json.dumps(float(value) if type(value) is int and abs(value) < 10**15 else value)


@settings(max_examples=60)
@given(st.data())
def test_what_fits_the_schema_can_be_made(data: st.DataObject) -> None:
    """The law: every value that validates becomes one of the hint, and the schema is JSON."""
    made = shape(data.draw(hints()))
    json.dumps(made.schema)
    value = data.draw(values(made.schema))
    if faults_of(value, made.schema) != ["They could not be checked."]:
        assert faults_of(value, made.schema) == []
        made.make(value)


@pytest.mark.parametrize(
    ("hint", "schema", "value", "made"),
    [
        (int, {"type": "integer"}, 3.0, 3),
        (float, {"type": "number"}, 3, 3.0),
        (bool, {"type": "boolean"}, True, True),
        (Any, {}, [1], [1]),
        (str | None, {"anyOf": [{"type": "string"}, {"type": "null"}]}, None, None),
        (Literal["a", "b"], {"enum": ["a", "b"], "type": "string"}, "b", "b"),
        (Unit, {"enum": ["celsius", "fahrenheit"], "type": "string"}, "celsius", Unit.C),
        (Level, {"enum": [1, 2]}, 2.0, Level.HIGH),
        (Odd, {"enum": ["A", "B"], "type": "string"}, "B", Odd.B),
        (list, {"type": "array", "items": {}}, [1, "a"], [1, "a"]),
        (set[int], {"type": "array", "items": {"type": "integer"}, "uniqueItems": True}, [1, 2], {1, 2}),
        (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}, [1], (1,)),
        (dict[str, Level], {"type": "object", "additionalProperties": {"enum": [1, 2]}}, {"a": 1}, {"a": Level.LOW}),
        (Annotated[int, "how many"], {"type": "integer", "description": "how many"}, 1, 1),
        (int | Place, None, {"city": "Bonn", "height": 60}, Place("Bonn", Metres(60.0))),
        (Order, None, {"wish": {"unit": "celsius"}}, {"wish": {"unit": Unit.C}}),
    ],
)
def test_each_kind(hint: Any, schema: dict[str, Any] | None, value: Any, made: Any) -> None:
    """Its schema, and a value of it with the type that was asked for."""
    found = shape(hint)
    assert schema is None or found.schema == schema
    assert faults_of(value, found.schema) == []
    result = found.make(value)
    assert (result, type(result)) == (made, type(made))


def test_an_object() -> None:
    """Of a data class and a typed dictionary: what has a default may be left out, and nothing else may be given."""
    assert shape(Place).schema == {
        "type": "object",
        "properties": {
            "city": {"type": "string"},
            "height": {"type": "number"},
            "tags": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["city"],
        "additionalProperties": False,
    }
    assert shape(Wish).schema["required"] == ["unit"]
    assert shape(Order).schema["required"] == ["wish"]
    assert shape(Wish).schema["properties"]["place"]["description"] == "where"


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (bytes, "bytes"),
        (complex, "complex"),
        (tuple[int, str], "a tuple of different types"),
        (dict[int, str], "keys are texts"),
        (set[list[int]], "a set of anything but"),
        (set[Any], "a set of anything but"),
        (Node, "Node, which holds itself"),
        (Literal[b"x"], "Literal"),
        (type[int], "type"),
        (Lost, "Lost: name 'Nowhere' is not defined"),
    ],
)
def test_what_json_has_nothing_for(hint: Any, words: str) -> None:
    """Named in the refusal."""
    with pytest.raises(UnsupportedHintError, match=words):
        shape(hint)
