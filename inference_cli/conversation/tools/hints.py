"""Type hints as JSON Schema, and JSON as the values that the hints ask for.

The law: what fits the schema can be made into a value of the hint.
"""

import collections.abc
import dataclasses
import enum
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, cast

_PLAIN: dict[Any, str] = {str: "string", bool: "boolean", type(None): "null", None: "null"}
_LISTS = (list, tuple, set, frozenset, collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)
_DICTS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)


class UnsupportedHintError(Exception):
    """A hint that has no JSON Schema; the text says which, and why."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A hint's schema, and what makes JSON that fits it into a value."""

    schema: dict[str, Any]
    make: Callable[[Any], Any]


def shape(hint: Any, inside: tuple[Any, ...] = ()) -> Shape:
    """What a hint takes.

    ``str``, ``int``, ``float``, ``bool``, ``None``, ``Any``; lists, tuples of one type and sets; dictionaries with text
    as keys; ``Literal``, ``Optional`` and unions, enumerations, data classes, typed dictionaries; a text in
    ``Annotated`` describes.

    Args:
        hint: as ``typing.get_type_hints`` gives it, with extras.
        inside: the classes that it is a part of.

    Raises:
        UnsupportedHintError: it is another.
    """
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        return _described(arguments[0], arguments[1:], inside)
    if origin in {typing.Required, typing.NotRequired}:
        return shape(arguments[0], inside)
    if origin is Literal:
        return _options({option: option for option in arguments}, hint)
    if origin in {Union, types.UnionType}:
        return _union([shape(one, inside) for one in arguments])
    if (origin or hint) in _LISTS:
        return _list(origin or hint, arguments, inside)
    if (origin or hint) in _DICTS:
        return _dict(arguments, hint, inside)
    return _plain(hint) or _class(hint, inside)


def _plain(hint: Any) -> Shape | None:
    if hint is Any or hint is object:
        return Shape({}, _same)
    if hint is int:
        return Shape({"type": "integer"}, int)  # 3.0 is an integer in JSON Schema
    if hint is float:
        return Shape({"type": "number"}, _float)
    named = _PLAIN.get(hint) if hint is None or isinstance(hint, type) else None
    return None if named is None else Shape({"type": named}, _same)


def _class(hint: Any, inside: tuple[Any, ...]) -> Shape:
    if isinstance(hint, typing.NewType):
        return shape(hint.__supertype__, inside)
    if hint in inside:
        raise UnsupportedHintError(f"{shown(hint)}, which holds itself")
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _enum(hint)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _dataclass(hint, (*inside, hint))
    if typing.is_typeddict(hint):
        return _typed_dict(hint, (*inside, hint))
    raise UnsupportedHintError(shown(hint))


def shown(hint: Any) -> str:
    """A hint as it is written."""
    return hint.__name__ if isinstance(hint, type) else str(hint).removeprefix("typing.")


def _same(value: Any) -> Any:
    return value


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:  # a whole number beyond all floats
        return value


def _described(hint: Any, extras: tuple[Any, ...], inside: tuple[Any, ...]) -> Shape:
    plain = shape(hint, inside)
    text = next((one for one in extras if isinstance(one, str)), None)
    return plain if text is None else Shape({**plain.schema, "description": text}, plain.make)


def _options(options: Mapping[Any, Any], hint: Any) -> Shape:
    """One of some values in JSON, each standing for something."""
    if not options or not all(isinstance(one, str | int | None) and not isinstance(one, enum.Enum) for one in options):
        raise UnsupportedHintError(shown(hint))
    by_kind = {(type(one) is bool, one): value for one, value in options.items()}
    listed = list(options)
    schema: dict[str, Any] = {"enum": listed}
    if all(isinstance(one, str) for one in listed):
        schema["type"] = "string"
    return Shape(schema, lambda value: by_kind[type(value) is bool, value])


def _enum(hint: type[enum.Enum]) -> Shape:
    """By value where those are texts or whole numbers, else by name."""
    if all(type(member.value) in {str, int} or isinstance(member, str | int) for member in hint):
        return _options({_scalar(member.value): member for member in hint}, hint)
    return _options({member.name: member for member in hint}, hint)


def _scalar(value: Any) -> Any:
    return str(value) if isinstance(value, str) else int(value)


def _union(shapes: list[Shape]) -> Shape:
    import jsonschema_rs

    validators = [jsonschema_rs.validator_for(one.schema) for one in shapes]

    def make(value: Any) -> Any:
        fitting = (one for one, fits in zip(shapes, validators, strict=True) if fits.is_valid(value))
        return next(fitting).make(value)

    return Shape({"anyOf": [one.schema for one in shapes]}, make)


def _list(origin: Any, arguments: tuple[Any, ...], inside: tuple[Any, ...]) -> Shape:
    if origin is tuple and arguments and (len(arguments) != 2 or arguments[1] is not ...):  # noqa: PLR2004 - (X, ...)
        raise UnsupportedHintError("a tuple of different types")
    inner = shape(arguments[0], inside) if arguments else Shape({}, _same)
    collect = origin if origin in {tuple, set, frozenset} else list
    schema: dict[str, Any] = {"type": "array", "items": inner.schema}
    if collect in {set, frozenset}:
        if not _hashable(inner.schema):
            raise UnsupportedHintError("a set of anything but texts, numbers, truth values and options")
        schema["uniqueItems"] = True
    return Shape(schema, lambda value: collect(inner.make(one) for one in value))


def _hashable(schema: Mapping[str, Any]) -> bool:
    if "anyOf" in schema:
        return all(map(_hashable, schema["anyOf"]))
    return "enum" in schema or schema.get("type") in {"string", "integer", "number", "boolean", "null"}


def _dict(arguments: tuple[Any, ...], hint: Any, inside: tuple[Any, ...]) -> Shape:
    if arguments and arguments[0] is not str:
        raise UnsupportedHintError(f"{shown(hint)}: keys are texts")
    inner = shape(arguments[1], inside) if arguments else Shape({}, _same)
    schema = {"type": "object", "additionalProperties": inner.schema}
    return Shape(schema, lambda value: {key: inner.make(one) for key, one in value.items()})


def _object(parts: Mapping[str, Shape], required: list[str], build: Callable[..., Any]) -> Shape:
    schema = {
        "type": "object",
        "properties": {name: part.schema for name, part in parts.items()},
        "required": required,
        "additionalProperties": False,
    }
    return Shape(schema, lambda value: build(**{name: parts[name].make(one) for name, one in value.items()}))


def _hints(hint: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(hint, include_extras=True)
    except (NameError, TypeError, AttributeError) as error:
        raise UnsupportedHintError(f"{shown(hint)}: {error}") from None


def _dataclass(hint: Any, inside: tuple[Any, ...]) -> Shape:
    hints = _hints(hint)
    fields = [field for field in dataclasses.fields(hint) if field.init]
    missing = dataclasses.MISSING
    required = [one.name for one in fields if one.default is missing and one.default_factory is missing]
    return _object({one.name: shape(hints[one.name], inside) for one in fields}, required, hint)


def _typed_dict(hint: Any, inside: tuple[Any, ...]) -> Shape:
    hints = _hints(hint)
    optional = {name for name, part in hints.items() if typing.get_origin(part) is typing.NotRequired}
    required = [name for name in hints if name in hint.__required_keys__ and name not in optional]
    return _object({name: shape(part, inside) for name, part in hints.items()}, required, cast(Any, dict))
