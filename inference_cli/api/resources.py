"""The resources of the API, each loaded when it is first used: a chat needs one of them."""

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from inference_cli.api.chat import Chat
    from inference_cli.api.client import Client
    from inference_cli.api.generations import Generations
    from inference_cli.api.images import Images
    from inference_cli.api.models import Models
    from inference_cli.api.queue import Queue
    from inference_cli.api.videos import Videos


class Resources:
    """What a client has by name."""

    @cached_property
    def chat(self) -> "Chat":
        """Chat completions."""
        from inference_cli.api.chat import Chat

        return Chat(cast("Client", self))

    @cached_property
    def images(self) -> "Images":
        """Images, made while one waits."""
        from inference_cli.api.images import Images

        return Images(cast("Client", self))

    @cached_property
    def videos(self) -> "Videos":
        """Videos, made while one waits."""
        from inference_cli.api.videos import Videos

        return Videos(cast("Client", self))

    @cached_property
    def models(self) -> "Models":
        """The models."""
        from inference_cli.api.models import Models

        return Models(cast("Client", self))

    @cached_property
    def queue(self) -> "Queue":
        """The queue of generations."""
        from inference_cli.api.queue import Queue

        return Queue(cast("Client", self))

    @cached_property
    def generations(self) -> "Generations":
        """What was made, and is being made."""
        from inference_cli.api.generations import Generations

        return Generations(cast("Client", self))
