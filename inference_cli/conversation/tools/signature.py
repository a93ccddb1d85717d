"""A function as a model sees it: its arguments as a JSON Schema, and the way to call it with them."""

import inspect
import json
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from inference_cli.conversation.tools import docstring
from inference_cli.conversation.tools.hints import Shape, UnsupportedHintError, shape
from inference_cli.conversation.tools.tool import parameters

_NAMED = {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_ONLY}


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes.

    ``make`` has for each argument what makes its JSON into its value; ``positional`` are those that go by place.
    """

    description: str
    schema: dict[str, Any]
    make: Mapping[str, Callable[[Any], Any]]
    positional: tuple[tuple[str, Any], ...] = ()

    def call(self, function: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
        """Call the function with arguments that fit the schema; what is not given keeps its default."""
        values = {name: self.make[name](value) for name, value in arguments.items()}
        places = [values.pop(name, default) for name, default in self.positional]
        return function(*places, **values)


def read(function: Callable[..., Any]) -> Signature:
    """What a function takes, by its type hints and its docstring.

    Raises:
        UnsupportedHintError: an argument has no hint, or one that JSON has nothing for; the text is a sentence.
    """
    try:
        hints = typing.get_type_hints(function, include_extras=True)
        found = inspect.signature(function).parameters
    except (NameError, TypeError, AttributeError, ValueError) as error:
        raise UnsupportedHintError(f"its hints cannot be read: {error}") from None
    description, texts = docstring.read(function.__doc__)
    shapes = {name: _shape(one, hints) for name, one in found.items()}
    properties = {name: _property(found[name], one, texts.get(name)) for name, one in shapes.items()}
    required = [name for name, one in found.items() if one.default is one.empty]
    places = tuple((name, one.default) for name, one in found.items() if one.kind is one.POSITIONAL_ONLY)
    make = {name: one.make for name, one in shapes.items()}
    return Signature(description, parameters(properties, *required), make, places)


def _shape(parameter: inspect.Parameter, hints: Mapping[str, Any]) -> Shape:
    name = parameter.name
    if parameter.kind not in _NAMED:
        raise UnsupportedHintError(f"the argument *{name} stands for any number, and a model needs names")
    if name not in hints:
        raise UnsupportedHintError(f"the argument {name} has no type hint")
    try:
        return shape(hints[name])
    except UnsupportedHintError as error:
        raise UnsupportedHintError(f"the argument {name} has a hint that JSON has nothing for: {error}") from None


def _property(parameter: inspect.Parameter, made: Shape, text: str | None) -> dict[str, Any]:
    schema = dict(made.schema)
    if text:
        schema["description"] = text
    default = parameter.default
    if default is not parameter.empty and default is not None and _is_json(default):
        schema["default"] = default
    return schema


def _is_json(value: Any) -> bool:
    """Whether a default can be shown as it is; an enumeration's member, though a text, cannot."""
    if type(value) not in {str, int, float, bool, list, dict}:
        return False
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return True
