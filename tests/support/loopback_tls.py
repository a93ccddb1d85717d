"""Certificates for localhost and 127.0.0.1, good and expired, and for two names, for servers of tests on loopback."""

import ssl
from pathlib import Path

# Made once with openssl, valid until 2120; the key signs nothing else and is worth nothing.
_KEY = (
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkSPEmupJLeC19aNs"
    "unvvtD7grU80k7/0rhtAhlPAvymhRANCAAQR3STKZ4sfnISZO6kX8CCbyGLdEYoR"
    "JoPTlgFXWRvfYTEZXWPSEx7OirKd35n/o5fPK7X8C34jcjEfPuuf71Cl"
)
_GOOD = (
    "MIIBdzCCAR2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv"
    "c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM"
    "CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBHdJMpnix+chJk7"
    "qRfwIJvIYt0RihEmg9OWAVdZG99hMRldY9ITHs6Ksp3fmf+jl88rtfwLfiNyMR8+"
    "65/vUKWjXjBcMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E"
    "BTADAQH/MB0GA1UdDgQWBBT6B5pxUP6cjTxdg9LgXOj6Dx/uMjAOBgNVHQ8BAf8E"
    "BAMCAoQwCgYIKoZIzj0EAwIDSAAwRQIhAOs1iCaLMeBK9HqigE7RV8kKQEzlunkJ"
    "7cffzLzBOa9kAiBDPbIL2MZA3i3nTGhXgalG//LX4X0WtUxgW5s42LRcoQ=="
)
_EXPIRED = (
    "MIIBdTCCARugAwIBAgIBAjAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv"
    "c3QwHhcNMjAwMTAxMDAwMDAwWhcNMjAwMTAyMDAwMDAwWjAUMRIwEAYDVQQDDAls"
    "b2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQR3STKZ4sfnISZO6kX"
    "8CCbyGLdEYoRJoPTlgFXWRvfYTEZXWPSEx7OirKd35n/o5fPK7X8C34jcjEfPuuf"
    "71Clo14wXDAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwDwYDVR0TAQH/BAUw"
    "AwEB/zAdBgNVHQ4EFgQU+geacVD+nI08XYPS4Fzo+g8f7jIwDgYDVR0PAQH/BAQD"
    "AgKEMAoGCCqGSM49BAMCA0gAMEUCIQDTO8wMR/e2lC52ICTg5bxYgHpnc7RyCqST"
    "PpTZbS/ghgIgZ2WKJt2CmHVMbPxvu5j3HrcveRdKxwN0M0/ug1uv5Vo="
)
_NAMED = (
    "MIIBejCCASCgAwIBAgIBAzAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhhcGkudGVz"
    "dDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowEzERMA8GA1UEAwwI"
    "YXBpLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQR3STKZ4sfnISZO6kX"
    "8CCbyGLdEYoRJoPTlgFXWRvfYTEZXWPSEx7OirKd35n/o5fPK7X8C34jcjEfPuuf"
    "71Clo2MwYTAPBgNVHRMBAf8EBTADAQH/MB8GA1UdEQQYMBaCCGFwaS50ZXN0ggpt"
    "ZWRpYS50ZXN0MB0GA1UdDgQWBBT6B5pxUP6cjTxdg9LgXOj6Dx/uMjAOBgNVHQ8B"
    "Af8EBAMCAoQwCgYIKoZIzj0EAwIDSAAwRQIhAPZETbWc93rJOPgffDq7fXV3837Z"
    "j6fro3AEv9wNJAfPAiAUSKd3eYXtdgmAEWyuFI+6JZjAN+rvV84hiQ6jLJAEjQ=="
)


def certificate(folder: Path, *, expired: bool = False, named: bool = False) -> Path:
    """Write the certificate as a PEM file, its own authority; the file.

    Args:
        folder: where to.
        expired: one that is not valid any more.
        named: one for api.test and media.test instead of this machine.
    """
    name, body = ("named", _NAMED) if named else ("expired", _EXPIRED) if expired else ("good", _GOOD)
    return _pem(folder / f"{name}.pem", "CERTIFICATE", body)


def server_context(folder: Path, *, expired: bool = False, named: bool = False) -> ssl.SSLContext:
    """The TLS context of a server that shows it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    key = _pem(folder / "key.pem", "PRIVATE KEY", _KEY)
    context.load_cert_chain(certificate(folder, expired=expired, named=named), key)
    return context


def _pem(path: Path, kind: str, body: str) -> Path:
    lines = (body[place : place + 64] for place in range(0, len(body), 64))
    path.write_text("\n".join((f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----", "")))
    return path
