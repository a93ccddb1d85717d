"""Whom to trust: the TLS context, from the environment that is handed in, the system, or the certificates of httpx."""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from inference_cli.api.wire import httpx
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    import ssl


_LOCK = Lock()
_made: "dict[tuple[str | None, str | None], ssl.SSLContext]" = {}


def tls_context(env: Mapping[str, str]) -> "ssl.SSLContext":
    """A context that verifies certificates and host names; there is no way to switch that off (fault F17).

    Made once in a process for all that trust the same, since reading the authorities takes longer than a request.

    Args:
        env: ``SSL_CERT_FILE`` or ``SSL_CERT_DIR`` name authorities of one's own; else the system's store (with the
            extra ``system-trust``), else the ones that come with httpx.

    Raises:
        UsageError: a variable is set and what it names cannot be used (fault A46).
    """
    trusted = env.get("SSL_CERT_FILE"), env.get("SSL_CERT_DIR")
    with _LOCK:
        if trusted not in _made:
            _made[trusted] = _context(*trusted)
        return _made[trusted]


def _context(file: str | None, folder: str | None) -> "ssl.SSLContext":
    import ssl

    if file:
        try:
            return ssl.create_default_context(cafile=file)
        except (OSError, ValueError) as error:  # no such file, no permission, or no certificate in it
            raise _unusable("SSL_CERT_FILE", "a file that can be read as certificates") from error
    if folder:
        if not Path(folder).is_dir():
            raise _unusable("SSL_CERT_DIR", "a folder")
        return ssl.create_default_context(capath=folder)
    try:
        import truststore
    except ImportError:
        return httpx.create_ssl_context(trust_env=False)
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _unusable(variable: str, wanted: str) -> UsageError:
    return UsageError(f"{variable} does not name {wanted}", hint=f"Correct it, or unset {variable}")
