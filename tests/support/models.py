"""The models of the published catalogue, as the client reads them."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import inference_cli
from inference_cli.api.records import Model


@functools.cache
def published() -> dict[str, Model]:
    """Every model of the catalogue that ships with the package, by id."""
    path = Path(inference_cli.__file__).with_name("sandbox") / "catalogue.json"
    models = [Model.from_json(row) for row in json.loads(path.read_bytes())]
    return {model.id: model for model in models}


@functools.cache
def with_parameters() -> tuple[str, ...]:
    """The ids of those that have a schema of parameters."""
    return tuple(name for name, model in published().items() if model.schema)


def made_up(schema: Mapping[str, Any] | None, name: str = "made-up") -> Model:
    """A model with this schema."""
    return Model(id=name, schema=schema)


def parameters(**properties: Any) -> dict[str, Any]:
    """A schema of these parameters; those whose name ends in ``_`` must be given (and lose the underscore)."""
    named = {name.removesuffix("_"): part for name, part in properties.items()}
    return {"type": "object", "properties": named, "required": [name[:-1] for name in properties if name.endswith("_")]}
