"""Images made and edited directly: the call waits, the answer holds the pictures."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from inference_cli.api.direct import generate
from inference_cli.api.records import MediaAnswer

if TYPE_CHECKING:
    from inference_cli.api.client import Client


class Images:
    """``POST /images/generate`` and ``/images/edit``."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    def generate(self, body: Mapping[str, Any], sink: Callable[[int], BinaryIO]) -> MediaAnswer:
        """Make images from text; see ``direct.generate`` for arguments and errors."""
        return generate(self._client, "images.generate", body, sink)

    def edit(self, body: Mapping[str, Any], sink: Callable[[int], BinaryIO]) -> MediaAnswer:
        """Make images from images; see ``direct.generate`` for arguments and errors."""
        return generate(self._client, "images.edit", body, sink)
