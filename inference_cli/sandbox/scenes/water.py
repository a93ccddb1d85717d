"""Water: the open sea with its waves, a mirroring lake, and the world below the surface."""

import math

from PIL import Image, ImageDraw, ImageOps

from inference_cli.sandbox import brush
from inference_cli.sandbox.colour import Colour, darker, lighter, mix
from inference_cli.sandbox.scene import Layer, Motion, Stage
from inference_cli.sandbox.scenes import sky


def sea(stage: Stage) -> None:
    """Waves rolling in under the sky, foam on their crests, the light's path on the water."""
    horizon = 0.5
    sun = sky.draw(stage, horizon)
    palette, (width, height) = stage.palette, stage.size
    top = round(height * horizon)
    far = mix(palette.water, palette.sky[-1], 0.55)
    stage.fill((far, palette.water), [[(0, top), (width, top), (width, height), (0, height)]], 0.05)
    glitter(stage, sun[0], top, height * 0.3)
    for step in range(7):
        near = step / 6
        base = horizon + 0.035 + 0.4 * near**1.35
        swell(stage, base, near)
        if step == 2:
            glitter(stage, sun[0], round(height * base), height * 0.1, 0.6)


def swell(stage: Stage, base: float, near: float) -> None:
    """One row of waves at ``base`` (0 top to 1 bottom), larger and darker the nearer (0 to 1) it is."""
    palette = stage.palette
    far = mix(palette.water, palette.sky[-1], 0.55)
    colour = mix(mix(far, palette.water, 0.3 + 0.7 * near), darker(palette.water, 0.45), near * 0.75)
    colours = (mix(lighter(colour, 0.22), palette.sun, 0.15), colour, darker(colour, 0.12))
    _wave(stage, stage.size[1] * base, near, colours)


def glitter(stage: Stage, x: float, top: int, tall: float, strength: float = 0.9) -> None:
    """The path that a low light draws on the water below it."""
    rng, unit = stage.rng, stage.unit
    dashes: list[list[tuple[float, float]]] = []
    for _ in range(70):
        t = rng.random() ** 1.3
        wide = unit * (0.012 + 0.05 * t) * rng.uniform(0.5, 1.5)
        middle = x + rng.gauss(0, 1) * unit * (0.025 + 0.09 * t)
        thick = max(0.6, unit * (0.0012 + 0.004 * t))
        dashes.append(brush.ellipse(middle, top + 1 + tall * t, wide, thick))
    motion = Motion(sway=(unit * 0.006, 0), period=2.3, phase=rng.random())
    stage.fill(lighter(stage.palette.sun, 0.15), dashes, 0.1, strength=strength * 0.75, motion=motion)


def _wave(stage: Stage, base: float, near: float, colours: tuple[Colour, ...]) -> None:
    rng, unit, (width, height) = stage.rng, stage.unit, stage.size
    length, rise = unit * (0.17 + 0.66 * near), unit * (0.012 + 0.1 * near)
    start = -unit * 0.3 - length * rng.random()
    count = int((width + unit * 0.6 + length) / length) + 2
    heights = [rng.uniform(0.35, 1.0) for _ in range(count + 1)]
    crest: list[tuple[float, float]] = []
    foam: list[tuple[float, float]] = []
    streaks: list[list[tuple[float, float]]] = [[], [], [], []]
    for step in range(count * 30):
        t = step / 30
        lift = (0.5 - 0.5 * math.cos(2 * math.pi * t)) ** 2.4 * heights[int(t)]
        # The higher a crest, the further it leans ahead: a steep front, a long back.
        x, y = start + length * t + rise * 1.25 * lift**2, base - rise * lift
        crest.append((x, y))
        scallop = 0.72 + 0.28 * math.sin(t * 57) * math.sin(t * 23)
        foam.append((x - rise * 0.2 * lift, y + rise * 0.5 * lift**1.7 * scallop))
        for number, down in enumerate((0.42, 0.46 + 0.05 * lift, 0.8, 0.83 + 0.05 * lift)):
            streaks[number].append((x - rise * 0.3 * lift, y + rise * (down + 0.16 * lift)))
    depth = 0.15 + 0.7 * near
    bottom = min(float(height), base + height * (0.1 + 0.25 * near)) + unit * 0.03
    sway = unit * (0.012 + 0.045 * near), unit * 0.005 * (1 + near)
    motion = Motion(sway=sway, period=4.4 - 1.2 * near, phase=rng.random())
    stage.fill(colours, [[*crest, (crest[-1][0], bottom), (crest[0][0], bottom)]], depth, motion=motion)
    lines = [[*streaks[0], *reversed(streaks[1])], [*streaks[2], *reversed(streaks[3])]]
    stage.fill(lighter(colours[0], 0.3), lines, depth, strength=0.2 + 0.25 * near, motion=motion)
    white = mix(lighter(stage.palette.sun, 0.55), stage.palette.sky[1], 0.35 if stage.palette.dark else 0.1)
    stage.fill(white, [[*crest, *reversed(foam)]], depth, strength=0.5 + 0.45 * near, motion=motion)


