"""The models of the service's own quick starts, chosen by what the inputs need."""

from typing import Literal

from inference_cli.frozen import dataclass

MODELS = {
    "chat": "claude-sonnet-4-6",
    "image": "black-forest-labs-flux-2-klein-4b",
    "edit": "qwen-image-edit",
    "video": "kling-video-v2-6-pro-text-to-video",
    "image_to_video": "kling-video-v2-6-pro-image-to-video",
}
"""By the kinds that a profile may name models for (``model_image`` …)."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the command line attaches."""

    image: bool = False
    video: bool = False


def choose(kind: Literal["chat", "image", "video", "audio"], inputs: Inputs) -> str:
    """The kind of model that a command needs: the key of ``MODELS`` and of the profile's ``model_…``.

    A film as input needs a model of its own, which nothing here can choose: then it is ``video`` as well, and the
    check says what that model lacks.
    """
    if kind == "image" and inputs.image:
        return "edit"
    return "image_to_video" if kind == "video" and inputs.image and not inputs.video else kind
