"""Command lines for every published model that must be accepted, worked out from its schema alone.

What a flag is called in a schema is written down here once more, so that the program's own table is checked by it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.wire import rows

URLS = {
    "image": "https://example.com/fox.png",
    "video": "https://example.com/waves.mp4",
    "audio": "https://example.com/birds.wav",
}
NAMES: dict[str, tuple[str, ...]] = {
    "-i": (
        *("input_image", "input_images", "image_url", "reference_images", "reference_image_urls"),
        *("reference_image_url", "image_style_references"),
    ),
    "--first-frame": ("start_image_url", "first_frame_image"),
    "--last-frame": ("tail_image_url", "last_frame_image", "end_image_url"),
    "--video": ("input_video", "input_videos", "video_url", "reference_videos"),
    "--aspect-ratio": ("aspect_ratio",),
    "--size": ("size", "resolution", "image_size", "target_resolution", "upscale_factor", "scale"),
    "--duration": ("duration", "seconds", "retake_duration"),
    "--seed": ("seed",),
    "--with-audio": ("generate_audio",),
}
_OURS = frozenset({"num_images"})  # a number of outputs is asked for with -n


@dataclass(slots=True)
class Wish:
    """A command line, and the parameters that it must send."""

    name: str
    arguments: list[str] = field(default_factory=list)
    body: dict[str, Any] = field(default_factory=dict)

    def put(self, name: str, value: Any, *arguments: str) -> None:
        """Ask for one parameter."""
        self.arguments.extend(arguments)
        self.body[name] = value

    def command(self, verb: str) -> tuple[str, ...]:
        """The command line as typed."""
        words = tuple(self.arguments)
        return (verb, "-m", self.name, *words)


def verb(name: str) -> str:
    """The command that a model is for."""
    return str(rows()[name]["modalities"]["output"][0])


def parts(name: str) -> dict[str, dict[str, Any]]:
    """A model's parameters."""
    return dict((rows()[name]["request_schema"] or {}).get("properties", {}))


def needed(name: str) -> list[str]:
    """Those that must be given."""
    return list((rows()[name]["request_schema"] or {}).get("required", []))


def takes_words(name: str) -> bool:
    """Whether there is a prompt, described or left to the route."""
    return "prompt" in parts(name) or not needed(name)


def least(name: str, without: frozenset[str] = frozenset()) -> Wish:
    """What a model must have, by flags as far as there are flags.

    Args:
        name: the model's id.
        without: parameters that are left away.
    """
    wish = Wish(name)
    if takes_words(name) and "prompt" not in without:
        wish.put("prompt", "a red fox", "a red fox")
    for one in needed(name):
        if one != "prompt" and one not in without:
            _ask(wish, one, parts(name)[one], flags=True)
    return wish


def fullest(name: str, *, flags: bool) -> Wish:
    """Every parameter that a model has, all in one request.

    Args:
        name: the model's id.
        flags: by the common flags as far as they reach; else all by ``-p``.
    """
    wish = Wish(name)
    if takes_words(name):
        wish.put("prompt", "a red fox", *(("a red fox",) if flags else ("-p", "prompt=a red fox")))
    for one, part in parts(name).items():
        if one not in {"prompt", "multi_prompt"} | _OURS:
            _ask(wish, one, part, flags=flags)
    return wish


def flag_for(name: str, parameter: str) -> str | None:
    """The common flag that reaches a parameter: each reaches the first of its names that a model has."""
    for flag, candidates in NAMES.items():
        first = next((one for one in candidates if one in parts(name)), None)
        if first == parameter:
            return flag
    return None


def _ask(wish: Wish, name: str, part: Mapping[str, Any], *, flags: bool) -> None:
    flag = flag_for(wish.name, name) if flags else None
    if part.get("type") == "array" and "properties" in part.get("items", {}):
        inner = part["items"]["properties"]
        value = [{one: _value(inside) for one, inside in inner.items()}]
        for one, inside in value[0].items():
            text = inside[0] if isinstance(inside, list) else inside
            wish.arguments.extend(("-p", f"{name}[0].{one}={text}"))
        wish.body[name] = value
        return
    value = _value(part)
    if flag == "--with-audio":
        wish.put(name, True, flag)
    elif flag is not None:
        wish.put(name, value, flag, str(value[0] if isinstance(value, list) else value))
    elif isinstance(value, Mapping):
        wish.put(name, value, "-p", f"{name}:={json.dumps(value)}")
    else:
        text = value[0] if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else value
        wish.put(name, value, "-p", f"{name}={text}")


def _value(part: Mapping[str, Any]) -> Any:
    """A value that a parameter takes, as JSON."""
    kind, media = part["type"], part.get("x-media")
    if "enum" in part:
        return part["enum"][-1]
    if kind == "array":
        return [URLS[media] if media else _value(part["items"])]
    if kind == "string":
        return URLS[media or "image"] if media or part.get("format") == "uri" else "words = 2024, and: more"
    if kind in {"integer", "number"}:
        number = part.get("maximum", part.get("minimum", 7))
        return int(number) if number == int(number) else number
    return True if kind == "boolean" else {"x": 1}
