"""A tiny proxy on loopback, and an account that is reached by its name through it alone."""

import contextlib
import re
import socket
import threading
from pathlib import Path
from typing import Self

from tests.support.harness import Fault
from tests.support.loopback_tls import certificate, server_context

_TIMEOUT = 10.0  # seconds after which a broken test ends instead of hanging


class Tunnel:
    """A proxy that knows ``CONNECT`` only, and leads every name to that port of this machine.

    Args:
        refusal: what it answers instead, a whole response.
    """

    def __init__(self, refusal: bytes | None = None) -> None:
        self.refusal = refusal
        self.asked: list[str] = []  # heads of requests
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in list(self._threads):
            thread.join(_TIMEOUT)

    def _start(self, target: object, *arguments: object) -> None:
        assert callable(target)
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                connection.settimeout(_TIMEOUT)
                self._open.append(connection)
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            head = b""
            while b"\r\n\r\n" not in head and (piece := connection.recv(65536)):
                head += piece
            self.asked.append(head.decode("latin-1"))
            place = re.match(r"CONNECT [^ ]+:(\d+) ", self.asked[-1])
            if self.refusal is not None or place is None:
                connection.sendall(self.refusal or b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", int(place[1])), _TIMEOUT) as other:
                self._open.append(other)
                connection.sendall(b"HTTP/1.1 200 Connection Established\r\n\r\n")
                back = threading.Thread(target=_pump, args=(other, connection), daemon=True)
                back.start()
                _pump(connection, other)
                back.join(_TIMEOUT)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def far_away(fault: Fault, folder: Path) -> None:
    """Let the account be ``https://api.test`` and its results lie on ``https://media.test``, which no resolver knows."""
    context = server_context(folder, named=True)
    for host, name in ((fault.api, "api.test"), (fault.storage, "media.test")):
        host.server.tls = context
        host.url = f"https://{name}:{host.server.port}"
    fault.api.base_url = f"{fault.api.url}/api"
    fault.having(INFERENCE_BASE_URL=fault.api.base_url, SSL_CERT_FILE=str(certificate(folder, named=True)))
