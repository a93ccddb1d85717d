"""The real network below httpx: deadlines on every read and write, vetted addresses, one TLS context, proxies."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from inference_cli.api.certificates import tls_context
from inference_cli.api.chunked import Joined
from inference_cli.api.deadlines import Deadline
from inference_cli.api.lengthy import LongBody
from inference_cli.api.proxies import proxy_for
from inference_cli.api.spare import spared
from inference_cli.api.wire import httpx
from inference_cli.origin import Origin

with spared():
    import httpcore

if TYPE_CHECKING:
    import ssl

_SLICE = 64 * 1024  # bytes that one write timeout is for
_KEPT = 20.0  # seconds that a connection waits for another request: what is older may have died without a word
_GLANCE = 0.1  # seconds after which a silent read looks at the clock, and whether somebody wishes to stop


def _left(timeout: float | None, expired: type[Exception]) -> float | None:
    if not isinstance(timeout, Deadline):
        return timeout
    left = timeout.left()
    if left <= 0:
        raise expired("the time is up")
    return left


class _Stream(httpcore.NetworkStream):
    """A connection whose every step looks at the deadline again (fault A11: a byte now and then is not progress)."""

    def __init__(self, inner: httpcore.NetworkStream, *, expects_http: bool = True, encrypted: bool = False) -> None:
        self._inner, self._encrypted = inner, encrypted
        self._unchecked = expects_http  # nothing was read yet
        self._joined = Joined()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if held := self._joined.held:
            self._joined.held = held[max_bytes:]
            return held[:max_bytes]
        while data := self._checked(max_bytes, timeout):
            if given := self._joined.feed(data):
                return given
        return b""

    def lengthy(self) -> int | None:
        """The length in bytes of a long body that begins here, of which nothing was read; asked for once."""
        length, self._joined.length = self._joined.length, None
        return length

    def _checked(self, max_bytes: int, timeout: float | None) -> bytes:
        data = self._read(max_bytes, timeout)
        if data and self._unchecked:
            self._unchecked = False
            if data[:5] != b"HTTP/"[: len(data)]:  # h11 would wait for a blank line that never comes (fault A43)
                raise httpcore.RemoteProtocolError("the answer does not begin as HTTP does")
        return data

    def _read(self, max_bytes: int, timeout: float | None) -> bytes:
        if not isinstance(timeout, Deadline):
            return self._inner.read(max_bytes, timeout)
        step = timeout.begun()
        while True:
            left = _left(step, httpcore.ReadTimeout) or 0.0
            try:
                return self._inner.read(max_bytes, min(_GLANCE, left))
            except httpcore.ReadTimeout:
                if step.left() <= 0:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        view = memoryview(buffer)
        for start in range(0, len(buffer), _SLICE):
            self._inner.write(bytes(view[start : start + _SLICE]), _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: "ssl.SSLContext", server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), encrypted=True)

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object" and not self._encrypted:
            return None  # without a look at ssl, which would have to be imported
        return self._inner.get_extra_info(info)


class _Backend(httpcore.SyncBackend):
    """Connects to the addresses that were vetted for a name, else wherever the name leads."""

    def __init__(self, pins: Mapping[str, tuple[str, ...]], *, socks: bool) -> None:
        self._pins = pins
        self._socks = socks  # whose own words come first

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = self._pins.get(host, (host,))
        for address in others:
            try:
                return self._connect(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # a name has several addresses so that one may be down (fault A47)
        return self._connect(last, port, timeout, local_address, socket_options)

    def _connect(
        self, host: str, port: int, timeout: float | None, local: str | None, options: Iterable[Any] | None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        # As bytes it is looked up as it is; as text it would be encoded by a module of its own first, ASCII or not.
        plain: Any = host.encode() if host.isascii() else host
        return _Stream(super().connect_tcp(plain, port, left, local, options), expects_http=not self._socks)


class NetworkTransport(httpx.HTTPTransport):
    """httpx's own transport with our backend below it.

    Args:
        verify: the TLS context; never touched for plain http.
        proxy: the proxy's URL.
        pins: the addresses to connect to, by host name; names without an entry are resolved.
    """

    def __init__(
        self,
        *,
        verify: "ssl.SSLContext | None",
        proxy: str | None = None,
        pins: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        backend = _Backend(pins or {}, socks=proxy is not None and proxy.lower().startswith("socks"))
        self._pool: httpcore.ConnectionPool = (
            httpcore.ConnectionPool(ssl_context=verify, keepalive_expiry=_KEPT, network_backend=backend)
            if proxy is None
            else _through(proxy, verify, backend)
        )
        self._closed = False

    def close(self) -> None:
        """Close its connections; from then on it makes none, for nobody would close those."""
        self._closed = True
        super().close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the head of its answer; a long body is then read past h11.

        Raises:
            httpx.TransportError: as httpx does.
        """
        if self._closed:  # by the command that ended, whose workers may still be at it
            raise httpx.ConnectError("closed", request=request)
        _drop_excess(self._pool)
        response = super().handle_request(request)
        stream, inner = response.extensions.get("network_stream"), response.stream
        if isinstance(stream, _Stream) and isinstance(inner, httpx.SyncByteStream):
            length = stream.lengthy()
            if length is not None:
                timeout = request.extensions.get("timeout", {}).get("read")
                response.stream = LongBody(length, partial(stream.read, timeout=timeout), inner)
        return response


