"""The tools to draw with: gradients, glows, clouds of noise, antialiased shapes, ridges, grain."""

import itertools
import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from inference_cli.sandbox.colour import Colour, along

Point = tuple[float, float]
Size = tuple[int, int]

_FINE = 2  # shapes are drawn this many times larger and reduced: their edges come out smooth


def vertical(size: Size, stops: tuple[Colour, ...]) -> Image.Image:
    """A gradient from top to bottom through evenly spaced stops, RGB."""
    steps = 256
    column = Image.new("RGB", (1, steps))
    column.putdata([along(stops, row / (steps - 1)) for row in range(steps)])
    return column.resize(size, Image.Resampling.BICUBIC)


def glow(diameter: int, power: float = 2.0) -> Image.Image:
    """A round light that fades to nothing at its rim, L; a higher ``power`` keeps it closer to the centre."""
    curve = [round(255 * max(0.0, 1 - value / 181) ** power) for value in range(256)]
    half = Image.radial_gradient("L").point(curve)
    return half.resize((max(1, diameter), max(1, diameter)), Image.Resampling.BICUBIC)


def noise(size: Size, rng: random.Random, cells: Point, octaves: int = 3) -> Image.Image:
    """Soft clouds, L around 128.

    Args:
        size: pixels.
        rng: where the clouds come from.
        cells: how many blobs across and down in the coarsest octave; each octave doubles them at half the weight.
        octaves: 1 to 6.
    """
    width, height = size
    result: Image.Image | None = None
    for octave in range(octaves):
        grid = max(2, round(cells[0] * 2**octave)), max(2, round(cells[1] * 2**octave))
        small = Image.frombytes("L", grid, rng.randbytes(grid[0] * grid[1]))
        layer = small.resize((width, height), Image.Resampling.BICUBIC)
        result = layer if result is None else Image.blend(result, layer, 1 / (2**octave + 1))
    assert result is not None
    return result


def stretch(mask: Image.Image, low: int, high: int) -> Image.Image:
    """Values up to ``low`` become 0, from ``high`` on 255, smoothly between."""

    def curve(value: int) -> int:
        share = min(1.0, max(0.0, (value - low) / max(1, high - low)))
        return round(255 * share * share * (3 - 2 * share))

    return mask.point([curve(value) for value in range(256)])


def fade(mask: Image.Image, share: float) -> Image.Image:
    """A mask made weaker; ``share`` 0 to 1 of it stays."""
    return mask.point([round(value * share) for value in range(256)])


def shape(
    polygons: Sequence[Sequence[Point]], limits: Size, beyond: int = 0
) -> tuple[Image.Image, tuple[int, int]] | None:
    """Filled polygons as a mask with smooth edges, only as large as it must be.

    Args:
        polygons: in pixels.
        limits: width and height outside which nothing is drawn.
        beyond: how many pixels further on every side it is drawn nevertheless.

    Returns:
        The mask (L) and where its corner lies; None when nothing lies inside.
    """
    across = [x for polygon in polygons for x, _ in polygon]
    down = [y for polygon in polygons for _, y in polygon]
    left, right = max(-beyond, math.floor(min(across))), min(limits[0] + beyond, math.ceil(max(across)) + 1)
    top, bottom = max(-beyond, math.floor(min(down))), min(limits[1] + beyond, math.ceil(max(down)) + 1)
    if left >= right or top >= bottom:
        return None
    mask = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE))
    draw = ImageDraw.Draw(mask)
    for polygon in polygons:
        draw.polygon([((x - left) * _FINE, (y - top) * _FINE) for x, y in polygon], fill=255)
    return mask.reduce(_FINE), (left, top)


def softened(mask: Image.Image, corner: tuple[int, int], reach: float) -> tuple[Image.Image, tuple[int, int]]:
    """A mask with its edges blurred by ``reach`` pixels, and its new corner: it grows by the blur."""
    margin = round(reach * 2) + 1
    wide = Image.new("L", (mask.width + 2 * margin, mask.height + 2 * margin))
    wide.paste(mask, (margin, margin))
    return wide.filter(ImageFilter.BoxBlur(reach)), (corner[0] - margin, corner[1] - margin)


def ellipse(x: float, y: float, across: float, down: float, turn: float = 0.0) -> list[Point]:
    """An ellipse as a polygon; radii in pixels, ``turn`` in radians."""
    count = max(16, min(96, int(max(across, down))))
    cosine, sine = math.cos(turn), math.sin(turn)
    points = []
    for step in range(count):
        angle = 2 * math.pi * step / count
        right, under = math.cos(angle) * across, math.sin(angle) * down
        points.append((x + right * cosine - under * sine, y + right * sine + under * cosine))
    return points


def curve(points: Sequence[Sequence[float]], steps: int = 8) -> list[Point]:
    """A closed smooth line through points; a point with a third value is a corner.

    Args:
        points: at least 3, in order.
        steps: pieces between two points.
    """
    count = len(points)
    corner = [len(point) > 2 for point in points]
    smooth: list[Point] = []
    for index in range(count):
        one, two = points[index], points[(index + 1) % count]
        before = one if corner[index] else points[index - 1]
        after = two if corner[(index + 1) % count] else points[(index + 2) % count]
        smooth += [_between(before, one, two, after, step / steps) for step in range(steps)]
    return smooth


def _between(
    before: Sequence[float], one: Sequence[float], two: Sequence[float], after: Sequence[float], t: float
) -> Point:
    # Catmull-Rom: the tangent at a point runs parallel to the line between its neighbours.
    def axis(k: int) -> float:
        a, b, c, d = before[k], one[k], two[k], after[k]
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)

    return axis(0), axis(1)


def ridge(count: int, rng: random.Random, roughness: float) -> list[float]:
    """A skyline of ``count`` heights, 0 to 1: midpoints displaced, less from step to step.

    Args:
        count: at least 2.
        rng: where it comes from.
        roughness: 0.3 (rolling) to 0.65 (jagged).
    """
    heights = [rng.random(), rng.random()]
    reach = 1.0
    while len(heights) < count:
        finer = []
        for one, two in itertools.pairwise(heights):
            finer += [one, (one + two) / 2 + rng.uniform(-reach, reach) / 2]
        heights = [*finer, heights[-1]]
        reach *= roughness
    heights = heights[:count]
    low, high = min(heights), max(heights)
    return [(height - low) / ((high - low) or 1) for height in heights]


def grain(picture: Image.Image, rng: random.Random, strength: int = 5) -> Image.Image:
    """A film's grain, which also hides the steps of gradients; ``strength`` is its reach in levels, 0 to 20."""
    tile = Image.frombytes("L", (256, 256), rng.randbytes(65536)).point(
        [round(value * 2 * strength / 255) for value in range(256)]
    )
    sheet = Image.new("L", picture.size)
    for top in range(0, picture.height, 256):
        for left in range(0, picture.width, 256):
            sheet.paste(tile, (left, top))
    return ImageChops.add(picture, Image.merge("RGB", (sheet, sheet, sheet)), 1, -strength)
