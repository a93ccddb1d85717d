"""Flowers in the foreground: stems, leaves and petals."""

import math

from inference_cli.sandbox import brush
from inference_cli.sandbox.brush import Point
from inference_cli.sandbox.colour import Colour, darker, lighter, mix
from inference_cli.sandbox.scene import Motion, Stage

_BLOOMS: tuple[Colour, ...] = (
    (226, 78, 72),
    (240, 160, 190),
    (250, 206, 90),
    (150, 110, 210),
    (250, 246, 240),
    (240, 130, 70),
)


def flowers(stage: Stage) -> None:
    """A dozen flowers swaying in front, the nearest tall and large; grass between them."""
    rng, (width, height) = stage.rng, stage.size
    wanted = stage.wish.coat("flower", (0, 0, 0))
    green = (60, 122, 66) if not stage.palette.dark else (26, 62, 58)
    _grass(stage, darker(green, 0.2))
    for step in range(13):
        near = step / 12
        x = width * ((step * 0.618 + rng.uniform(-0.05, 0.05)) % 1)
        tall = stage.unit * (0.14 + 0.42 * near**1.5) * rng.uniform(0.85, 1.15)
        colour = rng.choice(_BLOOMS) if wanted == (0, 0, 0) else mix(wanted, rng.choice(_BLOOMS), 0.12)
        if stage.palette.dark:
            colour = mix(darker(colour, 0.25), stage.palette.sky[1], 0.3)
        motion = Motion(sway=(stage.unit * 0.007 * (0.5 + near), 0), period=rng.uniform(2.6, 4), phase=rng.random())
        _flower(stage, (x, height * (0.9 + 0.16 * near)), tall, colour, green, motion)


def _flower(stage: Stage, foot: Point, tall: float, colour: Colour, green: Colour, motion: Motion) -> None:
    rng = stage.rng
    bend = tall * rng.uniform(-0.18, 0.18)
    x, y = foot[0] + bend, foot[1] - tall
    thick = tall * 0.012 + 0.6
    spine = [(foot[0] + bend * t * t, foot[1] - tall * t) for t in (0, 0.25, 0.5, 0.75, 1)]
    stage.fill(
        green,
        [[(px - thick, py) for px, py in spine] + [(px + thick, py) for px, py in reversed(spine)]],
        0.85,
        motion=motion,
    )
    for side in (-1, 1):
        base = foot[0] + bend * 0.16, foot[1] - tall * (0.36 if side > 0 else 0.24)
        tip = base[0] + side * tall * 0.2, base[1] - tall * 0.16
        leaf = [
            (*base, 1),
            (base[0] + side * tall * 0.04, base[1] - tall * 0.13),
            (*tip, 1),
            (base[0] + side * tall * 0.15, base[1] - tall * 0.02),
        ]
        stage.fill((lighter(green, 0.15), green), [brush.curve(leaf)], 0.85, motion=motion)
    _bloom(stage, (x, y), tall * rng.uniform(0.15, 0.19), colour, motion)


def _bloom(stage: Stage, centre: Point, radius: float, colour: Colour, motion: Motion) -> None:
    rng = stage.rng
    count, start = rng.choice((6, 8, 8, 12)), rng.uniform(0, 1)
    for ring, (reach, shade) in enumerate(((1.0, darker(colour, 0.16)), (0.74, lighter(colour, 0.08)))):
        petals = []
        for petal in range(count):
            angle = start + 6.2832 * (petal + ring * 0.5) / count
            middle = radius * reach * 0.58
            x, y = centre[0] + math.cos(angle) * middle, centre[1] + math.sin(angle) * middle * 0.86
            petals.append(
                brush.ellipse(
                    x,
                    y,
                    middle * 0.86,
                    radius * reach * 2.1 / count,
                    math.atan2(math.sin(angle) * 0.86, math.cos(angle)),
                )
            )
        stage.fill((lighter(shade, 0.2), shade), petals, 0.85, motion=motion)
    heart = (248, 200, 84) if colour[2] < 200 or colour[0] > 220 else (120, 80, 40)
    stage.fill(
        (lighter(heart, 0.2), darker(heart, 0.2)),
        [brush.ellipse(*centre, radius * 0.27, radius * 0.25)],
        0.85,
        motion=motion,
    )


def _grass(stage: Stage, green: Colour) -> None:
    rng, (width, height) = stage.rng, stage.size
    blades: list[list[Point]] = []
    for _ in range(round(110 * width / stage.unit)):
        x, tall = rng.uniform(-0.02, 1.02) * width, stage.unit * rng.uniform(0.05, 0.19)
        lean = tall * rng.uniform(-0.35, 0.35)
        wide = tall * 0.035 + 0.5
        blades.append(
            [
                (x - wide, height + 2),
                (x - wide * 0.5 + lean * 0.3, height - tall * 0.55),
                (x + lean, height - tall),
                (x + wide * 0.6 + lean * 0.3, height - tall * 0.5),
                (x + wide, height + 2),
            ]
        )
    stage.fill(
        (lighter(green, 0.12), darker(green, 0.25)),
        blades,
        0.8,
        motion=Motion(sway=(stage.unit * 0.003, 0), period=2.8),
    )
