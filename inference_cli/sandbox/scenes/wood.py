"""Trees: pines in rows, and the inside of a forest."""

import random

from inference_cli.sandbox import brush
from inference_cli.sandbox.brush import Point
from inference_cli.sandbox.colour import Colour, darker, lighter, mix
from inference_cli.sandbox.scene import Stage
from inference_cli.sandbox.scenes import sky


def pine(rng: random.Random, x: float, foot: float, tall: float) -> list[Point]:
    """The outline of a pine standing at (x, foot)."""
    tiers, wide = rng.randint(5, 7), tall * rng.uniform(0.2, 0.26)
    left: list[Point] = []
    right: list[Point] = []
    for tier in range(tiers):
        top = foot - tall * (1 - tier / (tiers + 0.4))
        low = foot - tall * (1 - (tier + 1.25) / (tiers + 0.4))
        reach = wide * ((tier + 1) / tiers) ** 0.85
        for side, points in ((-1, left), (1, right)):
            points += [
                (x + side * reach * 0.24, top + (low - top) * 0.3),
                (x + side * reach * rng.uniform(0.9, 1.1), low),
                (x + side * reach * 0.5, low - tall * 0.018),
            ]
    trunk = tall * 0.022
    crown: list[Point] = [(x, foot - tall), *right, (x + trunk, foot - tall * 0.06), (x + trunk, foot + tall * 0.03)]
    return [*crown, (x - trunk, foot + tall * 0.03), (x - trunk, foot - tall * 0.06), *reversed(left)]


def row(
    stage: Stage, line: list[Point], colour: Colour, size: float, depth: float, density: float, gap: float = 0.0
) -> None:
    """Pines along a skyline, in groups; ``gap`` (0 to 0.6) keeps that share of the middle free."""
    rng, width = stage.rng, stage.size[0]
    trees: list[list[Point]] = []
    tops: list[list[Point]] = []
    x, grouped = rng.uniform(-size, size), True
    while x < width:
        if rng.random() < 0.22:
            grouped = rng.random() < density + 0.15
        inside = abs(x / width - 0.5) < gap / 2 + gap * 0.2
        if grouped and not inside:
            foot = line[min(len(line) - 1, max(0, round(x / width * (len(line) - 1))))][1]
            tall = size * rng.uniform(0.6, 1.35)
            trees.append(pine(rng, x, foot + size * 0.05, tall))
            if stage.palette.snowy and tall < stage.unit * 0.45:
                tops.append(_snowed(trees[-1], x))
        x += size * rng.uniform(0.16, 0.5)
    if trees:
        stage.fill((colour, mix(colour, stage.palette.haze, 0.18)), trees, depth)
    if tops:
        stage.fill(mix(stage.palette.snow, colour, 0.18), tops, depth, strength=0.75)


def forest(stage: Stage) -> None:
    """Inside a forest: trunks fading into light, rays, ferns of pine in front."""
    palette, rng, (width, height) = stage.palette, stage.rng, stage.size
    sky.draw(stage, 0.68)
    leaf = ((20, 62, 58) if not palette.dark else (10, 30, 44)) if "leaves" not in stage.wish.weather else (188, 96, 40)
    for step in range(6):
        near = step / 5
        colour = mix(palette.land(0.12 + 0.85 * near**1.2), leaf, 0.5)
        base = height * (0.64 + 0.32 * near**1.5)
        line = [(width * index / 48, base + height * 0.012 * rng.uniform(-1, 1)) for index in range(49)]
        size = stage.unit * (0.24 + 0.7 * near**1.4)
        for _ in range(2 if step < 4 else 1):
            row(stage, line, colour, size, 0.1 + 0.7 * near, 0.95 - 0.3 * near, gap=0.6 * near)
        ground = mix(palette.snow, colour, 0.3 * (1 - near)) if palette.snowy else mix(colour, palette.haze, 0.1)
        shade = mix(ground, palette.sky[0], 0.2) if palette.snowy else darker(ground, 0.3)
        bottom: list[Point] = [(width, height), (0, height)]
        stage.fill((ground, shade), [[*line, *bottom]], 0.1 + 0.7 * near)
        if step in {1, 3} and not palette.dark:
            _rays(stage, 0.36 - 0.06 * step)


def _rays(stage: Stage, strength: float) -> None:
    rng, (width, height) = stage.rng, stage.size
    source = width * rng.uniform(0.2, 0.8)
    for _ in range(4):
        foot, wide = source + width * rng.uniform(-0.45, 0.45), width * rng.uniform(0.03, 0.09)
        beam = [
            (source - wide * 0.1, -height * 0.1),
            (source + wide * 0.1, -height * 0.1),
            (foot + wide, height * 0.9),
            (foot - wide, height * 0.9),
        ]
        made = brush.shape([beam], stage.size, 2 * stage.reserve)
        if made is not None:
            mask, corner = brush.softened(*made, stage.unit * 0.012)
            stage.lay(lighter(stage.palette.sun, 0.1), mask, corner, 0.3, strength=strength * rng.uniform(0.5, 1))


def _snowed(tree: list[Point], x: float) -> list[Point]:
    # The same outline, drawn towards its left: what the light side carries.
    top = min(y for _, y in tree)
    return [(x + (px - x) * (0.82 if px < x else -0.15), py - (py - top) * 0.035) for px, py in tree]
