from pathlib import Path

import pytest

from inference_cli.errors import (
    InferenceError,
    RefusedError,
    TemporaryError,
    TokenError,
    UsageError,
)
from tests.support.api import CANARY
from tests.support.faultd import Faultd, answer, closed_port, http
from tests.support.network_client import MODELS, ask, failure, pay, real


@pytest.mark.parametrize(
    ("status", "kind", "message", "tries"),
    [
        ("407 Proxy Authentication Required", TokenError, "asks for a sign-in (HTTP 407)", 1),
        ("403 Forbidden", RefusedError, "refused the connection (HTTP 403)", 1),
        ("502 Bad Gateway", TemporaryError, "could not make the connection (HTTP 502)", 3),
    ],
)
def test_A44_what_a_proxy_says(status: str, kind: type[InferenceError], message: str, tries: int) -> None:
    """The proxy is named without its password; nothing was sent to the API, and no name was looked up."""
    with Faultd(*(answer(http(status)) for _ in range(tries))) as proxy:
        env = {"HTTPS_PROXY": proxy.url.replace("://", "://user:canarypassword@")}
        with real("https://hub.oxen.ai", env=env) as client:
            error = failure(lambda: pay(client))
    assert (type(error), error.message) == (kind, f"{proxy.url.replace('://', '://***@')} {message}")
    assert [seen.line for seen in proxy.seen] == ["CONNECT hub.oxen.ai:443 HTTP/1.1"] * tries
    assert proxy.seen[0].header("proxy-authorization") == "Basic dXNlcjpjYW5hcnlwYXNzd29yZA=="
    assert proxy.seen[0].header("authorization") is None


def test_A44_a_proxy_that_is_down() -> None:
    """Temporary, and it is the proxy that is named."""
    with closed_port() as port, real("https://hub.oxen.ai", env={"ALL_PROXY": f"http://127.0.0.1:{port}"}) as client:
        error = failure(lambda: pay(client))
    assert (type(error), error.message) == (
        TemporaryError,
        f"cannot connect to the proxy http://127.0.0.1:{port}: connection refused",
    )


def test_A44_loopback_goes_past_the_proxy() -> None:
    """Whatever the environment says."""
    with Faultd() as proxy, Faultd(answer(http(body=MODELS))) as server:
        client = real(server, env={"HTTP_PROXY": proxy.url, "ALL_PROXY": proxy.url})
        ask(client)
        client.close()
    assert proxy.connections == 0


@pytest.mark.parametrize("value", ["foo://x", "socks5://127.0.0.1:1", "http://[::1"])
def test_A45_a_bad_proxy_variable(value: str) -> None:
    """Usage, before anything is sent."""
    with real("https://hub.oxen.ai", env={"ALL_PROXY": value}) as client:
        error = failure(lambda: pay(client))
    assert type(error) is UsageError
    assert "ALL_PROXY" in error.message


def test_F11_netrc_is_never_read(tmp_path: Path) -> None:
    """The token is the one that was given; the environment's NETRC means nothing."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login canary password canary\n")
    with Faultd(answer(http(body=MODELS))) as server, real(server, env={"NETRC": str(netrc)}) as client:
        ask(client)
    assert server.seen[0].header("authorization") == f"Bearer {CANARY}"
