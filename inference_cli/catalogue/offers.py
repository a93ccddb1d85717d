"""Models as plain rows for the completion of a command line: what each makes, its parameters, and their values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from inference_cli.catalogue import schema as schemas, words
from inference_cli.catalogue.schema import Schema

Parameter = tuple[str, str, tuple[str, ...]]
Offer = tuple[str, tuple[str, ...], str, tuple[Parameter, ...]]


class Described(Protocol):
    """What is asked of a model."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def outputs(self) -> Sequence[str]:
        """What it makes: text, image, video, audio."""
        ...

    @property
    def display_name(self) -> str | None:
        """Its name for people."""
        ...

    @property
    def schema(self) -> Schema | None:
        """The JSON Schema of its parameters."""
        ...


def offers(models: Iterable[Described]) -> list[Offer]:
    """For each model its id, what it makes, a description, and its parameters (name, description, values)."""
    return [
        (model.id, tuple(model.outputs), model.display_name or "", tuple(_parameters(model.schema))) for model in models
    ]


def _parameters(schema: Schema | None) -> list[Parameter]:
    root = schema or {}
    needed = schemas.required(schema)
    return [
        (name, _meaning(part, root, required=name in needed), _values(part, root))
        for name, part in schemas.properties(schema).items()
    ]


def _meaning(part: Schema, root: Schema, *, required: bool) -> str:
    """``integer, 1 to 50, default 28``; values that are offered by themselves are left out."""
    kind, span = words.kind_of(part, root), "" if _listed(part, root) else words.allowed(part, root)
    default = part.get("default")
    plain = isinstance(default, str | int | float) and default != ""
    return ", ".join(
        filter(None, [kind, span, f"default {_typed(default)}" if plain else "", "required" if required else ""])
    )


def _listed(part: Schema, root: Schema) -> list[Any]:
    return schemas.options(part, root) or schemas.options(schemas.items(part, root), root)


def _values(part: Schema, root: Schema) -> tuple[str, ...]:
    """The values that a schema lists, as ``-p name=`` takes them; yes or no where it is one of the two."""
    listed = _listed(part, root) or ([True, False] if schemas.types(part, root) - {"null"} == {"boolean"} else [])
    plain = [value for value in listed if value is not None and not isinstance(value, Mapping | list)]
    return tuple(dict.fromkeys(text for text in map(_typed, plain) if not text.startswith("@")))


def _typed(value: Any) -> str:
    return ("false", "true")[value] if isinstance(value, bool) else str(value)
