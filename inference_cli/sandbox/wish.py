"""What a prompt asks for, as far as the offline models understand it: place, hour, weather, creatures, colours."""

import re
from dataclasses import dataclass

from inference_cli.sandbox.colour import NAMED, Colour

_PLACES = {
    "mountain": "mountain alp alps peak peaks hill valley canyon cliff volcano everest landscape fjord wilderness",
    "sea": "sea wave ocean surf tide sailing harbour harbor bay water tsunami",
    "beach": "beach coast shore island seaside",
    "deep": "underwater reef coral aquarium deepsea seabed",
    "desert": "desert dune sahara sand oasis mesa",
    "forest": "forest wood woods jungle grove pine tree woodland trees",
    "city": "city town skyline street tokyo york paris london berlin building skyscraper urban neon cyberpunk",
    "space": "space galaxy planet nebula cosmos astronaut universe cosmic orbit mars saturn starship spaceship",
    "meadow": "meadow field garden farm grass prairie countryside park spring lawn",
    "lake": "lake river pond reflection",
}
_HOURS = {
    "dawn": "dawn sunrise morning daybreak",
    "dusk": "sunset dusk evening twilight",
    "night": "night midnight moon moonlit moonlight stars starry dark aurora nocturnal",
    "day": "day noon daylight midday sunny bright",
    "grey": "storm stormy cloudy overcast gloomy moody fog foggy mist misty haze rain rainy",
}
_WEATHER = {
    "snow": "snow snowy snowfall winter blizzard ice icy frozen arctic christmas frost",
    "rain": "rain rainy drizzle downpour storm stormy thunderstorm",
    "mist": "mist misty fog foggy haze hazy",
    "fire": "fire campfire bonfire flame ember blaze burning torch dragon",
    "aurora": "aurora borealis",
    "petals": "blossom sakura petal petals",
    "leaves": "autumn leaf leaves",
}
_CREATURES = {
    "fox": "fox vixen",
    "cat": "cat kitten kitty",
    "bird": "bird seagull gull crane swallow crow raven eagle geese goose flock",
    "fish": "fish goldfish koi salmon shoal",
    "horse": "horse pony stallion mare foal",
    "whale": "whale orca dolphin",
    "deer": "deer stag elk reindeer moose",
    "flower": "flower rose tulip daisy poppy sunflower lily orchid bouquet blossom",
    "boat": "boat ship sailboat yacht sail sailing",
    "house": "house cabin cottage hut home barn",
    "lighthouse": "lighthouse",
    "balloon": "balloon",
    "rocket": "rocket spaceship starship",
    "cactus": "cactus",
    "fire": "fire campfire bonfire",
}
_HOMES = {
    "fish": "deep",
    "whale": "sea",
    "boat": "sea",
    "lighthouse": "sea",
    "rocket": "space",
    "cactus": "desert",
    "bird": "mountain",
    "balloon": "mountain",
    "fire": "forest",
    "deer": "forest",
}


_PLACE, _HOUR, _AIR, _CREATURE = (
    {word: name for name, words in table.items() for word in words.split()}
    for table in (_PLACES, _HOURS, _WEATHER, _CREATURES)
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A prompt, understood.

    ``place`` and ``hour`` are None where the prompt names none; ``coats`` are the colours of creatures ("a red fox"),
    ``colours`` all the others, which tint the whole.
    """

    place: str | None
    hour: str | None
    weather: frozenset[str]
    creatures: tuple[str, ...]
    coats: tuple[tuple[str, Colour], ...]
    colours: tuple[Colour, ...]

    def coat(self, creature: str, otherwise: Colour) -> Colour:
        """The colour that the prompt gives a creature."""
        return dict(self.coats).get(creature, otherwise)


def read(prompt: str) -> Wish:
    """Understand a prompt.

    Any text will do; words that are not known change nothing here (they still change the seed).
    """
    words = [_singular(word) for word in re.findall(r"[^\W\d_]+", prompt.lower())]
    creatures = tuple(dict.fromkeys(_CREATURE[word] for word in words if word in _CREATURE))
    weather = frozenset(_AIR[word] for word in words if word in _AIR)
    coats: dict[str, Colour] = {}
    colours: list[Colour] = []
    for word, after in zip(words, [*words, ""][1:], strict=True):
        if word in NAMED and after in _CREATURE:
            coats[_CREATURE[after]] = NAMED[word]
        elif word in NAMED and not (word == "rose" and "flower" in creatures):
            colours.append(NAMED[word])
    hour = next((_HOUR[word] for word in words if word in _HOUR), None)
    place = next((_PLACE[word] for word in words if word in _PLACE), None)
    if place is None:
        place = _home(creatures, weather, hour)
    return Wish(place, hour, weather, creatures, tuple(coats.items()), tuple(colours))


def _home(creatures: tuple[str, ...], weather: frozenset[str], hour: str | None) -> str | None:
    for creature in creatures:
        return _HOMES.get(creature, "meadow")
    return "mountain" if weather or hour else None


def _singular(word: str) -> str:
    for table in (_PLACE, _HOUR, _AIR, _CREATURE):
        if word in table:
            return word
    return word[:-2] if word.endswith(("xes", "shes", "ches")) else word.removesuffix("s")
