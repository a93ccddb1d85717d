"""What a schema allows, in words: for faults and for the table of a model's parameters."""

from collections.abc import Mapping, Sequence
from typing import Any

from inference_cli.catalogue import schema as schemas
from inference_cli.catalogue.schema import Schema

_MOST = 24  # options that are listed; more are cut
_MEDIA = {
    "image": "an image: a URL or @FILE",
    "video": "a video: a URL or @FILE",
    "audio": "a sound: a URL or @FILE",
}
ANYTHING = "something else"
"""What a value must be where the schema does not tell."""
_RUN = 4  # whole numbers in a row from here on are a range


def expected(part: Schema, root: Schema) -> str:
    """What a value must be: ``5 or 10``, ``a whole number from 3 to 15``, ``text``; of alternatives each by itself."""
    alternatives = [one for word in ("anyOf", "oneOf") for one in _mappings(part.get(word))]
    several = dict.fromkeys(_expected(one, root) for one in alternatives if one.get("type") != "null")
    several.pop(ANYTHING, None)
    return " or ".join(several) if len(several) > 1 else _expected(part, root)


def _mappings(value: Any) -> list[Schema]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def _expected(part: Schema, root: Schema) -> str:
    options = [option for option in schemas.options(part, root) if option is not None]
    if options:
        return either(options)
    kinds = schemas.types(part, root) - {"null"}
    words = []
    if kinds & {"integer", "number"}:
        span = _range(part, root, ("minimum", "maximum")) or _open_range(part, root)
        words.append(f"{'a number' if 'number' in kinds else 'a whole number'}{f' {span}' if span else ''}")
    named = {"boolean": "yes or no", "array": _list(part, root), "object": "an object"}
    named["string"] = _MEDIA.get(schemas.media(part, root) or "", "text")
    words.extend(word for kind, word in named.items() if kind in kinds)
    return " or ".join(words) or ANYTHING


def _open_range(part: Schema, root: Schema) -> str:
    """Bounds that are not among the allowed values themselves."""
    least, most = (schemas.bound(part, root, word) for word in ("exclusiveMinimum", "exclusiveMaximum"))
    said = [f"above {_plain(least)}" if least is not None else "", f"below {_plain(most)}" if most is not None else ""]
    return " and ".join(filter(None, said))


def _list(part: Schema, root: Schema) -> str:
    span = _range(part, root, ("minItems", "maxItems"))
    return f"a list {span.replace('from', 'of')}" if span else "a list"


def _range(part: Schema, root: Schema, words: tuple[str, str]) -> str:
    least, most = (schemas.bound(part, root, word) for word in words)
    if least is not None and most is not None:
        return f"from {_plain(least)} to {_plain(most)}"
    return (
        f"of at least {_plain(least)}"
        if least is not None
        else f"of at most {_plain(most)}"
        if most is not None
        else ""
    )


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else f"{number:g}"


def either(options: Sequence[Any]) -> str:
    """Some values with an "or" before the last; whole numbers in a row as a range."""
    words = compact(options)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def compact(options: Sequence[Any]) -> list[str]:
    """Values as words, four or more whole numbers in a row as one ("3 to 15"), and not more than fit on a line."""
    words: list[str] = []
    run: list[int] = []
    for option in [*options, None]:
        number = _whole(option)
        if run and number == run[-1] + 1:
            run.append(number)
            continue
        words.extend([f"{run[0]} to {run[-1]}"] if len(run) >= _RUN else map(str, run))
        run = [] if number is None else [number]
        if number is None and option is not None:
            words.append("yes" if option is True else "no" if option is False else str(option))
    return words if len(words) <= _MOST else [*words[:_MOST], "…"]


def _whole(option: Any) -> int | None:
    """A whole number, also one that the schema keeps as text."""
    if isinstance(option, bool):
        return None
    if isinstance(option, str) and option.isascii() and option.isdigit() and str(int(option[:18])) == option:
        return int(option)
    return option if isinstance(option, int) else None


def kind_of(part: Schema, root: Schema) -> str:
    """The type of a parameter in a word or two: text, integer, number, choice, yes/no, image, list of images."""
    media = schemas.media(part, root)
    kinds = schemas.types(part, root) - {"null"}
    if media:
        name = {"audio": "sound"}.get(media, media)
        return f"list of {name}s" if "array" in kinds else name
    if schemas.options(part, root) and "string" in kinds:
        return "choice"
    named = {"string": "text", "boolean": "yes/no", "array": "list"}
    return " or ".join(named.get(kind, kind) for kind in sorted(kinds)) or "any"


def allowed(part: Schema, root: Schema) -> str:
    """The values that a parameter takes, for a table; empty where any of its type will do."""
    options = [option for option in schemas.options(part, root) if option is not None]
    if options:
        return ", ".join(compact(options))
    for words, unit in (
        (("minimum", "maximum"), ""),
        (("minItems", "maxItems"), ""),
        (("minLength", "maxLength"), " characters"),
    ):
        span = _range(part, root, (words[0], words[1]))
        if span:
            return span.removeprefix("from ").removeprefix("of ") + unit
    return ""
