"""Laws of ``-p``: what comes back as it was, what never becomes something else, and what never breaks."""

import copy
import itertools
import json
import random
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from inference_cli.catalogue.check import check
from inference_cli.catalogue.parameters import Parameters, parse
from inference_cli.catalogue.request import build, no_files
from inference_cli.errors import ParameterError
from tests.support.models import made_up, published, with_parameters

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no counterexample."""
TEXT = {"type": "string"}
KEYS = st.text(st.characters(exclude_characters=".[]=:", exclude_categories=["Cs"]), min_size=1, max_size=5).filter(
    lambda key: bool(key.strip())
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
OBJECTS = st.dictionaries(KEYS, JSON, min_size=1, max_size=4)


def read(*arguments: str, schema: dict[str, Any] | None = None) -> Parameters:
    """The parameters of some arguments."""
    return parse(arguments, schema, read_file=no_files)


def leaves(path: str, value: Any) -> list[str]:
    """The assignments that make a value: one for each leaf, and one for each object or list with nothing in it."""
    if isinstance(value, dict) and value:
        return [line for key, inside in value.items() for line in leaves(f"{path}.{key}", inside)]
    if isinstance(value, list) and value:
        return [line for index, inside in enumerate(value) for line in leaves(f"{path}[{index}]", inside)]
    return [f"{path}:={json.dumps(value)}"]


@PATIENT
@given(JSON)
def test_any_json_comes_back(value: Any) -> None:
    """``key:=JSON`` is literal: numbers of any size, text with anything in it, lists and objects."""
    parsed = read(f"x:={json.dumps(value)}")
    assert (parsed.values, parsed.faults) == ({"x": value}, ())
    assert json.dumps(parsed.values["x"]) == json.dumps(value)


@PATIENT
@given(OBJECTS, st.randoms(use_true_random=False))
def test_a_value_is_made_of_its_leaves_in_any_order(value: dict[str, Any], order: random.Random) -> None:
    """``a.b`` and ``a[0].b`` reach every place of every value, whichever is named first."""
    lines = list(itertools.chain.from_iterable(leaves(key, inside) for key, inside in value.items()))
    order.shuffle(lines)
    parsed = read(*lines)
    assert (parsed.values, parsed.faults) == ({key: value[key] for key in parsed.values}, ())
    assert parsed.values.keys() == value.keys()


@PATIENT
@given(KEYS, st.text())
def test_text_stays_text(key: str, text: str) -> None:
    """Whatever it looks like, where the schema says string and where there is none; a backslash before @ is for that."""
    escaped = f"\\{text}" if text.startswith(("@", "\\@")) else text
    for schema in (None, {"properties": {key: TEXT}}):
        assert read(f"{key}={escaped}", schema=schema).values == {key: text}


@PATIENT
@given(KEYS, st.lists(st.text().filter(lambda text: not text.startswith(("@", "\\@"))), min_size=1, max_size=4))
def test_a_list_is_made_by_repetition_in_its_order(key: str, texts: list[str]) -> None:
    """One value each time."""
    schema = {"properties": {key: {"type": "array", "items": TEXT}}}
    assert read(*(f"{key}={text}" for text in texts), schema=schema).values == {key: texts}


@PATIENT
@given(st.sampled_from(with_parameters()), st.lists(st.text(max_size=12), max_size=4), st.data())
def test_no_argument_breaks_anything(name: str, arguments: list[str], data: st.DataObject) -> None:
    """Every fault is one of ours, whatever is typed after ``-p``."""
    model = published()[name]
    keys = st.sampled_from([*(model.schema or {})["properties"], "a", "multi_prompt", "elements[0].x", ""])
    marks = st.sampled_from(["=", ":=", "=@", "=\\@", "[0]=", ".x=", "[0].x:=", "[99]:=", "[]="])
    mixed = [data.draw(keys) + data.draw(marks) + argument for argument in arguments]
    try:
        notes = check(model.schema, build(model, prompt="a fox", params=[*mixed, *arguments[:1]]))
    except ParameterError as refused:
        error: ParameterError | None = refused
    else:
        error = None
        assert notes == ()
    assert error is None or error.details


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, 0, -1, 1.5, "", "text", True, [], {}, [[]], {"": {}}, "#", {"$ref": "#"}, 10**400, ["string", 5], "("]
)


def mutated(schema: Any, data: st.DataObject) -> Any:
    """A copy of a schema with junk at some places in it."""
    whole = copy.deepcopy(schema)
    for _ in range(data.draw(st.integers(1, 4))):
        place = whole
        while True:
            steps = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not steps:
                break
            step = data.draw(st.sampled_from(steps))
            inside = place[step]
            if not isinstance(inside, dict | list) or not inside or data.draw(st.booleans()):
                place[step] = copy.deepcopy(data.draw(JUNK))
                break
            place = inside
    return whole


@settings(PATIENT, max_examples=200)
@given(st.sampled_from(with_parameters()), st.data())
def test_no_schema_breaks_anything(name: str, data: st.DataObject) -> None:
    """A published one with junk in it: a note, a refusal that ``--no-validate`` overcomes, or nothing (fault H7)."""
    schema = mutated(published()[name].schema, data)
    model = made_up(schema if isinstance(schema, dict) else None)
    params = ["seed=1", "duration=5", "elements[0].frontal_image_url=https://example.com/a.png", "x.y[0]:={}"]
    try:
        notes = check(model.schema, build(model, prompt="a fox", params=params))
    except ParameterError as refused:
        hint = refused.hint or ""
    else:
        hint = ""
        assert len(notes) <= 1
    assert not hint or "--no-validate" in hint
    assert check(model.schema, build(model, prompt="a fox", params=params, validate=False)) is not None
