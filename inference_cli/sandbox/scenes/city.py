"""A city: rows of towers with lit windows, mirrored in the water in front."""

from PIL import Image, ImageDraw

from inference_cli.sandbox.brush import Point
from inference_cli.sandbox.colour import Colour, mix
from inference_cli.sandbox.scene import Stage
from inference_cli.sandbox.scenes import land, sky, water


def skyline(stage: Stage) -> None:
    """Towers behind towers, the nearer the darker, with their lights on after sunset."""
    horizon = 0.76
    sun = sky.draw(stage, horizon)
    palette, (_, height) = stage.palette, stage.size
    for step in range(3):
        near = step / 2
        colour = palette.land(0.2 + 0.68 * near)
        _row(stage, height * horizon, min(stage.unit * 0.9, height * 0.6) * (0.86 - 0.26 * near), colour, near)
        if step < 2:
            land.mist(stage, horizon - 0.04, 0.4, 0.15 + 0.25 * near)
    water.mirror(stage, horizon)
    water.glitter(stage, sun[0], round(height * horizon), height * 0.2, 0.5)


def _row(stage: Stage, foot: float, tall: float, colour: Colour, near: float) -> None:
    rng, width, unit = stage.rng, stage.size[0], stage.unit
    towers: list[list[Point]] = []
    panes = Image.new("L", stage.size)
    draw = ImageDraw.Draw(panes)
    x = -unit * rng.uniform(0, 0.1)
    lit = 0.5 if stage.palette.dark else 0.28 if stage.wish.hour in {"dusk", "dawn"} else 0.12
    while x < width:
        wide = unit * rng.uniform(0.05, 0.115) * (0.8 + 0.4 * near)
        middle = 1 - 0.5 * abs((x + wide / 2) / width - 0.5) * 2
        rise = tall * rng.uniform(0.3, 1.0) ** 1.25 * middle
        towers.append(_tower(stage, x, foot, wide, rise))
        _windows(stage, draw, (x, foot - rise, wide, rise), lit, near)
        x += wide * rng.uniform(0.86, 1.25)
    stage.fill((colour, mix(colour, stage.palette.haze, 0.3)), towers, 0.15 + 0.4 * near)
    stage.lay(
        (255, 214, 140), panes, (0, 0), 0.15 + 0.4 * near, strength=0.45 + 0.45 * near if stage.palette.dark else 0.5
    )


def _tower(stage: Stage, x: float, foot: float, wide: float, rise: float) -> list[Point]:
    rng = stage.rng
    top = foot - rise
    kind = rng.random()
    if kind < 0.16:
        spire = rise * 0.22
        crown: list[Point] = [
            (x + wide * 0.35, top),
            (x + wide * 0.48, top - spire * 0.3),
            (x + wide * 0.5, top - spire),
            (x + wide * 0.52, top - spire * 0.3),
            (x + wide * 0.65, top),
        ]
    elif kind < 0.34:
        crown = [(x, top + wide * 0.4), (x + wide, top)]
    elif kind < 0.55:
        step = wide * 0.22
        crown = [
            (x, top + step),
            (x + step, top + step),
            (x + step, top),
            (x + wide - step, top),
            (x + wide - step, top + step),
            (x + wide, top + step),
        ]
    else:
        crown = [(x, top), (x + wide, top)]
    if crown[0][0] > x:
        crown = [(x, top), *crown, (x + wide, top)]
    return [(x, foot + stage.unit * 0.02), *crown, (x + wide, foot + stage.unit * 0.02)]


def _windows(
    stage: Stage, draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], lit: float, near: float
) -> None:
    rng, unit = stage.rng, stage.unit
    x, top, wide, rise = box
    pane, gap = unit * (0.004 + 0.003 * near), unit * (0.0095 + 0.006 * near)
    across = int((wide - gap) / gap)
    for row in range(int((rise - gap * 2.4) / gap)):
        floor = rng.random()
        for column in range(across):
            if rng.random() < lit * (0.35 + floor):
                left = x + (wide - (across - 1) * gap - pane) / 2 + column * gap
                down = top + gap * 1.9 + row * gap
                draw.rectangle((left, down, left + pane, down + pane * 1.25), fill=rng.randint(120, 255))
