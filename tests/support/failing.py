"""What a client fails with, when a script answers it."""

from typing import Any

import pytest

from inference_cli.errors import (
    InferenceError,
)
from tests.support.api import Script, client_of

TAKEN = {"generations": [{"generation_id": "a1", "status": "queued"}]}


def caught(script: Script, *, paid: bool, **settings: Any) -> InferenceError:
    """The failure of one call that a script answers."""
    with client_of(script, **settings) as client:
        call = (lambda: client.queue.enqueue({"model": "m"})) if paid else (lambda: client.get("/ai/models"))
        with pytest.raises(InferenceError) as failure:
            call()
    return failure.value
