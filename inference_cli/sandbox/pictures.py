"""Pictures that come in: decoded with care, turned upright, fitted into a frame."""

import io

from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from inference_cli.sandbox.brush import Size

_MOST_PIXELS = 64_000_000  # a decoded picture of this size takes 200 MB; larger ones are refused unread


def read(data: bytes) -> Image.Image:
    """Decode a picture: RGB, upright, what was transparent white.

    Raises:
        ValueError: it is none, it is cut, or it has more than 64 million pixels.
    """
    return _flat(_decoded(data))


def read_mask(data: bytes) -> Image.Image:
    """Decode a mask, L: an edit may change what is light, or, in a mask with holes, what is transparent.

    Raises:
        ValueError: as ``read``.
    """
    picture = _decoded(data)
    if "A" in picture.getbands():
        alpha = picture.getchannel("A")
        lowest, _ = alpha.getextrema()
        if lowest == 0:
            return ImageOps.invert(alpha)
    return _flat(picture).convert("L")


def size(data: bytes) -> Size:
    """Width and height in pixels, upright.

    Raises:
        ValueError: as ``read``.
    """
    return _decoded(data).size


def cover(picture: Image.Image, frame: Size) -> Image.Image:
    """Scaled to fill a frame, what hangs over cut evenly."""
    return ImageOps.fit(picture, frame, Image.Resampling.LANCZOS)


def contain(picture: Image.Image, frame: Size) -> Image.Image:
    """Scaled to lie wholly inside a frame; where the proportions differ, a blurred copy fills the rest."""
    share = picture.width / picture.height / (frame[0] / frame[1])
    if abs(share - 1) < 0.02:
        return picture.resize(frame, Image.Resampling.LANCZOS)
    small = cover(picture, (max(1, frame[0] // 8), max(1, frame[1] // 8))).filter(ImageFilter.GaussianBlur(3))
    result = small.resize(frame, Image.Resampling.BICUBIC)
    inner = ImageOps.contain(picture, frame, Image.Resampling.LANCZOS)
    result.paste(inner, ((frame[0] - inner.width) // 2, (frame[1] - inner.height) // 2))
    return result


def _decoded(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data)) as checked:
            if checked.width * checked.height > _MOST_PIXELS:
                raise ValueError("the input image has more than 64 million pixels")
            checked.verify()
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            return ImageOps.exif_transpose(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, EOFError) as error:
        raise ValueError("the input image can't be decoded") from error


def _flat(picture: Image.Image) -> Image.Image:
    if "A" in picture.getbands() or "transparency" in picture.info:
        above = picture.convert("RGBA")
        below = Image.new("RGBA", above.size, (255, 255, 255, 255))
        return Image.alpha_composite(below, above).convert("RGB")
    return picture.convert("RGB")
