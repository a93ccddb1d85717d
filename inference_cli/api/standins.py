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


class _Names(NamedTuple):
    """What is taken out of a module while it is imported, and so has to be there."""

    classes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()


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
    if isinstance(sys.modules.get(name), _Module):  # it is asked already while they are imported
        del sys.modules[name]
    return import_module(name)


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
    own = {one: _Class(one, (), {"stands_in": name}) for one in names.classes}
    own |= {one: _function(name, one) for one in names.functions}
    made.__dict__.update(own)
    return made


@contextmanager
def spared() -> Iterator[None]:
    """Import httpx or httpcore inside, without what they have no use for here."""
    placed = {name: _stand_in(name, names) for name, names in _SPARED.items() if name not in sys.modules}
    for name, module in placed.items():
        package, _, attribute = name.rpartition(".")
        if package in sys.modules or package in {"email", "http", "urllib"}:
            setattr(import_module(package), attribute, module)  # where "import a.b" leaves it; the real one replaces it
        sys.modules[name] = module
    try:
        yield
    finally:
        for name, module in placed.items():
            for taken in (*_SPARED[name].classes, *_SPARED[name].functions):
                delattr(module, taken)
            if sys.modules.get(name) is module:
                del sys.modules[name]
