"""What httpx and httpcore import and nobody here uses, imported when somebody does use it.

Cookies, digest authentication, names beyond ASCII, the asynchronous twins, and TLS where the connection has none: a
third of what it costs to import the two. While they are imported, a stand-in answers for each such module that is not
loaded yet. It stays in their namespaces and looks everything up in the real module, so that all works that worked
before; ``sys.modules`` does not keep it, and whoever imports such a module gets the real one.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

_WARNING = 30  # as in logging


class _Names(NamedTuple):
    """What a stand-in has itself: classes and functions as long as they are taken out of it, the others for good."""

    classes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    others: Mapping[str, Any] = {}


class _Logger:
    """Stands for a logger of theirs: what they say below a warning is never heard.

    At INFO they say whole URLs, signatures included (fault F4); ``--debug-http`` prints a redacted trace of our own.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("logging").getLogger(self.name), name)

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802 - its name there
        """Whether that is heard."""
        return level >= _WARNING and self.__getattr__("isEnabledFor")(level) is True

    def debug(self, *_: object, **__: object) -> None:
        """Nothing."""

    info = debug


_ASYNC = ("ConnectionInterface", "ConnectionPool", "HTTP2Connection", "HTTP11Connection", "HTTPConnection")
_SPARED: Mapping[str, _Names] = {
    "anyio": _Names(),
    "email.message": _Names(),
    "hashlib": _Names(functions=("md5", "sha1", "sha256", "sha512")),
    "http.cookiejar": _Names(classes=("Cookie", "CookieJar")),
    "httpcore._async": _Names(classes=tuple(f"Async{name}" for name in (*_ASYNC, "HTTPProxy", "SOCKSProxy"))),
    "httpcore._backends.anyio": _Names(classes=("AnyIOBackend",)),
    "httpcore._ssl": _Names(functions=("default_ssl_context",)),
    "idna": _Names(),
    "logging": _Names(others={"DEBUG": 10, "getLogger": _Logger}),
    "mimetypes": _Names(),
    "ssl": _Names(),
    "urllib.request": _Names(classes=("Request",), functions=("getproxies", "parse_http_list")),
}


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


class _Class(type):
    """The type of a class that stands for one of its name, and of those derived from it.

    Calling it makes an instance of the real one; a derived class gets the real one as its base before its first
    instance is made.
    """

    def __call__(cls, *args: Any, **others: Any) -> Any:
        standing = next((one for one in cls.__mro__ if "stands_in" in vars(one)), None)
        if standing is not None:
            real = getattr(_real(standing.__dict__["stands_in"]), standing.__name__)
            if standing is cls:
                return real(*args, **others)
            for one in cls.__mro__:
                if standing in one.__bases__:
                    one.__bases__ = tuple(real if base is standing else base for base in one.__bases__)
        return super().__call__(*args, **others)


def _function(module: str, name: str) -> Any:
    def called(*args: Any, **others: Any) -> Any:
        return getattr(_real(module), name)(*args, **others)

    return called


def _stand_in(name: str, names: _Names) -> ModuleType:
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
def spared() -> Iterator[None]:
    """Import httpx or httpcore inside, without what they have no use for here."""
    placed = {name: _stand_in(name, names) for name, names in _SPARED.items() if not _is_there(name)}
    for name, module in placed.items():
        package, _, attribute = name.rpartition(".")
        if package in sys.modules or package in {"email", "http", "urllib"}:
            setattr(import_module(package), attribute, module)  # where "import a.b" leaves it; the real one replaces it
        sys.modules[name] = module
    try:
        yield
    finally:
        for name, module in placed.items():
            names = _SPARED[name]
            for taken in (*names.classes, *names.functions):
                delattr(module, taken)
            if sys.modules.get(name) is module:
                _withdraw(name, module)
