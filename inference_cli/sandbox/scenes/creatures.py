"""Who is in the picture: animals set into a scene in its light, with their shadow or flock."""

from collections.abc import Callable

from inference_cli.sandbox import brush
from inference_cli.sandbox.brush import Point
from inference_cli.sandbox.colour import Colour, brightness, darker, lighter, mix
from inference_cli.sandbox.scene import Motion, Stage
from inference_cli.sandbox.scenes import water
from inference_cli.sandbox.scenes.figures import FIGURES, placed

_COATS: dict[str, Colour] = {
    "fox": (222, 104, 40),
    "cat": (74, 70, 82),
    "horse": (122, 76, 48),
    "deer": (150, 98, 58),
    "fish": (240, 128, 52),
    "whale": (62, 92, 128),
    "bird": (40, 44, 58),
}


def animal(stage: Stage, kind: str) -> None:
    """One animal in front, standing on the ground, a little off the middle."""
    rng, (width, height) = stage.rng, stage.size
    size = min(stage.unit * 0.56, width * 0.62) * rng.uniform(0.94, 1.06)
    left = width * rng.choice((0.36, 0.62)) - size / 2 + stage.unit * rng.uniform(-0.04, 0.04)
    top = height * rng.uniform(0.9, 0.93) - size
    breath = Motion(sway=(0, size * 0.004), period=3.2)
    shadow = brush.ellipse(left + size * 0.5, top + size * 0.985, size * 0.5, size * 0.045)
    stage.fill(
        darker(mix(stage.palette.near, stage.palette.sky[0], 0.4), 0.3), [shadow], 0.9, strength=0.42, soft=size * 0.02
    )
    figure(stage, kind, (left, top), size, 0.9, flipped=rng.random() < 0.5, motion=breath)


def figure(
    stage: Stage,
    kind: str,
    corner: Point,
    size: float,
    depth: float,
    *,
    flipped: bool = False,
    motion: Motion | None = None,
) -> None:
    """An animal whose square of ``size`` pixels has its upper left corner at ``corner``."""
    coat = stage.wish.coat(kind, _COATS[kind])
    if kind == "fox" and coat == stage.wish.coat("fox", (0, 0, 0)) and coat[0] > 190 and coat[1] < 60:
        coat = (214, 78, 34)  # a red fox is red as foxes are
    for role, outline in FIGURES[kind]:
        colour = _lit(stage, _role(role, coat))
        polygon = brush.curve(placed(outline, corner, size, flipped=flipped), 10)
        paint: Colour | tuple[Colour, ...] = colour
        if role in {"coat", "shade"}:
            paint = (lighter(colour, 0.1), colour, darker(colour, 0.14))
        stage.fill(paint, [polygon], depth, motion=motion)


def flock(stage: Stage) -> None:
    """Birds on their way across the sky, one large among small ones."""
    rng, (width, height) = stage.rng, stage.size
    coat = stage.wish.coat("bird", _COATS["bird"] if not stage.palette.dark else (14, 16, 30))
    x, y = width * rng.uniform(0.3, 0.6), height * rng.uniform(0.18, 0.34)
    ways = [(x, y, stage.unit * 0.3)]
    ways += [
        (
            x + stage.unit * rng.uniform(-0.5, 0.6),
            y + stage.unit * rng.uniform(-0.12, 0.26),
            stage.unit * rng.uniform(0.04, 0.1),
        )
        for _ in range(7)
    ]
    for left, top, size in ways:
        motion = Motion(speed=(size * 0.16, -size * 0.03), sway=(0, size * 0.06), period=1.7, phase=rng.random())
        for _, outline in FIGURES["bird"]:
            turn = rng.uniform(-0.2, 0.2)
            points = [
                (px + (py - top) * turn, py + (px - left) * turn * 0.6, *rest)
                for px, py, *rest in placed(outline, (left - size / 2, top), size)
            ]
            stage.fill((lighter(coat, 0.12), coat), [brush.curve(points)], 0.5, motion=motion)


def shoal(stage: Stage) -> None:
    """Fish under water: a shoal far off, and some near."""
    rng, (width, height) = stage.rng, stage.size
    for step in range(16):
        near = (step / 15) ** 2
        size = stage.unit * (0.05 + 0.3 * near)
        left = width * rng.uniform(0.08, 0.86) - size / 2
        top = height * rng.uniform(0.16, 0.66) - size / 2
        if step == 15:
            left, top = width * rng.uniform(0.38, 0.5) - size / 2, height * 0.42 - size / 2
        motion = Motion(speed=(size * 0.2, 0), sway=(0, size * 0.05), period=2.5, phase=rng.random())
        if near > 0.3:
            figure(stage, "fish", (left, top), size, 0.2 + 0.6 * near, motion=motion)
        else:
            polygons = [brush.curve(placed(outline, (left, top), size)) for _, outline in FIGURES["fish"][:4]]
            coat = mix(stage.wish.coat("fish", _COATS["fish"]), (40, 140, 170), 0.55 - near)
            stage.fill(coat, polygons, 0.15 + 0.5 * near, motion=motion)


def whale(stage: Stage) -> None:
    """A whale among the waves, blowing."""
    rng, (width, height) = stage.rng, stage.size
    size = stage.unit * 0.66
    left, top = width * rng.uniform(0.4, 0.55) - size / 2, height * 0.76 - size * 0.78
    motion = Motion(sway=(size * 0.01, size * 0.02), period=4.5)
    spout: list[list[Point]] = []
    for side in (-1, 1):
        outer = [(0.82, 0.46), (0.82 + side * 0.03, 0.3), (0.82 + side * 0.12, 0.22), (0.82 + side * 0.21, 0.32)]
        inner = [(0.82 + side * 0.18, 0.31), (0.82 + side * 0.11, 0.26), (0.82 + side * 0.05, 0.34)]
        spout.append(brush.curve([(left + size * x, top + size * y) for x, y in [*outer, *inner]]))
    stage.fill(lighter(stage.palette.sky[2], 0.7), spout, 0.5, strength=0.85, motion=motion)
    figure(stage, "whale", (left, top), size, 0.5, motion=motion)
    for base, near in ((0.8, 0.62), (0.87, 0.8), (0.95, 1.0)):
        water.swell(stage, base, near)


def _role(role: str, coat: Colour) -> Colour:
    pale = brightness(coat) > 0.75
    return {
        "coat": coat,
        "shade": darker(coat, 0.2),
        "light": lighter(coat, 0.4 if pale else 0.2),
        "white": (250, 244, 236),
        "dark": darker(mix(coat, (46, 26, 24), 0.82), 0.15),
        "ink": (26, 20, 24),
        "mane": darker(coat, 0.5) if not pale else darker(coat, 0.22),
        "fin": mix(darker(coat, 0.08), (255, 214, 150), 0.3),
        "rose": (222, 136, 140),
        "gold": (236, 190, 76),
    }[role]


def _lit(stage: Stage, colour: Colour) -> Colour:
    # The light of the hour lies on everything; at night it is most of what is seen.
    if stage.palette.dark:
        return mix(darker(colour, 0.3), stage.palette.sky[1], 0.22)
    return mix(colour, stage.palette.sun, 0.05)


CREATURES: dict[str, Callable[[Stage], None]] = {"bird": flock, "fish": shoal, "whale": whale}
