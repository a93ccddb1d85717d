"""Connections that downloads leave for each other."""

from inference_cli.api.idle import Idle
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from tests.support.faultd import Faultd, Step, answer, http
from tests.support.media_client import DATA, LOOPBACK, media_of, take


class Kept(httpx.BaseTransport):
    """Knows whether it was closed."""

    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        """Be closed."""
        self.closed = True


def fetched(server: Faultd, count: int) -> list[bytes]:
    """The bytes of so many downloads, one after the other."""
    results = []
    with media_of(None, api=LOOPBACK, clock=ManualClock()) as media:
        for number in range(count):
            into = bytearray()
            take(media, f"{server.url}/{number}.png", into)
            results.append(bytes(into))
    return results


def test_who_gives_one_back_and_who_takes_it() -> None:
    """Only for the same place, once; of nine the one that waited longest is closed, and in the end all."""
    idle, transports = Idle(), [Kept() for _ in range(9)]
    for number, transport in enumerate(transports):
        idle.give(number, transport)
    assert [transport.closed for transport in transports] == [True] + [False] * 8
    assert (idle.take(0), idle.take(3), idle.take(3)) == (None, transports[3], None)
    idle.close()
    assert [transport.closed for transport in transports] == [True, True, True, False] + [True] * 5
    idle.give(3, transports[3])
    assert transports[3].closed


def test_downloads_share_a_connection() -> None:
    """One after the other from one host: it is connected to once."""
    with Faultd(*[answer(http(body=DATA), end="keep")] * 3) as server:
        assert fetched(server, 3) == [DATA] * 3
        assert (server.connections, len(server.seen)) == (1, 3)


def test_a_host_that_closes_after_each_answer_is_connected_to_anew() -> None:
    """It said so in the head of the answer."""
    with Faultd(*[answer(http(body=DATA, headers=[("Connection", "close")]))] * 2) as server:
        assert fetched(server, 2) == [DATA] * 2
        assert (server.connections, len(server.seen)) == (2, 2)


def test_a_connection_that_breaks_when_it_is_used_again_costs_no_attempt() -> None:
    """The host closes it as the second request comes: that is asked again at once, on a new connection."""
    steps = (answer(http(body=DATA), end="keep"), Step((), end="reset"), answer(http(body=DATA)))
    with Faultd(*steps) as server:
        assert fetched(server, 2) == [DATA] * 2
        assert (server.connections, len(server.seen)) == (2, 3)


def test_a_connection_left_in_the_middle_of_an_answer_is_not_used_again() -> None:
    """What was not read of it would be taken for the next answer."""
    with (
        Faultd(*[answer(http(body=DATA), end="keep")] * 2) as server,
        media_of(None, api=LOOPBACK, clock=ManualClock()) as media,
    ):
        with media.open(f"{server.url}/0.png"):
            pass
        into = bytearray()
        take(media, f"{server.url}/1.png", into)
        assert (bytes(into), server.connections) == (DATA, 2)
