"""The connections of one client: those that its free calls share, and a fresh one for each call that costs money."""

import threading
from collections.abc import Callable

from inference_cli.api.wire import httpx


class Connections:
    """Transports, made when they are needed and closed in the end. Any method may be called from any thread.

    Args:
        make: makes a transport.
    """

    def __init__(self, make: Callable[[], httpx.BaseTransport]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._shared: httpx.BaseTransport | None = None
        self._answers = 0  # that came over the shared transport
        self._given_up: list[httpx.BaseTransport] = []
        self.closed = False

    def own(self) -> httpx.BaseTransport:
        """One that nobody else uses (fault A8); whoever asks for it closes it."""
        return self._make()

    def shared(self) -> httpx.BaseTransport:
        """The one that free calls share."""
        with self._lock:
            if self._shared is None:
                self._shared = self._make()
            return self._shared

    def answered(self) -> None:
        """An answer came over the shared one: its connections are kept from now on."""
        with self._lock:
            self._answers += 1

    def replaced(self, transport: httpx.BaseTransport) -> bool:
        """Give up kept connections; whether there can have been one.

        A server may be closing one just as it is used again (fault A8), or has sent more than it declared, which the
        next answer on it would begin with (fault A15); on a new connection it is not so.
        """
        with self._lock:
            if transport in self._given_up:
                return True  # by another thread, which met the same
            if self._shared is not transport or not self._answers:
                return False
            self._given_up.append(transport)
            self._shared, self._answers = None, 0
            return True

    def close(self) -> None:
        """Close them all; from then on there are none."""
        with self._lock:
            self.closed = True
            transports = [*self._given_up, *([self._shared] if self._shared else [])]
            self._shared, self._given_up = None, []
        for transport in transports:
            transport.close()
