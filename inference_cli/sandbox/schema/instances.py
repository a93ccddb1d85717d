"""A value that a JSON Schema describes: built, then checked, and built otherwise until it fits."""

import functools
import json
import random
from collections.abc import Mapping
from typing import Any

from inference_cli.sandbox.schema.filling import Filling
from inference_cli.sandbox.schema.hints import Hints

_ATTEMPTS = 40
_LONGEST = 400


class ImpossibleError(Exception):
    """No value was found that fits: the schema contradicts itself, or is beyond the sandbox."""


@functools.lru_cache(maxsize=64)
def _validator(text: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(json.loads(text), offline=True, validate_formats=True)


def check(schema: Mapping[str, Any]) -> None:
    """Find out whether a schema is one; nothing is fetched for it.

    Raises:
        ValueError: it is not, with the first line of what is wrong.
    """
    try:
        _validator(json.dumps(schema))
    except (ValueError, RecursionError, OverflowError) as error:
        raise ValueError(str(error).partition("\n")[0][:_LONGEST]) from error


def fits(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is what a schema describes."""
    return bool(_validator(json.dumps(schema)).is_valid(value))


def build(schema: Mapping[str, Any], prompt: str) -> Any:
    """A value that fits a schema, of what the prompt offers where that fits; the same for the same two.

    Raises:
        ValueError: the schema is none.
        ImpossibleError: none was found.
    """
    check(schema)
    for attempt in range(_ATTEMPTS):
        filling = Filling(schema, Hints(prompt), random.Random(f"{attempt} {prompt[:1000]}"), attempt)
        try:
            value = filling.value(schema)
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
            continue  # a contradiction, or something beyond this: the next attempt takes other ways
        if fits(schema, value):
            return value
    raise ImpossibleError("no value was found that fits the schema")
