"""The sky: its gradient, sun or moon, stars, clouds, northern lights."""

import math

from PIL import Image, ImageDraw

from inference_cli.sandbox import brush
from inference_cli.sandbox.brush import Point
from inference_cli.sandbox.colour import darker, lighter, mix
from inference_cli.sandbox.scene import Motion, Stage


def draw(stage: Stage, horizon: float) -> Point:
    """Paint the sky down to ``horizon`` (0 top to 1 bottom of the canvas).

    Returns:
        Where the sun or moon stands, in pixels.
    """
    width, height = stage.size
    edge = max(1, round(height * horizon))
    stage.backdrop.paste(stage.palette.sky[-1], (0, 0, width, height))
    stage.backdrop.paste(brush.vertical((width, edge), stage.palette.sky), (0, 0))
    grey = stage.wish.hour == "grey" or "rain" in stage.wish.weather
    if stage.palette.dark:
        stars(stage, edge)
        if "aurora" in stage.wish.weather:
            _aurora(stage, edge)
    place = _light(stage, edge, veiled=grey)
    _clouds(stage, edge, 0.9 if grey else stage.rng.uniform(0.3, 0.6))
    return place


def _light(stage: Stage, edge: int, *, veiled: bool) -> Point:
    rng, palette, unit = stage.rng, stage.palette, stage.unit
    low = stage.wish.hour in {"dawn", "dusk"} or palette.sky[-1][0] - palette.sky[-1][2] > 60
    x = stage.size[0] * rng.choice((rng.uniform(0.2, 0.38), rng.uniform(0.62, 0.8)))
    y = edge * (rng.uniform(0.74, 0.84) if low else rng.uniform(0.24, 0.4))
    radius = unit * (rng.uniform(0.065, 0.085) if low else rng.uniform(0.045, 0.06))
    stage.shine((x, y), radius * 22, palette.sun, 0, 0.3 if palette.dark else 0.5)
    stage.shine((x, y), radius * 9, palette.sun, 0, 0.35)
    if not veiled:
        stage.fill(lighter(palette.sun, 0.3), [brush.ellipse(x, y, radius, radius)], 0, strength=0.96)
        if palette.dark:
            for right, down, share in ((-0.3, -0.2, 0.24), (0.25, 0.3, 0.3), (0.3, -0.35, 0.15)):
                crater = brush.ellipse(x + right * radius, y + down * radius, radius * share, radius * share)
                stage.fill(darker(palette.sun, 0.1), [crater], 0, strength=0.6)
    return x, y


def stars(stage: Stage, edge: int) -> None:
    """Stars down to ``edge`` pixels, fewer towards it."""
    rng, width = stage.rng, stage.size[0]
    sheet = Image.new("L", (width * 2, edge * 2))
    draw = ImageDraw.Draw(sheet)
    for _ in range(round(90 + 130 * width / max(1, edge))):
        x, y = rng.uniform(0, width * 2), edge * 2 * rng.random() ** 1.4
        size = stage.unit * (0.0012 + 0.0032 * rng.random() ** 4)
        draw.ellipse((x - size, y - size, x + size, y + size), fill=round(rng.uniform(90, 255)))
    stage.lay((250, 248, 240), sheet.reduce(2), (0, 0), 0)


def _clouds(stage: Stage, edge: int, amount: float) -> None:
    rng, palette, width = stage.rng, stage.palette, stage.size[0]
    wide = width + 2 * stage.reserve
    small = max(8, wide // 2), max(8, edge // 2)
    mask = brush.noise(small, rng, (2.4 * wide / max(1, edge), 7), 4)
    mask = brush.stretch(mask, 128, 205).resize((wide, edge), Image.Resampling.BICUBIC)
    falloff = brush.vertical(mask.size, ((40, 40, 40), (220, 220, 220), (255, 255, 255), (90, 90, 90))).getchannel(0)
    empty = Image.new("L", mask.size)
    mask = Image.composite(mask, empty, falloff)
    below = mix(palette.sky[-1], palette.sun, 0.55)
    above = mix(palette.sky[1], palette.haze, 0.5) if palette.dark else lighter(palette.sky[2], 0.45)
    # They drift so slowly that they only turn back in long films, before their end comes into sight.
    drift = Motion(sway=(stage.unit * 0.05, 0), period=52)
    stage.lay((above, above, below), mask, (-stage.reserve, 0), 0.04, strength=amount, motion=drift)


def _aurora(stage: Stage, edge: int) -> None:
    rng, width = stage.rng, stage.size[0]
    for colour, strength in (((70, 240, 170), 0.75), ((120, 110, 240), 0.45), ((60, 220, 200), 0.5)):
        phase, base = rng.uniform(0, 6.3), edge * rng.uniform(0.42, 0.66)
        tall, waves = edge * rng.uniform(0.3, 0.42), rng.uniform(1.2, 2.4)
        count = 60
        top: list[Point] = []
        foot: list[Point] = []
        for step in range(count + 1):
            x = (width + 2 * stage.reserve) * step / count - stage.reserve
            y = base + edge * 0.09 * math.sin(phase + waves * 6.3 * step / count) - edge * 0.12 * step / count
            top.append((x, y - tall * (0.7 + 0.3 * math.sin(phase * 2 + step * 0.9))))
            foot.append((x, y))
        made = brush.shape([[*top, *reversed(foot)]], stage.size, 2 * stage.reserve)
        if made is None:
            continue
        mask, corner = made
        fall = brush.vertical(mask.size, ((0, 0, 0), (70, 70, 70), (180, 180, 180), (255, 255, 255))).getchannel(0)
        mask = Image.composite(mask, Image.new("L", mask.size), fall)
        mask, corner = brush.softened(mask, corner, stage.unit * 0.018)
        motion = Motion(sway=(stage.unit * 0.03, 0), period=9, phase=rng.random())
        stage.lay(colour, mask, corner, 0.02, strength=strength, motion=motion)
