"""How long a film shall be, in the words that a schema has for it."""

from collections.abc import Sequence
from typing import Any

from inference_cli.late import pattern

_PART = pattern(r"(\d{1,6}(?:\.\d{1,3})?)\s*(s|sec|seconds?|m|min|minutes?)?")
_AUTOMATIC: tuple[Any, ...] = ("auto", -1, 0)


def seconds(text: str) -> float | None:
    """The seconds of ``5``, ``5s``, ``2.5`` or ``1m``; None for anything else, ``auto`` too."""
    match = _PART.fullmatch(text.strip().lower())
    if match is None:
        return None
    return float(match[1]) * (60 if (match[2] or "s").startswith("m") else 1)


def fitted(text: str, types: frozenset[str], options: Sequence[Any]) -> Any:
    """The value of a duration parameter.

    Args:
        text: what the user typed.
        types: the JSON types that the schema takes.
        options: the values that it lists.

    Returns:
        The option that means it (``5s`` for 5, -1 or 0 for ``auto``), else a number where the schema takes one, else
        the text: the check says what is wrong with it.
    """
    if text.strip().lower() == "auto":
        return next((word for word in _AUTOMATIC if _listed(word, options)), text)
    wanted = seconds(text)
    if wanted is None:
        return next((option for option in options if str(option) == text.strip()), _number(text))
    for option in options:
        if not isinstance(option, bool) and seconds(str(option)) == wanted:
            return option
    if types & {"integer", "number"} or not types:
        return int(wanted) if wanted.is_integer() else wanted
    return str(int(wanted)) if wanted.is_integer() else str(wanted)


def _number(text: str) -> Any:
    """Negative lengths are numbers as well: some models take -1."""
    try:
        return int(text)
    except ValueError:
        return text


def _listed(word: Any, options: Sequence[Any]) -> bool:
    return any(option == word and not isinstance(option, bool) for option in options)
