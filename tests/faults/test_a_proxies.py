"""Proxies and certificates of the environment (A44 to A46)."""

import os
from pathlib import Path

import pytest

from tests.support.faultd import LeapingClock, Step, closed_port, http
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.loopback_tls import certificate, server_context
from tests.support.tunnel import Tunnel, far_away
from tests.support.ways import QUEUED

_CONNECT = "PASSWORD0OF0THE0PROXY"


def test_A44_everything_goes_through_the_proxy(fault: Fault, tmp_path: Path) -> None:
    """The API and the results, whose names are left to the proxy; its user and password are nobody else's."""
    with Tunnel() as proxy:
        far_away(fault, tmp_path)
        fault.having(HTTPS_PROXY=f"http://user:{_CONNECT}@127.0.0.1:{proxy.port}")
        done = fault.run(*QUEUED_FOX)
        lines = {head.split("\r\n")[0] for head in proxy.asked}
        signed = ["proxy-authorization: basic " in head.lower() for head in proxy.asked]

    assert (done.code, done.lines, fault.api.count(QUEUED.post)) == (0, ["fox.png"], 1)
    assert lines == {
        f"CONNECT api.test:{fault.api.server.port} HTTP/1.1",
        f"CONNECT media.test:{fault.storage.server.port} HTTP/1.1",
    }
    assert all(signed)
    assert not any("proxy-authorization" in one.seen.head.lower() for one in (*fault.api.asked, *fault.storage.asked))


@pytest.mark.parametrize(
    ("refusal", "code", "words", "tries"),
    [
        (http("407 Proxy Authentication Required"), 3, "http://***@PROXY asks for a sign-in (HTTP 407)", 1),
        (http("403 Forbidden"), 5, "http://***@PROXY refused the connection (HTTP 403)", 1),
        (http("502 Bad Gateway"), 7, "http://***@PROXY could not make the connection (HTTP 502)", 5),
    ],
)
def test_A44_the_proxy_refuses(refusal: bytes, code: int, words: str, tries: int, fault: Fault, tmp_path: Path) -> None:
    """It is named, without user and password; nothing was sent to the account."""
    with Tunnel(refusal) as proxy:
        far_away(fault, tmp_path)
        fault.having(HTTPS_PROXY=f"http://user:{_CONNECT}@127.0.0.1:{proxy.port}")
        done = fault.run(*QUEUED_FOX) if code == 3 else fault.inside(*QUEUED_FOX, clock=LeapingClock())
        asked = len(proxy.asked)

    assert (done.code, asked, fault.api.asked) == (code, tries, [])
    assert done.err.splitlines()[0] == f"error: {words.replace('PROXY', f'127.0.0.1:{proxy.port}')}"
    assert _CONNECT not in done.err


def test_A44_the_proxy_is_down(fault: Fault, tmp_path: Path) -> None:
    """It is the proxy that cannot be reached: exit 7."""
    far_away(fault, tmp_path)
    with closed_port() as port:
        fault.having(HTTPS_PROXY=f"http://user:{_CONNECT}@127.0.0.1:{port}")
        done = fault.inside(*QUEUED_FOX, clock=LeapingClock())

    assert (done.code, done.err) == (
        7,
        f"error: cannot connect to the proxy http://***@127.0.0.1:{port}: connection refused\n",
    )


def test_A44_the_proxy_refuses_the_paid_request_alone(fault: Fault, tmp_path: Path) -> None:
    """The account never saw it: tried three times, exit 7, known as refused."""
    with Tunnel() as proxy:
        far_away(fault, tmp_path)
        fault.having(HTTPS_PROXY=proxy.url)

        def close(answer: bytes) -> Step:
            proxy.refusal = http("503 Service Unavailable")
            return Step((answer,))

        fault.api.script(QUEUED.model, close)
        done = fault.inside(*QUEUED_FOX, clock=LeapingClock())

    assert (done.code, fault.api.paid) == (7, [])
    assert fault.journal("SELECT state FROM intents") == [("refused",)]


