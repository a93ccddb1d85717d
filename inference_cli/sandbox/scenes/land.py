"""Land: mountain ranges, rolling hills and meadows, dunes."""

import math

from PIL import Image

from inference_cli.sandbox import brush
from inference_cli.sandbox.brush import Point
from inference_cli.sandbox.colour import Colour, darker, lighter, mix
from inference_cli.sandbox.scene import Motion, Stage
from inference_cli.sandbox.scenes import sky, water, wood


def mountains(stage: Stage) -> None:
    """Ranges behind ranges, mist between them, pines in front; water at their feet for a lake."""
    lake = stage.wish.place == "lake" or (not stage.wish.creatures and stage.rng.random() < 0.3)
    horizon = 0.66 if lake else 0.86
    sky.draw(stage, horizon)
    _ranges(stage, horizon, 3 if lake else 4)
    if lake:
        water.mirror(stage, horizon)
        shore(stage, 0.93)
    else:
        shore(stage, 0.86)


def meadow(stage: Stage) -> None:
    """Rolling hills with trees far off and room in front."""
    sky.draw(stage, 0.7)
    _ranges(stage, 0.66, 2, tall=0.6)
    rng, palette, (_, height) = stage.rng, stage.palette, stage.size
    green = (96, 148, 70) if not palette.dark else (34, 62, 58)
    for step, (base, rise) in enumerate(((0.66, 0.05), (0.73, 0.06), (0.81, 0.05))):
        colour = palette.snow if palette.snowy else mix(mix(palette.haze, green, 0.45 + 0.2 * step), palette.near, 0.12)
        line = _rolling(stage, height * base, height * rise)
        stage.fill((lighter(colour, 0.12), darker(colour, 0.1)), [_down(line, height)], 0.3 + 0.2 * step)
        if step < 2:
            far = mix(palette.land(0.45 + 0.25 * step), green, 0.15)
            wood.row(stage, line, far, stage.unit * (0.03 + 0.022 * step), 0.3 + 0.2 * step, rng.uniform(0.25, 0.45))
    mist(stage, 0.68, 0.35)


def dunes(stage: Stage) -> None:
    """A desert: dunes with a lit and a shaded side."""
    horizon = 0.62
    sky.draw(stage, horizon)
    rng, palette, (width, height) = stage.rng, stage.palette, stage.size
    sand = mix(mix((232, 170, 104), palette.haze, 0.35), (40, 50, 96), 0.62 if palette.dark else 0)
    for step in range(5):
        near = step / 4
        base = height * (horizon + 0.31 * near**1.3) + height * 0.02
        colour = mix(mix(palette.haze, sand, 0.45 + 0.55 * near), darker(sand, 0.3), near * 0.3)
        crest = width * rng.uniform(0.15, 0.85)
        rise, spread = height * (0.07 + 0.1 * near), width * rng.uniform(0.32, 0.5)
        line = _dune(stage, base, crest, rise, spread)
        stage.fill((lighter(colour, 0.2), colour, darker(colour, 0.12)), [_down(line, height)], 0.2 + 0.6 * near)
        shade = [point for point in line if point[0] >= crest]
        if len(shade) > 2:
            tail = [
                (x - (x - crest) * 0.45 - width * 0.03 * near, y + (y - shade[0][1]) * 0.9 + rise * 0.25)
                for x, y in reversed(shade)
            ]
            stage.fill((darker(colour, 0.34), darker(colour, 0.2)), [[*shade, *tail]], 0.2 + 0.6 * near, strength=0.8)


def beach(stage: Stage) -> None:
    """The sea with sand in front, a line of foam where they meet."""
    water.sea(stage)
    palette, (_, height) = stage.palette, stage.size
    sand = mix(mix((240, 208, 154), palette.haze, 0.25), (44, 52, 90), 0.6 if palette.dark else 0)
    line = _rolling(stage, height * 0.79, height * 0.03)
    for down, colour in ((0.0, lighter(palette.sky[2], 0.6)), (0.012, darker(sand, 0.22)), (0.04, sand)):
        lower = [(x, y + height * down) for x, y in line]
        stage.fill((colour, mix(colour, sand, 0.9)), [_down(lower, height)], 0.86)


