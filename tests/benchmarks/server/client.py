"""The server's process, and what it has seen."""

import json
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

SEEN = "/_/seen"
"""Asks for what came since it was asked last, and when each token of a paced answer was sent."""
_ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Seen:
    """Requests (moment of the monotonic clock, method, target), and when each token of a paced answer was sent."""

    requests: tuple[tuple[float, str, str], ...]
    sent: Mapping[int, float]

    @property
    def first(self) -> float | None:
        """The moment of the first request that costs something."""
        return next((moment for moment, method, _ in self.requests if method == "POST"), None)

    def count(self, method: str, *parts: str) -> int:
        """How many requests had one of these in their target; with none given, all of that method."""
        return sum(
            one == method and (not parts or any(part in target for part in parts)) for _, one, target in self.requests
        )


class Server:
    """Runs while it is entered; ``url`` has no path."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.server"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def seen(self) -> Seen:
        """What came since it was asked last."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(f"GET {SEEN} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        report = json.loads(answer.partition(b"\r\n\r\n")[2])
        requests = tuple((moment, method, target) for moment, method, target in report["requests"])
        return Seen(requests, {int(number): moment for number, moment in report["sent"].items()})
