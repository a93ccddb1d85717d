"""The few colours there are, all of them for state, as terminal attributes."""

from typing import Literal

Style = Literal["good", "waiting", "bad", "dim"]

_ATTRIBUTES: dict[Style, str] = {"good": "32", "waiting": "33", "bad": "31", "dim": "2"}
RICH: dict[Style, str] = {"good": "green", "waiting": "yellow", "bad": "red", "dim": "dim"}


def painted(text: str, style: Style | None, *, color: bool) -> str:
    """Text in a style, or as it is; ``text`` was made safe before."""
    if not color or style is None or not text:
        return text
    return f"\x1b[{_ATTRIBUTES[style]}m{text}\x1b[0m"
