"""Clients on the real network, to scripted servers on loopback."""

import json
from collections.abc import Callable

import pytest

from inference_cli.api.client import Client
from inference_cli.clock import Clock
from inference_cli.errors import (
    InferenceError,
)
from tests.support.api import client_of
from tests.support.faultd import Faultd

JSON = [("Content-Type", "application/json")]
MODELS = json.dumps({"object": "list", "data": [{"id": "m"}]}).encode()
TAKEN = json.dumps({"generations": [{"generation_id": "a1", "status": "queued"}]}).encode()


def real(server: Faultd | str, *, clock: Clock | None = None, env: dict[str, str] | None = None) -> Client:
    """A client on the real network, to a server on loopback."""
    url = server if isinstance(server, str) else server.url
    return client_of(None, base_url=f"{url}/api", clock=clock, env=env)


def failure(call: Callable[[], object]) -> InferenceError:
    """What a call fails with."""
    with pytest.raises(InferenceError) as caught:
        call()
    return caught.value


def ask(client: Client) -> object:
    """A free request."""
    return client.get("/ai/models")


def pay(client: Client) -> object:
    """A paid one."""
    return client.queue.enqueue({"model": "m"})
