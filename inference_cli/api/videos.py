"""Videos made directly: the call waits for minutes, the answer holds the films."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from inference_cli.api.direct import generate
from inference_cli.api.records import MediaAnswer

if TYPE_CHECKING:
    from inference_cli.api.client import Client


class Videos:
    """``POST /videos/generate``."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    def generate(self, body: Mapping[str, Any], sink: Callable[[int], BinaryIO]) -> MediaAnswer:
        """Make videos; see ``direct.generate`` for arguments and errors."""
        return generate(self._client, "videos.generate", body, sink)
