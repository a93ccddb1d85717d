"""``--shot "5s: text"``: one shot of a film of several."""

import re
from typing import Any

from inference_cli.late import pattern

_TIMED = pattern(r"\s*(\d{1,4}(?:\.\d{1,3})?)(?:\s*(?:s|sec|seconds?)\s*:|:(?=\s))(.*)", re.DOTALL)


def parse(text: str) -> dict[str, Any]:
    """Read a shot.

    Args:
        text: seconds, a colon and what to show; without seconds the model's own default counts. ``16:9 …`` is no
            length: a bare number needs a space after the colon.

    Returns:
        ``prompt`` and, where seconds were given, ``duration`` (an integer where it is whole).

    Raises:
        ValueError: there is nothing to show.
    """
    match = _TIMED.fullmatch(text)
    seconds, prompt = (match[1], match[2]) if match else (None, text)
    shot: dict[str, Any] = {"prompt": prompt.strip()}
    if not shot["prompt"]:
        raise ValueError("a shot has no text")
    if seconds is not None:
        shot["duration"] = float(seconds) if float(seconds) % 1 else int(float(seconds))
    return shot
