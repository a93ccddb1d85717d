"""Encoding of finished pictures."""

import pytest
from PIL import Image

from inference_cli.sandbox.encoding import encode


def noisy() -> Image.Image:
    """A picture that compresses badly."""
    return Image.effect_noise((64, 64), 80).convert("RGB")


@pytest.mark.parametrize("kind", ["jpeg", "webp"])
def test_a_lower_quality_makes_a_smaller_file(kind: str) -> None:
    """Quality reaches the encoders that know it."""
    picture = noisy()
    assert len(encode(picture, kind, 20)) < len(encode(picture, kind, 95))


def test_without_a_quality_it_is_92() -> None:
    """The default is a good one."""
    picture = noisy()
    assert encode(picture, "jpeg", None) == encode(picture, "jpeg", 92)


@pytest.mark.parametrize("quality", [0, 101])
def test_a_quality_out_of_range_is_refused(quality: int) -> None:
    """1 to 100."""
    with pytest.raises(ValueError, match=r"^the quality must be 1 to 100$"):
        encode(noisy(), "jpeg", quality)
