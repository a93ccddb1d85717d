"""One origin, one token: sends requests, retries what may be sent again, and owns the resources."""

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import inference_cli
from inference_cli.api.auth import authorization, check_token
from inference_cli.api.bodies import decode
from inference_cli.api.connections import Connections
from inference_cli.api.deadlines import Deadline, limits
from inference_cli.api.dialect import Dialect
from inference_cli.api.exchange import CONTROL, Answer, Call, until as until_deadline
from inference_cli.api.failures import (
    Answered,
    Garbled,
    Trouble,
    complaint_of,
    ids_in,
    is_error,
    judge,
    salvaged,
    unreadable,
)
from inference_cli.api.payload import encodable, encode
from inference_cli.api.redaction import Redactor
from inference_cli.api.refusals import refused
from inference_cli.api.resources import Resources
from inference_cli.api.retry import Cause, Kind, Retry
from inference_cli.api.wire import httpx
from inference_cli.clock import Clock
from inference_cli.errors import TemporaryError, UsageError
from inference_cli.origin import Origin

if TYPE_CHECKING:
    from inference_cli.api.network import Network

T = TypeVar("T")


class Client(Resources):
    """The Inference API at one origin. Safe to share between threads; close it, or use it as a context manager.

    Args:
        base_url: absolute, below ``origin``; routes are appended to its path.
        origin: the only place that the token is sent to.
        token: as stored; ``None`` makes every call a TokenError, unless the dialect needs none.
        dialect: which generation of the API to speak; may be exchanged later, as ``detect`` finds out.
        namespace: default for the routes of 2026-04 that have one in their path.
        clock: for deadlines and pauses.
        retry: what may still be spent on retries; one per command, shared by its clients.
        transport: makes transports; called once for ordinary calls and once for each paid one, which is thus sent on a
            fresh connection (fault A8), and each is closed in the end. ``None``: the real network.
        trace: gets a redacted line per request and answer (``--debug-http``).
        notice: gets sentences that are always shown, such as a wait that the server asked for.
        token_source: where the token came from, in words, for the error that says it was refused.
        env: proxies and certificates for the real network (``HTTPS_PROXY``, ``SSL_CERT_FILE``, …).

    Raises:
        TokenError: the token cannot stand in a header.
        UsageError: the base URL is not below the origin.
    """

    def __init__(
        self,
        *,
        base_url: str,
        origin: Origin,
        token: str | None,
        dialect: Dialect,
        namespace: str | None,
        clock: Clock,
        retry: Retry | None = None,
        transport: Callable[[], httpx.BaseTransport] | None = None,
        trace: Callable[[str], None] | None = None,
        notice: Callable[[str], None] | None = None,
        token_source: str = "",
        env: Mapping[str, str] | None = None,
    ) -> None:
        check_token(token)
        self.origin, self.dialect, self.namespace, self.clock = origin, dialect, namespace, clock
        self.retry = retry or Retry(clock=clock)
        self.redactor = Redactor([token])
        self._base, self._token, self._source = base_url.rstrip("/"), token, token_source
        self._trace, self.notice = trace, notice or _ignore
        self._network: Network | None = None
        if transport is None:
            from inference_cli.api import network

            self._network = network.Network(env or {})
            transport = self._network.factory(origin)
        self._connections = Connections(transport)
        self.date: str | None = None  # the server's own, of its last answer
        if _origin_of(httpx.URL(self._base)) != origin:
            raise UsageError(f"the base URL is not at {origin}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open; from then on nothing is sent, whoever tries again."""
        self._connections.close()

    def get(self, path: str, query: Mapping[str, str | None] | None = None) -> Any:
        """GET a path below the base URL and read the JSON; ``None`` values are left out of the query.

        Raises:
            InferenceError: as the answer says (contract, "Errors").
        """
        pairs = tuple((key, value) for key, value in (query or {}).items() if value is not None)
        return self.document(Call(Kind.READ, "GET", path, pairs))

    def document(self, call: Call) -> Any:
        """Send a call and read its JSON answer; ``None`` for an empty one to a free call.

        Raises:
            InferenceError: as the answer says; UnknownOutcomeError after a paid call without a readable answer.
        """
        return self.perform(call, self.read_document)

    def read_document(self, answer: Answer) -> Any:
        """The JSON of an answer.

        Raises:
            Garbled: it cannot be read.
            Trouble: it is an error in the shape of a success (fault A25).
        """
        data = b"".join(answer.chunks())
        if not data.strip() and answer.answered.kind in {Kind.CANCEL, Kind.CHANGE}:
            return None
        return self.checked(answer.answered, decode(data, notice=self.notice))

    def checked(self, answered: Answered, document: Any) -> Any:
        """The document, the token taken out of it, unless it is an error by its shape."""
        document = self.redactor.document(document)
        if is_error(document):
            raise judge(answered, complaint_of(document), ids_in(document))
        return document

    def paid(self, path: str, body: Mapping[str, Any], *, total: float = CONTROL) -> Call:
        """The call that a paid POST makes; it is encoded first, so that nothing is sent of a bad body.

        Raises:
            UsageError: JSON cannot carry the body (faults G10, H4).
        """
        return Call(Kind.PAID, "POST", path, body=encode(body), total=total, encoding="identity")

    def perform(self, call: Call, read: Callable[[Answer], T]) -> T:
        """Send a call as often as the policy table allows, and read its answer.

        Args:
            call: what to send.
            read: reads the body; it may raise Garbled or Trouble.

        Raises:
            InferenceError: the last attempt's failure.
        """
        until = self.clock.monotonic() + call.total

        def once() -> T:
            with self.exchange(call, until) as answer:
                return self._read(call, answer, read)

        try:
            return self._tried(call, until, once)
        except Trouble as trouble:
            raise self.redactor.error(trouble.error) from None

    def _tried(self, call: Call, until: float, once: Callable[[], T]) -> T:
        for attempt in itertools.count():
            try:
                result = once()
            except Trouble as trouble:
                if not self._waited(call, trouble, attempt, until):
                    raise
            else:
                self.retry.succeeded()
                return result
        raise AssertionError  # pragma: no cover - the loop only ends by returning or raising

    @staticmethod
    def _read(call: Call, answer: Answer, read: Callable[[Answer], T]) -> T:
        """Read an answer; to a paid call nothing that it holds is a reason to forget that it came (invariant I2)."""
        try:
            return read(answer)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            if call.kind is not Kind.PAID:
                raise
            raise Garbled("the answer is not understood") from error

    def _waited(self, call: Call, trouble: Trouble, attempt: int, until: float) -> bool:
        stopped = call.stop is not None and call.stop.is_set()
        if stopped or self.clock.monotonic() + (trouble.after or 0.0) >= until:
            return False
        pause = self.retry.delay(
            call.kind, trouble.cause, attempt, after=trouble.after, timed_out=trouble.timed_out, advised=trouble.advised
        )
        if pause is None:
            return False
        tell = self.notice if trouble.cause is Cause.THROTTLED else None
        return self.retry.pause(pause, self.redactor.text(trouble.error.message), tell=tell)

    @contextlib.contextmanager
    def streaming(self, call: Call, *, again: bool = False) -> Iterator[Answer]:
        """Send a call and read its answer inside a ``with`` block.

        Args:
            call: what to send.
            again: as often as the policy table allows, until an answer begins; else once.

        Raises:
            InferenceError: it failed, before the block or inside it.
        """
        until = self.clock.monotonic() + call.total
        try:
            with contextlib.ExitStack() as opened:

                def once() -> Answer:
                    return opened.enter_context(self.exchange(call, until))

                yield self._tried(call, until, once) if again else once()
        except Trouble as trouble:
            raise self.redactor.error(trouble.error) from None

    @contextlib.contextmanager
    def exchange(self, call: Call, until: float) -> Iterator[Answer]:
        """One attempt: a request out, a good answer in; everything else is a Trouble.

        Args:
            call: what to send.
            until: the monotonic second at which it has to be over.
        """
        request = self._request(call, until)
        fresh = call.kind.costs
        if self._connections.closed:  # by the command that ended, whose workers may still be at it
            raise Trouble(Cause.FINAL, TemporaryError("nothing was sent: the command has ended"))
        transport = self._connections.own() if fresh else self._connections.shared()
        answer: Answer | None = None
        try:
            response = transport.handle_request(request)
            try:
                answer = self._answer(call, request, response)
                yield answer
                if not fresh:
                    self._connections.answered()
            finally:
                response.close()
        except Garbled as error:
            assert answer is not None
            raise Trouble(Cause.FINAL, unreadable(error, answer.answered, bytes(answer.beginning))) from error
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            from inference_cli.api.breakage import trouble_of

            trouble = trouble_of(error, call.kind, self.origin, self._proxy())
            ended = isinstance(error, httpx.ReadError | httpx.WriteError | httpx.RemoteProtocolError)
            if ended and not fresh and self._connections.replaced(transport):
                trouble.cause = Cause.STALE if answer is None else Cause.BROKEN
            if answer is not None and call.kind is Kind.PAID:
                trouble.error.generation_ids = salvaged(bytes(answer.beginning))
            self._say(f"! {type(error).__name__}")
            raise trouble from error
        finally:
            if fresh:
                transport.close()

    def _request(self, call: Call, until: float) -> httpx.Request:
        place = self._base + call.path
        url = httpx.URL(place, params=encodable(call.query)) if call.query else httpx.URL(place)
        headers = {
            **(authorization(self._token, self.origin, _origin_of(url)) if self._signs else {}),
            "Accept": call.accept,
            "Accept-Encoding": call.encoding,
            "User-Agent": f"inference-cli/{inference_cli.__version__}",
        }
        if call.body is not None:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(call.body))}
        if call.etag is not None:
            headers["If-None-Match"] = call.etag
        if call.kind.costs:
            headers["Connection"] = "close"
        timeout = limits(self.clock, until, each=call.patience or call.silence, stop=call.stop)
        body = None if call.body is None else call.body.content
        request = httpx.Request(call.method, url, headers=headers, content=body, extensions={"timeout": timeout})
        self._tell(f"> {call.method} {url}" + (f" ({len(call.body)} bytes)" if call.body else ""), request.headers)
        return request

    def _answer(self, call: Call, request: httpx.Request, response: httpx.Response) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        answered = Answered(call.kind, str(request.url), response.status_code, headers, self._source, self._signs)
        self.date = headers.get("date", self.date)
        self._tell(f"< {response.status_code} {headers.get('content-type', '')}", headers)
        read_by: Deadline = request.extensions["timeout"]["read"]
        chunks = cast(Iterable[bytes], response.stream)
        answer = Answer(answered, until_deadline(chunks, read_by, call.silence, paid=call.kind is Kind.PAID))
        if not response.is_success and not (response.status_code == 304 and call.etag):  # noqa: PLR2004 - unchanged
            raise refused(answer)
        return answer

    @property
    def _signs(self) -> bool:
        """Whether requests carry the token; without one only a dialect that needs none goes on."""
        return self._token is not None or self.dialect.needs_token

    def _proxy(self) -> str | None:
        proxy = self._network.proxy(self.origin) if self._network else None
        return None if proxy is None else self.redactor.text(proxy)

    def _tell(self, line: str, headers: Mapping[str, str]) -> None:
        if self._trace is not None:  # masking takes time
            self._say(line)
            for name, value in headers.items():
                self._say(f"{line[0]} {self.redactor.header(name, value)}")

    def _say(self, line: str) -> None:
        if self._trace is not None:
            self._trace(self.redactor.text(line))


def _ignore(_: str) -> None:
    """Nobody listens."""


def _origin_of(url: httpx.URL) -> Origin:
    return Origin(url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80))