def mirror(stage: Stage, horizon: float) -> None:
    """A lake: what is painted so far, upside down below ``horizon``, darker and rippled."""
    width, height = stage.size
    edge = round(height * horizon)
    tall = height - edge
    above = stage.still().crop((0, max(0, edge - tall), width, edge)).resize((width, tall))
    image = ImageOps.flip(above)
    tint = Image.new("RGB", image.size, stage.palette.water)
    image = Image.blend(image, tint, 0.28)
    image = _rippled(stage, image)
    stage.layers.append(Layer(image, Image.new("L", image.size, 255), (0, edge), 0.25))
    shine: list[list[tuple[float, float]]] = []
    for _ in range(36):
        t = stage.rng.random()
        wide = stage.unit * (0.02 + 0.16 * t) * stage.rng.uniform(0.4, 1.2)
        shine.append(
            brush.ellipse(
                stage.rng.uniform(0, width), edge + tall * t**1.5, wide, max(0.5, stage.unit * 0.0016 * (0.4 + t))
            )
        )
    stage.fill(lighter(stage.palette.sky[-1], 0.2), shine, 0.3, strength=0.4)
    stage.fill(
        lighter(stage.palette.haze, 0.3),
        [brush.ellipse(width / 2, edge, width * 0.6, max(1, stage.unit * 0.004))],
        0.3,
        strength=0.5,
        soft=stage.unit * 0.004,
    )


def _rippled(stage: Stage, image: Image.Image) -> Image.Image:
    # Rows are moved sideways, more the nearer they are.
    result = image.copy()
    width, height = image.size
    step = max(1, round(stage.unit / 360))
    phase = stage.rng.uniform(0, 6.3)
    for top in range(0, height, step):
        t = top / height
        shift = round(stage.unit * (0.002 + 0.012 * t) * math.sin(phase + 60 * math.sqrt(t + 0.02)))
        strip = image.crop((0, top, width, min(height, top + step)))
        result.paste(strip, (shift, top))
    return result


def deep(stage: Stage) -> None:
    """Below the surface: shafts of light, weeds, rocks, bubbles."""
    rng, (width, height) = stage.rng, stage.size
    tint = stage.wish.colours[0] if stage.wish.colours else (22, 104, 146)
    top = mix((150, 226, 226), tint, 0.25)
    stage.backdrop.paste(
        brush.vertical(stage.size, (top, mix((40, 150, 180), tint, 0.4), darker(tint, 0.35), darker(tint, 0.72))),
        (0, 0),
    )
    for _ in range(7):
        x, wide = rng.uniform(-0.1, 1.1) * width, width * rng.uniform(0.02, 0.07)
        slant = width * rng.uniform(-0.16, 0.05)
        beam = [
            (x, -2.0),
            (x + wide, -2.0),
            (x + wide * 2.4 + slant, height * 0.85),
            (x - wide * 1.2 + slant, height * 0.85),
        ]
        made = brush.shape([beam], stage.size, 2 * stage.reserve)
        if made is not None:
            mask, corner = brush.softened(*made, stage.unit * 0.015)
            fall = brush.vertical(mask.size, ((255, 255, 255), (120, 120, 120), (0, 0, 0))).getchannel(0)
            mask = Image.composite(mask, Image.new("L", mask.size), fall)
            motion = Motion(sway=(stage.unit * 0.03, 0), period=rng.uniform(6, 10), phase=rng.random())
            stage.lay((226, 255, 246), mask, corner, 0.05, strength=0.26, motion=motion)
    for step in range(3):
        _seabed(stage, step / 2, darker(tint, 0.45 + 0.2 * step))
    _bubbles(stage)


def _seabed(stage: Stage, near: float, colour: Colour) -> None:
    rng, (width, height) = stage.rng, stage.size
    base = height * (0.8 + 0.12 * near)
    line = [
        (width * index / 64, base - height * 0.07 * value) for index, value in enumerate(brush.ridge(65, rng, 0.45))
    ]
    weeds: list[list[tuple[float, float]]] = []
    for _ in range(16):
        x, tall = rng.uniform(0, width), stage.unit * rng.uniform(0.08, 0.26) * (0.6 + 0.6 * near)
        bend, thick = rng.uniform(-0.3, 0.3) * tall, tall * 0.05
        spine = [
            (x + bend * t * t + math.sin(t * 7 + x) * tall * 0.06, base + 0.02 * height - tall * t)
            for t in (0, 0.2, 0.4, 0.6, 0.8, 1)
        ]
        sides = [
            (px + thick * (1 - t) + 0.5, py) for (px, py), t in zip(spine, (0, 0.2, 0.4, 0.6, 0.8, 1), strict=True)
        ]
        weeds.append(brush.curve([*spine, *reversed(sides)]))
    motion = Motion(sway=(stage.unit * 0.006, 0), period=4 + near, phase=rng.random())
    stage.fill(mix(colour, (30, 130, 100), 0.35), weeds, 0.3 + 0.5 * near, motion=motion)
    stage.fill((lighter(colour, 0.12), darker(colour, 0.3)), [[*line, (width, height), (0, height)]], 0.3 + 0.5 * near)


def _bubbles(stage: Stage) -> None:
    rng, (width, height) = stage.rng, stage.size
    sheet = Image.new("L", (width, height))
    draw = ImageDraw.Draw(sheet)
    for _ in range(26):
        x, y, r = rng.uniform(0, width), rng.uniform(0.1, 0.95) * height, stage.unit * rng.uniform(0.002, 0.009)
        draw.ellipse((x - r, y - r, x + r, y + r), outline=200, width=max(1, round(r * 0.28)))
    stage.lay((230, 255, 250), sheet, (0, 0), 0.7, strength=0.6, motion=Motion(speed=(0, -stage.unit * 0.03)))
