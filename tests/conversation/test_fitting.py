"""An answer fits its schema, or is told where it does not."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.fields import read
from inference_cli.conversation.schemas import answer, faults, many

PERSON = read("name, age int")
JSON = '{"name": "Ada", "age": 36}'


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        (JSON, JSON),
        (f"```json\n{JSON}\n```", JSON),
        (f" ```\r\n{JSON}\r\n``` \n", f"{JSON}\r"),
        (f"~~~~ json\n{JSON}\n~~~~~\n", JSON),
        ("```json\n```", ""),
    ],
)
def test_a_fence_around_all_of_it_is_looked_through(text: str, inside: str) -> None:
    """Models that know no schemas put one there."""
    assert answer(text) == inside


@pytest.mark.parametrize(
    "text",
    [
        f"Here it is:\n```json\n{JSON}\n```",
        f"```json\n{JSON}",
        f"```json\n{JSON}\n```\nDone.",
        f"```{JSON}```",
        "",
        "```",
    ],
)
def test_words_around_it_are_no_json(text: str) -> None:
    """Who asked for JSON gets it, or hears that there is none."""
    assert answer(text) == text
    assert faults(text, PERSON)[0].startswith("the answer is not JSON at line 1, character ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (JSON, ()),
        (f"```json\n{JSON}\n```\n", ()),
        ('{"name": "Ada"}', ("the answer lacks age",)),
        ('{"name": "Ada", "age": "36"}', ("age must be a whole number, not text",)),
        ('{"name": true, "age": 1.5}', ("name must be text, not true", "age must be a whole number, not a number")),
        ('{"name": null, "age": []}', ("age must be a whole number, not a list", "name must be text, not null")),
        (
            '{"name": "", "age": 1, "x": {}, "y": 1}',
            ("the answer has x, which is not in the schema", "the answer has y, which is not in the schema"),
        ),
        ("[]", ("the answer must be an object, not a list",)),
        ('{"name": ', ("the answer is not JSON at line 1, character 10: expecting value",)),
        ('{"name": "", "age": NaN}', ("the answer is not JSON: it holds NaN",)),
        ("[" * 100_000, ("the answer is nested too deeply",)),
    ],
)
def test_what_is_wrong_is_said(text: str, found: tuple[str, ...]) -> None:
    """A sentence for each place."""
    assert sorted(faults(text, PERSON)) == sorted(found)


@pytest.mark.parametrize(
    ("part", "value", "sentence"),
    [
        ({"enum": ["a", None, True]}, '"b"', 'x must be "a" or null or true'),
        ({"type": ["string", "null"]}, "1", "x must be null or text, not a whole number"),
        ({"type": "array", "items": {"type": "boolean"}}, "[true, {}]", "x[1] must be true or false, not an object"),
        ({"maxLength": 2}, '"abc"', 'x: "abc" is longer than 2 characters'),
        ({"const": 1}, "2", "x: 1 was expected"),
    ],
)
def test_other_rules_are_told_too(part: dict[str, Any], value: str, sentence: str) -> None:
    """Under the place's name."""
    assert faults(f'{{"x": {value}}}', {"type": "object", "properties": {"x": part}}) == (sentence,)


def test_not_more_is_said_than_can_be_read() -> None:
    """Thirty wrong things are twenty sentences and a number."""
    things = ",".join(["{}"] * 15)
    found = faults(f'{{"items": [{things}]}}', many(PERSON))
    assert (len(found), found[0], found[-1]) == (21, "items[0] lacks name", "and 10 more")


def test_a_schema_that_nobody_checked_says_nothing() -> None:
    """It is an answer's fault only where that is known."""
    assert faults("{}", {"type": "objekt"}) == ("the answer could not be checked",)


@given(st.text(max_size=30), st.integers(-(10**6), 10**6))
def test_a_true_answer_fits(name: str, age: int) -> None:
    """Whatever stands in it, fenced or not."""
    import json

    text = json.dumps({"name": name, "age": age})
    assert faults(text, PERSON) == faults(f"```json\n{text}\n```", PERSON) == ()
