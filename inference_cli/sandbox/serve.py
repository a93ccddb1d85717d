"""The loopback server: the sandbox behind two ports of this machine, for clients of any kind."""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from inference_cli.sandbox.app import Api, Sandbox

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a sandbox listens: the base URL for clients, and the origin of result URLs."""

    base_url: str
    media_url: str
    port: int
    media_port: int


def serve(
    folder: Path,
    *,
    port: int = 0,
    media_port: int = 0,
    speed: float = 1.0,
    api: Api = "both",
    token: str | None = None,
    faults: Path | None = None,
    on_bound: Callable[[Address], None] = lambda _: None,
    stop: Callable[[Callable[[], None]], None] = lambda _: None,
) -> None:
    """Serve until SIGINT or SIGTERM, or until it is stopped.

    Args:
        folder: where the sandbox keeps its state.
        port: of the API on 127.0.0.1; 0 takes a free one.
        media_port: of the results; another origin by its port.
        speed: divides every duration.
        api: which generations of the API answer.
        token: the only bearer token that is accepted; None accepts any.
        faults: a script of failures.
        on_bound: called with the address once both ports listen, before the first request is answered.
        stop: called with a function that ends the serving from any thread.

    Raises:
        OSError: a port is taken.
        ValueError: the script can't be read, or the speed is not above 0.
        KeyboardInterrupt: SIGINT ended it; everything is closed by then.
    """
    listeners = [_bound(port)]
    try:
        listeners.append(_bound(media_port))
        ports = [listener.getsockname()[1] for listener in listeners]
        address = Address(f"http://{HOST}:{ports[0]}/api", f"http://{HOST}:{ports[1]}", ports[0], ports[1])
        sandbox = Sandbox(
            folder,
            speed=speed,
            api=api,
            api_url=f"http://{HOST}:{ports[0]}",
            media_url=address.media_url,
            token=token,
            faults=faults,
            fetch_loopback=True,
        )
    except BaseException:
        for listener in listeners:
            listener.close()
        raise
    server = uvicorn.Server(_config(sandbox))

    def end() -> None:
        server.should_exit = True

    stop(end)
    on_bound(address)
    try:
        asyncio.run(server.serve(sockets=listeners))
    finally:
        sandbox.close()


def _bound(port: int) -> socket.socket:
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener


def _config(sandbox: Sandbox) -> uvicorn.Config:
    return uvicorn.Config(
        sandbox.application,
        lifespan="off",
        ws="none",
        http=Droppable,
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )


class Droppable(H11Protocol):
    """HTTP/1.1 whose connections the application may drop, as ``sandbox.abort`` of the scope's extensions."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Lend the connection to the application."""
        super().connection_made(transport)
        application = self.app

        async def with_abort(scope: Any, receive: Any, send: Any) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), "sandbox.abort": transport.abort}
            await application(scope, receive, send)

        self.app = with_abort
