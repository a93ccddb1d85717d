import ssl
from pathlib import Path

import pytest

from inference_cli.api.certificates import tls_context
from inference_cli.api.network import Network
from inference_cli.clock import ManualClock
from inference_cli.errors import (
    DamagedError,
    TemporaryError,
    UsageError,
)
from inference_cli.origin import parse_origin
from tests.support.faultd import Faultd, Step, answer, http
from tests.support.loopback_tls import certificate, server_context
from tests.support.network_client import MODELS, ask, failure, pay, real


def test_A46_an_authority_of_ones_own(tmp_path: Path) -> None:
    """SSL_CERT_FILE makes a server trusted."""
    with Faultd(answer(http(body=MODELS)), tls=server_context(tmp_path)) as server:
        env = {"SSL_CERT_FILE": str(certificate(tmp_path))}
        with real(server, env=env) as client:
            assert [model.id for model in client.models.list()] == ["m"]


@pytest.mark.parametrize("case", ["self-signed", "expired", "wrong host"])
def test_A05_a_certificate_that_is_not_trusted(case: str, tmp_path: Path) -> None:
    """Damaged (12), tried once, the request never sent, and how to add an authority is said."""
    clock = ManualClock()
    expired = case == "expired"
    env = {} if case == "self-signed" else {"SSL_CERT_FILE": str(certificate(tmp_path, expired=expired))}
    host = "127.0.0.2" if case == "wrong host" else "127.0.0.1"
    tls = server_context(tmp_path, expired=expired)
    with Faultd(tls=tls, host=host) as server, real(server, env=env, clock=clock) as client:
        error = failure(lambda: pay(client))
    assert type(error) is DamagedError
    assert error.message.startswith(f"no secure connection to {server.url}: ")
    assert "SSL_CERT_FILE" in (error.hint or "")
    assert (server.seen, clock.slept) == ([], [])


def test_A05_a_handshake_that_ends_early_is_tried_again() -> None:
    """The connection broke; that says nothing about a certificate."""
    ends = [Step(read=-1, end="close") for _ in range(3)]
    with Faultd(*ends) as server, real(server.url.replace("http:", "https:")) as client:
        error = failure(lambda: pay(client))
    assert type(error) is TemporaryError
    assert server.connections == 3


def test_A05_no_tls_at_all() -> None:
    """An http server behind an https URL."""
    plain = Step((b"HTTP/1.1 400 Bad Request\r\n\r\n",), read=-1)
    with Faultd(plain) as server, real(server.url.replace("http:", "https:")) as client:
        assert type(failure(lambda: pay(client))) is DamagedError


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_A46_a_variable_that_names_nothing_usable(variable: str, content: bytes | None, tmp_path: Path) -> None:
    """Usage, naming the variable; on https only."""
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_bytes(content)
    env = {variable: str(path)}
    with real("https://127.0.0.1:1", env=env) as client:
        error = failure(lambda: ask(client))
    assert type(error) is UsageError
    assert error.message.startswith(f"{variable} does not name ")
    with Faultd(answer(http(body=MODELS))) as server, real(server, env=env) as client:
        ask(client)


def test_whom_to_trust(tmp_path: Path) -> None:
    """A folder of certificates, or nothing said: a context that verifies, always."""
    for env in ({"SSL_CERT_DIR": str(tmp_path)}, {}):
        context = tls_context(env)
        assert isinstance(context, ssl.SSLContext)
        assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_the_authorities_are_read_once(tmp_path: Path) -> None:
    """By all clients of a process that trust the same; somebody who trusts others has a context of their own."""
    env = {"SSL_CERT_DIR": str(tmp_path)}
    assert tls_context(env) is tls_context({**env, "HOME": "/elsewhere"})
    assert tls_context(env) is not tls_context({})


def test_without_tls_there_is_no_context() -> None:
    """Plain HTTP reads no authorities: a variable that names none is no hindrance there, and one for HTTPS."""
    network = Network({"SSL_CERT_FILE": "/nowhere"})
    network.transport(parse_origin("http://127.0.0.1:9")).close()
    with pytest.raises(UsageError, match="SSL_CERT_FILE"):
        network.transport(parse_origin("https://127.0.0.1:9"))
