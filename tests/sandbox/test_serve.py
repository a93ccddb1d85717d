import contextlib
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from inference_cli.sandbox.serve import Address, serve
from tests.support.offline import EDIT, IMAGE, SMALL


@contextlib.contextmanager
def served(folder: Path, **settings: Any) -> Iterator[Address]:
    """A sandbox on two loopback ports, in a thread."""
    bound: queue.Queue[Address] = queue.Queue()
    stops: list[Callable[[], None]] = []

    def run() -> None:
        serve(folder, speed=1000.0, on_bound=bound.put, stop=stops.append, **settings)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield bound.get(timeout=20)
    finally:
        for stop in stops:
            stop()
        thread.join(20)


def test_the_sandbox_over_loopback(tmp_path: Path) -> None:
    """Token, media on another port, input URLs of this machine, scripted and magic dropped connections."""
    faults = tmp_path / "faults.toml"
    faults.write_text('[[fault]]\npath = "/api/ai/models"\nnth = 2\ndrop = "before"\n')
    with (
        served(tmp_path / "state", token="right", faults=faults) as address,
        httpx.Client(base_url=address.base_url, headers={"Authorization": "Bearer right"}, trust_env=False) as api,
        httpx.Client(trust_env=False) as media,
    ):
        assert address == Address(
            f"http://127.0.0.1:{address.port}/api",
            f"http://127.0.0.1:{address.media_port}",
            address.port,
            address.media_port,
        )
        assert api.get("/ai/models", headers={"Authorization": "Bearer wrong"}).status_code == 401
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            api.get("/ai/models")
        assert len(api.get("/ai/models").json()["data"]) == 178
        body = {"model": IMAGE, "prompt": "a fox", "size": SMALL}
        url = api.post("/ai/images/generate", json=body).json()["images"][0]["url"]
        assert url.startswith(address.media_url + "/results/")
        whole = media.get(url).content
        assert whole.startswith(b"\x89PNG")
        assert media.get(url, headers={"Range": "bytes=10-"}).content == whole[10:]
        with file_server(whole) as picture:
            edited = api.post("/ai/images/edit", json={"model": EDIT, "prompt": "night", "input_image": picture})
            assert edited.status_code == 200, edited.text
            missing = api.post("/ai/images/edit", json={"model": EDIT, "prompt": "x", "input_image": picture + "x"})
        gone = api.post("/ai/images/edit", json={"model": EDIT, "prompt": "night", "input_image": picture})
        assert (missing.status_code, gone.status_code) == (400, 400)
        broken = api.post("/ai/images/generate", json={**body, "prompt": "sandbox:broken"}).json()["images"][0]["url"]
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            media.get(broken)


@contextlib.contextmanager
def file_server(content: bytes) -> Iterator[str]:
    """One file behind http on this machine."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/picture?a=1" else 404)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/picture?a=1"
        finally:
            server.shutdown()
            thread.join()


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """An OSError, and nothing stays open, whichever of the two it is."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError):
            serve(tmp_path, port=port)
        with pytest.raises(OSError):
            serve(tmp_path, media_port=port)
