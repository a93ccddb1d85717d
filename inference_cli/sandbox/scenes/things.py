"""Things set into a scene: boats, houses, lighthouses, balloons, rockets, cacti, fires."""

from collections.abc import Callable

from inference_cli.sandbox import brush
from inference_cli.sandbox.brush import Point
from inference_cli.sandbox.colour import Colour, darker, lighter, mix
from inference_cli.sandbox.scene import Motion, Stage
from inference_cli.sandbox.scenes import weather


def boat(stage: Stage) -> None:
    """A sailing boat on the water."""
    rng, (width, height) = stage.rng, stage.size
    size = stage.unit * 0.34
    x, y = width * rng.uniform(0.4, 0.62), height * 0.66
    motion = Motion(speed=(size * 0.03, 0), sway=(0, size * 0.02), period=3.4)
    hull = _lit(stage, stage.wish.coat("boat", (150, 62, 48)))
    cloth = _lit(stage, (250, 242, 226))
    main = [
        (x, y - size * 0.98, 1),
        (x + size * 0.3, y - size * 0.5),
        (x + size * 0.4, y - size * 0.1, 1),
        (x, y - size * 0.1, 1),
    ]
    jib = [
        (x - size * 0.03, y - size * 0.86, 1),
        (x - size * 0.03, y - size * 0.1, 1),
        (x - size * 0.34, y - size * 0.12, 1),
        (x - size * 0.16, y - size * 0.44),
    ]
    mast = [(x - size * 0.016, y - size), (x, y - size), (x, y), (x - size * 0.016, y)]
    body = [
        (x - size * 0.42, y - size * 0.06, 1),
        (x + size * 0.46, y - size * 0.07, 1),
        (x + size * 0.36, y + size * 0.07),
        (x - size * 0.3, y + size * 0.08),
    ]
    stage.fill(darker(hull, 0.5), [mast], 0.5, motion=motion)
    stage.fill((cloth, darker(cloth, 0.12)), [brush.curve(main)], 0.5, motion=motion)
    stage.fill((darker(cloth, 0.05), darker(cloth, 0.22)), [brush.curve(jib)], 0.5, motion=motion)
    stage.fill((lighter(hull, 0.1), darker(hull, 0.3)), [brush.curve(body)], 0.5, motion=motion)
    foam = [brush.ellipse(x, y + size * 0.085, size * 0.46, size * 0.016)]
    stage.fill(lighter(stage.palette.sky[2], 0.6), foam, 0.5, strength=0.7, motion=motion)


def house(stage: Stage) -> None:
    """A cabin with its windows lit."""
    rng, (width, height) = stage.rng, stage.size
    size = stage.unit * 0.3
    x, y = width * rng.choice((0.36, 0.64)) - size / 2, height * 0.88
    wall, roof = _lit(stage, stage.wish.coat("house", (126, 80, 56))), _lit(stage, (70, 46, 50))
    if stage.palette.snowy:
        roof = stage.palette.snow
    chimney = [
        (x + size * 0.72, y - size * 0.95),
        (x + size * 0.82, y - size * 0.95),
        (x + size * 0.82, y - size * 0.6),
        (x + size * 0.72, y - size * 0.6),
    ]
    stage.fill(darker(wall, 0.35), [chimney], 0.8)
    stage.fill(
        (lighter(wall, 0.08), darker(wall, 0.2)),
        [[(x, y), (x, y - size * 0.5), (x + size / 2, y - size * 0.95), (x + size, y - size * 0.5), (x + size, y)]],
        0.8,
    )
    stage.fill(
        (lighter(roof, 0.1), darker(roof, 0.15)),
        [
            [
                (x - size * 0.12, y - size * 0.42),
                (x + size / 2, y - size * 1.06),
                (x + size * 1.12, y - size * 0.42),
                (x + size * 1.06, y - size * 0.37),
                (x + size / 2, y - size * 0.9),
                (x - size * 0.06, y - size * 0.37),
            ]
        ],
        0.8,
    )
    _windows(stage, (x, y), size, wall)
    if stage.palette.snowy:
        stage.fill(
            stage.palette.snow, [brush.ellipse(x + size / 2, y + size * 0.02, size * 0.7, size * 0.05)], 0.8, soft=2
        )


