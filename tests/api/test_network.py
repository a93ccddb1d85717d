import gzip
import io
import json

import pytest

from inference_cli.api.client import Client
from inference_cli.api.deadlines import limits
from inference_cli.api.media import MediaClient
from inference_cli.api.network import NetworkTransport
from inference_cli.api.retry import Retry
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock, SystemClock
from inference_cli.errors import (
    DamagedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from inference_cli.origin import parse_origin
from tests.support.api import CANARY, client_of
from tests.support.faultd import Faultd, HastyClock, Step, TickingClock, answer, black_hole, closed_port, http
from tests.support.network_client import JSON, MODELS, TAKEN, ask, failure, pay, real


def test_a_good_answer() -> None:
    """Also compressed, over a connection that is kept."""
    squeezed = http(body=gzip.compress(MODELS), headers=[*JSON, ("Content-Encoding", "gzip")])
    with Faultd(answer(http(body=MODELS, headers=JSON), "keep"), answer(squeezed)) as server, real(server) as client:
        assert [model.id for model in client.models.list()] == ["m"]
        assert [model.id for model in client.models.list()] == ["m"]
    assert server.connections == 1
    assert [seen.line for seen in server.seen] == ["GET /api/ai/models HTTP/1.1"] * 2
    assert server.seen[0].header("authorization") == f"Bearer {CANARY}"


def test_A08_a_paid_request_never_meets_a_stale_connection() -> None:
    """The kept connection of a free request is not used for it."""
    steps = (answer(http(body=MODELS), "keep"), answer(http(body=TAKEN)), answer(http(body=TAKEN)))
    with Faultd(*steps) as server, real(server) as client:
        ask(client)
        pay(client)
        pay(client)
    assert server.connections == 3
    assert [seen.header("connection") for seen in server.seen] == [None, "close", "close"]


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("patient", [True, False])
def test_A08_a_free_request_that_met_a_stale_connection(end: str, *, patient: bool) -> None:
    """It is sent once more at once, also by who would not wait; a new connection that breaks is no stale one."""
    page = http(body=b'{"generations": []}')
    first, broken, second = answer(page, "keep"), Step((), end), answer(page)

    def look(client: Client) -> object:
        return client.generations.page(1, {}, seconds=None if patient else 5.0).rows

    clock = ManualClock()
    with Faultd(first, broken, second) as server, real(server, clock=clock) as client:
        assert look(client) == look(client) == ()
        assert (client.retry.count, clock.slept) == (1, [0.0])
    assert (len(server.seen), server.connections) == (3, 2)
    if not patient:
        with Faultd(broken, second) as server, real(server, clock=clock) as client:
            assert str(failure(lambda: look(client))) == f"the connection to {server.url} broke"
        assert len(server.seen) == 1


def test_A04_a_connection_that_hangs() -> None:
    """A listener whose queue is full: the time for connecting passes, whatever the clock of the program says."""
    with black_hole() as port, NetworkTransport(verify=None) as transport:
        timeout = limits(ManualClock(), 0.05)
        request = httpx.Request("GET", f"http://127.0.0.1:{port}/", extensions={"timeout": timeout})
        with pytest.raises(httpx.ConnectTimeout):
            transport.handle_request(request)


def test_a_deadline_that_has_passed_begins_nothing() -> None:
    """No connection is made, nothing is written."""
    with Faultd() as server, NetworkTransport(verify=None) as transport:
        request = httpx.Request("GET", server.url, extensions={"timeout": limits(ManualClock(), 0.0)})
        with pytest.raises(httpx.ConnectTimeout):
            transport.handle_request(request)
    assert server.connections == 0


def test_A03_refused() -> None:
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
def test_A06_reset_in_the_middle_of_a_free_answer(sent: int) -> None:
    """At any byte: asked again."""
    whole = http(body=MODELS)
    broken = Step((whole[:sent],), "reset")
    with Faultd(broken, broken, answer(whole)) as server, real(server) as client:
        assert [model.id for model in client.models.list()] == ["m"]
    assert len(server.seen) == 3


def test_A06_reset_for_ever() -> None:
    """Five times, then temporary."""
    with Faultd(*(Step(end="reset") for _ in range(5))) as server, real(server) as client:
        assert type(failure(lambda: ask(client))) is TemporaryError
    assert len(server.seen) == 5


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("sent", [0, 1, 40, len(http(body=TAKEN)) - 1])
def test_A07_a_paid_request_without_a_whole_answer(sent: int, end: str) -> None:
    """Unknown, at any byte, and the server saw one request."""
    with Faultd(Step((http(body=TAKEN)[:sent],), end)) as server, real(server) as client:
        error = failure(lambda: pay(client))
    assert type(error) is UnknownOutcomeError
    assert len(server.seen) == 1


def test_I2_ids_before_the_break() -> None:
    """What could be read of them is kept."""
    with Faultd(Step((http(body=TAKEN)[:-10],))) as server, real(server) as client:
        assert failure(lambda: pay(client)).generation_ids == ("a1",)


def test_A09_an_early_refusal_is_honoured() -> None:
    """The server refuses while the body is still being written."""
    large = {"model": "m", "prompt": "x" * 8_000_000}
    refused = Step((http("413 Payload Too Large", b'{"error": {"message": "too large"}}'),), read=1000)
    with Faultd(refused) as server, real(server) as client:
        error = failure(lambda: client.queue.enqueue(large))
    # The rest of the body may meet a reset that overtakes the refusal; then nobody knows.
    assert type(error) in {RefusedError, UnknownOutcomeError}
    assert len(server.seen) == 1


def test_A09_closed_while_writing() -> None:
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


def test_a_silent_read_follows_the_clock() -> None:
    """Not the socket's own time: a quarter of an hour of a clock that hurries is soon over."""
    with Faultd(Step(end="hang")) as server, real(server, clock=HastyClock(2000)) as client:
        error = failure(lambda: client.images.generate({}, lambda _: io.BytesIO()))
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


@pytest.mark.parametrize("excess", [b"garbage", http(body=b"[]")], ids=["garbage", "an answer"])
def test_A15_more_body_than_was_said(excess: bytes) -> None:
    """What is beyond is ignored, and the connection is not used again, least of all for the next question."""
    long = http(body=MODELS + excess, length=len(MODELS))
    with Faultd(answer(long, "keep"), answer(http(body=MODELS))) as server, real(server) as client:
        assert ask(client) == ask(client) == json.loads(MODELS)
    assert server.connections == 2
    with Faultd(answer(http(body=MODELS, length=10))) as server, real(server) as client:
        assert type(failure(lambda: ask(client))).__mro__[1] is DamagedError


def test_A15_what_is_beyond_a_download_is_not_the_next_one() -> None:
    """Each result under its own name."""
    long = http(body=b"one") + http(body=b"left over")
    with (
        Faultd(answer(long, "keep"), answer(http(body=b"two"), "keep"), answer(http(body=b"three"))) as server,
        MediaClient(api_origin=parse_origin(server.url), clock=SystemClock()) as media,
    ):
        found = []
        for name in ("one", "two", "three"):
            with media.open(f"{server.url}/{name}") as stream:
                found.append(b"".join(stream.chunks()))
    assert found == [b"one", b"two", b"three"]
    assert [seen.line.split()[1] for seen in server.seen] == ["/one", "/two", "/three"]


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


def test_several_retries_share_one_budget() -> None:
    """Sixty seconds of pauses for the whole command, on the real network too."""
    clock = ManualClock()
    with closed_port() as port:
        shared = Retry(clock=clock, budget=1.0, jitter=lambda: 1.0)
        for _ in range(3):
            with client_of(None, base_url=f"http://127.0.0.1:{port}", clock=clock, retry=shared) as client:
                failure(lambda client=client: ask(client))  # type: ignore[misc] # bound now
    assert clock.slept == [0.5, 0.5]


def test_a_closed_transport_connects_no_more() -> None:
    """A worker that goes on after its command has ended leaves no connection behind."""
    with Faultd(answer(http(body=MODELS))) as server:
        transport = NetworkTransport(verify=None)
        transport.close()
        with pytest.raises(httpx.ConnectError):
            transport.handle_request(httpx.Request("GET", server.url))
        assert server.connections == 0
