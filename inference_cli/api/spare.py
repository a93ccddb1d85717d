"""What httpx and httpcore import and nobody here uses: a third of what it costs to import the two.

Cookies, digest authentication, names beyond ASCII, the asynchronous twins, and TLS where the connection has none.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

from inference_cli.standins import Names, without

_WARNING = 30  # as in logging


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
_SPARED: Mapping[str, Names] = {
    "anyio": Names(),
    "email.message": Names(),
    "hashlib": Names(functions=("md5", "sha1", "sha256", "sha512")),
    "http.cookiejar": Names(classes=("Cookie", "CookieJar")),
    "httpcore._async": Names(classes=tuple(f"Async{name}" for name in (*_ASYNC, "HTTPProxy", "SOCKSProxy"))),
    "httpcore._backends.anyio": Names(classes=("AnyIOBackend",)),
    "httpcore._ssl": Names(functions=("default_ssl_context",)),
    "idna": Names(),
    "logging": Names(others={"DEBUG": 10, "getLogger": _Logger}),
    "mimetypes": Names(),
    "ssl": Names(),
    "urllib.request": Names(classes=("Request",), functions=("getproxies", "parse_http_list")),
}


def spared() -> AbstractContextManager[None]:
    """Import httpx or httpcore inside."""
    return without(_SPARED)
