"""What journeys have in common: quick pictures and films, a look at files, the sandbox's books, a server."""

import hashlib
import signal
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import jsonschema_rs
from PIL import Image

from inference_cli.sandbox.app import Sandbox
from inference_cli.terminal.documents import schema
from tests.support.command import INFERENCE, User

SQUARE = ("-m", "ideogram-v4", "-p", "image_size=square")
"""A picture of 512 by 512, drawn in a moment, for $0.03."""

FILM_MODEL = "wan-ai-wan2-1-t2v-14b-diffusers"
FILM = ("-m", FILM_MODEL, "-p", "width=64", "-p", "height=64", "-p", "num_frames=6", "-y")
"""A film of a quarter of a second and 64 by 64; its price cannot be known before."""

ANY = "sandbox-token"
"""A token for a server that takes any."""

FULL = (100.0, 0)
"""What a sandbox holds that nothing was asked of: dollars and generations."""


def books(user: User) -> tuple[float, int]:
    """The sandbox's credits in dollars, and how many generations it has had."""
    folder = user.home / ".local" / "state" / "inference" / "sandbox"
    if not folder.exists():
        return FULL
    sandbox = Sandbox(folder)
    try:
        status = sandbox.status()
    finally:
        sandbox.close()
    return float(status.credits), status.generations


def sha256(path: Path) -> str:
    """The digest of a file, as documents and receipts write it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def valid(document: Any, shape: str) -> bool:
    """Whether a document has the shape that the package's JSON Schema gives."""
    jsonschema_rs.validate(schema(shape), document)
    return True


def picture(path: Path) -> tuple[str | None, tuple[int, int]]:
    """Format and size of a picture, by its bytes, all of which are decoded."""
    with Image.open(path) as image:
        image.load()
        return image.format, image.size


@dataclass(frozen=True, slots=True)
class Film:
    """What a film is: codec, size in pixels, length in seconds, and the codec of its sound."""

    codec: str
    size: tuple[int, int]
    seconds: float
    sound: str | None = None


def film(path: Path) -> Film:
    """What PyAV finds in a film."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        sound = container.streams.audio[0].codec_context.name if container.streams.audio else None
        seconds = round(float(stream.duration * Fraction(stream.time_base)), 2)
        return Film(stream.codec_context.name, (stream.width, stream.height), seconds, sound)


class Served:
    """A real ``inference sandbox serve`` on loopback, in a process of its own, until the block ends.

    Args:
        user: who runs it; the sandbox's state is in their home.
        options: of ``sandbox serve``.
    """

    def __init__(self, user: User, *options: str) -> None:
        self._process = subprocess.Popen(
            [INFERENCE, "sandbox", "serve", "--port", "0", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=user.cwd,
            env=user.environment,
        )
        self._stopped: tuple[int, str] | None = None
        assert self._process.stdout is not None
        self.base_url = self._process.stdout.readline().decode().strip()
        assert self.base_url.startswith("http://127.0.0.1:"), self._process.communicate()[1].decode()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C there; the exit code and what it wrote to stderr."""
        if self._stopped is None:
            self._process.send_signal(signal.SIGINT)
            _, err = self._process.communicate(timeout=60)
            self._stopped = self._process.returncode, err.decode()
        return self._stopped

    def client(self, user: User, *, token: str = ANY) -> User:
        """The user with base URL and token of this server in the environment."""
        return user.having(INFERENCE_BASE_URL=self.base_url, INFERENCE_API_KEY=token)
