"""Scheme, host and port of a URL, compared exactly: what a token is bound to."""

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from inference_cli.errors import UsageError
from inference_cli.late import pattern

_DEFAULT_PORTS = {"https": 443, "http": 80}
_HOST = pattern(r"[a-z0-9._:-]+")  # others are read differently by different parsers, a backslash above all


class Origin(NamedTuple):
    """Where a request goes; two are the same only when all three parts are."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine: ``localhost``, 127.0.0.0/8 or ::1."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def parse_origin(url: str) -> Origin:
    """The origin of a base URL.

    Args:
        url: absolute; http is allowed on loopback only (interface contract, "Settings").

    Raises:
        UsageError: it is no http or https URL, names no host, holds a user name, or is plain http to another machine.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise UsageError("the base URL is not a URL", hint="It looks like  https://hub.oxen.ai/api") from error
    if parts.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(host) or port == 0:
        raise UsageError("the base URL must be https://HOST/…", hint="It looks like  https://hub.oxen.ai/api")
    if parts.username is not None or parts.password is not None:
        raise UsageError("the base URL must not hold a user name or password")
    origin = Origin(parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme])
    if origin.scheme == "http" and not origin.is_loopback:
        raise UsageError(f"plain http is allowed on loopback only, not to {origin.host}", hint="Use https://")
    return origin
