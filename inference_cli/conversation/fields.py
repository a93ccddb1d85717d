"""The short way to write a schema: ``name, age int, bio: one line``.

Fields are separated by commas, or, where the text has several lines, by lines. A field is a name, then perhaps a type
(``str``, ``int``, ``float``, ``bool``; text without one), then perhaps a colon and a description. Every field must be
in the answer, and nothing else may be. The notation is that of the ``llm`` command.
"""

import re
from collections.abc import Iterator
from typing import Any

from inference_cli.catalogue.nearest import nearest
from inference_cli.errors import UsageError

TYPES = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
}
"""What may stand behind a name; the first four are ``llm``'s, the others JSON Schema's own names."""

_MEANT = ("str", "int", "float", "bool")
_NAME = re.compile(r"[\w$][\w$.-]*")
_WORD = re.compile(r"\S+")
_HINT = "Write it as:  name, age int, bio: one line   (types: str, int, float, bool), or as JSON, or @FILE"
_SHOWN = 40  # characters of the user's text in a sentence


def read(text: str) -> dict[str, Any]:
    """The JSON Schema of an object with these fields, in this order.

    Raises:
        UsageError: it does not parse; the sentence has the position, and the hint an example.
    """
    several = "\n" in text.strip()
    properties: dict[str, Any] = {}
    for start, field in _split(text, "\n" if several else ","):
        name, part = _field(text, start, field)
        if name in properties:
            raise _error(text, start, f"{name} is there twice")
        properties[name] = part
    if not properties:
        raise _error(text, 0, "it has no fields")
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _split(text: str, separator: str) -> Iterator[tuple[int, str]]:
    """Each field without the white space around it, and where it starts; an empty line or last field is none."""
    at = 0
    parts = text.split(separator)
    for number, part in enumerate(parts, start=1):
        field = part.strip()
        if separator == "\n":
            field = field.removesuffix(",").rstrip()
        start = at + len(part) - len(part.lstrip())
        at += len(part) + 1
        if field:
            yield start, field
        elif separator == "," and number < len(parts):
            raise _error(text, at - 1, "there is no name before the comma")


def _field(text: str, start: int, field: str) -> tuple[str, dict[str, str]]:
    head, _, description = field.partition(":")
    words = list(_WORD.finditer(head))
    if not words:
        raise _error(text, start, "there is no name before the colon")
    name = words[0][0]
    bad = _NAME.match(name)
    if bad is None or bad.end() < len(name):
        raise _error(text, start + (bad.end() if bad else 0), f"{name[:_SHOWN]} is no name")
    kind = words[1][0] if len(words) > 1 else "str"
    if kind not in TYPES:
        close = nearest(kind, _MEANT, 1)
        meant = f"; did you mean {close[0]}?" if close else ""
        raise _error(text, start + words[1].start(), f"there is no type {kind[:_SHOWN]}{meant}")
    if len(words) > 2:  # noqa: PLR2004 - a name and a type
        where = start + words[2].start()
        raise _error(text, where, f"{words[2][0][:_SHOWN]} is too much: a description stands after a colon")
    part = {"type": TYPES[kind]}
    if description.strip():
        part["description"] = description.strip()
    return name, part


def _error(text: str, at: int, what: str) -> UsageError:
    line = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    where = f"line {line + 1}, character {column}" if line else f"character {column}"
    return UsageError(f"the schema does not parse at {where}: {what}", hint=_HINT)
