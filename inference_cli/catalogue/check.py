"""A request against its model's schema: all that is wrong, before anything is sent."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import addresses, parameters, plain, rules, schema as schemas, sentences
from inference_cli.catalogue.faults import Fault, error_of
from inference_cli.catalogue.request import Request
from inference_cli.catalogue.schema import Schema
from inference_cli.catalogue.sendable import unsendable
from inference_cli.catalogue.unknown import unknown

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_LONG = 200  # a data URL is checked for being one, not byte by byte


def check(schema: Schema | None, request: Request) -> tuple[str, ...]:
    """Check a request.

    Args:
        schema: the model's; a missing or broken one checks nothing (fault H7).
        request: what ``request.build`` made; with ``validated`` off only what cannot be sent at all is refused.

    Returns:
        Notes, such as that nothing could be checked.

    Raises:
        ParameterError: with a line for each fault.
    """
    faults = [*request.faults, *unsendable(request)]
    checked = True
    if request.validated:
        found = _found(schema, request)
        checked = found is not None
        faults.extend(found or ())
        faults.extend(_empty_prompt(request))
    if faults:
        raise error_of(request.model, faults, validated=request.validated)
    return tuple(_untold(schema, request, checked=checked))


def _untold(schema: Schema | None, request: Request, *, checked: bool) -> Iterator[str]:
    """That nothing was checked, and what became of ``-p`` where nothing told its types: one sentence."""
    if schemas.properties(schema):
        if not checked:
            yield f"the parameters were not checked: the schema of {request.model} cannot be read"
        return
    typed = any(spelling.startswith("-p ") for spelling in request.origins.values())
    how = "key=value is sent as text, key:=JSON as it is"
    if not checked:
        yield f"the parameters were not checked: {request.model} publishes no schema{f'; {how}' if typed else ''}"
    elif typed:
        yield f"{request.model} publishes no schema: {how}"


def _found(schema: Schema | None, request: Request) -> list[Fault] | None:
    """What the schema says against a request; None where it cannot say anything."""
    parts = schemas.properties(schema)
    if schema is None or not parts:
        return None
    extras = {name: part for name, part in parameters.known(schema).items() if name not in parts}
    own = {name: value for name, value in request.body.items() if name != "model" and name not in extras}
    beside = {name: value for name, value in request.body.items() if name in extras}
    errors = errors_of(schemas.tolerant(schema), light(own))
    if errors is None:
        return None
    described = {"type": "object", "properties": extras}
    return [
        *unknown(schema, request, own),
        *sentences.found(schema, request, errors),
        *sentences.found(described, request, errors_of(described, light(beside)) or []),
        *rules.found(schema, request),
        *addresses.found(schema, request),
    ]


def errors_of(schema: Mapping[str, Any], body: Any) -> "list[ValidationError] | None":
    """All errors of a body; None where the schema is broken, refers elsewhere or recurses for ever."""
    if plain.fits(schema, body):
        return []
    import jsonschema_rs

    try:
        validator = jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=False, offline=True)
        return list(validator.iter_errors(body))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def light(value: Any) -> Any:
    """The body with its data URLs cut: none of them is looked into, or shown."""
    if isinstance(value, Mapping):
        return {str(name): light(inside) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [light(inside) for inside in value]
    return "data:," if isinstance(value, str) and value.startswith("data:") and len(value) > _LONG else value


def _empty_prompt(request: Request) -> list[Fault]:
    """What the API refuses whatever the model (contract, "Errors": "Prompt cannot be empty")."""
    prompt = request.body.get("prompt")
    if not isinstance(prompt, str) or prompt.strip():
        return []
    return [Fault(request.origins.get("prompt", "prompt"), "the prompt is empty")]
