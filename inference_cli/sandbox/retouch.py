"""Edits: the source picture in another light or another manner, with what the prompt adds to it."""

import random
import re
from collections.abc import Callable

from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from inference_cli.sandbox import brush, drawing, palette, pictures, wish
from inference_cli.sandbox.brush import Size
from inference_cli.sandbox.colour import Colour, darker, lighter, mix
from inference_cli.sandbox.scene import Stage

_MANNERS = {
    "painted": "watercolor watercolour painting painted painterly oil impressionist gouache monet gogh aquarelle",
    "drawn": "sketch pencil drawing drawn lineart line comic cartoon anime ink",
    "flat": "poster flat vector screenprint pop warhol",
    "pixels": "pixel pixelated retro mosaic 8bit",
    "grey": "monochrome grayscale greyscale noir blackandwhite",
    "sepia": "sepia vintage antique old nostalgic",
    "soft": "dream dreamy soft blur blurred bokeh",
    "neon": "neon cyberpunk vaporwave synthwave glowing",
}
_MANNER = {word: name for name, words in _MANNERS.items() for word in words.split()}


def edited(picture: Image.Image, prompt: str, rng: random.Random) -> Image.Image:
    """The picture changed: graded by hour and colours, redrawn in a manner, creatures and weather added.

    Whatever the prompt says, the result is visibly another picture and visibly of the same thing.
    """
    wanted = wish.read(prompt)
    result = graded(picture, prompt, rng)
    light = palette.choose(wanted, rng)
    stage = Stage(picture.size, wanted, light, rng, result)
    drawing.inhabit(stage)
    return vignetted(stage.still(), 0.4)


def graded(picture: Image.Image, prompt: str, rng: random.Random) -> Image.Image:
    """The picture in the light, colours and manner of a prompt, with nothing added to it."""
    wanted = wish.read(prompt)
    words = re.findall(r"\w+", prompt.lower())
    manner = next((_MANNER[word] for word in words if word in _MANNER), None)
    if "black and white" in prompt.lower():
        manner = "grey"
    result = picture if manner is None else _HANDS[manner](picture)
    hour = "snow" if "snow" in wanted.weather and wanted.hour is None else wanted.hour
    if hour in _LIGHTS:
        result = _toned(result, *_LIGHTS[hour])
        if hour == "night":
            result = ImageChops.multiply(result, brush.vertical(result.size, ((120, 124, 160), (190, 190, 210))))
    # "black and white" names no tints.
    tints = () if manner == "grey" else wanted.colours[:2]
    for colour in tints:
        result = _toned(result, darker(colour, 0.8), colour, lighter(colour, 0.85), 0.55)
    if hour is None and not wanted.colours and manner is None:
        first = rng.choice(((34, 66, 108), (72, 40, 98), (24, 84, 84), (98, 48, 58)))
        second = rng.choice(((244, 176, 118), (236, 196, 128), (232, 140, 128)))
        result = _toned(result, darker(first, 0.6), mix(first, second, 0.5), lighter(second, 0.6), 0.5)
        result = ImageEnhance.Contrast(result).enhance(rng.uniform(1.08, 1.25))
    return result


def vignetted(picture: Image.Image, strength: float) -> Image.Image:
    """Darker towards the corners; ``strength`` 0 to 1."""
    reach = Image.radial_gradient("L").resize(picture.size, Image.Resampling.BICUBIC)
    shade = reach.point([round(255 - max(0, value - 110) * strength) for value in range(256)])
    return ImageChops.multiply(picture, Image.merge("RGB", (shade, shade, shade)))


def masked(before: Image.Image, after: Image.Image, mask: bytes) -> Image.Image:
    """The change where the mask allows it, the source elsewhere; the seam is soft by a few pixels."""
    allowed = pictures.read_mask(mask).resize(before.size, Image.Resampling.BICUBIC)
    return Image.composite(after, before, allowed.filter(ImageFilter.GaussianBlur(min(before.size) / 300)))


