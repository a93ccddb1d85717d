"""Which proxy a request goes through, read from the environment that is handed in."""

import importlib.util
import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from inference_cli.errors import UsageError
from inference_cli.origin import Origin

_SCHEMES = ("http", "https", "socks5", "socks5h")


def proxy_for(target: Origin, env: Mapping[str, str]) -> str | None:
    """The proxy for an origin, or ``None``: loopback never has one, nor what ``NO_PROXY`` lists (fault A44).

    Args:
        target: where the request goes.
        env: ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY``, ``NO_PROXY``, or lower case, which wins.

    Raises:
        UsageError: the variable holds something else than a usable proxy URL (fault A45); it names the variable and
            never shows its value, which may hold a password.
    """
    if target.is_loopback or _excluded(target, _read(env, "NO_PROXY")[1]):
        return None
    for wanted in (f"{target.scheme.upper()}_PROXY", "ALL_PROXY"):
        variable, value = _read(env, wanted)
        if value:
            return _checked(variable, value)
    return None


def _read(env: Mapping[str, str], name: str) -> tuple[str, str]:
    for spelling in (name.lower(), name):
        if env.get(spelling, "").strip():
            return spelling, env[spelling].strip()
    return name, ""


def _checked(variable: str, value: str) -> str:
    url = value if "://" in value else f"http://{value}"
    fix = f"It looks like  {variable}=http://HOST:PORT; unset it to connect directly"
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and url.isascii() and url.isprintable() and " " not in url
    except ValueError as error:
        raise UsageError(f"{variable} is not a proxy address", hint=fix) from error
    if parts.scheme.lower() not in _SCHEMES:
        raise UsageError(f"{variable} names a kind of proxy that is not supported", hint=fix)
    if not usable:
        raise UsageError(f"{variable} is not a proxy address", hint=fix)
    if parts.scheme.lower().startswith("socks") and importlib.util.find_spec("socksio") is None:
        raise UsageError(
            f"{variable} names a SOCKS proxy, which needs the package socksio",
            hint="Install it:  pip install socksio",
        )
    return url


def _excluded(target: Origin, listed: str) -> bool:
    return any(_matches(target, entry.strip().lower()) for entry in listed.split(",") if entry.strip())


def _matches(target: Origin, entry: str) -> bool:
    if entry == "*":
        return True
    entry = entry.rpartition("://")[2]
    try:
        return ipaddress.ip_address(target.host) in ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass  # one of the two is a name
    host, colon, port = entry.rpartition(":")
    if colon and port.isdigit() and not host.endswith(":"):
        if int(port) != target.port:
            return False
        entry = host
    name = entry.strip("[]").removeprefix("*").lstrip(".")
    return bool(name) and (target.host == name or target.host.endswith(f".{name}"))
