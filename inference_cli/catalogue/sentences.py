"""What a JSON Schema validator finds, as sentences under the words that the user typed."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import names, rules, schema as schemas, words
from inference_cli.catalogue.faults import Fault, shortened
from inference_cli.catalogue.nearest import nearest
from inference_cli.catalogue.schema import Schema
from inference_cli.catalogue.tree import Path, spelled

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

    from inference_cli.catalogue.request import Request

_OTHER_KEYS = frozenset({"additionalProperties", "unevaluatedProperties"})
"""Unknown keys have a sentence of their own, in ``unknown.py``."""
_VALUE = frozenset(
    {"enum", "const", "type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "anyOf", "oneOf"}
)
_SIZES = {"Length": "characters", "Items": "", "Properties": "parts"}
_SENTENCES = {
    "uniqueItems": "has the same value twice",
    "falseSchema": "is not allowed",
    "contains": "lacks a value that must be in it",
    "not": "is one of the values that are not allowed",
    "propertyNames": "has a name that is not allowed",
}
_ACROSS = frozenset({"required", "dependentRequired", "anyOf", "oneOf", "not"})


def found(schema: Schema, request: "Request", errors: "list[ValidationError]") -> Iterator[Fault]:
    """A fault for each place that has errors; of several at one place the most telling one.

    Args:
        schema: the one that the errors are about.
        request: whose words are repeated.
        errors: of ``jsonschema_rs``; those about the whole request that ``rules.py`` tells better are left to it.
    """
    places: dict[Path, list[ValidationError]] = {}
    for error in errors:
        if error.kind.name not in _OTHER_KEYS:
            places.setdefault(tuple(error.instance_path), []).append(error)
    for path, here in places.items():
        needs = [error for error in here if error.kind.name == "required"]
        for error in needs:
            yield from _missing(schema, request, path, error)
        others = [error for error in here if error.kind.name != "required"]
        if not path:
            yield from (_whole(error) for error in others if not _told_by_a_rule(schema, error))
        elif others:
            part = part_at(schema, path)
            told = [_sentence(error, part, schema) for error in others]
            yield fault_at(request, path, min(told, key=_telling), others[0].instance)


def _telling(sentence: str) -> tuple[bool, bool, str]:
    return ("schema" in sentence, not sentence.startswith("must"), sentence)


def part_at(schema: Schema, path: Path) -> Schema:
    """What a schema says about a place; an empty one where it says nothing."""
    part: Schema = schema
    for step in path:
        part = schemas.inside(part, step, schema)
    return part


def fault_at(request: "Request", path: Path, sentence: str, value: Any = None) -> Fault:
    """A fault at a path, under the words that the user wrote for it, or for the nearest thing around it.

    Args:
        request: whose words are repeated.
        path: where in it.
        sentence: what is wrong.
        value: what stands there: shown where the user's own words are about more than that.
    """
    for end in range(len(path), 0, -1):
        spelling = request.origins.get(spelled(path[:end]))
        if spelling is None:
            continue
        rest = spelled(path[end:])
        shown = f"={shortened(_plain(value), 24)}" if isinstance(value, str | int | float) and rest else ""
        return Fault(spelling, f"{rest}{shown}: {sentence}" if rest else sentence)
    return Fault(spelled(path), sentence)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# ----------------------------------------------------------------------------------------- one value


def _sentence(error: "ValidationError", part: Schema, root: Schema) -> str:
    kind, told = error.kind.name, error.kind.as_dict()
    if kind == "oneOf" and not any(told["context"]):
        return f"fits more than one of: {words.expected(part, root)}"
    wanted = words.expected(part, root)
    if kind in _VALUE and wanted != words.ANYTHING:
        return f"must be {_automatic(error, wanted)}{_better(error.instance, part, root)}"
    limit = re.fullmatch(r"(min|max)(Length|Items|Properties)", kind)
    if limit:
        size = len(error.instance) if isinstance(error.instance, str | list | dict) else 0
        what = f"{size} {_SIZES[limit[2]]}".rstrip()
        return f"has {what}; {told['limit']} {'at least' if limit[1] == 'min' else 'at most'}"
    if kind == "multipleOf":
        return f"must be a multiple of {told['multiple_of']}"
    if kind == "pattern":
        return f"must match {shortened(str(told['pattern']))}"
    return _SENTENCES.get(kind, f"does not fit the schema ({kind})")


def _automatic(error: "ValidationError", expected: str) -> str:
    """A length of -1 or 0 is an automatic one: ``auto`` says the same in the words of the flag."""
    if error.instance_path[-1] not in names.DURATIONS:
        return expected
    return re.sub(r"^(?:-1|0)(?=,| or )", "auto", expected)


def _better(value: Any, part: Schema, root: Schema) -> str:
    """The nearest right spelling, where the value is one of the options in another type, or is spelled like one."""
    options = [option for option in schemas.options(part, root) if option is not None]
    if isinstance(value, str) and options:
        texts = [option for option in options if isinstance(option, str)]
        if value in map(str, options) and not texts:
            return ", as a number"
        close = nearest(value, texts, 1) if len(texts) > 1 else ()
        return f"; did you mean {close[0]}?" if close else ""
    if isinstance(value, int | float) and not isinstance(value, bool) and str(value) in options:
        return ", as text"
    parts = schemas.properties(part, root)
    return f" ({', '.join(parts)})" if parts and not isinstance(value, Mapping) else ""


# --------------------------------------------------------------------------------- what must be there


def _missing(schema: Schema, request: "Request", path: Path, error: "ValidationError") -> Iterator[Fault]:
    """A parameter that must be given; one that was, and is wrong, has its own fault already."""
    name = str(error.kind.as_dict()["property"])
    steps = [str(step) for step in error.schema_path]
    if path:
        yield fault_at(request, path, f"needs {name}")
        return
    if name in request.origins or {"dependentRequired", "dependencies"} & set(steps):
        return
    part = schemas.properties(schema).get(name, {})
    how = next((f": {flag}" for flag, known in _HOW.items() if name in known), None)
    because = _because(schema, request, steps)
    if name == "prompt":
        how = ""
    elif how is None and schemas.options(part, schema):
        how = f": -p {name}=…, {words.expected(part, schema)}"
    elif how is None:
        how = f": -p {name}={'@FILE' if schemas.media(part, schema) else '…'}"
    yield Fault(name, f"is required{because}{how}")


_HOW = {
    "-i FILE": names.IMAGES,
    "--video FILE": names.VIDEOS,
    "--duration": names.DURATIONS,
    "--aspect-ratio": names.ASPECT_RATIOS,
}


def _because(schema: Schema, request: "Request", steps: list[str]) -> str:
    """What makes a parameter needed where a schema says ``if … then`` or ``dependentSchemas``."""
    if "dependentSchemas" in steps:
        reasons = [steps[steps.index("dependentSchemas") + 1]]
    else:
        conditions = (
            [one.get("if") for one in schemas.variants(schema, schema)] if {"then", "else"} & set(steps) else []
        )
        given = [condition for condition in conditions if isinstance(condition, Mapping)]
        named = [name for one in given for name in (*schemas.properties(one, schema), *schemas.required(one))]
        reasons = [name for name in dict.fromkeys(named) if name in request.body]
    said = " ".join(shortened(request.origins.get(name, name)) for name in reasons)
    return f" beside {said}" if said else ""


# --------------------------------------------------------------------------------- the whole request


def _told_by_a_rule(schema: Schema, error: "ValidationError") -> bool:
    """Whether ``rules.py`` says it in better words."""
    kind = error.kind.name
    return kind == "dependentRequired" or (kind in _ACROSS and rules.tells(schema, list(error.schema_path)))


def _whole(error: "ValidationError") -> Fault:
    """What is wrong with all parameters together, where nothing else says it."""
    kind, told = error.kind.name, error.kind.as_dict()
    if kind in {"minProperties", "maxProperties"}:
        size, least = len(error.instance) if isinstance(error.instance, dict) else 0, kind == "minProperties"
        return Fault("the parameters", f"are {size}; {told['limit']} {'at least' if least else 'at most'}")
    alternatives = told.get("context")
    if isinstance(alternatives, list) and any(alternatives):
        firsts = [shortened(str(one[0].message), 60) for one in alternatives if one]
        return Fault("the parameters", f"fit none of {len(alternatives)} ways: {'; '.join(firsts[:3])}")
    return Fault("the parameters", f"do not go together: {shortened(str(error.message), 100)}")
