"""Command lines for every published model that must be refused, by kind of fault, worked out from its schema alone."""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.wire import rows
from tests.support.wishes import NAMES, URLS, least, needed, parts, takes_words, verb

TEXT_TO_SHOTS = ("kling-video-o3-4k-reference-to-video", "kling-video-o3-pro-text-to-video")
"""Models whose schemas leave both prompt and shots to the route."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A command line with faults: the kind of each, and how it begins its line."""

    arguments: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]

    @property
    def kinds(self) -> frozenset[str]:
        """Those that are in it."""
        return frozenset(kind for kind, _ in self.faults)


def wrongs(name: str) -> Iterator[Wrong]:
    """All kinds of faults that a model's schema can have, as many as possible in one command line."""
    schema = rows()[name]["request_schema"]
    yield from _values(name)
    yield from _missing(name)
    yield from _keys(name)
    yield from _inside(name)
    yield from _across(name, schema)
    yield from _flags(name)
    yield from _twice(name)


def _of(kind: str, arguments: Sequence[str], *named: str) -> Wrong:
    """Faults of one kind."""
    return Wrong(tuple(arguments), tuple((kind, spelling) for spelling in named))


def _but(name: str, *assignments: tuple[str, str, str]) -> Wrong:
    """A request that is right but for these: the kind of fault, the key (``a.b``, ``a:``) and the text of each."""
    roots = {key.partition("[")[0].partition(".")[0].removesuffix(":") for _, key, _ in assignments}
    typed = tuple(word for _, key, text in assignments for word in ("-p", f"{key}={text}"))
    faults = tuple((kind, f"-p {key}={text}") for kind, key, text in assignments)
    return Wrong((*least(name, frozenset(roots)).arguments, *typed), faults)


# ------------------------------------------------------------------------------------- single values


def _values(name: str) -> Iterator[Wrong]:
    """The first fault of every parameter in one command line, the second of every one that has two, and so on."""
    bad = [list(_bad(one, part)) for one, part in parts(name).items()]
    for layer in itertools.count():
        faults = [found[layer] for found in bad if len(found) > layer]
        if not faults:
            return
        yield _but(name, *faults)