def _windows(stage: Stage, corner: Point, size: float, wall: Colour) -> None:
    x, y = corner
    panes = [(0.16, 0.36, 0.2, 0.18), (0.64, 0.36, 0.2, 0.18), (0.43, 0.66, 0.14, 0.13)]
    stage.fill(darker(wall, 0.5), [_box(x + size * 0.42, y - size * 0.34, size * 0.16, size * 0.34)], 0.8)
    boxes = [_box(x + size * a, y - size * b, size * c, size * d) for a, b, c, d in panes]
    stage.fill((255, 222, 140), boxes, 0.8)
    for a, b, c, d in panes:
        middle = x + size * (a + c / 2), y - size * (b - d / 2)
        stage.shine(middle, size * 0.7, (255, 200, 110), 0.8, 0.5)


def lighthouse(stage: Stage) -> None:
    """A striped lighthouse on its rock, its beam over the sea."""
    width, height = stage.size
    size = stage.unit * 0.62
    x, y = width * stage.rng.choice((0.24, 0.76)), height * 0.8
    rock = _lit(stage, (66, 62, 70))
    top = y - size
    inward = 1 if x < width / 2 else -1
    beam = [(x, top + size * 0.06), (x + inward * width, top - size * 0.12), (x + inward * width, top + size * 0.26)]
    stage.fill((255, 240, 190), [beam], 0.5, strength=0.34, soft=size * 0.015)

    def at(share: float) -> float:
        return size * (0.065 + 0.045 * share)

    stripes = [_lit(stage, colour) for colour in ((238, 234, 226), stage.wish.coat("lighthouse", (196, 56, 50)))]
    for step in range(6):
        high, low = step / 6, (step + 1) / 6
        one, two = top + size * (0.14 + 0.78 * high), top + size * (0.14 + 0.78 * low)
        stage.fill(
            stripes[step % 2], [[(x - at(high), one), (x + at(high), one), (x + at(low), two), (x - at(low), two)]], 0.6
        )
    stage.fill((255, 236, 160), [_box(x - size * 0.045, top + size * 0.04, size * 0.09, size * 0.1)], 0.6)
    stage.fill(
        darker(stripes[1], 0.3),
        [
            [(x - size * 0.07, top + size * 0.04), (x, top - size * 0.05), (x + size * 0.07, top + size * 0.04)],
            _box(x - size * 0.085, top + size * 0.135, size * 0.17, size * 0.02),
        ],
        0.6,
    )
    stage.shine((x, top + size * 0.09), size * 0.7, (255, 236, 170), 0.6, 0.8)
    cliff = [
        (x - size * 0.5, y + size * 0.16, 1),
        (x - size * 0.3, y - size * 0.02),
        (x - size * 0.12, y - size * 0.1),
        (x + size * 0.14, y - size * 0.1),
        (x + size * 0.3, y),
        (x + size * 0.52, y + size * 0.16, 1),
    ]
    stage.fill((lighter(rock, 0.15), darker(rock, 0.35)), [brush.curve(cliff)], 0.6)


