"""The arguments of a call: read as JSON and checked against the tool's schema before anything is called."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from inference_cli.catalogue.faults import shortened
from inference_cli.catalogue.tree import spelled
from inference_cli.conversation.tools.tool import ToolFailedError

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_MOST = 8  # sentences about one call
_LONGEST = 200  # characters of a sentence


def read(arguments: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as the tool takes them.

    Args:
        arguments: as the model wrote them; nothing stands for none.
        schema: the tool's own.

    Raises:
        ToolFailedError: they are no JSON object, or do not fit; it says how, for the model to try again.
    """
    try:
        value = json.loads(arguments.strip() or "{}", parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ToolFailedError(f"The arguments are not JSON: {error}. Nothing was called.") from None
    if not isinstance(value, dict):
        raise ToolFailedError("The arguments must be a JSON object. Nothing was called.")
    faults = faults_of(value, schema)
    if faults:
        raise ToolFailedError("\n".join(("The arguments do not fit. Nothing was called.", *faults)))
    return value


def faults_of(value: Any, schema: Mapping[str, Any]) -> list[str]:
    """What does not fit, a sentence each; at most a few."""
    import jsonschema_rs

    try:
        found = list(jsonschema_rs.validator_for(dict(schema), offline=True).iter_errors(value))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return ["They could not be checked."]
    sentences = list(dict.fromkeys(_sentence(error) for error in found))
    rest = len(sentences) - _MOST
    return [*sentences[:_MOST], *([f"and {rest} more"] if rest > 0 else ())]


def is_schema(schema: Mapping[str, Any]) -> bool:
    """Whether arguments can be checked against it; one that looks elsewhere for its parts is none."""
    import jsonschema_rs

    try:
        jsonschema_rs.validator_for(dict(schema), offline=True)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return False
    return True


def _sentence(error: "ValidationError") -> str:
    path = tuple(error.instance_path)
    place = f"{shortened(spelled(path))}: " if path else ""
    return f"- {place}{shortened(error.message, _LONGEST)}"


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON value")
