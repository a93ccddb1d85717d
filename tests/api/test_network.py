import contextlib
import gzip
import json
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from inference_cli.api.certificates import tls_context
from inference_cli.api.client import Client
from inference_cli.api.deadlines import limits
from inference_cli.api.network import NetworkTransport
from inference_cli.api.retry import Retry
from inference_cli.api.wire import httpx
from inference_cli.clock import Clock, ManualClock
from inference_cli.errors import (
    DamagedError,
    InferenceError,
    RefusedError,
    TemporaryError,
    TokenError,
    UnknownOutcomeError,
    UsageError,
)
from tests.support.api import CANARY, client_of
from tests.support.faultd import Faultd, Step, TickingClock, answer, closed_port, http
from tests.support.loopback_tls import certificate, server_context

JSON = [("Content-Type", "application/json")]
MODELS = json.dumps({"object": "list", "data": [{"id": "m"}]}).encode()
TAKEN = json.dumps({"generations": [{"generation_id": "a1", "status": "queued"}]}).encode()


def real(server: Faultd | str, *, clock: Clock | None = None, env: dict[str, str] | None = None) -> Client:
    """A client on the real network, to a server on loopback."""
    url = server if isinstance(server, str) else server.url
    return client_of(None, base_url=f"{url}/api", clock=clock, env=env)


def failure(call: Callable[[], object]) -> InferenceError:
    """What a call fails with."""
    with pytest.raises(InferenceError) as caught:
        call()
    return caught.value


def ask(client: Client) -> object:
    """A free request."""
    return client.get("/ai/models")


def pay(client: Client) -> object:
    """A paid one."""
    return client.queue.enqueue({"model": "m"})


def test_a_good_answer() -> None:
    """Also compressed, over a connection that is kept."""
    squeezed = http(body=gzip.compress(MODELS), headers=[*JSON, ("Content-Encoding", "gzip")])
    with Faultd(answer(http(body=MODELS, headers=JSON), "keep"), answer(squeezed)) as server, real(server) as client:
        assert [model.id for model in client.models.list()] == ["m"]
        assert [model.id for model in client.models.list()] == ["m"]
    assert server.connections == 1
    assert [seen.line for seen in server.seen] == ["GET /api/ai/models HTTP/1.1"] * 2
    assert server.seen[0].header("authorization") == f"Bearer {CANARY}"


def test_A8_a_paid_request_never_meets_a_stale_connection() -> None:
    """The kept connection of a free request is not used for it."""
    steps = (answer(http(body=MODELS), "keep"), answer(http(body=TAKEN)), answer(http(body=TAKEN)))
    with Faultd(*steps) as server, real(server) as client:
        ask(client)
        pay(client)
        pay(client)
    assert server.connections == 3
    assert [seen.header("connection") for seen in server.seen] == [None, "close", "close"]


