"""``-p key=value`` of a chat: typed as the API has it, where the model publishes no schema of its own."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import parameters, sentences
from inference_cli.catalogue.faults import error_of
from inference_cli.catalogue.request import Request, no_files
from inference_cli.catalogue.schema import properties

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

    from inference_cli.api.records import Model

_PENALTY = {"type": "number", "minimum": -2, "maximum": 2}
KNOWN: Mapping[str, Any] = {
    "max_tokens": {"type": "integer", "minimum": 1},
    "max_completion_tokens": {"type": "integer", "minimum": 1},
    "temperature": {"type": "number", "minimum": 0, "maximum": 2},
    "top_p": {"type": "number", "minimum": 0, "maximum": 1},
    "top_k": {"type": "integer", "minimum": 0},
    "frequency_penalty": _PENALTY,
    "presence_penalty": _PENALTY,
    "seed": {"type": "integer"},
    "stop": {"type": "array", "items": {"type": "string"}},
    "parallel_tool_calls": {"type": "boolean"},
    "reasoning_effort": {"type": "string"},
    "response_format": {"type": "object"},
}
"""Parameters of a chat request (contract, "Chat"; and what OpenAI-compatible servers share), with their ranges."""


def parse(arguments: Sequence[str], model: "Model") -> dict[str, Any]:
    """Read ``-p`` arguments; what neither the model nor the API describes is sent as text, ``key:=JSON`` as it is.

    Args:
        arguments: each ``key=value`` or ``key:=JSON``.
        model: whom they are for.

    Raises:
        ParameterError: with a line for each that does not fit.
    """
    own = properties(model.schema)
    schema = {"type": "object", "properties": {**KNOWN, **own}}
    found = parameters.parse(arguments, schema, read_file=no_files)
    request = Request(model.id, found.values, dict(found.origins))
    faults = [*found.faults, *sentences.found(schema, request, _errors(schema, found.values))]
    if faults:
        raise error_of(model.id, faults, validated=False)
    return found.values


def _errors(schema: Mapping[str, Any], values: Mapping[str, Any]) -> "list[ValidationError]":
    """What a schema has against the values; nothing where it is none (fault H7)."""
    import jsonschema_rs

    try:
        return list(jsonschema_rs.Draft202012Validator(dict(schema), offline=True).iter_errors(dict(values)))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return []
