"""Structured answers: the schema that ``--schema`` names, and the ``response_format`` that asks for it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from inference_cli.catalogue import schema as schemas
from inference_cli.conversation import fields, texts
from inference_cli.conversation.fitting import answer, faults
from inference_cli.errors import UsageError

__all__ = ["answer", "faults", "many", "parse", "response_format"]

_ITEMS = "items"
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST_NAME = 64
_STRICT_WORDS = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "anyOf", "enum", "const", "$ref", "$defs"}
    | {"definitions", "title", "description", "pattern", "format", "multipleOf", "minItems", "maxItems", "$schema"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)
"""What a schema may say to be kept to letter by letter (OpenAI, "Structured Outputs", supported schemas)."""
_DATA = frozenset({"enum", "const", "default", "examples"})
"""Words whose values are data, in which nothing is a reference."""
_BY_NAME = frozenset({"properties", "$defs", "definitions", "patternProperties", "dependentSchemas"})


def parse(text: str, *, read_file: Callable[[str], str]) -> dict[str, Any]:
    """The JSON Schema that ``--schema`` gives.

    Args:
        text: JSON, the short form of ``fields.py``, or ``@`` and the name of a file that holds one of the two.
        read_file: the text of a file.

    Raises:
        UsageError: it does not parse, or is no JSON Schema; also what ``read_file`` raises.
    """
    if text.startswith("@"):
        text = read_file(text[1:])
    texts.typed(text, "the schema")
    if not text.lstrip().startswith(("{", "[", '"')):
        return fields.read(text)
    schema = _json(text)
    if not isinstance(schema, dict):
        raise UsageError(
            "the schema must be a JSON object", hint='For a list of things:  --schema-multi "name, age int"'
        )
    _check(schema)
    return schema


def many(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of an object whose ``items`` are a list of such things; references inside it still hold."""
    own = dict(schema)
    whole: dict[str, Any] = {word: own.pop(word) for word in ("$schema",) if word in own}
    if "$id" not in own:
        whole |= {word: _moved(own.pop(word)) for word in ("$defs", "definitions") if word in own}
        own = _moved(own)
    return whole | {
        "type": "object",
        "properties": {_ITEMS: {"type": "array", "items": own}},
        "required": [_ITEMS],
        "additionalProperties": False,
    }


def response_format(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The parameter that asks for answers of this schema.

    ``strict`` is set where every object in the schema lists all its parts as required and allows no others: servers
    refuse it elsewhere.

    Raises:
        UsageError: the schema is not one of an object; servers take nothing else.
    """
    if schemas.types(schema, schema) != {"object"}:
        raise UsageError(
            "the schema must be that of an object",
            hint="Put the value into one, or ask for a list:  --schema-multi",
        )
    title = schema.get("title")
    name = _NOT_A_NAME.sub("_", title).strip("_")[:_LONGEST_NAME] if isinstance(title, str) else ""
    strict = schema.get("type") == "object" and all(map(_is_strict, _parts(schema)))
    return {
        "type": "json_schema",
        "json_schema": {"name": name or "answer", "strict": strict, "schema": dict(schema)},
    }


def _json(text: str) -> Any:
    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is not JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        what = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise UsageError(
            f"the schema is not JSON at line {error.lineno}, character {error.colno}: {what}",
            hint="A short form does as well:  name, age int, bio: one line",
        ) from None
    except (ValueError, RecursionError) as error:
        what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UsageError(f"the schema is not JSON: {what}") from None


def _check(schema: dict[str, Any]) -> None:
    """Refuse what is no JSON Schema; one that refers to another place is not fetched."""
    import jsonschema_rs

    try:
        jsonschema_rs.validator_for(schema, offline=True)
    except jsonschema_rs.ValidationError as error:
        where = "".join(f"/{step}" for step in error.instance_path)
        what = " ".join(error.message.split())
        raise UsageError(f"this is no JSON Schema{f', at {where}' if where else ''}: {what[:200]}") from None
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise UsageError("this is no JSON Schema that can be checked here") from None


def _moved(value: Any, word: str = "") -> Any:
    """The same with references to places in the whole schema, which is now two levels deeper; definitions stay."""
    if word in _DATA:
        return value
    if isinstance(value, Mapping):
        named = word in _BY_NAME
        return {key: _moved(inside, "" if named else str(key)) for key, inside in value.items()}
    if isinstance(value, list):
        return [_moved(inside) for inside in value]
    if word == "$ref" and isinstance(value, str) and re.match(r"#(/(?!\$defs/|definitions/)|$)", value):
        return f"#/properties/{_ITEMS}/items{value[1:]}"
    return value


def _parts(part: Any) -> Iterator[Mapping[str, Any]]:
    """A schema and all schemas in it, as far as strict ones may hold any."""
    if not isinstance(part, Mapping):
        return
    yield part
    for word in ("properties", "$defs", "definitions"):
        inside = part.get(word)
        for one in inside.values() if isinstance(inside, Mapping) else ():
            yield from _parts(one)
    yield from _parts(part.get("items"))
    alternatives = part.get("anyOf")
    for one in alternatives if isinstance(alternatives, list) else ():
        yield from _parts(one)


def _is_strict(part: Mapping[str, Any]) -> bool:
    if not part.keys() <= _STRICT_WORDS:
        return False
    kinds = part.get("type")
    if kinds != "object" and "properties" not in part and not (isinstance(kinds, list) and "object" in kinds):
        return True
    return part.get("additionalProperties") is False and set(part.get("required", ())) == set(
        part.get("properties", {})
    )
