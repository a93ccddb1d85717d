"""Proxies and certificates."""

from pathlib import Path

import pytest

from inference_cli.api.certificates import tls_context
from inference_cli.api.proxies import proxy_for
from inference_cli.api.redaction import Redactor
from inference_cli.cli.checks.network import certificates, proxies
from inference_cli.origin import Origin
from inference_cli.terminal.checklist import Finding
from tests.support.loopback_tls import certificate

API = Origin("https", "hub.oxen.ai", 443)
MASKED = Redactor().text


def _proxies(env: dict[str, str]) -> list[Finding]:
    return list(proxies(env, API, proxy_for, MASKED))


def test_the_way_is_named_without_the_password() -> None:
    """Lower case wins, as everywhere."""
    env = {"https_proxy": "http://me:secret@proxy.example:3128", "NO_PROXY": "other.example"}

    assert _proxies({}) == [Finding("ok", "proxy", "https://hub.oxen.ai is reached directly, without a proxy")]
    assert _proxies(env) == [
        Finding("ok", "proxy", "https://hub.oxen.ai is reached through http://***@proxy.example:3128")
    ]


def test_a_bad_proxy_that_applies_is_a_failure_and_its_value_is_not_shown() -> None:
    """One line, not two."""
    (found,) = _proxies({"ALL_PROXY": "foo://me:secret@host"})

    assert (found.state, found.check) == ("failure", "proxy")
    assert found.message == "ALL_PROXY names a kind of proxy that is not supported"
    assert "secret" not in f"{found}"


def test_a_bad_one_that_does_not_apply_is_a_warning() -> None:
    """Other programs may stumble over it, and this one for another address."""
    found = _proxies({"HTTP_PROXY": "http://", "NO_PROXY": "*"})

    assert [(one.state, one.check) for one in found] == [("ok", "proxy"), ("warning", "proxy HTTP_PROXY")]


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_certificates_that_cannot_be_read_are_named_by_their_variable(content: bytes | None, tmp_path: Path) -> None:
    """Missing, empty, something else."""
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)

    found = certificates({"SSL_CERT_FILE": str(path)}, tls_context)

    assert (found.state, found.fix) == ("failure", "Correct it, or unset SSL_CERT_FILE")


def test_whose_certificates_are_trusted_is_said(tmp_path: Path) -> None:
    """One's own, or else."""
    path = certificate(tmp_path)

    assert (
        certificates({"SSL_CERT_FILE": str(path)}, tls_context).message
        == f"trusted are those of SSL_CERT_FILE ({path})"
    )
    assert certificates({}, lambda _: None).message.startswith("trusted are those ")