def balloon(stage: Stage) -> None:
    """Hot-air balloons, one near and two far."""
    rng, (width, height) = stage.rng, stage.size
    first = stage.wish.coat("balloon", (220, 84, 66))
    for share, size, colour in ((0.24, 0.14, (236, 176, 80)), (0.8, 0.1, (70, 120, 160)), (0.52, 0.42, first)):
        reach = stage.unit * size / 2
        x, y = width * (share + rng.uniform(-0.06, 0.06)), height * rng.uniform(0.24, 0.34)
        motion = Motion(speed=(reach * 0.03, -reach * 0.05), sway=(reach * 0.03, 0), period=6, phase=rng.random())
        shade = _lit(stage, colour)
        for wide, tone in ((1.0, shade), (0.68, lighter(shade, 0.5)), (0.34, shade)):
            bag = [
                (x, y - reach),
                (x + reach * wide * 0.7, y - reach * 0.68),
                (x + reach * wide, y),
                (x + reach * wide * 0.62, y + reach * 0.72),
                (x + reach * 0.16 * wide, y + reach * 1.14, 1),
                (x - reach * 0.16 * wide, y + reach * 1.14, 1),
                (x - reach * wide * 0.62, y + reach * 0.72),
                (x - reach * wide, y),
                (x - reach * wide * 0.7, y - reach * 0.68),
            ]
            stage.fill((lighter(tone, 0.12), tone, darker(tone, 0.2)), [brush.curve(bag)], 0.5, motion=motion)
        basket = _box(x - reach * 0.15, y + reach * 1.38, reach * 0.3, reach * 0.22)
        cords = [
            [
                (x + side * reach * 0.15, y + reach * 1.1),
                (x + side * reach * 0.13, y + reach * 1.4),
                (x + side * reach * 0.11, y + reach * 1.4),
            ]
            for side in (-1, 1)
        ]
        stage.fill(_lit(stage, (110, 72, 46)), [basket, *cords], 0.5, motion=motion)


def rocket(stage: Stage) -> None:
    """A rocket on its way up, on a flame."""
    width, height = stage.size
    size = stage.unit * 0.5
    x, y = width * stage.rng.uniform(0.42, 0.58), height * 0.26
    body, trim = (236, 236, 240), stage.wish.coat("rocket", (214, 64, 56))
    motion = Motion(speed=(0, -size * 0.05), sway=(size * 0.006, 0), period=0.8)
    _engine(stage, (x, y), size, trim, motion)
    hull = [
        (x, y, 1),
        (x + size * 0.11, y + size * 0.16),
        (x + size * 0.145, y + size * 0.42),
        (x + size * 0.09, y + size * 0.86, 1),
        (x - size * 0.09, y + size * 0.86, 1),
        (x - size * 0.145, y + size * 0.42),
        (x - size * 0.11, y + size * 0.16),
    ]
    stage.fill((body, darker(body, 0.18)), [brush.curve(hull)], 0.8, motion=motion)
    nose = [
        (x, y, 1),
        (x + size * 0.085, y + size * 0.115),
        (x + size * 0.113, y + size * 0.2, 1),
        (x - size * 0.113, y + size * 0.2, 1),
        (x - size * 0.085, y + size * 0.115),
    ]
    stage.fill(trim, [brush.curve(nose)], 0.8, motion=motion)
    stage.fill((60, 80, 110), [brush.ellipse(x, y + size * 0.38, size * 0.065, size * 0.065)], 0.8, motion=motion)
    stage.fill((150, 210, 236), [brush.ellipse(x, y + size * 0.38, size * 0.045, size * 0.045)], 0.8, motion=motion)


def _engine(stage: Stage, tip: Point, size: float, trim: Colour, motion: Motion) -> None:
    x, y = tip
    stage.shine((x, y + size * 1.05), size * 0.9, (255, 170, 70), 0.8, 0.8)
    flame = [
        (x - size * 0.07, y + size * 0.84, 1),
        (x + size * 0.07, y + size * 0.84, 1),
        (x + size * 0.09, y + size),
        (x, y + size * 1.3, 1),
        (x - size * 0.09, y + size),
    ]
    stage.fill(((255, 240, 180), (255, 170, 60), (240, 80, 40)), [brush.curve(flame)], 0.8, motion=motion)
    for side in (-1, 1):
        fin = [
            (x + side * size * 0.1, y + size * 0.52, 1),
            (x + side * size * 0.26, y + size * 0.74),
            (x + side * size * 0.25, y + size * 0.92, 1),
            (x + side * size * 0.1, y + size * 0.8, 1),
        ]
        stage.fill((trim, darker(trim, 0.3)), [brush.curve(fin)], 0.8, motion=motion)


