"""The sandbox in process for tests: its clients, and a time that stands still until somebody sleeps on it."""

import asyncio
import base64
import contextlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx
from PIL import Image

from inference_cli.sandbox.app import API_URL, Api, Sandbox
from inference_cli.sandbox.transport import SandboxTransport

IMAGE = "black-forest-labs-flux-2-klein-4b"
EDIT = "qwen-image-edit"
VIDEO = "kling-video-v2-6-pro-text-to-video"
MOVE = "kling-video-v2-6-pro-image-to-video"
SHOTS = "kling-video-o3-pro-reference-to-video"
TEXT = "claude-sonnet-4-6"
SMALL = "64x64"


class StillTime:
    """A clock whose sleeps, awaited on the sandbox's loop, take no time."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Unix seconds."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Advance at once; others may run in between."""
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class Offline:
    """A sandbox with a client of each kind."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.time = StillTime()
        self.sandbox = Sandbox(folder, clock=self.time, sleep=self.time.sleep, **settings)
        self.transport = SandboxTransport(self.sandbox.application)
        self.api = httpx.Client(
            transport=self.transport, base_url=f"{API_URL}/api", headers={"Authorization": "Bearer test-token"}
        )
        self.media = httpx.Client(transport=self.transport, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.api.close()
        self.media.close()
        self.transport.close()
        self.sandbox.close()

    def post(self, path: str, **body: Any) -> httpx.Response:
        """POST a JSON object."""
        return self.api.post(path, json=body)

    def enqueue(self, model: str = IMAGE, prompt: str = "a fox", **body: Any) -> list[str]:
        """Enqueue, and the ids."""
        answer = self.post("/ai/queue", model=model, prompt=prompt, **body)
        assert answer.status_code == 200, answer.text
        return [row["generation_id"] for row in answer.json()["generations"]]

    def ended(self, identity: str) -> dict[str, Any]:
        """A generation after its time is up."""
        self.time.now += 30
        return self.row(identity)

    def row(self, identity: str) -> dict[str, Any]:
        """A generation as the current API shows it."""
        found: dict[str, Any] = self.api.get(f"/ai/queue/{identity}").json()
        return found

    def credits(self) -> str:
        """What is left, in dollars."""
        return f"{self.sandbox.status().credits:f}"


Open = Callable[..., Offline]


@contextmanager
def opening(folder: Path) -> Iterator[Open]:
    """A way to open sandboxes over folders below one; all are closed at the end."""
    opened: list[Offline] = []

    def offline(*, name: str = "sandbox", api: Api = "both", **settings: Any) -> Offline:
        opened.append(Offline(folder / name, api=api, **settings))
        return opened[-1]

    try:
        yield offline
    finally:
        for each in opened:
            each.__exit__()


def read_until_it_breaks(answer: httpx.Response) -> bytes:
    """The bytes of an answer that came before its connection was dropped."""
    got = bytearray()
    with contextlib.suppress(httpx.ReadError):
        for piece in answer.iter_raw():
            got += piece
        raise AssertionError("the connection did not break")
    return bytes(got)


def data_url(width: int = 64, height: int = 48, color: str = "orange") -> str:
    """A small picture as a data: URL."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), color).save(stream, "PNG")
    return f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"


def silence() -> str:
    """Half a second of silence as a data: URL."""
    import av

    stream = io.BytesIO()
    with av.open(stream, mode="w", format="wav") as container:
        track = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame(format="s16", layout="mono", samples=4000)
        frame.sample_rate = 8000
        frame.planes[0].update(bytes(8000))
        container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return f"data:audio/wav;base64,{base64.b64encode(stream.getvalue()).decode()}"
