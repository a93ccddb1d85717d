"""A request against its model's schema: all that is wrong, before anything is sent."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import names, parameters, rules, schema as schemas, words
from inference_cli.catalogue.faults import Fault, error_of
from inference_cli.catalogue.nearest import nearest
from inference_cli.catalogue.request import Request
from inference_cli.catalogue.schema import Schema
from inference_cli.catalogue.tree import Path, spelled

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_LONG = 200  # a data URL is checked for being one, not byte by byte
_VALUE = frozenset({"enum", "const", "type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
_SENTENCES = {"uniqueItems": "has the same value twice", "falseSchema": "is not allowed"}
_CROSSWISE = frozenset({"required", "dependentRequired", "oneOf", "anyOf", "not"})


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
    faults = [*request.faults, *_unsendable(request)]
    notes: tuple[str, ...] = ()
    if request.validated:
        found = _found(schema, request)
        if found is None:
            notes = (f"the parameters were not checked: {request.model} publishes no schema that can be read",)
        faults.extend(found or ())
    if faults:
        raise error_of(request.model, faults, validated=request.validated)
    return notes


def _found(schema: Schema | None, request: Request) -> list[Fault] | None:
    """What the schema says against a request; None where it cannot say anything."""
    parts = schemas.properties(schema)
    if schema is None or not parts:
        return None
    extras = {name: part for name, part in parameters.known(schema).items() if name not in parts}
    own = {name: value for name, value in request.body.items() if name != "model" and name not in extras}
    beside = {name: value for name, value in request.body.items() if name in extras}
    errors = _errors(schemas.tolerant(schema), _light(own))
    if errors is None:
        return None
    described = {"type": "object", "properties": extras}
    return [
        *_unknown(schema, request, own),
        *_sentences(schema, request, errors),
        *_sentences(described, request, _errors(described, _light(beside)) or []),
        *rules.found(schema, request),
    ]


def _errors(schema: Mapping[str, Any], body: Any) -> "list[ValidationError] | None":
    """All errors of a body; None where the schema is broken, refers elsewhere or recurses for ever."""
    import jsonschema_rs

    try:
        validator = jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=False, offline=True)
        return list(validator.iter_errors(body))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _light(value: Any) -> Any:
    """The body with its data URLs cut: none of them is looked into, or shown."""
    if isinstance(value, Mapping):
        return {str(name): _light(inside) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_light(inside) for inside in value]
    return "data:," if isinstance(value, str) and value.startswith("data:") and len(value) > _LONG else value


# ---------------------------------------------------------------------------------------- sentences


def _sentences(schema: Schema, request: Request, errors: "list[ValidationError]") -> Iterator[Fault]:
    """A fault for each place that has errors; of several at one place the most telling one."""
    places: dict[Path, list[ValidationError]] = {}
    for error in errors:
        if error.kind.name == "additionalProperties":
            continue  # unknown keys have a sentence of their own
        if error.instance_path or error.kind.name == "required":
            places.setdefault(tuple(error.instance_path), []).append(error)
    for path, found in places.items():
        part = _part(schema, path)
        told = {_sentence(error, part, schema) for error in found if error.kind.name not in _CROSSWISE}
        if told:
            yield _fault(request, path, min(told, key=lambda text: (not text.startswith("must"), text)))
        for error in found:
            if error.kind.name == "required" and "dependentRequired" not in error.schema_path:
                yield from _missing(request, path, str(error.kind.as_dict()["property"]))
            elif error.kind.name in _CROSSWISE and path and not told:
                yield _fault(request, path, _sentence(error, part, schema))


def _part(schema: Schema, path: Path) -> Schema:
    part: Schema = schema
    for step in path:
        part = schemas.inside(part, step, schema)
    return part


def _sentence(error: "ValidationError", part: Schema, root: Schema) -> str:
    kind, told = error.kind.name, error.kind.as_dict()
    if kind in _VALUE or kind in {"anyOf", "oneOf"}:
        return f"must be {_automatic(error, words.expected(part, root))}"
    if kind in {"minLength", "maxLength"}:
        size = len(error.instance) if isinstance(error.instance, str) else 0
        return f"has {size} characters; {told['limit']} {'at least' if kind == 'minLength' else 'at most'}"
    if kind in {"minItems", "maxItems"}:
        size = len(error.instance) if isinstance(error.instance, list) else 0
        return f"has {size}; {told['limit']} {'at least' if kind == 'minItems' else 'at most'}"
    if kind == "multipleOf":
        return f"must be a multiple of {told['multiple_of']}"
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    return f"does not fit the schema ({kind})"


def _automatic(error: "ValidationError", expected: str) -> str:
    """A length of -1 or 0 is an automatic one: ``auto`` says the same in the words of the flag."""
    if error.instance_path[-1] not in names.DURATIONS:
        return expected
    return re.sub(r"^(?:-1|0)(?=,| or )", "auto", expected)


def _fault(request: Request, path: Path, sentence: str) -> Fault:
    """A fault at a path, under the words that the user wrote for it."""
    whole = spelled(path)
    if whole in request.origins:
        return Fault(request.origins[whole], sentence)
    root = str(path[0])
    rest = spelled(path[1:])
    return Fault(request.origins.get(root, root), f"{rest}: {sentence}" if rest else sentence)


def _missing(request: Request, path: Path, name: str) -> Iterator[Fault]:
    """A parameter that must be given; one that was, and is wrong, has its own fault already."""
    if path:
        yield _fault(request, path, f"needs {name}")
    elif name not in request.origins:
        how = next((flag for flag, known in _HOW.items() if name in known), f"-p {name}=…")
        yield Fault(name, "is required" if name == "prompt" else f"is required: {how}")


_HOW = {
    "-i FILE": names.IMAGES,
    "--video FILE": names.VIDEOS,
    "--duration": names.DURATIONS,
    "--aspect-ratio": names.ASPECT_RATIOS,
}

# ------------------------------------------------------------------------------------- unknown keys


def _unknown(schema: Schema, request: Request, own: Mapping[str, Any]) -> Iterator[Fault]:
    """Keys that the schema does not name, although no schema forbids them (fault H6)."""
    known = parameters.known(schema)
    for name, value in own.items():
        if name not in known:
            close = _meant(name, known)
            yield Fault(
                request.origins.get(name, name), "no such parameter" + (f"; did you mean {close}?" if close else "")
            )
        else:
            yield from _unknown_inside(schema, request, (name,), value)


def _unknown_inside(schema: Schema, request: Request, path: Path, value: Any) -> Iterator[Fault]:
    if isinstance(value, list):
        for index, inside in enumerate(value):
            yield from _unknown_inside(schema, request, (*path, index), inside)
    if not isinstance(value, Mapping):
        return
    known = schemas.properties(_part(schema, path), schema)
    for name, inside in value.items():
        if known and name not in known:
            close = nearest(name, known, 1)
            yield _fault(request, (*path, name), "no such parameter" + (f"; did you mean {close[0]}?" if close else ""))
        elif known:
            yield from _unknown_inside(schema, request, (*path, name), inside)


def _meant(name: str, known: Mapping[str, Schema]) -> str | None:
    """The right name for a wrong one: another model's name for the same, else one that is spelled like it."""
    for group in names.SAME:
        if name in group:
            same = next((one for one in group if one in known), None)
            if same:
                return same
    close = nearest(name, known, 1)
    return close[0] if close else None


# ------------------------------------------------------------------------------------ not JSON at all


def _unsendable(request: Request) -> Iterator[Fault]:
    """Values that no JSON can hold (faults G10, H4); checked with ``--no-validate`` too."""
    for name, value in request.body.items():
        for sentence in _unsendable_inside(value):
            yield Fault(request.origins.get(name, name), sentence)


def _unsendable_inside(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inside in value.values():
            yield from _unsendable_inside(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _unsendable_inside(inside)
    elif isinstance(value, float) and not math.isfinite(value):
        yield "is no number that can be sent"
    elif isinstance(value, str) and not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        yield "is not valid UTF-8"
    elif value is not None and not isinstance(value, str | int | float):
        yield "is a date or time; put it in quotes"
