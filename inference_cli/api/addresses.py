"""Which result URLs may be fetched, and to which addresses: nothing inside this machine or its network."""

import base64
import binascii
import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from inference_cli.errors import DamagedError, TemporaryError
from inference_cli.origin import Origin

Resolve = Callable[[str, int], tuple[str, ...]]

_LONGEST_URL = 16 * 1024
_LONGEST_DATA = 256 * 1024 * 1024
_LOWEST_PORT = 1024  # below it only the ports of the web: 22 and 25 are not for downloads (fault D24)
_WEB_PORTS = {"https": 443, "http": 80}


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a name, each once, in the order to try them.

    Raises:
        TemporaryError: there are none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TemporaryError(f"cannot resolve {host}") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def target_of(url: str, *, allow_http: bool) -> Origin:
    """Where a result URL leads, if it may be fetched at all (redirect and host policy, fault D24).

    Args:
        url: absolute.
        allow_http: whether plain http will do; only when the API itself is on loopback.

    Raises:
        DamagedError: another scheme, a user name, no host or one beyond ASCII, a port that is not for the web, control
            characters, or a URL of 16 kB and more.
    """
    if len(url) > _LONGEST_URL or not url.isprintable() or " " in url or not url.isascii():
        raise DamagedError("the result URL is not a URL")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise DamagedError("the result URL is not a URL") from error
    allowed = ("https", "http") if allow_http else ("https",)
    if parts.scheme not in allowed:
        raise DamagedError("the result URL is not https, and is not fetched")
    if parts.username is not None or parts.password is not None or not parts.hostname or "\\" in parts.netloc:
        raise DamagedError("the result URL names no proper host, and is not fetched")
    port = _WEB_PORTS[parts.scheme] if port is None else port
    if port < _LOWEST_PORT and port not in _WEB_PORTS.values():
        raise DamagedError(f"the result URL leads to port {port}, and is not fetched")
    return Origin(parts.scheme, parts.hostname, port)


def next_hop(url: str, location: str | None) -> str:
    """Where a redirect leads.

    Raises:
        DamagedError: it names no place.
    """
    if not location or not location.isprintable():
        raise DamagedError("the download was redirected to nowhere")
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise DamagedError("the download was redirected to nowhere") from error


def is_private(address: str) -> bool:
    """Whether an address is on this machine, in its network, or for no single machine (fault D25).

    Args:
        address: an IP address; IPv4 in IPv6 (mapped, 6to4, NAT64) is looked through.
    """
    ip = _looked_through(address)
    return not ip.is_global or ip.is_multicast


def is_link_local(address: str) -> bool:
    """Whether an address is only for this link, where clouds tell machines their secrets (169.254.169.254; fault A42).

    Args:
        address: as of ``is_private``, which it is, too.
    """
    return _looked_through(address).is_link_local


def _looked_through(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if not isinstance(ip, ipaddress.IPv6Address):
        return ip
    inner = ip.ipv4_mapped or ip.sixtofour
    if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return inner or ip


def literal(host: str) -> str | None:
    """The address that a host name is by itself, in any notation that a resolver would take (decimal, hexadecimal)."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not host.rpartition(".")[2].lower().removeprefix("0x").strip("0123456789abcdef") and host[-1:].isalnum():
        try:
            return socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            return None
    return None


def inline_data(url: str) -> tuple[bytes, str]:
    """The bytes and the media type of a ``data:`` URL.

    Raises:
        DamagedError: it is none, or larger than 256 MB.
    """
    head, comma, body = url.removeprefix("data:").partition(",")
    if not comma or len(body) > _LONGEST_DATA:
        raise DamagedError("the result is no usable data URL")
    try:
        plain = unquote_to_bytes(body)
        data = base64.b64decode(plain, validate=True) if head.endswith(";base64") else plain
    except (binascii.Error, ValueError) as error:
        raise DamagedError("the result is not valid base64") from error
    return data, head.partition(";")[0] or "text/plain"