def shore(stage: Stage, base: float) -> None:
    """The ground in front, with pines on it, from ``base`` (0 top to 1 bottom) downwards."""
    rng, palette, (_, height) = stage.rng, stage.palette, stage.size
    line = _rolling(stage, height * base, height * 0.05)
    colour = palette.snow if palette.snowy else mix(palette.near, (40, 80, 50), 0.0 if palette.dark else 0.2)
    wood.row(stage, line, mix(palette.near, palette.haze, 0.12), stage.unit * 0.13, 0.8, rng.uniform(0.3, 0.5))
    under = mix(colour, palette.sky[1], 0.3) if palette.snowy else darker(colour, 0.35)
    stage.fill((colour, under), [_down(line, height)], 0.85)


def snowfield(stage: Stage) -> None:
    """Snowy hills with pines: where an animal stands in winter."""
    horizon = 0.66
    sky.draw(stage, horizon)
    _ranges(stage, horizon, 2, tall=0.85)
    palette, rng, (_, height) = stage.palette, stage.rng, stage.size
    mist(stage, 0.62, 0.5)
    for step, base in enumerate((0.64, 0.71, 0.8)):
        line = _rolling(stage, height * base, height * 0.05)
        size = stage.unit * (0.09 + 0.075 * step)
        tree = mix(palette.land(0.4 + 0.28 * step), (36, 72, 76), 0.35)
        wood.row(stage, line, tree, size, 0.25 + 0.25 * step, (0.75, 0.4, 0.22)[step], gap=0.24 * step)
        white = mix(palette.snow, palette.haze, 0.4 - 0.2 * step)
        stage.fill((white, mix(white, palette.sky[0], 0.22)), [_down(line, height)], 0.3 + 0.25 * step)
        if step < 2:
            mist(stage, base + 0.02, 0.25, seed_depth=0.3 + 0.25 * step)
    for _ in range(3):
        y = height * rng.uniform(0.84, 0.97)
        drift = _rolling(stage, y, height * 0.02)
        drift = [(-stage.reserve, drift[0][1]), *drift, (stage.size[0] + stage.reserve, drift[-1][1])]
        shade = mix(palette.snow, palette.sky[0], 0.2)
        stage.fill((shade, palette.snow), [_band(drift, height * 0.05)], 0.85, strength=0.35, soft=stage.unit * 0.01)