def cactus(stage: Stage) -> None:
    """Cacti on the sand."""
    rng, (width, height) = stage.rng, stage.size
    for share, near in ((0.2, 0.4), (0.74, 1.0), (0.9, 0.55)):
        size = stage.unit * 0.36 * near * rng.uniform(0.9, 1.1)
        x, y = width * (share + rng.uniform(-0.05, 0.05)), height * (0.72 + 0.17 * near)
        green = mix(_lit(stage, (52, 104, 70)), stage.palette.haze, 0.4 * (1 - near))
        parts: list[list[Point]] = [_post(x, y, size, size * 0.075)]
        for side, foot, rise, out in ((-1, 0.42, 0.3, 0.2), (1, 0.56, 0.26, 0.18)):
            parts += [
                _post(x + side * size * out, y - size * foot, size * rise, size * 0.05),
                _box(min(x, x + side * size * out), y - size * (foot + 0.07), size * out, size * 0.09),
                brush.ellipse(x + side * size * out, y - size * foot - size * 0.025, size * 0.05, size * 0.05),
            ]
        stage.fill(green, parts, 0.4 + 0.4 * near)


def fire(stage: Stage) -> None:
    """A camp fire, the ground around it glowing, sparks above."""
    rng, (width, height) = stage.rng, stage.size
    size = stage.unit * 0.26
    x, y = width * rng.choice((0.42, 0.56)), height * 0.9
    stage.shine((x, y - size * 0.3), size * 6, (255, 140, 50), 0.8, 0.75)
    for slant in (-1, 1):
        log = [
            (x - slant * size * 0.5, y + size * 0.04),
            (x - slant * size * 0.46, y - size * 0.05),
            (x + slant * size * 0.5, y - size * 0.13),
            (x + slant * size * 0.52, y - size * 0.03),
        ]
        stage.fill((70, 42, 32), [log], 0.9)
    for share, colours in (
        (1.0, ((236, 84, 36), (244, 120, 40))),
        (0.7, ((250, 150, 48), (255, 184, 70))),
        (0.4, ((255, 226, 140), (255, 244, 200))),
    ):
        wide, tall = size * 0.42 * share, size * 1.05 * share
        flame = [
            (x, y, 1),
            (x - wide, y - tall * 0.18),
            (x - wide * 0.72, y - tall * 0.52),
            (x - wide * 0.5, y - tall * 0.8, 1),
            (x - wide * 0.2, y - tall * 0.62),
            (x + wide * 0.06, y - tall, 1),
            (x + wide * 0.36, y - tall * 0.6),
            (x + wide * 0.62, y - tall * 0.72, 1),
            (x + wide * 0.95, y - tall * 0.34),
            (x + wide * 0.7, y - tall * 0.08),
        ]
        motion = Motion(sway=(size * 0.012, size * 0.02), period=0.7 + share * 0.3, phase=rng.random())
        stage.fill(colours, [brush.curve(flame)], 0.9, motion=motion)
    weather.embers(stage)


def _box(x: float, y: float, wide: float, tall: float) -> list[Point]:
    return [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)]


def _post(x: float, foot: float, tall: float, half: float) -> list[Point]:
    dome = [(px, py) for px, py in brush.ellipse(x, foot - tall + half, half, half) if py <= foot - tall + half]
    return [(x - half, foot), *sorted(dome), (x + half, foot)]


def _lit(stage: Stage, colour: Colour) -> Colour:
    return (
        mix(darker(colour, 0.35), stage.palette.sky[1], 0.3)
        if stage.palette.dark
        else mix(colour, stage.palette.haze, 0.1)
    )


THINGS: dict[str, Callable[[Stage], None]] = {
    "boat": boat,
    "house": house,
    "lighthouse": lighthouse,
    "balloon": balloon,
    "rocket": rocket,
    "cactus": cactus,
    "fire": fire,
}
