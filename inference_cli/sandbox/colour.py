"""Colours: names, mixtures, shades."""

Colour = tuple[int, int, int]

NAMED: dict[str, Colour] = {
    "red": (206, 48, 44),
    "crimson": (176, 24, 52),
    "scarlet": (222, 46, 30),
    "orange": (236, 122, 32),
    "amber": (244, 170, 46),
    "yellow": (246, 208, 66),
    "gold": (222, 172, 62),
    "golden": (226, 174, 66),
    "green": (70, 146, 84),
    "emerald": (28, 144, 104),
    "turquoise": (56, 182, 178),
    "teal": (28, 124, 130),
    "cyan": (68, 198, 216),
    "blue": (48, 104, 190),
    "azure": (62, 142, 222),
    "navy": (28, 44, 92),
    "indigo": (66, 58, 150),
    "violet": (128, 84, 190),
    "purple": (116, 60, 160),
    "lavender": (172, 154, 218),
    "magenta": (204, 52, 138),
    "pink": (236, 136, 168),
    "rose": (224, 104, 128),
    "brown": (122, 78, 48),
    "beige": (222, 202, 168),
    "white": (244, 244, 242),
    "silver": (190, 196, 204),
    "grey": (134, 138, 144),
    "gray": (134, 138, 144),
    "black": (34, 34, 40),
}


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Between two colours; ``share`` 0 is the first, 1 the second."""
    share = min(1.0, max(0.0, share))
    red, green, blue = (round(one + (two - one) * share) for one, two in zip(first, second, strict=True))
    return red, green, blue


def lighter(colour: Colour, share: float) -> Colour:
    """Towards white; ``share`` 0 to 1."""
    return mix(colour, (255, 255, 255), share)


def darker(colour: Colour, share: float) -> Colour:
    """Towards black; ``share`` 0 to 1."""
    return mix(colour, (0, 0, 0), share)


def brightness(colour: Colour) -> float:
    """How light it looks, 0 to 1."""
    red, green, blue = colour
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def along(stops: tuple[Colour, ...], place: float) -> Colour:
    """The colour at ``place`` (0 to 1) of a gradient through evenly spaced stops."""
    position = min(1.0, max(0.0, place)) * (len(stops) - 1)
    index = min(int(position), len(stops) - 2)
    return mix(stops[index], stops[index + 1], position - index)