def mist(stage: Stage, base: float, strength: float, seed_depth: float = 0.35) -> None:
    """A bank of mist around ``base`` (0 top to 1 bottom)."""
    width, height = stage.size
    tall = max(4, round(height * 0.16))
    wide = width + 2 * stage.reserve
    mask = brush.noise((max(8, wide // 4), max(4, tall // 4)), stage.rng, (3.0 * wide / height, 2), 2)
    mask = brush.stretch(mask, 60, 220).resize((wide, tall), Image.Resampling.BICUBIC)
    fall = brush.vertical(mask.size, ((0, 0, 0), (255, 255, 255), (0, 0, 0))).getchannel(0)
    mask = Image.composite(mask, Image.new("L", mask.size), fall)
    motion = Motion(sway=(stage.unit * 0.04, 0), period=11, phase=stage.rng.random())
    colour = lighter(stage.palette.haze, 0.25)
    corner = -stage.reserve, round(height * base - tall / 2)
    stage.lay(colour, mask, corner, seed_depth, strength=strength, motion=motion)


def _ranges(stage: Stage, horizon: float, count: int, tall: float = 1.0) -> None:
    palette, (width, height) = stage.palette, stage.size
    for step in range(count):
        near = step / max(1, count - 1)
        reach = min(height, width * 0.9) * (0.4 - 0.21 * near) * tall
        base = height * (horizon - 0.04 + 0.05 * near)
        summits = _summits(stage, reach, 1.0 - 0.45 * near)
        line = _range_line(stage, base, reach, summits, 0.5 - 0.1 * near)
        colour = palette.land(0.14 + 0.5 * near)
        foot = mix(colour, lighter(palette.haze, 0.3), 0.6)
        depth = 0.1 + 0.25 * near
        stage.fill((colour, colour, foot), [_down(line, height * (horizon + 0.08))], depth)
        if step < 2:
            _facets(stage, line, base, reach, (colour, foot), depth, capped=palette.snowy or step == 0)
        if step < count - 1:
            mist(stage, horizon - 0.05 + 0.05 * near, 0.5, 0.12 + 0.25 * near)


def _summits(stage: Stage, reach: float, steepness: float) -> list[tuple[float, float, float]]:
    # Where the peaks stand, how high (0 to 1), and over how many pixels they fall off.
    rng, width = stage.rng, stage.size[0]
    result = []
    x = -reach * rng.random()
    while x < width + reach:
        result.append((x, rng.uniform(0.4, 1.0), reach * rng.uniform(1.3, 1.9) / steepness))
        x += reach * rng.uniform(0.5, 1.4) / steepness
    return result


def _range_line(
    stage: Stage, base: float, reach: float, summits: list[tuple[float, float, float]], roughness: float
) -> list[Point]:
    width, count = stage.size[0], 240
    rough = brush.ridge(count + 1, stage.rng, roughness + 0.12)
    line = []
    for index in range(count + 1):
        x = width * index / count
        lift = max(high * max(0.0, 1 - abs(x - middle) / fall) ** 1.15 for middle, high, fall in summits)
        line.append((x, base - reach * (lift + 0.16 * (rough[index] - 0.5) * (0.4 + lift))))
    return line


def _facets(
    stage: Stage,
    line: list[Point],
    base: float,
    reach: float,
    colours: tuple[Colour, Colour],
    depth: float,
    *,
    capped: bool,
) -> None:
    # From each summit a ragged edge runs down: the side away from the light lies in shade, and high up there is snow.
    rng = stage.rng
    shaded: list[list[Point]] = []
    for index in _peaks(line, base - reach * 0.35):
        x, y = line[index]
        side = [point for point in line[index : index + 34] if point[1] < base]
        edge: list[Point] = [(x, y)]
        while edge[-1][1] < base - reach * 0.05:
            edge.append((edge[-1][0] + reach * rng.uniform(-0.05, 0.07), edge[-1][1] + reach * rng.uniform(0.05, 0.1)))
        for number, point in enumerate(side):
            if number and point[1] < side[number - 1][1] - reach * 0.05:
                side = side[:number]
                break
        shaded.append([*side, (side[-1][0], base), *reversed(edge)] if side else edge)
    if capped:
        _caps(stage, line, base, reach, depth)
    usable = [polygon for polygon in shaded if len(polygon) > 3]
    if usable:
        stage.fill((darker(colours[0], 0.32), mix(colours[0], colours[1], 0.8)), usable, depth, strength=0.5)


def _peaks(line: list[Point], level: float) -> list[int]:
    found: list[int] = []
    for index in range(6, len(line) - 6):
        lowest = min(y for _, y in line[index - 6 : index + 7])
        if line[index][1] == lowest < level and (not found or index - found[-1] > 9):
            found.append(index)
    return found


def _caps(stage: Stage, line: list[Point], base: float, reach: float, depth: float) -> None:
    # Snow lies above a ragged line that reaches down in tongues; lower summits carry none.
    rng = stage.rng
    level = base - reach * 0.5
    lower = []
    for index, (x, y) in enumerate(line):
        tongue = reach * 0.06 * math.sin(index * 0.9) + reach * rng.uniform(-0.03, 0.05)
        lower.append((x, max(y, min(level + tongue, y + reach * 0.26 + tongue))))
    white = mix(stage.palette.snow, stage.palette.haze, 0.18)
    stage.fill((white, white), [[*line, *reversed(lower)]], depth, strength=0.92)


def _rolling(stage: Stage, base: float, rise: float) -> list[Point]:
    rng, width = stage.rng, stage.size[0]
    first, second, phase = rng.uniform(0.6, 1.3), rng.uniform(1.8, 3.1), rng.uniform(0, 6.3)
    line = []
    for step in range(97):
        t = step / 96
        wave = math.sin(phase + 6.3 * first * t) + 0.4 * math.sin(phase * 2 + 6.3 * second * t)
        line.append((width * t, base - rise * wave * 0.6))
    return line


def _dune(stage: Stage, base: float, crest: float, rise: float, spread: float) -> list[Point]:
    width = stage.size[0]
    swell = stage.rng.uniform(0, 6.3)
    line = []
    for step in range(129):
        x = width * step / 128
        away = (x - crest) / spread
        lift = math.exp(-abs(away) * 2.2) if away > 0 else math.exp(-(away**2) * 2.5)
        line.append((x, base - rise * lift - rise * 0.14 * math.sin(swell + 7 * x / width)))
    return line


def _down(line: list[Point], bottom: float) -> list[Point]:
    return [*line, (line[-1][0], bottom), (line[0][0], bottom)]


def _band(line: list[Point], thick: float) -> list[Point]:
    return [*line, *((x, y + thick) for x, y in reversed(line))]