@pytest.mark.parametrize("names", [{"NO_PROXY": "api.test"}, {"no_proxy": ".test"}])
def test_A44_what_goes_past_the_proxy(names: dict[str, str], fault: Fault, tmp_path: Path) -> None:
    """What ``NO_PROXY`` lists: here a name that nobody knows."""
    with Tunnel() as proxy:
        far_away(fault, tmp_path)
        fault.having(HTTPS_PROXY=proxy.url, **names)
        done = fault.inside(*QUEUED_FOX, clock=LeapingClock())

    assert (done.code, done.err, proxy.asked) == (7, "error: cannot resolve api.test\n", [])


def test_A44_loopback_goes_past_the_proxy(fault: Fault) -> None:
    """Whatever the environment says."""
    with Tunnel() as proxy:
        fault.having(HTTP_PROXY=proxy.url, HTTPS_PROXY=proxy.url, ALL_PROXY=proxy.url)
        done = fault.inside(*QUEUED_FOX, clock=LeapingClock())

    assert (done.code, proxy.asked) == (0, [])


@pytest.mark.parametrize("name", ["ALL_PROXY", "https_proxy"])
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("socks5://127.0.0.1:1080", "names a SOCKS proxy, which needs the package socksio"),
        (f"foo://user:{_CONNECT}@host", "names a kind of proxy that is not supported"),
        (f"http://user:{_CONNECT}@[::1", "is not a proxy address"),
        ("http://127.0.0.1:99999", "is not a proxy address"),
        ("http://", "is not a proxy address"),
    ],
)
def test_A45_a_proxy_that_cannot_be_used(name: str, value: str, words: str, fault: Fault, tmp_path: Path) -> None:
    """Exit 2 with the variable and the fix, never its value; nothing was sent."""
    far_away(fault, tmp_path)
    fault.having(**{name: value})
    installed = name == "ALL_PROXY" and value.startswith(("socks", "foo"))
    done = fault.run(*QUEUED_FOX) if installed else fault.inside(*QUEUED_FOX)
    first, fix, *_ = done.err.splitlines()

    assert (done.code, first) == (2, f"error: {name} {words}")
    assert name in fix or "pip install socksio" in fix
    assert _CONNECT not in done.err
    assert fault.api.asked == []


@pytest.mark.parametrize("kind", ["missing", "unreadable", "empty", "garbage", "a folder"])
def test_A46_certificates_that_cannot_be_used(kind: str, fault: Fault, tmp_path: Path) -> None:
    """Exit 2 naming the variable; nothing was sent."""
    if kind == "unreadable" and os.geteuid() == 0:
        pytest.skip("root reads every file")
    far_away(fault, tmp_path)
    file = tmp_path / "authority.pem"
    if kind in {"unreadable", "empty", "garbage"}:
        file.write_bytes(b"certificates" if kind == "garbage" else b"")
        file.chmod(0 if kind == "unreadable" else 0o600)
    elif kind == "a folder":
        file.mkdir()
    fault.having(SSL_CERT_FILE=str(file))
    done = fault.run(*QUEUED_FOX) if kind == "missing" else fault.inside(*QUEUED_FOX)

    assert (done.code, done.err.splitlines()[:2]) == (
        2,
        [
            "error: SSL_CERT_FILE does not name a file that can be read as certificates",
            "  Correct it, or unset SSL_CERT_FILE",
        ],
    )
    assert fault.api.asked == []


@pytest.mark.parametrize("older", [False, True])
def test_A46_an_authority_of_ones_own(older: bool, tmp_path: Path) -> None:
    """A valid one works, for free and for paid requests."""
    with Fault(tmp_path, older=older, tls=server_context(tmp_path)) as fault:
        fault.having(SSL_CERT_FILE=str(certificate(tmp_path)))
        words = QUEUED_FOX[:-1] if older else QUEUED_FOX
        done = fault.inside(*words) if older else fault.run(*words)

        assert (done.code, done.lines, len(fault.api.paid)) == (0, ["fox.png"], 1)
