"""What every route of the sandbox may use, made once per application."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakKeyDictionary

from starlette.requests import Request

from inference_cli.sandbox.catalogue import Catalogue
from inference_cli.sandbox.signing import Signer
from inference_cli.sandbox.store import Store

DAY = 86_400.0
USER = "sandbox"
"""The namespace of whoever asks: where results go when the request names none."""


@dataclass(frozen=True, slots=True)
class World:
    """The sandbox's state and its surroundings.

    ``speed`` divides every duration; ``url_seconds`` is how long a result URL is good; ``token`` is the only one that
    is accepted (None: any); ``busy`` holds prompts that were told once to come back later.
    """

    store: Store
    catalogue: Catalogue
    speed: float
    api: str
    media_url: str
    token: str | None
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    fetch_loopback: bool
    url_seconds: float
    busy: set[str] = field(default_factory=set)
    locks: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, asyncio.Lock]] = field(
        default_factory=WeakKeyDictionary
    )

    @property
    def folder(self) -> Path:
        """Where results and inputs are kept."""
        return self.store.folder

    @property
    def signer(self) -> Signer:
        """Signs with the folder's key, which a reset changes."""
        return Signer(self.store.key, self.media_url)

    def lock(self, name: str) -> asyncio.Lock:
        """The lock of that name on the running loop.

        Each transport has a loop of its own: what the locks save is double work, the database keeps it right.
        """
        locks = self.locks.setdefault(asyncio.get_running_loop(), {})
        return locks.setdefault(name, asyncio.Lock())

    def result_url(self, name: str, *, expired: bool = False) -> str:
        """A signed address of a result's file, as ``DIGEST.png``."""
        expires = self.clock() + (-1 if expired else self.url_seconds)
        return self.signer.url(f"/results/{name}", math.ceil(expires))

    def input_url(self, digest: str) -> str:
        """A signed address of an input that came inside a request."""
        return self.signer.url(f"/inputs/{digest}", self.clock() + self.url_seconds)


def world_of(request: Request) -> World:
    """The world that a request's application was made with."""
    world = request.app.state.world
    assert isinstance(world, World)
    return world
