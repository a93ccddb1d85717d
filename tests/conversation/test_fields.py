"""The short form of a schema says what the long one does, or where it does not parse."""

import contextlib

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.fields import TYPES, read
from inference_cli.errors import UsageError

NAMES = st.from_regex(r"[a-z_$][A-Za-z0-9_$.-]{0,10}", fullmatch=True)
DESCRIPTIONS = st.text(st.characters(categories=("L", "N", "P"), exclude_characters=","), max_size=20)
FIELDS = st.lists(
    st.tuples(NAMES, st.sampled_from([*TYPES, ""]), DESCRIPTIONS), min_size=1, unique_by=lambda one: one[0]
)


def test_fields_become_the_schema_of_an_object() -> None:
    """Every field is needed, and no other is allowed."""
    assert read("name, age int, height float, alive bool, bio: one line") == {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "age": {"type": "integer"},
            "height": {"type": "number"},
            "alive": {"type": "boolean"},
            "bio": {"type": "string", "description": "one line"},
        },
        "required": ["name", "age", "height", "alive", "bio"],
        "additionalProperties": False,
    }


def test_lines_may_hold_commas_in_their_descriptions() -> None:
    """A comma at a line's end separates nothing; empty lines are nothing."""
    assert read("\n  name: first, then last\n\n  born-in int: a year,\n  tags,\r\n")["properties"] == {
        "name": {"type": "string", "description": "first, then last"},
        "born-in": {"type": "integer", "description": "a year"},
        "tags": {"type": "string"},
    }


def test_spaces_and_a_last_comma_are_forgiven() -> None:
    """Descriptions may hold colons."""
    assert read("  name ,age   int:in years: whole ones , ")["properties"] == {
        "name": {"type": "string"},
        "age": {"type": "integer", "description": "in years: whole ones"},
    }


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("", "character 1", "it has no fields"),
        (" , ", "character 2", "there is no name before the comma"),
        ("name,,age", "character 6", "there is no name before the comma"),
        ("name, age ints", "character 11", "there is no type ints; did you mean int?"),
        ("name, age zzz", "character 11", "there is no type zzz"),
        ("full name str", "character 6", "there is no type name"),
        ("age int years", "character 9", "years is too much: a description stands after a colon"),
        (": text", "character 1", "there is no name before the colon"),
        ("a, b, a int", "character 7", "a is there twice"),
        ("name; age", "character 5", "name; is no name"),
        ("-x", "character 1", "-x is no name"),
        ("name\nage int\n  born yr", "line 3, character 8", "there is no type yr"),
        ("a\nb\na", "line 3, character 1", "a is there twice"),
    ],
)
def test_what_does_not_parse_is_pointed_at(text: str, where: str, what: str) -> None:
    """With an example of what does."""
    with pytest.raises(UsageError) as error:
        read(text)
    assert error.value.message == f"the schema does not parse at {where}: {what}"
    assert error.value.hint == (
        "Write it as:  name, age int, bio: one line   (types: str, int, float, bool), or as JSON, or @FILE"
    )


@given(FIELDS, st.sampled_from([",", ", ", " , ", "\n", "\r\n", ",\n"]))
def test_fields_keep_their_order_types_and_descriptions(fields: list[tuple[str, str, str]], between: str) -> None:
    """However they are separated."""
    text = between.join(f"{name} {kind}:{said}" for name, kind, said in fields) + ("\n" if "\n" in between else "")
    schema = read(text if len(fields) > 1 or "\n" not in between else f"{text}\n")
    assert list(schema["properties"]) == schema["required"] == [name for name, _, _ in fields]
    assert list(schema["properties"].values()) == [
        {"type": TYPES[kind or "str"]} | ({"description": said} if said else {}) for _, kind, said in fields
    ]


@given(st.text(max_size=40))
def test_any_text_parses_or_is_refused(text: str) -> None:
    """Nothing else comes out."""
    schema = None
    with contextlib.suppress(UsageError):
        schema = read(text)
    assert schema is None or schema["required"] == list(schema["properties"]) != []
