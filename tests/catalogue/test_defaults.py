"""The models that are taken where none is named."""

import pytest

from inference_cli.catalogue.defaults import MODELS, Inputs, choose
from tests.support.models import published


@pytest.mark.parametrize(
    ("kind", "inputs", "chosen"),
    [
        ("chat", Inputs(image=True), "chat"),
        ("image", Inputs(), "image"),
        ("image", Inputs(image=True), "edit"),
        ("video", Inputs(), "video"),
        ("video", Inputs(image=True), "image_to_video"),
        ("video", Inputs(video=True), "video"),
        ("video", Inputs(image=True, video=True), "video"),
        ("audio", Inputs(), "audio"),
    ],
)
def test_the_inputs_choose_the_kind(kind: str, inputs: Inputs, chosen: str) -> None:
    """A picture makes an edit, or a film that begins with it."""
    assert choose(kind, inputs) == chosen  # type: ignore[arg-type] # the table's words are the literals


def test_every_default_is_published() -> None:
    """The quick starts name models that exist."""
    assert set(MODELS.values()) <= set(published())
