"""Modules that a package imports and nobody here uses of it, imported when somebody does use them.

While the package is imported, a stand-in answers for each such module that is not loaded yet. It stays in the package's
namespaces, and as an attribute of the package that the module is in, and looks everything up in the real module;
``sys.modules`` does not keep it, and whoever imports such a module gets the real one. That is for modules out of which
names are taken at once (``from uuid import UUID``); those that are only imported can be left to ``deferred``.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple


class Names(NamedTuple):
    """What a stand-in has itself: classes and functions as long as they are taken out of it, the others for good.

    A class from which others are derived there has to be one that Python can exchange for ``object``: none of C's, none
    with slots.
    """

    classes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    others: Mapping[str, Any] = {}


class _Module(ModuleType):
    """Stands for a module of its name; what it does not have itself is looked up there."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system asks whether it is a package
            raise AttributeError(name)
        return getattr(_real(self.__name__), name)


def _real(name: str) -> ModuleType:
    standing = sys.modules.get(name)
    if isinstance(standing, _Module):  # it is asked already while they are imported
        _withdraw(name, standing)
    return import_module(name)


def _withdraw(name: str, standing: ModuleType) -> None:
    before = standing.__dict__["instead_of"]
    if before is None:
        del sys.modules[name]
    else:
        sys.modules[name] = before


def _meant(standing: type) -> Any:
    """The class that a stand-in stands for."""
    return getattr(_real(standing.__dict__["stands_in"]), standing.__name__)


class _Class(type):
    """The type of a class that stands for one of its name, and of those derived from it.

    Calling it makes an instance of the real one; a derived class gets the real one as its base before its first
    instance is made. It compares equal to the class of its name in that module, and has its attributes and instances.
    """

    def __call__(cls, *args: Any, **others: Any) -> Any:
        standing = next((one for one in cls.__mro__ if "stands_in" in vars(one)), None)
        if standing is not None:
            real = _meant(standing)
            if standing is cls:
                return real(*args, **others)
            for one in cls.__mro__:
                if standing in one.__bases__:
                    one.__bases__ = tuple(real if base is standing else base for base in one.__bases__)
        return super().__call__(*args, **others)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") or "stands_in" not in vars(cls):
            raise AttributeError(name)
        return getattr(_meant(cls), name)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _meant(cls)) if "stands_in" in vars(cls) else super().__instancecheck__(instance)

    def __subclasscheck__(cls, other: type) -> bool:
        if "stands_in" not in vars(cls) or "stands_in" in vars(other):
            return super().__subclasscheck__(other)
        return super().__subclasscheck__(other) or issubclass(other, _meant(cls))

    def __eq__(cls, other: object) -> bool:
        if "stands_in" not in vars(cls) or not isinstance(other, type) or isinstance(other, _Class):
            return cls is other
        return (other.__module__, other.__name__) == (cls.__dict__["stands_in"], cls.__name__)

    __hash__ = type.__hash__


def _function(module: str, name: str) -> Any:
    def called(*args: Any, **others: Any) -> Any:
        return getattr(_real(module), name)(*args, **others)

    return called


def _stand_in(name: str, names: Names) -> ModuleType:
    made = _Module(name)
    made.__dict__["instead_of"] = sys.modules.get(name)
    own = {one: _Class(one, (), {"stands_in": name}) for one in names.classes}
    own |= {one: _function(name, one) for one in names.functions}
    made.__dict__.update(own, **names.others)
    return made


def _is_there(name: str) -> bool:
    """Whether a module is loaded; one that loads at its first use has a type of its own."""
    return type(sys.modules.get(name)) is ModuleType


@contextmanager
def without(modules: Mapping[str, Names]) -> Iterator[None]:
    """Import a package inside without the modules of these names.

    Args:
        modules: by their full names, each with what is taken out of it while the package is imported.
    """
    placed = {name: _stand_in(name, names) for name, names in modules.items() if not _is_there(name)}
    for name, module in placed.items():
        package, _, attribute = name.rpartition(".")
        if package in sys.modules or package in {"email", "http", "urllib"}:
            setattr(import_module(package), attribute, module)  # where "import a.b" leaves it; the real one replaces it
        sys.modules[name] = module
    try:
        yield
    finally:
        for name, module in placed.items():
            names = modules[name]
            for taken in (*names.classes, *names.functions):
                delattr(module, taken)
            if sys.modules.get(name) is module:
                _withdraw(name, module)
