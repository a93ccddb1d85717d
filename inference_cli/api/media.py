"""The client for result URLs: no token, no cookies, every hop vetted, resumable."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, cast

import inference_cli
from inference_cli.api.addresses import (
    Resolve,
    inline_data,
    is_link_local,
    is_private,
    literal,
    next_hop,
    resolve as system_resolve,
    target_of,
)
from inference_cli.api.bodies import decoded
from inference_cli.api.deadlines import limits
from inference_cli.api.failures import LinkExpired, Throttled
from inference_cli.api.idle import Idle
from inference_cli.api.redaction import Redactor
from inference_cli.api.retry import LONGEST_WAIT, Kind, wait_asked_for
from inference_cli.api.wire import httpx
from inference_cli.clock import Clock
from inference_cli.errors import DamagedError, InferenceError, TemporaryError
from inference_cli.origin import Origin

if TYPE_CHECKING:
    from inference_cli.api.network import Network

STALLED_RATE, STALLED_AFTER = 1000, 60.0  # bytes per second, seconds (faults document, timeouts)
_MOST_HOPS = 5
_TOTAL = 86400.0  # seconds
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_UNSATISFIED = re.compile(r"bytes \*/(\d{1,18})")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(slots=True)
class MediaStream:
    """An open download.

    ``status`` is 206 when the bytes continue at ``offset``, else 200 with ``offset`` 0: then what is there already has
    to be thrown away. ``total`` is the size of the whole file in bytes, where the server says it.
    """

    status: int
    offset: int
    total: int | None
    etag: str | None
    content_type: str
    _chunks: Iterable[bytes] = field(default=(), repr=False)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, as they come.

        Raises:
            TemporaryError: the connection broke or stalled; open it again at the new offset.
            DamagedError: the content encoding is damaged.
        """
        yield from self._chunks


@dataclass(frozen=True, slots=True)
class _Ask:
    """What one download asks for."""

    offset: int
    etag: str | None


