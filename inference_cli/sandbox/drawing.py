"""From a prompt to a scene: the place, who is in it, and the weather."""

import random
from collections.abc import Callable

from PIL import Image

from inference_cli.sandbox import palette, wish
from inference_cli.sandbox.scene import Stage
from inference_cli.sandbox.scenes import abstract, blossom, city, creatures, land, space, things, water, weather, wood

_PLACES: dict[str, Callable[[Stage], None]] = {
    "mountain": land.mountains,
    "lake": land.mountains,
    "meadow": land.meadow,
    "desert": land.dunes,
    "forest": wood.forest,
    "sea": water.sea,
    "beach": land.beach,
    "deep": water.deep,
    "city": city.skyline,
    "space": space.planets,
}
_ON_LAND = {"fox", "cat", "horse", "deer", "house", "fire", "cactus", "flower"}
_WEATHER: dict[str, Callable[[Stage], None]] = {
    "snow": weather.snow,
    "rain": weather.rain,
    "petals": weather.petals,
    "leaves": weather.leaves,
}


def compose(prompt: str, rng: random.Random, size: tuple[int, int]) -> Stage:
    """The scene that a prompt asks for, ``size`` pixels large; an elegant abstraction where it names nothing known."""
    wanted = wish.read(prompt)
    stage = Stage(size, wanted, palette.choose(wanted, rng), rng, Image.new("RGB", size))
    _place(stage)
    inhabit(stage)
    return stage


def inhabit(stage: Stage) -> None:
    """Add the creatures, things and weather of the stage's wish to what is painted so far."""
    for creature in stage.wish.creatures:
        if creature in creatures.CREATURES:
            creatures.CREATURES[creature](stage)
        elif creature in things.THINGS:
            things.THINGS[creature](stage)
        elif creature == "flower":
            blossom.flowers(stage)
        else:
            creatures.animal(stage, creature)
    precipitate(stage)


def precipitate(stage: Stage) -> None:
    """Add the weather of the stage's wish alone."""
    for kind in sorted(stage.wish.weather):
        if kind in _WEATHER:
            _WEATHER[kind](stage)


def _place(stage: Stage) -> None:
    wanted = stage.wish
    if wanted.place is None:
        abstract.draw(stage)
    elif "snow" in wanted.weather and wanted.creatures and wanted.place in {"meadow", "mountain", "forest"}:
        land.snowfield(stage)
    elif wanted.place == "sea" and _ON_LAND.intersection(wanted.creatures):
        land.beach(stage)
    else:
        _PLACES[wanted.place](stage)