def inset(picture: Image.Image, references: tuple[bytes, ...]) -> None:
    """Further input pictures as small prints along the right edge, in place."""
    side = max(8, min(picture.size) // 5)
    rim = max(1, side // 20)
    for number, data in enumerate(references[:4]):
        small = pictures.cover(pictures.read(data), (side, side))
        printed = ImageOps.expand(small, rim, (248, 246, 240))
        left, top = picture.width - side - 4 * rim, 2 * rim + number * (side + 4 * rim)
        shadow = Image.new("L", (printed.width + 4 * rim,) * 2)
        shadow.paste(130, (2 * rim, 2 * rim, 2 * rim + printed.width, 2 * rim + printed.height))
        shadow = shadow.filter(ImageFilter.GaussianBlur(rim))
        picture.paste((10, 10, 16), (left - rim, top - rim // 2), shadow)
        picture.paste(printed, (left, top))


def _toned(picture: Image.Image, low: Colour, middle: Colour, high: Colour, share: float) -> Image.Image:
    tones = ImageOps.colorize(picture.convert("L"), low, high, middle)
    return Image.blend(picture, tones, share)


_LIGHTS: dict[str | None, tuple[Colour, Colour, Colour, float]] = {
    "dawn": ((58, 44, 84), (222, 140, 128), (255, 240, 210), 0.52),
    "day": ((20, 40, 60), (120, 170, 180), (255, 252, 236), 0.35),
    "dusk": ((38, 16, 58), (216, 90, 80), (255, 222, 150), 0.6),
    "night": ((2, 4, 18), (26, 44, 96), (130, 160, 214), 0.72),
    "grey": ((44, 52, 60), (136, 146, 152), (226, 230, 230), 0.6),
    "snow": ((48, 66, 92), (170, 192, 216), (255, 255, 255), 0.55),
}


def _small(picture: Image.Image, side: int) -> Image.Image:
    share = min(1.0, side / max(picture.size))
    return picture.resize(
        (max(1, round(picture.width * share)), max(1, round(picture.height * share))), Image.Resampling.LANCZOS
    )


def _large(small: Image.Image, size: Size) -> Image.Image:
    return small.resize(size, Image.Resampling.BICUBIC)


def _painted(picture: Image.Image) -> Image.Image:
    strokes = (
        _small(picture, min(480, max(picture.size) // 2)).filter(ImageFilter.ModeFilter(5)).filter(ImageFilter.SMOOTH)
    )
    washes = _large(strokes, picture.size)
    rims = ImageOps.invert(_large(strokes.filter(ImageFilter.FIND_EDGES).convert("L"), picture.size))
    rims = rims.point([170 + value // 3 for value in range(256)])
    washes = ImageChops.multiply(washes, Image.merge("RGB", (rims, rims, rims)))
    return ImageEnhance.Color(ImageEnhance.Brightness(washes).enhance(1.08)).enhance(1.35)


def _drawn(picture: Image.Image) -> Image.Image:
    grey = _small(picture, 1024).convert("L")
    soft = ImageOps.invert(grey).filter(ImageFilter.GaussianBlur(max(grey.size) / 160))
    # The dodge of a picture by its own blurred negative leaves lines on white, as a pencil would.
    lines = ImageChops.invert(ImageChops.subtract(ImageOps.invert(grey), soft, 0.32))
    sheet = _large(ImageOps.colorize(lines, (38, 36, 48), (252, 247, 236)), picture.size)
    return Image.blend(sheet, ImageChops.multiply(sheet, picture), 0.3)


def _flattened(picture: Image.Image) -> Image.Image:
    plain = ImageEnhance.Color(_small(picture, 640).filter(ImageFilter.MedianFilter(7))).enhance(1.7)
    few = plain.quantize(9, dither=Image.Dither.NONE).convert("RGB").filter(ImageFilter.ModeFilter(7))
    return _large(few, picture.size)


def _pixels(picture: Image.Image) -> Image.Image:
    tiny = _small(picture, 88).quantize(24, dither=Image.Dither.NONE).convert("RGB")
    return tiny.resize(picture.size, Image.Resampling.NEAREST)


def _grey(picture: Image.Image) -> Image.Image:
    return ImageEnhance.Contrast(ImageOps.autocontrast(picture.convert("L"), 1).convert("RGB")).enhance(1.15)


def _sepia(picture: Image.Image) -> Image.Image:
    return _toned(picture, (40, 22, 12), (168, 122, 78), (255, 240, 208), 0.9)


def _soft(picture: Image.Image) -> Image.Image:
    bloom = picture.filter(ImageFilter.GaussianBlur(max(picture.size) / 60))
    return Image.blend(ImageChops.screen(picture, bloom), bloom, 0.35)


def _neon(picture: Image.Image) -> Image.Image:
    calm = _small(picture, 900).filter(ImageFilter.MedianFilter(5))
    edges = calm.filter(ImageFilter.FIND_EDGES).convert("L").filter(ImageFilter.MaxFilter(3))
    lines = ImageOps.colorize(brush.stretch(edges, 14, 90), (0, 0, 0), (90, 240, 255), (240, 40, 180))
    glowing = ImageChops.add(lines, lines.filter(ImageFilter.GaussianBlur(6)))
    dark = _toned(picture, (8, 4, 26), (60, 24, 98), (150, 80, 190), 0.85)
    return ImageChops.screen(dark, _large(glowing, picture.size))


_HANDS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "painted": _painted,
    "drawn": _drawn,
    "flat": _flattened,
    "pixels": _pixels,
    "grey": _grey,
    "sepia": _sepia,
    "soft": _soft,
    "neon": _neon,
}
