"""Whether an answer keeps to the schema that it was asked for with."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from inference_cli.catalogue.faults import shortened
from inference_cli.catalogue.tree import spelled

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_MOST = 20  # sentences about one answer
_LONGEST = 160  # characters of a sentence
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*")
_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def answer(text: str) -> str:
    """The JSON of an answer: its text, or what stands in the code fence that all of it is in.

    Models that know no schemas like to put one around it; with words before or after it, it is no JSON answer.
    """
    first, _, rest = text.strip().partition("\n")
    inside, _, last = rest.rpartition("\n")
    fence = _FENCE.fullmatch(first)
    if fence is None or not last.strip().startswith(fence[1]) or last.strip().strip(fence[1][0]):
        return text
    return inside


def faults(text: str, schema: Mapping[str, Any]) -> tuple[str, ...]:
    """What is wrong with an answer, a sentence each; empty where it fits.

    Args:
        text: the whole answer; one code fence around all of it is looked through.
        schema: of ``schemas.parse``, which checked it.
    """
    try:
        value = json.loads(answer(text), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        what = f"{error.msg[:1].lower()}{error.msg[1:]}"
        return (f"the answer is not JSON at line {error.lineno}, character {error.colno}: {what}",)
    except ValueError as error:
        return (f"the answer is not JSON: {error}",)
    except RecursionError:
        return ("the answer is nested too deeply",)
    import jsonschema_rs

    try:
        found = list(jsonschema_rs.validator_for(dict(schema), offline=True).iter_errors(value))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return ("the answer could not be checked",)
    sentences = list(dict.fromkeys(sentence for error in found for sentence in _sentences(error)))
    rest = len(sentences) - _MOST
    return (*sentences[:_MOST], *([f"and {rest} more"] if rest > 0 else ()))


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"it holds {word}")


def _sentences(error: "ValidationError") -> Iterable[str]:
    path = tuple(error.instance_path)
    place = shortened(spelled(path)) if path else "the answer"
    kind, told = error.kind.name, error.kind.as_dict()
    if kind == "required":
        return [f"{place} lacks {shortened(str(told['property']))}"]
    if kind == "additionalProperties":
        return [f"{place} has {shortened(str(name))}, which is not in the schema" for name in told["unexpected"]]
    if kind == "type":
        wanted = " or ".join(_KINDS.get(str(one), str(one)) for one in told["types"])
        return [f"{place} must be {wanted}, not {_kind(error.instance)}"]
    if kind == "enum":
        options = " or ".join(json.dumps(one, ensure_ascii=False) for one in told["options"])
        return [f"{place} must be {shortened(options, _LONGEST)}"]
    return [f"{place}: {shortened(error.message, _LONGEST)}"]


def _kind(value: object) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    kinds = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return _KINDS[kinds.get(type(value), "string")]
