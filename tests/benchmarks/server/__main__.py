"""A fast server on loopback, in a process of its own; what it answers is written in the names of models.

It prints its port and serves until its standard input ends.
"""

import contextlib
import socket
import sys
import threading

from tests.benchmarks.server.http import requests
from tests.benchmarks.server.routes import Account


def serve(listening: socket.socket, account: Account) -> None:
    """A thread for each connection, for as long as the process lives."""
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=_talk, args=(connection, account), daemon=True).start()


def _talk(connection: socket.socket, account: Account) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, contextlib.suppress(OSError):
        for request in requests(connection):
            account.answer(connection, request)


def main() -> None:
    """Serve."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        threading.Thread(target=serve, args=(listening, Account()), daemon=True).start()
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
