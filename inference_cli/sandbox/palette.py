"""The light of an hour: sky, haze, earth, water and sun, tinted by the colours a prompt names."""

import random
from dataclasses import dataclass, replace

from inference_cli.sandbox.colour import Colour, darker, lighter, mix
from inference_cli.sandbox.wish import Wish


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that belong together; ``dark`` says that stars are out and windows are lit."""

    sky: tuple[Colour, ...]  # from the zenith to the horizon
    haze: Colour  # what distance fades into
    near: Colour  # the closest ground
    sun: Colour  # sun or moon
    water: Colour
    dark: bool = False
    snowy: bool = False

    def land(self, nearness: float) -> Colour:
        """The ground's colour; 0 far, 1 near."""
        return mix(self.haze, self.near, nearness)

    @property
    def snow(self) -> Colour:
        """Snow in this light: white, with some of the sky in it."""
        return mix((252, 253, 255), self.sky[1], 0.5 if self.dark else 0.1)


_DAWN = (
    Palette(
        ((62, 84, 140), (150, 132, 172), (240, 166, 150), (255, 220, 176)),
        (226, 164, 160),
        (44, 44, 74),
        (255, 240, 206),
        (92, 104, 146),
    ),
    Palette(
        ((70, 112, 152), (150, 178, 190), (246, 200, 164), (255, 234, 196)),
        (214, 176, 160),
        (38, 56, 72),
        (255, 246, 216),
        (86, 128, 150),
    ),
)
_DAY = (
    Palette(
        ((54, 122, 190), (112, 172, 220), (180, 214, 232), (232, 242, 240)),
        (164, 196, 212),
        (34, 74, 66),
        (255, 252, 230),
        (42, 116, 150),
    ),
    Palette(
        ((34, 104, 168), (88, 164, 206), (176, 220, 226), (246, 240, 214)),
        (176, 200, 196),
        (40, 70, 56),
        (255, 250, 224),
        (30, 112, 134),
    ),
)
_DUSK = (
    Palette(
        ((40, 30, 82), (128, 54, 110), (230, 98, 88), (255, 190, 104)),
        (206, 96, 96),
        (30, 20, 46),
        (255, 226, 158),
        (84, 46, 94),
    ),
    Palette(
        ((28, 44, 92), (104, 82, 138), (238, 130, 98), (255, 206, 132)),
        (196, 112, 104),
        (24, 26, 50),
        (255, 232, 176),
        (60, 62, 112),
    ),
)
_NIGHT = (
    Palette(
        ((6, 10, 30), (14, 28, 66), (32, 58, 104), (72, 104, 146)),
        (58, 86, 128),
        (8, 12, 26),
        (244, 244, 228),
        (14, 32, 66),
        dark=True,
    ),
    Palette(
        ((10, 8, 34), (30, 24, 72), (62, 48, 112), (120, 88, 146)),
        (88, 68, 124),
        (12, 8, 28),
        (252, 240, 220),
        (30, 26, 70),
        dark=True,
    ),
)
_GREY = (
    Palette(
        ((84, 98, 114), (128, 142, 154), (170, 180, 186), (204, 208, 206)),
        (168, 178, 184),
        (38, 48, 56),
        (236, 236, 226),
        (84, 102, 114),
    ),
)
_HOURS = {"dawn": _DAWN, "day": _DAY, "dusk": _DUSK, "night": _NIGHT, "grey": _GREY}


def choose(wish: Wish, rng: random.Random) -> Palette:
    """The light for a wish; the hour is drawn when none is named."""
    hour = wish.hour or ("night" if wish.place == "space" else rng.choice(("dawn", "day", "dusk", "dawn")))
    chosen = rng.choice(_HOURS[hour])
    if "snow" in wish.weather:
        chosen = _wintry(chosen)
    for colour in wish.colours[:2]:
        chosen = _tinted(chosen, colour)
    return chosen


def _wintry(palette: Palette) -> Palette:
    cool = (176, 200, 226) if not palette.dark else (40, 66, 112)
    return replace(
        palette,
        sky=tuple(mix(colour, cool, 0.3) for colour in palette.sky),
        haze=mix(palette.haze, lighter(cool, 0.3), 0.55),
        near=mix(palette.near, (40, 62, 84), 0.4),
        water=mix(palette.water, cool, 0.35),
        snowy=True,
    )


def _tinted(palette: Palette, colour: Colour) -> Palette:
    deep = darker(colour, 0.7)
    return replace(
        palette,
        sky=tuple(mix(stop, colour, share) for stop, share in zip(palette.sky, (0.55, 0.5, 0.4, 0.2), strict=True)),
        haze=mix(palette.haze, colour, 0.4),
        near=mix(palette.near, deep, 0.5),
        water=mix(palette.water, darker(colour, 0.3), 0.5),
    )
