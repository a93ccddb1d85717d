"""One look at the API: does it answer, how fast, what is its clock, and how long is its certificate good for."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any

from inference_cli.api.client import Client
from inference_cli.api.dialect import CURRENT, DIALECTS, LEGACY, Dialect
from inference_cli.api.exchange import Call
from inference_cli.api.network import Network
from inference_cli.api.retry import Kind, Retry
from inference_cli.api.wire import httpx
from inference_cli.clock import Clock
from inference_cli.errors import InferenceError, NotFoundError
from inference_cli.origin import Origin

PATIENCE = 15.0  # seconds for one request; a person waits in front of it


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen.

    ``status`` is None where no answer came, and ``error`` None where a good one did. ``date`` is the server's clock and
    ``heard`` this machine's at that moment; ``expires`` is the end of the server's own certificate, where there was one
    and this machine verified it: all in Unix seconds. ``seconds`` is how long the answer took.
    """

    error: InferenceError | None = None
    status: int | None = None
    seconds: float = 0.0
    date: float | None = None
    heard: float = 0.0
    expires: float | None = None
    api: str | None = None


class _Witness(httpx.BaseTransport):
    """Passes requests on, and remembers what the last answer showed beside its body."""

    def __init__(self, inner: httpx.BaseTransport, clock: Clock) -> None:
        self._inner, self._clock = inner, clock
        self.seen = Look()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        start = self._clock.monotonic()
        response = self._inner.handle_request(request)
        self.seen = Look(
            status=response.status_code,
            seconds=self._clock.monotonic() - start,
            date=_date(response.headers.get("date", "")),
            heard=self._clock.now(),
            expires=_expiry(response.extensions.get("network_stream")),
        )
        return response

    def close(self) -> None:
        self._inner.close()


def look(
    *,
    base_url: str,
    origin: Origin,
    token: str | None,
    token_source: str,
    api: str,
    clock: Clock,
    env: Mapping[str, str],
    transport: Callable[[], Any] | None = None,
    trace: Callable[[str], None] | None = None,
) -> Look:
    """Ask for the list of models, which is free, once. Nothing is retried and nothing is kept.

    Args:
        base_url: below ``origin``.
        origin: the only place that the token is sent to.
        token: without one the request carries none: whether somebody answers is worth knowing all the same.
        token_source: where the token came from, in words.
        api: the generation of the API, or ``auto``.
        clock: for durations, and to compare the server's with.
        env: proxies and certificates.
        transport: stands for the real network.
        trace: gets a redacted line per request and answer.
    """
    seen = Look()
    for dialect in _spoken(api):
        try:
            witness = _Witness((transport or Network(env).factory(origin))(), clock)
        except InferenceError as error:
            return Look(error)
        with Client(
            base_url=base_url,
            origin=origin,
            token=token,
            token_source=token_source,
            dialect=dialect if token else replace(dialect, needs_token=False),
            namespace=None,
            clock=clock,
            retry=Retry(clock=clock, enabled=False),
            transport=lambda witness=witness: witness,  # type: ignore[misc] # bound now, called once
            trace=trace,
            env=env,
        ) as client:
            failed = _asked(client)
        seen = replace(witness.seen, error=failed, api=dialect.name)
        if not isinstance(seen.error, NotFoundError):  # a 404 may be the older API, which has another route
            break
    return seen


def _spoken(api: str) -> tuple[Dialect, ...]:
    return (CURRENT, LEGACY) if api == "auto" else (DIALECTS[api],)


def _asked(client: Client) -> InferenceError | None:
    method, path = client.dialect.route("models.list")
    try:
        client.document(Call(Kind.READ, method, path, total=PATIENCE))
    except InferenceError as error:
        return error
    return None


def _date(header: str) -> float | None:
    with suppress(ValueError, TypeError, OverflowError):
        return parsedate_to_datetime(header).timestamp()
    return None


def _expiry(stream: Any) -> float | None:
    """The end of the certificate that was verified; some systems keep it to themselves."""
    import ssl

    with suppress(AttributeError, ValueError, TypeError, KeyError):
        return float(ssl.cert_time_to_seconds(stream.get_extra_info("ssl_object").getpeercert()["notAfter"]))
    return None
