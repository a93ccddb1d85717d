"""What the sandbox calls a token: four characters of text, and plain rates for everything else."""

import math
from collections.abc import Iterator

CHARACTERS = 4
"""Of text, as Python counts them, in one token; the last token of a text may have fewer."""
PER_MESSAGE = 3
PER_PICTURE = 258
PER_PAGE = 258
PER_SECOND_OF_SOUND = 32
PER_SECOND_OF_FILM = 263


def count(text: str) -> int:
    """How many tokens a text has."""
    return -(-len(text) // CHARACTERS)


def pieces(text: str) -> Iterator[str]:
    """A text, token by token."""
    return (text[start : start + CHARACTERS] for start in range(0, len(text), CHARACTERS))


def first(text: str, most: int) -> str:
    """The first tokens of a text, at most so many."""
    return text[: most * CHARACTERS]


def of_sound(seconds: float) -> int:
    """How many tokens a sound has; at least 1."""
    return max(1, math.ceil(seconds * PER_SECOND_OF_SOUND))


def of_film(seconds: float) -> int:
    """How many tokens a film has; at least 1."""
    return max(1, math.ceil(seconds * PER_SECOND_OF_FILM))
