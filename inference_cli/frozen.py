"""Frozen slotted dataclasses that cost a fifth of the time to define.

``dataclasses`` compiles six functions for each class, 0.8 ms of them; a command defines some seventy classes before it
does anything. Here one is compiled, when the first instance is made, and those that only look at the fields are
shared. For whoever reads the types it is ``dataclasses.dataclass`` itself, and to ``fields``, ``replace``, ``asdict``,
``copy`` and ``pickle`` the classes are what they would be with that.
"""

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass as _dataclass, field, fields, replace
from reprlib import recursive_repr
from types import MethodType
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass", "field", "fields", "replace"]

_C = TypeVar("_C", bound=type)

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, **others: Any) -> Any:
        """As ``dataclasses.dataclass``; what is not frozen and slotted is its work."""
        if not (frozen and slots) or others.keys() - {"kw_only"}:
            return _dataclass(frozen=frozen, slots=slots, **others)

        def made(cls: type) -> type:
            if cls.__doc__ is None:
                cls.__doc__ = cls.__name__  # a signature is written for whatever has none, which takes a millisecond
            return _completed(_dataclass(init=False, repr=False, eq=False, slots=True, **others)(cls))

        return made


def _completed(cls: _C) -> _C:
    found = fields(cls)
    own: dict[str, Any] = {
        "__init__": _Initialiser(cls, found),
        "__repr__": _repr,
        "__eq__": _eq,
        "__hash__": _hash,
        "__setattr__": _setattr,
        "__delattr__": _delattr,
        "__getstate__": _getstate,
        "__setstate__": _setstate,
    }
    defined = vars(cls)
    for name, function in own.items():
        if name not in defined or (name == "__hash__" and defined[name] is None):
            setattr(cls, name, function)
    return cls


class _Initialiser:
    """Stands for the ``__init__`` of a class of which there is no instance yet: compiling it is most of its cost."""

    def __init__(self, cls: type, found: tuple[Field[Any], ...]) -> None:
        self._cls, self._found = cls, found

    def __get__(self, instance: object, _owner: type | None = None) -> Any:
        return self if instance is None else MethodType(self, instance)

    def __call__(self, instance: object, *args: Any, **others: Any) -> None:
        self._made()(instance, *args, **others)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made(), name)

    def _made(self) -> Any:
        made = _initialiser(self._cls, self._found)
        type.__setattr__(self._cls, "__init__", made)
        return made

    @property
    def __signature__(self) -> Any:
        from inspect import signature

        return signature(self._made())


def _initialiser(cls: type, found: tuple[Field[Any], ...]) -> Any:
    known: dict[str, Any] = {"set_": object.__setattr__, "missing": MISSING}
    places: list[str] = []
    names: list[str] = []
    body: list[str] = []
    for number, one in enumerate(found):
        value = one.name
        if one.default_factory is not MISSING:
            known[f"d{number}"] = one.default_factory
            default = "=missing"
            value = f"d{number}() if {one.name} is missing else {one.name}"
        else:
            known[f"d{number}"] = one.default
            default = "" if one.default is MISSING else f"=d{number}"
        if one.init:
            (names if one.kw_only else places).append(f"{one.name}{default}")
        else:
            value = f"d{number}()" if one.default_factory is not MISSING else f"d{number}"
        body.append(f"    set_(self, {one.name!r}, {value})\n")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()\n")
    listed = ", ".join(["self", *places, *(["*", *names] if names else [])])
    exec(f"def __init__({listed}):\n{''.join(body) or '    pass'}", known)  # noqa: S102 - the names of our own fields
    made = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    made.__annotations__ = {one.name: one.type for one in found if one.init} | {"return": None}
    return made


def _compared(value: Any) -> tuple[Any, ...]:
    return tuple([getattr(value, one.name) for one in fields(value) if one.compare])


def _eq(self: Any, other: object) -> bool:
    return _compared(self) == _compared(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_compared(self))


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _setattr(_self: Any, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
