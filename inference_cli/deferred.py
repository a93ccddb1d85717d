"""Modules of the standard library that others import in case they need them: loaded when something of theirs is used.

Typer, pathlib, shutil and inspect name at their tops what most commands never come to; that was a seventh of every
start. As with ``importlib.util.LazyLoader``, whoever imports such a module gets it, and the first look into it loads
it. Unlike there, a second import of it is no look yet, and in every Python that this program runs on, a thread that
looks into it while another loads it waits until it is whole.
"""

import sys
from _thread import RLock
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# Each with the module that it cannot do without, where programs ask by its import whether that is there.
MODULES = {
    "base64": "",
    "bz2": "_bz2",
    "hashlib": "",
    "ipaddress": "",
    "lzma": "_lzma",
    "platform": "",
    "random": "",
    "shlex": "",
    "subprocess": "",
    "tempfile": "",
    "textwrap": "",
    "tokenize": "",
}


class _Deferred(ModuleType):
    """A module that has not been loaded; it becomes a plain one by being looked into."""

    def __getattribute__(self, name: str) -> Any:
        if name != "__spec__":  # at which an import looks, to see whether the module is being loaded
            _load(self)
        return ModuleType.__getattribute__(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        _load(self)
        ModuleType.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        _load(self)
        ModuleType.__delattr__(self, name)


class _State:
    """What is known of a module that was deferred."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.loading = False


_states: dict[str, _State] = {}


def defer(modules: "Mapping[str, str]" = MODULES) -> None:
    """Let modules load at their first use; what is loaded already stays as it is.

    Args:
        modules: names of modules that are files of Python in no package, each with a module that has to be there too
            or an empty text.
    """
    for name, needed in modules.items():
        if name in sys.modules or (needed and find_spec(needed) is None):
            continue
        module = ModuleType(name)
        module.__spec__ = ModuleSpec(name, None)
        _states[name] = _State()
        module.__class__ = _Deferred
        sys.modules[name] = module


def is_deferred(module: ModuleType) -> bool:
    """Whether it has not been looked into yet; asking is no look."""
    return type(module) is _Deferred


def _load(module: ModuleType) -> None:
    name = ModuleType.__getattribute__(module, "__name__")
    state = _states[name]
    with state.lock:
        if state.loading or not is_deferred(module):  # its own statements look into it, or another thread was quicker
            return
        state.loading = True
        try:
            spec = _found(name)
            ModuleType.__getattribute__(module, "__dict__").update(vars(module_from_spec(spec)))
            spec.loader.exec_module(module)
        finally:
            state.loading = False
        ModuleType.__setattr__(module, "__class__", ModuleType)


def _found(name: str) -> Any:
    """Where the import system would find it, were it not there already."""
    for finder in sys.meta_path:
        spec = finder.find_spec(name, None)
        if spec is not None and spec.loader is not None:
            return spec
    raise ModuleNotFoundError(f"No module named {name!r}", name=name)
