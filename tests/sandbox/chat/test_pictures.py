import pytest
from PIL import ImageColor

from inference_cli.sandbox.chat.pictures import name

NAMES = {
    "red": "red",
    "darkred": "red",
    "crimson": "red",
    "orange": "orange",
    "saddlebrown": "brown",
    "gold": "yellow",
    "yellow": "yellow",
    "green": "green",
    "lime": "green",
    "cyan": "turquoise",
    "blue": "blue",
    "navy": "blue",
    "purple": "pink",
    "blueviolet": "violet",
    "hotpink": "pink",
    "white": "white",
    "lightgrey": "grey",
    "grey": "grey",
    "black": "black",
}


@pytest.mark.parametrize(("colour", "expected"), NAMES.items())
def test_colours_have_plain_names(colour: str, expected: str) -> None:
    """What somebody would call them who has a dozen words for it."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    assert name((red, green, blue)) == expected
