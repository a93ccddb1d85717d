"""What falls and floats in front of a scene: snow, rain, embers, petals, leaves."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from inference_cli.sandbox import brush
from inference_cli.sandbox.colour import Colour
from inference_cli.sandbox.scene import Stage


@dataclass(frozen=True, slots=True)
class Fleck:
    """One of many: where it starts (0 to 1), how near it is (0 to 1), where in its sway."""

    x: float
    y: float
    near: float
    phase: float


@dataclass(frozen=True, slots=True)
class Drift:
    """Flecks drifting across the canvas and coming back in on the other side.

    ``speed`` is heights of the canvas a second, ``sway`` in units of the shorter side, ``stamps`` masks from far to
    near.
    """

    colours: tuple[Colour, ...]
    stamps: tuple[Image.Image, ...]
    flecks: tuple[Fleck, ...]
    speed: tuple[float, float]
    sway: float

    def onto(self, canvas: Image.Image, time: float) -> None:
        """Draw all of them as they are after ``time`` seconds."""
        width, height = canvas.size
        unit = min(canvas.size)
        for number, fleck in enumerate(self.flecks):
            stamp = self.stamps[min(len(self.stamps) - 1, int(fleck.near * len(self.stamps)))]
            pace = 0.35 + 0.65 * fleck.near
            wave = math.sin(fleck.phase + time * 1.3) * self.sway * unit * pace
            x = (fleck.x * width + self.speed[0] * height * time * pace) % (width + stamp.width) - stamp.width + wave
            y = (fleck.y * height + self.speed[1] * height * time * pace) % (height + stamp.height) - stamp.height
            canvas.paste(
                self.colours[number % len(self.colours)],
                (round(x), round(y), round(x) + stamp.width, round(y) + stamp.height),
                stamp,
            )


def flecks(rng: random.Random, count: int) -> tuple[Fleck, ...]:
    """Many far ones, few near ones, in the order of distance."""
    made = [Fleck(rng.random(), rng.random(), rng.random() ** 2.2, rng.uniform(0, 6.3)) for _ in range(count)]
    return tuple(sorted(made, key=lambda fleck: fleck.near))


def snow(stage: Stage) -> None:
    """Flakes: many small and sharp, a few large and out of focus."""
    unit = stage.unit
    stamps = tuple(
        brush.fade(brush.glow(max(2, round(unit * size)), power), strength)
        for size, power, strength in (
            (0.006, 0.6, 0.75),
            (0.009, 0.6, 0.85),
            (0.013, 0.7, 0.9),
            (0.02, 0.8, 0.75),
            (0.036, 0.9, 0.4),
        )
    )
    count = round(170 * max(stage.size) / unit)
    stage.weather.append(Drift(((255, 255, 255),), stamps, flecks(stage.rng, count), (0.03, 0.13), 0.02))


def rain(stage: Stage) -> None:
    """Slanting lines."""
    unit = stage.unit
    stamps = tuple(
        _streak(round(unit * tall), max(1, round(unit * 0.0014 * thick)), strength)
        for tall, thick, strength in ((0.03, 1, 70), (0.05, 1, 100), (0.08, 1.4, 120))
    )
    count = round(230 * max(stage.size) / unit)
    stage.weather.append(Drift(((226, 234, 244),), stamps, flecks(stage.rng, count), (-0.22, 1.5), 0.0))


def embers(stage: Stage) -> None:
    """Sparks rising from a fire."""
    stamps = tuple(brush.glow(max(2, round(stage.unit * size)), 1.2) for size in (0.006, 0.009, 0.014))
    colours = ((255, 214, 120), (255, 160, 60), (255, 120, 40))
    stage.weather.append(Drift(colours, stamps, flecks(stage.rng, 60), (0.02, -0.16), 0.03))


def petals(stage: Stage) -> None:
    """Blossom on the wind."""
    _leaves(stage, ((255, 206, 220), (250, 176, 200), (255, 230, 236)), 70)


def leaves(stage: Stage) -> None:
    """Autumn leaves on the wind."""
    _leaves(stage, ((214, 120, 44), (188, 72, 36), (232, 170, 62)), 55)


def _leaves(stage: Stage, colours: tuple[Colour, ...], count: int) -> None:
    unit = stage.unit
    stamps = []
    for size in (0.008, 0.012, 0.018, 0.028):
        reach = unit * size
        made = brush.shape(
            [brush.ellipse(reach, reach, reach, reach * 0.5, stage.rng.uniform(0, 3.1))], (round(reach * 2) + 2,) * 2
        )
        assert made is not None
        stamps.append(made[0])
    stage.weather.append(Drift(colours, tuple(stamps), flecks(stage.rng, count), (0.09, 0.07), 0.03))


def _streak(tall: int, thick: int, strength: int) -> Image.Image:
    size = (max(2, tall // 7 + 2 * thick), max(4, tall))
    stamp = Image.new("L", (size[0] * 2, size[1] * 2))
    ImageDraw.Draw(stamp).line((size[0] * 2 - thick, 0, thick, size[1] * 2), fill=strength, width=thick * 2)
    return stamp.reduce(2)
