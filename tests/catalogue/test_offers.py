"""Models as rows for completion."""

import jsonschema_rs

from inference_cli.api.records import Model
from inference_cli.catalogue.offers import offers
from inference_cli.catalogue.parameters import parse
from tests.support.models import parameters, published


def test_parameters_have_their_meaning_and_values() -> None:
    """Enums behind references and in lists too; booleans are two values."""
    schema = parameters(
        size_={"type": "string", "enum": ["1K", "2K", None, "@x"], "default": "1K"},
        steps={"type": "integer", "minimum": 1, "maximum": 50, "default": 28},
        loop={"type": ["boolean", "null"], "default": False},
        modes={"type": "array", "items": {"$ref": "#/$defs/Mode"}},
        either={"anyOf": [{"type": "integer", "enum": [5, 10]}, {"const": "auto"}]},
        prompt_={"type": "string"},
    ) | {"$defs": {"Mode": {"type": "string", "enum": ["a", "b"]}}}

    ((name, outputs, description, rows),) = offers([Model(id="m", display_name="M", outputs=("image",), schema=schema)])

    assert (name, outputs, description) == ("m", ("image",), "M")
    assert rows == (
        ("size", "choice, default 1K, required", ("1K", "2K")),
        ("steps", "integer, 1 to 50, default 28", ()),
        ("loop", "yes/no, default false", ("true", "false")),
        ("modes", "list", ("a", "b")),
        ("either", "integer", ("5", "10", "auto")),
        ("prompt", "text, required", ()),
    )


def test_a_model_without_a_schema_has_no_parameters() -> None:
    """Nor one whose schema is broken or refers to itself."""
    for schema in (None, {}, {"properties": 3}, {"$ref": "#"}):
        assert offers([Model(id="m", schema=schema)]) == [("m", (), "", ())]
    recursive = {"properties": {"a": {"$ref": "#/properties/a"}}}
    assert offers([Model(id="m", schema=recursive)])[0][3][0][0] == "a"


def test_every_value_of_the_catalogue_is_one() -> None:
    """Typed behind ``-p name=``, each value that is offered is what the schema takes."""
    offered = 0
    for model in published().values():
        ((_, _, _, rows),) = offers([model])
        schema = {key: part for key, part in (model.schema or {}).items() if key in {"type", "properties", "$defs"}}
        validator = jsonschema_rs.validator_for(schema)
        for name, _, values in rows:
            for value in values:
                parsed = parse([f"{name}={value}"], model.schema, read_file=lambda path, _kinds: path)
                assert not parsed.faults, (model.id, name, value)
                assert validator.is_valid(parsed.values), (model.id, name, value)
                offered += 1
    assert offered > 1000
