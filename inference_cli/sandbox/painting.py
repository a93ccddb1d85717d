"""Pictures: painted from a prompt, or edited from a source."""

import random

from PIL import Image

from inference_cli.sandbox import brush, drawing, peeling, pictures, retouch
from inference_cli.sandbox.brush import Size

_LARGEST_DRAWN = 2048  # pixels; larger pictures are drawn at this and enlarged


def paint(prompt: str, rng: random.Random, size: Size, references: tuple[bytes, ...] = ()) -> Image.Image:
    """A picture of ``size`` pixels from a prompt, RGB; reference pictures lie on it as small prints."""
    picture = drawing.compose(prompt, rng, _drawn(size)).still()
    return _finished(picture, rng, size, references)


def edit(
    prompt: str,
    rng: random.Random,
    size: Size,
    source: bytes,
    mask: bytes | None,
    references: tuple[bytes, ...] = (),
) -> Image.Image:
    """The source changed by the prompt, RGB; where there is a mask, only where it allows.

    Raises:
        ValueError: an input can't be decoded.
    """
    before = pictures.contain(peeling.peeled(pictures.read(source)), _drawn(size))
    after = retouch.edited(before, prompt, rng)
    if mask is not None:
        after = retouch.masked(before, after, mask)
    return _finished(after, rng, size, references)


def _drawn(size: Size) -> Size:
    share = min(1.0, _LARGEST_DRAWN / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _finished(picture: Image.Image, rng: random.Random, size: Size, references: tuple[bytes, ...]) -> Image.Image:
    retouch.inset(picture, references)
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return brush.grain(picture, rng)
