from typing import Any

import pytest

from inference_cli.conversation.tools.fields import FieldError, read


def test_the_short_form() -> None:
    """Types and descriptions; a question mark or a default: it need not be given."""
    table = {
        "city": "its name",
        "days": "int: how many: at most 7",
        "exact": "bool",
        "note": ": int or not",
        "unit?": "str",
        "size": {"type": "integer", "default": 3},
        "list": {"type": "array", "required": False},
        "must": {"type": "string", "required": True},
    }
    assert read(table) == {
        "type": "object",
        "properties": {
            "city": {"type": "string", "description": "its name"},
            "days": {"type": "integer", "description": "how many: at most 7"},
            "exact": {"type": "boolean"},
            "note": {"type": "string", "description": "int or not"},
            "unit": {"type": "string"},
            "size": {"type": "integer", "default": 3},
            "list": {"type": "array"},
            "must": {"type": "string"},
        },
        "required": ["city", "days", "exact", "note", "must"],
        "additionalProperties": False,
    }


def test_a_schema_as_it_is() -> None:
    """JSON Schema, written in TOML."""
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    assert read(schema) == schema


def test_the_short_form_of_schemas() -> None:
    """The same that --schema takes."""
    assert read("city, days int: how many") == {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer", "description": "how many"}},
        "required": ["city", "days"],
        "additionalProperties": False,
    }
    with pytest.raises(FieldError, match="parameters: the schema does not parse at character 6: there is no type inn"):
        read("city inn")


@pytest.mark.parametrize("table", [3, {"a": 3}, {"a": {"type": "thing"}}], ids=repr)
def test_what_makes_no_sense(table: Any) -> None:
    """Said."""
    with pytest.raises(FieldError):
        read(table)