def _bad(name: str, part: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Kind of fault, key and text, for each that a parameter can have."""
    types = {"integer": "many", "number": "many", "boolean": "maybe", "object": "x"}
    kind = part["type"] if isinstance(part["type"], str) else "any"
    if kind in types:
        yield "wrong type", name, types[kind]
    elif kind in {"string", "array"}:
        yield "wrong type", f"{name}:", "[5]" if kind == "array" else "5"
    if kind == "integer":
        yield "not whole", name, "1.5"
    if "enum" in part:
        yield "outside the options", name, "-77" if kind in {"integer", "number"} else "nonsense"
    if "minimum" in part:
        yield "below the range", name, str(part["minimum"] - 1)
    if "maximum" in part:
        yield "above the range", name, str(part["maximum"] + 1)
    if "maxLength" in part:
        yield "too long", name, "x" * (part["maxLength"] + 1)
    if "minItems" in part:
        yield "too few", f"{name}:", "[]"
    if "maxItems" in part:
        yield "too many", f"{name}:", json.dumps([_item(part)] * (part["maxItems"] + 1))
    if part.get("x-media"):
        yield "no URL", name, "fox.png"
        others = [media for media in URLS if media != part["x-media"]]
        yield "other media", name, f"data:{others[0]}/x;base64,AAAA"


def _item(part: Mapping[str, Any]) -> Any:
    return URLS[part["x-media"]] if part.get("x-media") else {}


# ----------------------------------------------------------------------------------- keys and presence


def _missing(name: str) -> Iterator[Wrong]:
    if needed(name):
        yield _of("missing", (), *needed(name))
    elif takes_words(name):
        yield _of("missing", (), "prompt or multi_prompt")
    if takes_words(name):
        yield _but(name, ("empty prompt", "prompt", " "))
    else:
        yield _of("no prompt taken", ("a fox", *least(name).arguments), '"a fox"')


def _keys(name: str) -> Iterator[Wrong]:
    first = next(iter(parts(name)))
    yield _but(name, *(("unknown key", key, "x") for key in ("promt_text", f"{first}x", "not.there[0].at_all")))


def _inside(name: str) -> Iterator[Wrong]:
    """Objects in lists: wrong keys, wrong values, and what is missing in them."""
    for one, part in parts(name).items():
        inner = part.get("items", {})
        properties, must = inner.get("properties", {}), inner.get("required", [])
        right = {f"{one}[0].{key}": _right(properties[key]) for key in must}
        if properties:
            yield _within(name, "unknown key inside", right, f"{one}[0].nonsense", "x")
        if must:
            other = next(key for key in properties if key not in must)
            yield _within(name, "missing inside", {}, f"{one}[0].{other}", _right(properties[other]))
        for key, inside in properties.items():
            rest = {place: text for place, text in right.items() if place != f"{one}[0].{key}"}
            for kind, end, text in _bad(key, inside):
                yield _within(name, f"{kind}, inside", rest, f"{one}[0].{end}", text)


def _within(name: str, kind: str, right: Mapping[str, str], key: str, text: str) -> Wrong:
    """One fault inside a list; shots stand instead of a prompt."""
    words = ("a red fox",) if takes_words(name) and not key.startswith("multi_prompt") else ()
    root = frozenset({"prompt", key.partition("[")[0]})
    typed = tuple(word for place, said in {**right, key: text}.items() for word in ("-p", f"{place}={said}"))
    return _of(kind, (*words, *least(name, root).arguments, *typed), f"-p {key}={text}")


def _right(part: Mapping[str, Any]) -> str:
    inner = part.get("items", part)
    if inner.get("x-media") or part.get("x-media"):
        return URLS[str(inner.get("x-media") or part.get("x-media"))]
    return str(part.get("minimum", "words"))


# --------------------------------------------------------------------------------- across parameters


def _across(name: str, schema: Mapping[str, Any]) -> Iterator[Wrong]:
    if name in TEXT_TO_SHOTS or "oneOf" in schema:
        yield _of("either … or", ("a fox", "-p", "multi_prompt[0].prompt=x"), "-p multi_prompt[0].prompt=x")
    for one, others in schema.get("dependentRequired", {}).items():
        assert others, "a dependency names what it needs"
        yield _but(name, ("needs another", one, URLS["image"]))
    if limit := schema.get("x-total-duration"):
        long, short = limit["maximum"], limit["minimum"] - 1
        for shots in ((f"{long}s: a", "1s: b"), (f"{short}s: a",)):
            typed = tuple(word for shot in shots for word in ("--shot", shot))
            yield _of("all shots together", typed, f'--shot "{shots[0]}"')
    seen = set()
    for part in parts(name).values():
        shared = part.get("x-shared-limit")
        if not shared or tuple(shared["across"]) in seen:
            continue
        seen.add(tuple(shared["across"]))
        yield _shared(name, shared["across"], shared["max_total"], ())
        if "max_total_with_input_video" in shared:
            film = ("--video", URLS["video"])
            yield _shared(name, shared["across"], shared["max_total_with_input_video"], film)


def _shared(name: str, across: list[str], most: int, beside: tuple[str, ...]) -> Wrong:
    """One more than several lists may hold together: one in the first of them, the rest in the second."""
    typed: list[str] = []
    for one, number in zip(across, (1, most), strict=True):
        for index in range(number):
            key = f"{one}[{index}].frontal_image_url" if one == "elements" else one
            typed.extend(("-p", f"{key}={URLS['video' if 'video' in one else 'image']}"))
    base = least(name, frozenset(across)).arguments
    return _of("shared limit", (*base, *beside, *typed), f"-p {across[0]}")


# ------------------------------------------------------------------------------------ flags and -p


def _flags(name: str) -> Iterator[Wrong]:
    """Every common flag that a model has no parameter for, in one command line."""
    there = parts(name)
    samples = {
        "-i": URLS["image"],
        "--last-frame": URLS["image"],
        "--video": URLS["video"],
        "--aspect-ratio": "16:9",
        "--size": "2K",
        "--duration": "5",
        "--seed": "7",
    }
    if verb(name) == "image":
        samples = {flag: text for flag, text in samples.items() if flag in {"-i", "--aspect-ratio", "--size", "--seed"}}
    lacking = [flag for flag in samples if not set(NAMES[flag]) & set(there) and not _shaped(flag, there)]
    spelled = [f"{flag} {samples[flag]}" for flag in lacking]
    typed = [word for flag in lacking for word in (flag, samples[flag])]
    if verb(name) == "video" and "generate_audio" not in there:
        spelled.append("--with-audio")
        typed.append("--with-audio")
    if lacking:
        yield _of("flag without parameter", (*least(name).arguments, *typed), *spelled)


def _shaped(flag: str, there: Mapping[str, Any]) -> bool:
    """Whether a model has a shape or a length by another name: a preset, two sides, a number of frames."""
    presets = [option for one in NAMES["--size"] for option in there.get(one, {}).get("enum", ())]
    sides = {"width", "height"} <= there.keys()
    if flag == "--aspect-ratio":
        return sides or any(str(option).startswith("square") or "x1" in str(option) for option in presets)
    return (flag == "--size" and sides) or (flag == "--duration" and "frames_per_second" in there)


def _twice(name: str) -> Iterator[Wrong]:
    """A parameter that takes one value, given twice by ``-p``; and by a flag and by ``-p``."""
    base = least(name).arguments
    single = [one for one, part in parts(name).items() if part["type"] != "array" and one not in needed(name)]
    if single:
        typed = [f"{single[0]}=1", f"{single[0]}=2"]
        yield _of("given twice", (*base, "-p", typed[0], "-p", typed[1]), f"-p {typed[1]}")
    if "seed" in parts(name):
        yield _of("flag and -p", (*base, "--seed", "7", "-p", "seed=8"), "--seed 7")
