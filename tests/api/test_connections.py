"""The transports of a client."""

import threading

import pytest

from inference_cli.api.connections import Connections
from inference_cli.api.retry import Retry
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.errors import TemporaryError
from tests.support.api import Script, client_of


class Tracked(httpx.MockTransport):
    """Counts how often it was closed."""

    def __init__(self) -> None:
        super().__init__(lambda _: httpx.Response(200, json={}))
        self.closed = 0

    def close(self) -> None:
        """Once more."""
        self.closed += 1


def test_free_calls_share_one_and_it_is_closed_once() -> None:
    """Those that cost money have their own, which is theirs to close."""
    connections = Connections(Tracked)
    shared, own = connections.shared(), connections.own()
    assert connections.shared() is shared
    assert own is not shared
    connections.close()
    assert (shared.closed, own.closed) == (1, 0)  # type: ignore[attr-defined] # it is one of ours
    assert connections.closed


def test_A15_kept_connections_are_given_up_once_for_all_who_met_the_same() -> None:
    """A new one is none that was kept; of two threads that met garbage both ask again."""
    connections = Connections(Tracked)
    first = connections.shared()
    assert not connections.replaced(first)
    connections.answered()
    assert [connections.replaced(first), connections.replaced(first)] == [True, True]
    second = connections.shared()
    assert second is not first
    assert not connections.replaced(second)
    connections.close()
    assert (first.closed, second.closed) == (1, 1)  # type: ignore[attr-defined] # they are ours


@pytest.mark.parametrize("paid", [False, True])
def test_a_closed_client_sends_nothing_again(*, paid: bool) -> None:
    """A worker that waits to try again finds that its command has ended."""
    script = Script(*(httpx.Response(429, json={}) for _ in range(3)))
    clock = ManualClock()
    stop = threading.Event()
    with client_of(script, clock=clock, retry=Retry(clock=clock, stop=stop)) as client:
        real = client.retry.pause

        def pause(*arguments: object, **named: object) -> bool:
            client.close()
            return real(*arguments, **named)  # type: ignore[arg-type]

        client.retry.pause = pause  # type: ignore[method-assign] # the moment at which the command ends
        with pytest.raises(TemporaryError, match="nothing was sent: the command has ended"):
            client.queue.enqueue({"model": "m"}) if paid else client.get("/ai/models")
    assert len(script.requests) == 1