def test_A4_a_connection_that_hangs() -> None:
    """A listener whose queue is full: the time for connecting passes, whatever the clock of the program says."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, contextlib.ExitStack() as waiting:
        address = full.getsockname()
        for _ in range(3):
            filler = waiting.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(address)
        transport = waiting.enter_context(NetworkTransport(verify=None))
        timeout = limits(ManualClock(), 0.05)
        request = httpx.Request("GET", f"http://127.0.0.1:{address[1]}/", extensions={"timeout": timeout})
        with pytest.raises(httpx.ConnectTimeout):
            transport.handle_request(request)


def test_a_deadline_that_has_passed_begins_nothing() -> None:
    """No connection is made, nothing is written."""
    with Faultd() as server, NetworkTransport(verify=None) as transport:
        request = httpx.Request("GET", server.url, extensions={"timeout": limits(ManualClock(), 0.0)})
        with pytest.raises(httpx.ConnectTimeout):
            transport.handle_request(request)
    assert server.connections == 0


def test_A3_refused() -> None:
    """Nothing was sent: tried again, then temporary, paid or not; the reason is named."""
    with closed_port() as port:
        for call, attempts in ((ask, 5), (pay, 3)):
            clock = ManualClock()
            with real(f"http://127.0.0.1:{port}", clock=clock) as client:
                error = failure(lambda call=call, client=client: call(client))  # type: ignore[misc] # bound now
            assert type(error) is TemporaryError
            assert error.message == f"cannot connect to http://127.0.0.1:{port}: connection refused"
            assert len(clock.slept) == attempts - 1


@pytest.mark.parametrize("sent", [0, 1, 20, 60, len(http(body=MODELS)) - 1])
def test_A6_reset_in_the_middle_of_a_free_answer(sent: int) -> None:
    """At any byte: asked again."""
    whole = http(body=MODELS)
    broken = Step((whole[:sent],), "reset")
    with Faultd(broken, broken, answer(whole)) as server, real(server) as client:
        assert [model.id for model in client.models.list()] == ["m"]
    assert len(server.seen) == 3


def test_A6_reset_for_ever() -> None:
    """Five times, then temporary."""
    with Faultd(*(Step(end="reset") for _ in range(5))) as server, real(server) as client:
        assert type(failure(lambda: ask(client))) is TemporaryError
    assert len(server.seen) == 5


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("sent", [0, 1, 40, len(http(body=TAKEN)) - 1])
def test_A7_a_paid_request_without_a_whole_answer(sent: int, end: str) -> None:
    """Unknown, at any byte, and the server saw one request."""
    with Faultd(Step((http(body=TAKEN)[:sent],), end)) as server, real(server) as client:
        error = failure(lambda: pay(client))
    assert type(error) is UnknownOutcomeError
    assert len(server.seen) == 1


def test_I2_ids_before_the_break() -> None:
    """What could be read of them is kept."""
    with Faultd(Step((http(body=TAKEN)[:-10],))) as server, real(server) as client:
        assert failure(lambda: pay(client)).generation_ids == ("a1",)


def test_A9_an_early_refusal_is_honoured() -> None:
    """The server refuses while the body is still being written."""
    large = {"model": "m", "prompt": "x" * 8_000_000}
    refused = Step((http("413 Payload Too Large", b'{"error": {"message": "too large"}}'),), read=1000)
    with Faultd(refused) as server, real(server) as client:
        error = failure(lambda: client.queue.enqueue(large))
    # The rest of the body may meet a reset that overtakes the refusal; then nobody knows.
    assert type(error) in {RefusedError, UnknownOutcomeError}
    assert len(server.seen) == 1


def test_A9_closed_while_writing() -> None:
    """No answer: unknown."""
    with Faultd(Step(end="reset", read=1000)) as server, real(server) as client:
        error = failure(lambda: client.queue.enqueue({"prompt": "x" * 8_000_000}))
    assert type(error) is UnknownOutcomeError
    assert len(server.seen) == 1


def test_A10_no_answer_in_time() -> None:
    """15 minutes of the monotonic clock for a direct call, 120 s for the queue; here they pass in no time."""
    with Faultd(Step(end="hang"), Step(end="hang")) as server:
        for seconds, call in ((130.0, "queue"), (950.0, "images")):
            clock = TickingClock(step=seconds / 8)
            with real(server, clock=clock) as client:
                error = failure(
                    (lambda client=client: client.queue.enqueue({}))  # type: ignore[misc] # bound now
                    if call == "queue"
                    else (lambda client=client: client.images.generate({}, lambda _: None))  # type: ignore[misc] # bound now
                )
            assert type(error) is UnknownOutcomeError
            assert "did not answer in time" in error.message


def test_A11_a_drip_is_no_progress() -> None:
    """A byte now and then, in the head or in the body, does not keep a call alive beyond its time."""
    whole = http(body=MODELS)
    for start in (5, len(whole) - 5):
        clock = ManualClock()
        pieces = (whole[:start], *(whole[place : place + 1] for place in range(start, len(whole))))
        drip = Step(pieces, between=lambda clock=clock: clock.sleep(50))  # type: ignore[misc] # bound now
        with Faultd(drip) as server, real(server, clock=clock) as client:
            error = failure(lambda client=client: ask(client))  # type: ignore[misc] # bound now
        assert (type(error), error.message) == (TemporaryError, f"{server.url} did not answer in time")
        assert len(server.seen) == 1


def test_A12_a_head_without_end() -> None:
    """200 kB of one header: damaged, not asked again."""
    head = b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000
    with Faultd(Step((head,), "close")) as server, real(server) as client:
        assert type(failure(lambda: ask(client))) is DamagedError


@pytest.mark.parametrize(
    "response",
    [
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"obj\r\n',
        http(body=MODELS, length=len(MODELS) + 10),
    ],
)
def test_A13_A14_a_body_that_is_cut(response: bytes) -> None:
    """Asked again when it was free, unknown when it was paid."""
    with Faultd(answer(response), answer(http(body=MODELS))) as server, real(server) as client:
        assert [model.id for model in client.models.list()] == ["m"]
    with Faultd(answer(response)) as server, real(server) as client:
        assert type(failure(lambda: pay(client))) is UnknownOutcomeError


def test_A15_more_body_than_was_said() -> None:
    """What is beyond is ignored, and the connection is not used again."""
    long = http(body=MODELS + b"garbage", length=len(MODELS))
    unheard = answer(http(body=b"[]"))  # on the spoilt connection
    with Faultd(answer(long, "keep"), unheard, answer(http(body=MODELS))) as server, real(server) as client:
        assert ask(client) == ask(client) == json.loads(MODELS)
    assert server.connections == 2
    with Faultd(answer(http(body=MODELS, length=10))) as server, real(server) as client:
        assert type(failure(lambda: ask(client))).__mro__[1] is DamagedError


def test_A16_A17_cuts_that_nobody_declared() -> None:
    """No length and an early close, or a cut gzip of the right length: damaged, never an empty list."""
    squeezed = gzip.compress(MODELS)[:-6]
    for response in (
        http(body=MODELS[:-5], length=None),
        http(body=squeezed, headers=[("Content-Encoding", "gzip")]),
    ):
        with Faultd(answer(response)) as server, real(server) as client:
            error = failure(lambda client=client: client.models.list())  # type: ignore[misc] # bound now
        assert isinstance(error, DamagedError)


def test_A40_old_and_odd_servers() -> None:
    """HTTP/1.0, early hints, lower-case and duplicate headers."""
    odd = b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" + http(
        body=MODELS, headers=[("content-type", "application/json"), ("x", "1"), ("X", "2")]
    )
    with (
        Faultd(answer(http(body=MODELS, version="HTTP/1.0", length=None)), answer(odd)) as server,
        real(server) as client,
    ):
        assert ask(client) == ask(client)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("paid", [False, True])
def test_A41_redirects_of_the_api(status: str, *, paid: bool) -> None:
    """Not followed: the other host sees no request at all, let alone the token."""
    with Faultd(host="127.0.0.2") as evil:
        away = answer(http(status, headers=[("Location", f"{evil.url}/api/ai/models")]))
        with Faultd(away) as server, real(server) as client:
            error = failure(lambda: pay(client) if paid else ask(client))
    assert (type(error), error.message) == (
        DamagedError,
        f"the API redirected to {evil.url}, and is not followed there",
    )
    assert (evil.connections, len(server.seen)) == (0, 1)


def test_A43_not_http() -> None:
    """A banner of another protocol: one line, no second try."""
    with Faultd(Step((b"SSH-2.0-OpenSSH_9.2\r\n",))) as server, real(server) as client:
        error = failure(lambda: ask(client))
    assert (type(error), error.message) == (DamagedError, f"what {server.url} answers is not HTTP")
    assert len(server.seen) == 1


def test_A47_ipv6() -> None:
    """An address in brackets works like any other."""
    with Faultd(answer(http(body=MODELS)), host="::1") as server, real(server) as client:
        assert [model.id for model in client.models.list()] == ["m"]
    assert server.seen[0].header("host") == f"[::1]:{server.port}"


# ------------------------------------------------------------------------------------------------- TLS


def test_A46_an_authority_of_ones_own(tmp_path: Path) -> None:
    """SSL_CERT_FILE makes a server trusted."""
    with Faultd(answer(http(body=MODELS)), tls=server_context(tmp_path)) as server:
        env = {"SSL_CERT_FILE": str(certificate(tmp_path))}
        with real(server, env=env) as client:
            assert [model.id for model in client.models.list()] == ["m"]


@pytest.mark.parametrize("case", ["self-signed", "expired", "wrong host"])
def test_A5_a_certificate_that_is_not_trusted(case: str, tmp_path: Path) -> None:
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


def test_A5_a_handshake_that_ends_early_is_tried_again() -> None:
    """The connection broke; that says nothing about a certificate."""
    ends = [Step(read=-1, end="close") for _ in range(3)]
    with Faultd(*ends) as server, real(server.url.replace("http:", "https:")) as client:
        error = failure(lambda: pay(client))
    assert type(error) is TemporaryError
    assert server.connections == 3


def test_A5_no_tls_at_all() -> None:
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


# --------------------------------------------------------------------------------------------- proxies


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
    """Temporary, and tried again."""
    with closed_port() as port, real("https://hub.oxen.ai", env={"ALL_PROXY": f"http://127.0.0.1:{port}"}) as client:
        assert type(failure(lambda: pay(client))) is TemporaryError


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


def test_several_retries_share_one_budget() -> None:
    """Sixty seconds of pauses for the whole command, on the real network too."""
    clock = ManualClock()
    with closed_port() as port:
        shared = Retry(clock=clock, budget=1.0, jitter=lambda: 1.0)
        for _ in range(3):
            with client_of(None, base_url=f"http://127.0.0.1:{port}", clock=clock, retry=shared) as client:
                failure(lambda client=client: ask(client))  # type: ignore[misc] # bound now
    assert clock.slept == [0.5, 0.5]
