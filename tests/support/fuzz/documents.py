"""Structural mutations of JSON documents: fields dropped, renamed, of another type, and values that hurt."""

import json
import random
from typing import Any

HOSTILE = (
    "\x1b[31337m",
    "\x1b]0;canary-title\x07",
    "\x1b]52;c;Y2FuYXJ5\x07",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1bP1;1|canary\x1b\\",
    "\x1b_canary\x1b\\",
    "\x9b6n",
    "\x90canary\x9c",
    "\x85\u2028\u2029\x0b\x0c",
    "\u202ecanary\u202c",
    "\u2066canary",
    "\U000e0041\U000e007f",
    "[bold red]canary[/] [link=https://evil.example]x[/link] [/nothing]",
    "\x07\x08\x08\x08\x7f\x00",
    "\r\x1b[2Kcanary",
    "a\nb\tc\r\nd",
    "\ud800",
    "{0} %s %n {id} $(id) `id`",
    "../../../canary",
    "\ufeff\u200b\u200d\u0301\u0301",
)
"""Texts that a terminal, a file name or a format must not take as they are."""

_RAW = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "-0",
    "-0.0",
    "1e-400",
    "9" * 25,
    "-" + "9" * 25,
    "9" * 5000,
    "1." + "3" * 400,
    "[" * 300 + "]" * 300,
    '{"a":' * 2000 + "1" + "}" * 2000,
    "[" * 100_000 + "]" * 100_000,
    '"\\ud800"',
    '"\\udc00x"',
    '{"id": 1, "id": 2}',
    '{"\\u0000": null}',
)
_PLAIN: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    0.1,
    -2.5,
    1e308,
    "",
    " ",
    "0",
    "-1",
    "true",
    "null",
    [],
    {},
    [None],
)
_PLAIN_MORE: tuple[Any, ...] = (
    [[]],
    [{}],
    {"": {}},
    {"error": {"message": "m"}},
    "x" * 5000,
    ["a", 1, None, {}],
    "2026-13-45T99:99",
)
_NAMES = ("id", "error", "status", "data", "generations", "message", "name", "type", "url", "model", "", "__proto__")


class Raw(str):
    """JSON as it is to be written, whether or not it is any."""

    __slots__ = ()


class Pairs(list[tuple[str, Any]]):
    """An object whose keys may be there twice."""


def written(value: Any) -> bytes:
    """The JSON of a document that may hold ``Raw`` and ``Pairs``."""
    pieces: list[str] = []
    _write(value, pieces)
    return "".join(pieces).encode("utf-8", "surrogatepass")


def _write(value: Any, pieces: list[str]) -> None:
    if isinstance(value, Raw):
        pieces.append(value)
    elif isinstance(value, dict | Pairs):
        pairs = list(value.items()) if isinstance(value, dict) else value
        pieces.append("{")
        for place, (name, inner) in enumerate(pairs):
            pieces.append(f"{', ' if place else ''}{json.dumps(name)}: ")
            _write(inner, pieces)
        pieces.append("}")
    elif isinstance(value, list):
        pieces.append("[")
        for place, inner in enumerate(value):
            pieces.append(", " if place else "")
            _write(inner, pieces)
        pieces.append("]")
    else:
        pieces.append(json.dumps(value))


def spoilt(document: Any, rng: random.Random) -> Any:
    """A copy of a document with one to three places that are not as they were."""
    whole = {"": json.loads(json.dumps(document))}
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        _spoil(whole, rng)
    return whole.get("")


def _spoil(whole: dict[str, Any], rng: random.Random) -> None:
    holder, key = _place(whole, rng)
    kind = rng.choice(
        ("drop", "plain", "plain", "raw", "hostile", "hostile", "wrap", "rename", "twice", "swap", "many")
    )
    value = holder[key]
    if kind == "drop" and holder is not whole:
        del holder[key]
    elif kind == "raw":
        holder[key] = Raw(rng.choice(_RAW))
    elif kind == "hostile":
        holder[key] = value + rng.choice(HOSTILE) if isinstance(value, str) else rng.choice(HOSTILE)
    elif kind == "wrap":
        holder[key] = rng.choice(([value], {"value": value}, {"data": value}, [[value]], {"error": value}))
    elif kind == "rename" and isinstance(value, dict) and value:
        old = rng.choice(list(value))
        value[rng.choice((*_NAMES, old.upper(), old + "\x1b[31337m"))] = value.pop(old)
    elif kind == "twice" and isinstance(value, dict) and value:
        again = rng.choice(list(value))
        holder[key] = Pairs([*value.items(), (again, rng.choice(_PLAIN))])
    elif kind == "swap":
        other, place = _place(whole, rng)
        holder[key] = json.loads(json.dumps(other[place], default=str)) if not isinstance(other[place], Raw) else None
    elif kind == "many" and isinstance(value, list):
        holder[key] = value * rng.choice((0, 2, 50))
    else:
        holder[key] = rng.choice((*_PLAIN, *_PLAIN_MORE))


def _place(whole: dict[str, Any], rng: random.Random) -> tuple[Any, Any]:
    """Some place in a document: the nearer to the top, the more likely."""
    holder: Any = whole
    key: Any = ""
    while True:
        value = holder[key]
        if not isinstance(value, dict | list) or isinstance(value, Pairs) or not value or rng.random() < 0.15:
            return holder, key
        holder, key = value, rng.choice(list(value)) if isinstance(value, dict) else rng.randrange(len(value))
