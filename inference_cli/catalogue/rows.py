"""A model's parameters as rows of a table."""

from typing import Any

from inference_cli.catalogue import schema as schemas, words
from inference_cli.catalogue.faults import shortened
from inference_cli.catalogue.schema import Schema


def parameter_rows(schema: Schema | None) -> list[tuple[str, str, str, str]]:
    """Name, type, default and allowed values of every parameter; those that must be given come first."""
    parts = schemas.properties(schema)
    needed = schemas.required(schema)
    ordered = sorted(parts, key=lambda name: (name not in needed, name != "prompt"))
    return [
        (
            name,
            words.kind_of(parts[name], schema or {}),
            "required" if name in needed else _shown(parts[name].get("default")),
            words.allowed(parts[name], schema or {}),
        )
        for name in ordered
    ]


def described_rows(schema: Schema | None) -> list[tuple[str, str, str, str, str]]:
    """The same with what the schema says about each parameter: its description, else its title."""
    parts = schemas.properties(schema)
    return [(*row, _description(parts[row[0]], schema or {})) for row in parameter_rows(schema)]


def _description(part: Schema, root: Schema) -> str:
    for variant in schemas.variants(part, root):
        for word in ("description", "title"):
            text = variant.get(word)
            if isinstance(text, str) and text.strip():
                return " ".join(text.split())
    return ""


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "" if default is None or default in ("", []) else shortened(str(default))
