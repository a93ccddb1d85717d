"""Compositions for prompts that name nothing known: ribbons, orbs, cut paper."""

import math

from PIL import Image, ImageFilter

from inference_cli.sandbox import brush
from inference_cli.sandbox.colour import Colour, darker, lighter, mix
from inference_cli.sandbox.scene import Motion, Stage

_SCHEMES: tuple[tuple[Colour, ...], ...] = (
    ((20, 30, 66), (42, 82, 152), (112, 168, 206), (246, 196, 152), (238, 120, 96)),
    ((38, 20, 58), (112, 42, 110), (220, 84, 112), (252, 168, 112), (255, 226, 172)),
    ((10, 44, 52), (20, 102, 104), (94, 176, 148), (226, 222, 164), (244, 150, 88)),
    ((28, 24, 44), (84, 70, 140), (160, 140, 210), (240, 200, 220), (255, 240, 224)),
    ((24, 36, 40), (74, 98, 90), (166, 176, 140), (234, 214, 172), (208, 108, 70)),
)


def draw(stage: Stage) -> None:
    """One of three compositions in one of several schemes of colour, or in the colours that the prompt names."""
    scheme = stage.rng.choice(_SCHEMES)
    if stage.wish.colours:
        first, last = stage.wish.colours[0], stage.wish.colours[-1]
        scheme = (
            darker(first, 0.72),
            darker(first, 0.3),
            first,
            mix(lighter(first, 0.5), last, 0.4),
            lighter(last, 0.3),
        )
    _mesh(stage, scheme)
    stage.rng.choice((_ribbons, _orbs, _paper))(stage, scheme)


def _mesh(stage: Stage, scheme: tuple[Colour, ...]) -> None:
    grid = Image.new("RGB", (4, 4))
    order = [scheme[min(len(scheme) - 1, (x + y) // 2 + stage.rng.randint(0, 1))] for y in range(4) for x in range(4)]
    grid.putdata(order)
    mesh = grid.resize((64, 64), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(5))
    stage.backdrop.paste(mesh.resize(stage.size, Image.Resampling.BICUBIC), (0, 0))


def _ribbons(stage: Stage, scheme: tuple[Colour, ...]) -> None:
    rng, (width, height) = stage.rng, stage.size
    phase, tilt = rng.uniform(0, 6.3), rng.uniform(-0.25, 0.25)
    count = 16
    for step in range(count):
        t = step / (count - 1)
        base = height * (0.14 + 0.78 * t)
        top: list[tuple[float, float]] = []
        foot: list[tuple[float, float]] = []
        for index in range(73):
            s = index / 72
            swing = math.sin(phase + s * 4.4 + t * 2.6) * 0.12 + math.sin(phase * 1.7 + s * 8.3 - t * 4) * 0.035
            y = base + height * (swing + tilt * (s - 0.5))
            top.append((width * (s * 1.1 - 0.05), y))
            foot.append(
                (width * (s * 1.1 - 0.05), y + height * (0.05 + 0.12 * (0.5 + 0.5 * math.sin(phase + s * 5 + step))))
            )
        colour = scheme[step % len(scheme)] if step % 3 else scheme[-1 - step % 2]
        motion = Motion(sway=(0, stage.unit * 0.012), period=5 + t * 3, phase=t)
        stage.fill(
            (0, 0, 0),
            [[*top, *reversed([(x, y + stage.unit * 0.012) for x, y in foot])]],
            0.2 + 0.6 * t,
            strength=0.1,
            soft=stage.unit * 0.01,
            motion=motion,
        )
        stage.fill(
            (lighter(colour, 0.16), colour, darker(colour, 0.18)),
            [[*top, *reversed(foot)]],
            0.2 + 0.6 * t,
            strength=0.86,
            motion=motion,
        )


def _orbs(stage: Stage, scheme: tuple[Colour, ...]) -> None:
    rng, (width, height) = stage.rng, stage.size
    for step in range(9):
        t = step / 8
        radius = stage.unit * (0.3 * (1 - t) ** 1.6 + 0.03) * rng.uniform(0.8, 1.15)
        x, y = width * (0.5 + rng.gauss(0, 0.2)), height * (0.5 + rng.gauss(0, 0.17))
        colour = scheme[(step * 2 + 1) % len(scheme)]
        motion = Motion(sway=(0, radius * 0.12), period=rng.uniform(4, 7), phase=rng.random())
        depth = 0.2 + 0.7 * t
        shadow = brush.ellipse(x + radius * 0.12, y + radius * 0.2, radius, radius)
        stage.fill(darker(scheme[0], 0.4), [shadow], depth, strength=0.34, soft=radius * 0.12, motion=motion)
        stage.fill(
            (lighter(colour, 0.35), colour, darker(colour, 0.25)),
            [brush.ellipse(x, y, radius, radius)],
            depth,
            motion=motion,
        )
        if step % 3 == 0:
            ring = brush.ellipse(x, y, radius * 1.34, radius * 1.34)
            hole = brush.ellipse(x, y, radius * 1.32, radius * 1.32)
            stage.fill(
                lighter(colour, 0.5), [[*ring, ring[0], hole[0], *reversed(hole)]], depth, strength=0.8, motion=motion
            )


def _paper(stage: Stage, scheme: tuple[Colour, ...]) -> None:
    rng, (width, height) = stage.rng, stage.size
    centre = width * rng.uniform(0.35, 0.65), height * rng.uniform(0.38, 0.6)
    reach = math.hypot(width, height) * 0.56
    phases = [rng.uniform(0, 6.3) for _ in range(3)]
    count = 8
    for step in range(count):
        t = step / (count - 1)
        rim: list[tuple[float, float]] = []
        for index in range(120):
            angle = 6.2832 * index / 120
            wobble = (
                0.16 * math.sin(3 * angle + phases[0] + t)
                + 0.09 * math.sin(5 * angle + phases[1] - 2 * t)
                + 0.04 * math.sin(9 * angle + phases[2])
            )
            radius = reach * (0.92 - 0.82 * t) * (1 + wobble)
            rim.append((centre[0] + math.cos(angle) * radius, centre[1] + math.sin(angle) * radius * 0.86))
        place = t * (len(scheme) - 1)
        low = int(min(place, len(scheme) - 2))
        colour = mix(scheme[low], scheme[low + 1], place - low)
        depth = 0.15 + 0.7 * t
        lower = [(x, y + stage.unit * 0.014) for x, y in rim]
        stage.fill(darker(scheme[0], 0.5), [lower], depth, strength=0.38, soft=stage.unit * 0.014)
        stage.fill((lighter(colour, 0.08), colour, darker(colour, 0.1)), [rim], depth)
