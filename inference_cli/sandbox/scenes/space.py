"""Space: nebulae, stars, a large planet with its moons and perhaps a ring."""

from PIL import Image, ImageChops, ImageFilter

from inference_cli.sandbox import brush
from inference_cli.sandbox.brush import Point
from inference_cli.sandbox.colour import Colour, along, darker, lighter, mix
from inference_cli.sandbox.scene import Layer, Stage
from inference_cli.sandbox.scenes import sky

_GASES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((120, 60, 190), (40, 120, 220), (250, 130, 170)),
    ((30, 140, 180), (90, 70, 200), (120, 240, 220)),
    ((220, 90, 70), (130, 50, 150), (255, 190, 110)),
)


def planets(stage: Stage) -> None:
    """A nebula, a planet lit from one side, moons."""
    rng, (width, height) = stage.rng, stage.size
    gases = rng.choice(_GASES)
    if stage.wish.colours:
        first = stage.wish.colours[0]
        gases = (first, mix(first, (60, 60, 200), 0.4), lighter(first, 0.4))
    stage.backdrop.paste(brush.vertical(stage.size, ((6, 7, 20), (12, 12, 34), (5, 6, 18))), (0, 0))
    for step, colour in enumerate(gases):
        small = max(8, width // 3), max(8, height // 3)
        cloud = brush.noise(small, rng, (2.4 * width / height, 2.4), 6)
        veil = brush.noise(small, rng, (1.2 * width / height, 1.2), 2)
        mask = ImageChops.multiply(brush.stretch(cloud, 70, 250), brush.stretch(veil, 70, 200))
        mask = mask.filter(ImageFilter.GaussianBlur(small[1] / 90)).resize(stage.size, Image.Resampling.BICUBIC)
        stage.lay(colour, mask, (0, 0), 0.05 * step, strength=(0.95, 0.8, 0.9)[step])
    sky.stars(stage, height)
    sky.stars(stage, height)
    radius = stage.unit * rng.uniform(0.24, 0.32)
    centre = width * rng.choice((0.32, 0.66)), height * rng.uniform(0.42, 0.55)
    ring = rng.random() < 0.6
    body = rng.choice(((210, 150, 104), (96, 150, 200), (176, 110, 160), (104, 170, 150)))
    if stage.wish.colours:
        body = mix(stage.wish.colours[-1], (200, 200, 210), 0.25)
    if ring:
        _ring(stage, centre, radius, body, front=False)
    _ball(stage, centre, radius, body, 0.45)
    if ring:
        _ring(stage, centre, radius, body, front=True)
    for _ in range(rng.randint(1, 2)):
        moon = centre[0] + stage.unit * rng.choice((-1, 1)) * rng.uniform(0.42, 0.6), height * rng.uniform(0.14, 0.8)
        _ball(stage, moon, stage.unit * rng.uniform(0.025, 0.05), (196, 192, 190), 0.6)


def _ball(stage: Stage, centre: Point, radius: float, colour: Colour, depth: float) -> None:
    rng = stage.rng
    stage.shine(centre, radius * 3.4, lighter(colour, 0.3), depth, 0.35)
    made = brush.shape([brush.ellipse(*centre, radius, radius)], stage.size)
    if made is None:
        return
    mask, corner = made
    side = round(radius * 2) + 2
    bands = brush.noise((side, side), rng, (1.2, 9), 3).rotate(
        -14, Image.Resampling.BICUBIC, expand=False, fillcolor=128
    )
    steps = (darker(colour, 0.35), colour, lighter(colour, 0.25), mix(colour, (255, 240, 220), 0.5))
    surface = Image.merge("RGB", [bands.point(_curve(steps, channel)) for channel in range(3)])
    light = brush.glow(round(radius * 3.7), 0.75)
    shade = Image.new("L", (side, side), 0)
    shade.paste(light, (round(-radius * 1.35), round(-radius * 1.45)))
    surface = ImageChops.multiply(
        surface, Image.merge("RGB", [shade.point([min(255, round(v * 1.25) + 8) for v in range(256)])] * 3)
    )
    left, top = round(centre[0] - radius), round(centre[1] - radius)
    part = surface.crop(
        (corner[0] - left, corner[1] - top, corner[0] - left + mask.width, corner[1] - top + mask.height)
    )
    stage.layers.append(Layer(part, mask, corner, depth))


def _curve(steps: tuple[Colour, ...], channel: int) -> list[int]:
    return [along(steps, (value - 60) / 136)[channel] for value in range(256)]


def _ring(stage: Stage, centre: Point, radius: float, colour: Colour, *, front: bool) -> None:
    turn = -0.25
    for reach, thick, strength in ((1.45, 0.06, 0.5), (1.62, 0.1, 0.75), (1.86, 0.05, 0.4)):
        outer = brush.ellipse(0, 0, radius * (reach + thick), radius * (reach + thick) * 0.24)
        inner = brush.ellipse(0, 0, radius * (reach - thick), radius * (reach - thick) * 0.24)
        half = len(outer) // 2
        rim = outer[: half + 1] if front else [*outer[half:], outer[0]]
        core = inner[: len(inner) // 2 + 1] if front else [*inner[len(inner) // 2 :], inner[0]]
        points = [(centre[0] + x - y * turn, centre[1] + y + x * turn) for x, y in [*rim, *reversed(core)]]
        stage.fill(lighter(mix(colour, (240, 220, 190), 0.5), 0.15), [points], 0.45, strength=strength)