def _through(proxy: str, verify: "ssl.SSLContext | None", backend: _Backend) -> httpcore.ConnectionPool:
    settings = httpx.Proxy(proxy)
    address, auth = str(settings.url), settings.raw_auth
    if settings.url.scheme.startswith("socks"):
        return httpcore.SOCKSProxy(
            address, proxy_auth=auth, ssl_context=verify, keepalive_expiry=_KEPT, network_backend=backend
        )
    own = verify if settings.url.scheme == "https" else None  # TLS to the proxy itself
    return httpcore.HTTPProxy(
        address,
        proxy_auth=auth,
        ssl_context=verify,
        proxy_ssl_context=own,
        keepalive_expiry=_KEPT,
        network_backend=backend,
    )


def _drop_excess(pool: httpcore.ConnectionPool) -> None:
    """Close kept connections that hold more than was declared: the next answer would begin with it (fault A15).

    Only h11 knows, and httpcore does not ask it; what arrives later it sees by itself.
    """
    for kept in pool.connections:
        inner: Any = kept
        while not hasattr(inner, "_h11_state") and hasattr(inner, "_connection"):
            inner = inner._connection  # noqa: SLF001 - a proxy's or a new one's, around the one that speaks HTTP
        state = getattr(inner, "_h11_state", None)
        if kept.is_idle() and (state is None or state.trailing_data[0]):
            kept.close()


class Network:
    """Makes transports for one origin or for any, with the proxies and certificates that an environment names.

    Args:
        env: the environment; nothing else is read (no netrc, no system settings).
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._context: ssl.SSLContext | None = None

    def proxy(self, target: Origin) -> str | None:
        """The proxy that requests to an origin go through, if any.

        Raises:
            UsageError: the variable that names it holds no usable proxy (fault A45).
        """
        return proxy_for(target, self._env)

    def transport(self, target: Origin, pins: Mapping[str, tuple[str, ...]] | None = None) -> NetworkTransport:
        """A transport with connections of its own to an origin.

        Raises:
            UsageError: a proxy or certificate variable of the environment is wrong (faults A45, A46).
        """
        if target.scheme == "https" and self._context is None:
            self._context = tls_context(self._env)
        return NetworkTransport(verify=self._context, proxy=self.proxy(target), pins=pins)

    def factory(self, target: Origin) -> Callable[[], httpx.BaseTransport]:
        """The same as a factory, for whoever takes an injected one as well."""
        return lambda: self.transport(target)
