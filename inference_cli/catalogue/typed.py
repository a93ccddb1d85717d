"""Text as typed on a command line → the value that the schema says it is; never a guess."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from inference_cli.catalogue import schema as schemas
from inference_cli.catalogue.schema import Schema
from inference_cli.late import pattern

_WHOLE = pattern(r"[+-]?\d{1,400}(?:\.0+)?")
_NUMBER = pattern(r"[+-]?(?:\d{1,400}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,5})?")
TOO_DEEP = "it is nested too deeply"
_DEEPEST = 100  # lists and objects inside each other
_DIGITS = 400  # of a whole number, its sign too
_YES_NO = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def typed(text: str, part: Schema, root: Schema) -> Any:
    """The value that some text is to a schema.

    Text that fits none of the schema's types stays text, so that the check can say what is wrong with it.

    Args:
        text: what was typed after ``=``.
        part: the schema of the value; an empty one takes text.
        root: the whole schema, for its references.
    """
    for option in schemas.options(part, root):
        if not isinstance(option, bool) and option is not None and not isinstance(option, list | Mapping):
            value = _number(text) if isinstance(option, int | float) else text
            if value == option:
                return option
    wanted = schemas.types(part, root)
    if "boolean" in wanted and not wanted & {"string", "integer", "number"} and text.lower() in _YES_NO:
        return _YES_NO[text.lower()]
    if wanted & {"integer", "number"}:
        number = _number(text)
        if number is not None and ("number" in wanted or isinstance(number, int)):
            return number
    if "null" in wanted and "string" not in wanted and text == "null":
        return None
    if "object" in wanted and text.lstrip().startswith("{"):
        return _object(text)
    return text


def _number(text: str) -> int | float | None:
    """A finite number; whole ones are integers, ``5.0`` too."""
    if _WHOLE.fullmatch(text):
        return int(text.partition(".")[0])
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    return number if math.isfinite(number) else None


def _object(text: str) -> Any:
    try:
        value = literal(text)
    except ValueError:
        return text
    return value if isinstance(value, dict) else text


def literal(text: str) -> Any:
    """The value of literal JSON.

    Raises:
        ValueError: it is no JSON that every reader understands alike: NaN, infinities, numbers of thousands of
            digits, duplicate keys (fault H4), or nested too deeply.
    """
    try:
        value = json.loads(
            text, parse_constant=_refuse, object_pairs_hook=_unique, parse_float=_finite, parse_int=_short
        )
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    if is_deep(value):
        raise ValueError(TOO_DEEP)
    return value


def is_deep(value: Any) -> bool:
    """Whether lists and objects are inside each other more often than any request needs, and than can be walked."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inside for one in level if isinstance(one, list | dict) for inside in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: list[Any] | dict[str, Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text} is too large")
    return number


def _short(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError("a number has too many digits")
    return int(text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found
