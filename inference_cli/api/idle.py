"""Connections that a download has left usable, kept for the next one to the same place."""

import threading
from collections.abc import Hashable

from inference_cli.api.wire import httpx

_MOST = 8  # downloads at once, and as many that were redirected


class Idle:
    """Transports that nobody uses at the moment, the latest last. Any method may be called from any thread.

    A transport has one connection at most, and closes it itself where an answer was left before its end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._most = _MOST
        self._kept: list[tuple[Hashable, httpx.BaseTransport]] = []

    def take(self, place: Hashable) -> httpx.BaseTransport | None:
        """One that was kept for that place, if any; it is the caller's from then on.

        Args:
            place: where it leads: the origin, the addresses that were vetted for it, and the proxy.
        """
        with self._lock:
            found = next((number for number, kept in enumerate(self._kept) if kept[0] == place), None)
            return None if found is None else self._kept.pop(found)[1]

    def give(self, place: Hashable, transport: httpx.BaseTransport) -> None:
        """Keep one for that place; of too many the one that waited longest is closed."""
        with self._lock:
            self._kept.append((place, transport))
            oldest = self._kept.pop(0)[1] if len(self._kept) > self._most else None
        if oldest is not None:
            oldest.close()

    def close(self) -> None:
        """Close them all, and those that are given back later at once."""
        with self._lock:
            kept, self._kept, self._most = self._kept, [], 0
        for _, transport in kept:
            transport.close()