class MediaClient:
    """Fetches results from wherever the API says they are (redirect and host policy).

    Args:
        api_origin: of the API that named the URLs; on loopback, plain http and private addresses are allowed. None
            where no API did: then it is https to public addresses only.
        clock: for deadlines.
        transport: makes a transport per download; ``None``: the real network.
        resolve: addresses of a name. ``None`` with a transport of one's own: names are not looked up, only addresses
            written out are checked.
        allow_private: whether results may lie on this machine or in its network (``--allow-private-hosts``).
        trace: gets a redacted line per request and answer.
        env: proxies and certificates for the real network.
        seconds: that one download may take; a day by default, for one that moves is never too slow.
    """

    def __init__(
        self,
        *,
        api_origin: Origin | None,
        clock: Clock,
        transport: Callable[[], httpx.BaseTransport] | None = None,
        resolve: Resolve | None = None,
        allow_private: bool = False,
        trace: Callable[[str], None] | None = None,
        env: Mapping[str, str] | None = None,
        seconds: float = _TOTAL,
    ) -> None:
        self._api, self._clock, self._make, self._trace = api_origin, clock, transport, trace
        self._here, self._seconds = api_origin is not None and api_origin.is_loopback, seconds
        self._resolve = resolve if resolve is not None or transport is not None else system_resolve
        self._allow_private = allow_private
        self._beside: tuple[str, ...] | None = None  # the API's own addresses, once they were looked up
        self._network: Network | None = None
        if transport is None:
            from inference_cli.api import network

            self._network = network.Network(env or {})
        self._redactor = Redactor()
        self._idle = Idle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open for further downloads."""
        self._idle.close()

    @contextlib.contextmanager
    def open(self, url: str, *, offset: int = 0, etag: str | None = None) -> Iterator[MediaStream]:
        """Start a download, or go on with one.

        Args:
            url: as the API gave it; ``data:`` works too.
            offset: bytes that are on disk already, 0 for none.
            etag: what the server called the file when those bytes came.

        Yields:
            The stream; when it cannot go on at ``offset`` (no ranges, another file, a wrong range), it starts again at
            0 by itself (faults D4 to D7, D9), and says so by its ``status``.

        Raises:
            LinkExpired: 403, 404 or 410: ask for a fresh URL.
            TemporaryError: the connection broke or stalled, or the host is busy (``Throttled``).
            DamagedError: the URL or a redirect leads where it must not, or the host answers nonsense.
        """
        if url.startswith("data:"):
            data, kind = inline_data(url)
            yield MediaStream(200, 0, len(data), None, kind, (data,))
            return
        with contextlib.ExitStack() as stack:
            stream = self._stream(stack, url, _Ask(offset, etag))
            if stream is None:
                stack.close()
                stream = self._stream(stack, url, _Ask(0, None))
            if stream is None:
                raise DamagedError("the media host answers with a part of the file that was not asked for")
            yield stream

    def _stream(self, stack: contextlib.ExitStack, url: str, ask: _Ask) -> MediaStream | None:
        """One request with its redirects; ``None`` when it has to start again from nothing."""
        for _ in range(_MOST_HOPS + 1):
            target = target_of(url, allow_http=self._here)
            response = self._send(stack, url, target, ask)
            if response.status_code not in _REDIRECTS:
                break
            url = next_hop(url, response.headers.get("location"))
            stack.close()
        else:
            raise DamagedError(f"the download was redirected more than {_MOST_HOPS} times")
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if response.status_code == 416:  # noqa: PLR2004 - HTTP's own number
            return _complete(response, ask)
        if not response.is_success:
            raise _refused(response)
        if response.status_code != 206:  # noqa: PLR2004
            return self._from_start(response, target, encoding)
        if encoding not in {"", "identity"}:
            return None
        return self._continued(response, target, ask)

    def _from_start(self, response: httpx.Response, target: Origin, encoding: str) -> MediaStream:
        chunks = self._guarded(response, target)
        length = response.headers.get("content-length", "")
        if encoding in {"", "identity"}:
            total, etag = (
                int(length[:18]) if length.isascii() and length.isdigit() else None,
                response.headers.get("etag"),
            )
        else:  # sizes and ranges would count compressed bytes (fault D9)
            chunks, total, etag = decoded(chunks, encoding, cap=None), None, None
        return MediaStream(200, 0, total, etag, response.headers.get("content-type", ""), chunks)

    def _continued(self, response: httpx.Response, target: Origin, ask: _Ask) -> MediaStream | None:
        found = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
        etag = response.headers.get("etag")
        if found is None or int(found[1]) != ask.offset or (ask.etag and etag and etag != ask.etag):
            return None
        total = None if found[3] == "*" else int(found[3])
        if total is not None and int(found[2]) >= total:
            return None
        kind = response.headers.get("content-type", "")
        status = 206 if ask.offset else 200
        return MediaStream(status, ask.offset, total, etag or ask.etag, kind, self._guarded(response, target))

    def _send(self, stack: contextlib.ExitStack, url: str, target: Origin, ask: _Ask) -> httpx.Response:
        addresses = self._vetted(target, names=self._proxy(target) is None)
        headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": _agent()}
        if ask.offset:
            headers["Range"] = f"bytes={ask.offset}-"
            if ask.etag and not ask.etag.startswith("W/"):
                headers["If-Range"] = ask.etag
        timeout = limits(self._clock, self._clock.monotonic() + self._seconds, each=STALLED_AFTER)
        self._say(f"> GET {url}" + (f" from byte {ask.offset}" if ask.offset else ""))
        try:
            request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})
            response = self._answer(stack, request, target, addresses)
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            raise self._trouble(error, target) from None
        stack.callback(response.close)
        self._say(f"< {response.status_code} {response.headers.get('content-type', '')}")
        return response

    def _answer(
        self, stack: contextlib.ExitStack, request: httpx.Request, target: Origin, addresses: tuple[str, ...]
    ) -> httpx.Response:
        """Ask on a connection that an earlier download left, or on a new one where there is none or it was closed."""
        proxy = self._proxy(target)
        place = (str(target), addresses, proxy)
        transport = self._idle.take(place)
        if transport is not None:
            stack.callback(self._idle.give, place, transport)
            with contextlib.suppress(httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError):
                return transport.handle_request(request)
        if self._make is not None:
            transport = self._make()
        else:
            assert self._network is not None
            pins = {target.host: addresses} if addresses and proxy is None else None
            transport = self._network.transport(target, pins)
        stack.callback(self._idle.give, place, transport)
        return transport.handle_request(request)

    def _vetted(self, target: Origin, *, names: bool) -> tuple[str, ...]:
        """The addresses to connect to; through a proxy, only addresses written out can be checked.

        Raises:
            DamagedError: one of them is private, and that is not allowed (fault D25).
        """
        written = literal(target.host)
        if written is not None:
            addresses: tuple[str, ...] = (written,)
        elif self._resolve is None or not names:
            addresses = ("127.0.0.1",) if target.is_loopback else ()
        else:
            addresses = self._resolve(target.host, target.port)
        for inside in (is_link_local, is_private):
            if any(map(inside, addresses)) and not (self._allow_private or any(map(inside, self._neighbours()))):
                raise DamagedError(
                    f"the result lies on a private address ({target.host}), and is not fetched",
                    hint="If that is right:  --allow-private-hosts",
                )
        return addresses

    def _neighbours(self) -> tuple[str, ...]:
        """The API's own addresses: where they are private, its results may be, too; link-local only if they are."""
        if self._beside is not None or self._api is None:
            return self._beside or ()
        written = literal(self._api.host)
        if written is not None:
            found: tuple[str, ...] = (written,)
        elif self._here:
            found = ("127.0.0.1",)
        elif self._resolve is None or self._proxy(self._api) is not None:
            found = ()
        else:
            try:
                found = self._resolve(self._api.host, self._api.port)
            except TemporaryError:  # a name that leads nowhere does not lead inside; the next download asks again
                return ()
        self._beside = found  # only now: other downloads must not take a look-up that is under way for its answer
        return found

    def _guarded(self, response: httpx.Response, target: Origin) -> Iterator[bytes]:
        """The body, broken off when it stalls: less than 1 kB/s for a minute of waiting for it."""
        chunks = iter(cast(Iterable[bytes], response.stream))
        waited, received = 0.0, 0
        while True:
            before = self._clock.monotonic()
            try:
                chunk = next(chunks, None)
            except (httpx.HTTPError, httpx.StreamError) as error:
                raise self._trouble(error, target) from None
            if chunk is None:
                return
            waited += self._clock.monotonic() - before  # only the waiting: a slow disk is not a slow network
            received += len(chunk)
            yield chunk
            if waited >= STALLED_AFTER:
                if received < STALLED_RATE * waited:
                    raise TemporaryError("the download stalled")
                waited, received = 0.0, 0

    def _trouble(self, error: Exception, target: Origin) -> InferenceError:
        self._say(f"! {type(error).__name__}")
        from inference_cli.api.breakage import trouble_of

        proxy = self._proxy(target)
        return trouble_of(error, Kind.READ, target, proxy and self._redactor.text(proxy)).error

    def _proxy(self, target: Origin) -> str | None:
        return None if self._network is None else self._network.proxy(target)

    def _say(self, line: str) -> None:
        if self._trace is not None:
            self._trace(self._redactor.text(line))


def _complete(response: httpx.Response, ask: _Ask) -> MediaStream | None:
    """What 416 means: everything is here already, or more than there is, which starts again (fault D6)."""
    found = _UNSATISFIED.fullmatch(response.headers.get("content-range", "").strip())
    if found is None or not ask.offset or int(found[1]) != ask.offset:
        return None
    return MediaStream(206, ask.offset, ask.offset, ask.etag, response.headers.get("content-type", ""))


def _refused(response: httpx.Response) -> InferenceError:
    status = response.status_code
    if status in {403, 404, 410}:
        return LinkExpired(f"the result URL is not served any more (HTTP {status})", status=status)
    if status == 429 or status >= 500 or status in {408, 425}:  # noqa: PLR2004 - HTTP's own numbers
        after = wait_asked_for(response.headers)
        late = "; it asks to wait longer than two minutes" if after is not None and after > LONGEST_WAIT else ""
        error = Throttled(f"the media host answers HTTP {status}{late}", status=status)
        error.after = after
        return error
    return DamagedError(f"the media host answers HTTP {status}", status=status)


def _agent() -> str:
    return f"inference-cli/{inference_cli.__version__}"
