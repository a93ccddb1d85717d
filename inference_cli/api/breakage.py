"""What an exception of the network means: not sent, broken, not understood, or not to be trusted."""

import socket
import ssl
from collections.abc import Iterator

from inference_cli.api.failures import ASK_AGAIN, LOOK, Trouble
from inference_cli.api.retry import Cause, Kind
from inference_cli.api.wire import httpx
from inference_cli.errors import (
    DamagedError,
    InferenceError,
    RefusedError,
    TemporaryError,
    TokenError,
    UnknownOutcomeError,
    UsageError,
)
from inference_cli.origin import Origin

_CUT = ("Server disconnected", "peer closed connection")  # what h11 says of a connection that ended early
_BILLED = "it may have been accepted (and billed)"
_CHARGED = "it may have been billed"  # a chat: there is nothing to look for


def trouble_of(error: Exception, kind: Kind, target: Origin, proxy: str | None = None) -> Trouble:
    """Read an exception of httpx as the failure of one attempt.

    Args:
        error: an ``httpx.HTTPError``, ``httpx.StreamError`` or ``httpx.InvalidURL``.
        kind: what the request was.
        target: where it went.
        proxy: the proxy that it went through, without user name and password.
    """
    if isinstance(error, httpx.ConnectError) and (distrust := _distrust(error)) is not None:
        return Trouble(Cause.FINAL, _not_trusted(distrust, target))
    if isinstance(error, httpx.ProxyError):
        return _proxy(error, proxy or "the proxy")
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        late = isinstance(error, httpx.TimeoutException)
        return Trouble(Cause.NOT_SENT, TemporaryError(_unreachable(error, target, proxy)), timed_out=late)
    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol | httpx.InvalidURL):
        return Trouble(Cause.FINAL, UsageError("the request cannot be sent: it is not valid HTTP"))
    late = isinstance(error, httpx.TimeoutException)
    understood = late or not isinstance(error, httpx.RemoteProtocolError) or str(error).startswith(_CUT)
    if kind.costs:
        error_of = _lost if kind is Kind.CHAT else _unknown
        return Trouble(Cause.BROKEN, error_of(target, late=late, understood=understood), timed_out=late)
    if not understood:
        return Trouble(Cause.FINAL, DamagedError(f"what {target} answers is not HTTP"))
    sentence = f"{target} did not answer in time" if late else f"the connection to {target} broke"
    return Trouble(Cause.BROKEN, TemporaryError(sentence), timed_out=late)


def _unknown(target: Origin, *, late: bool, understood: bool) -> InferenceError:
    return UnknownOutcomeError(f"{_after(target, late=late, understood=understood)}; {_BILLED}", hint=LOOK)


def _lost(target: Origin, *, late: bool, understood: bool) -> InferenceError:
    return DamagedError(f"{_after(target, late=late, understood=understood)}; {_CHARGED}", hint=ASK_AGAIN)


def _after(target: Origin, *, late: bool, understood: bool) -> str:
    if late:
        return f"{target} did not answer in time after the request was sent"
    if understood:
        return "the connection broke after the request was sent"
    return f"what {target} answered to the request is not HTTP"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _distrust(error: BaseException) -> ssl.SSLError | None:
    """The TLS failure below an exception; a connection that ended during the handshake is not one."""
    ended = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
    return next(
        (cause for cause in _causes(error) if isinstance(cause, ssl.SSLError) and not isinstance(cause, ended)), None
    )


def _not_trusted(error: ssl.SSLError, target: Origin) -> DamagedError:
    reason = getattr(error, "verify_message", "") or (error.reason or "the handshake failed").replace("_", " ").lower()
    return DamagedError(
        f"no secure connection to {target}: {reason.rstrip('.')}",
        hint=(
            "Behind a company's proxy its own authority is needed:\n"
            "  SSL_CERT_FILE=/path/to/authority.pem inference …\n"
            "  or the system's store:  pip install 'inference-cli[system-trust]'"
        ),
    )


def _unreachable(error: Exception, target: Origin, proxy: str | None) -> str:
    host, place = (target.host, str(target)) if proxy is None else (proxy, f"the proxy {proxy}")
    if any(isinstance(cause, socket.gaierror) for cause in _causes(error)):
        return f"cannot resolve {host}"
    if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
        return f"{target} ended the connection before it was secure"
    if isinstance(error, httpx.TimeoutException):
        return f"{place} cannot be reached in time"
    reason = next((cause.strerror for cause in _causes(error) if isinstance(cause, OSError) and cause.strerror), None)
    return f"cannot connect to {place}" + (f": {reason.lower()}" if reason else "")


def _proxy(error: Exception, proxy: str) -> Trouble:
    status = str(error)[:3]
    if status == "407":
        hint = "Put the user name and password into the proxy's variable"
        return Trouble(Cause.FINAL, TokenError(f"{proxy} asks for a sign-in (HTTP 407)", hint=hint))
    if status.startswith("4"):
        return Trouble(Cause.FINAL, RefusedError(f"{proxy} refused the connection (HTTP {status})"))
    said = f" (HTTP {status})" if status.isdigit() else ""
    return Trouble(Cause.NOT_SENT, TemporaryError(f"{proxy} could not make the connection{said}"))
