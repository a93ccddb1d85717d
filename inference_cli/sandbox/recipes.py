"""Recipes: everything that decides the bytes of one result, and the digest that names them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inference_cli.sandbox import lengths, sizes, voice
from inference_cli.sandbox.catalogue import Entry

DRAWN = 2
"""Raised when the pictures change, so that the files of an older version are not served for a new one."""

_APART = frozenset(
    {
        "model", "prompt", "multi_prompt", "seed", "n", "num_images", "num_generations", "response_format",
        "target_namespace", "target_repo", "target_directory", "output_format", "output_quality", "aspect_ratio",
        "size", "resolution", "image_size", "target_resolution", "width", "height", "duration", "seconds", "fps",
        "frames_per_second", "target_fps", "output_fps", "num_frames", "generate_audio", "scale", "upscale_factor",
    }
)  # fmt: skip
_SHAPES = frozenset({"aspect_ratio", "size", "image_size", "width", "height"})
_EXTENSIONS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp", "gif": "gif"}


@dataclass(frozen=True, slots=True)
class Source:
    """An input that was fetched: ``key`` is ``blob:SHA256`` of its bytes or ``made:DIGEST`` of a result of the sandbox.

    Sizes are pixels, the duration is in seconds; None where it has none.
    """

    key: str
    media: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height."""
        return (self.width, self.height) if self.width and self.height else None


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a request by what they are for, and the names of the parameters that held them."""

    first: Source | None = None
    last: Source | None = None
    mask: Source | None = None
    film: Source | None = None
    sound: Source | None = None
    references: tuple[Source, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)


def effective(entry: Entry, body: Mapping[str, Any]) -> dict[str, Any]:
    """The request's parameters over the defaults of the schema."""
    defaults = {name: part["default"] for name, part in entry.properties.items() if "default" in part}
    return {**defaults, **{name: value for name, value in body.items() if value is not None}}


def has_sound(parameters: Mapping[str, Any], inputs: Inputs) -> bool:
    """Whether a film gets an audio track: when it was asked for, by a parameter or by an input sound."""
    asked = parameters.get("generate_audio")
    return asked if isinstance(asked, bool) else inputs.sound is not None


def recipe(entry: Entry, body: Mapping[str, Any], place: int, inputs: Inputs) -> dict[str, Any]:
    """What makes one output.

    Args:
        entry: the model.
        body: the request.
        place: which output of its request, or of equal ones, it is, from 0; its seed is that much higher.
        inputs: what the request's URLs turned out to be.
    """
    parameters = effective(entry, body)
    cuts = lengths.shots(parameters)
    seed = parameters.get("seed")
    prompt = parameters.get("prompt") or (cuts[0][1] if cuts else "")
    made: dict[str, Any] = {
        "drawn": DRAWN,
        "kind": entry.media_type,
        "model": entry.id,
        "prompt": str(prompt),
        "seed": (seed if isinstance(seed, int) else 0) + place,
        "parameters": {
            name: value
            for name, value in sorted(parameters.items())
            if name not in _APART and name not in inputs.names and isinstance(value, str | int | float | bool)
        },
    }
    if entry.media_type == "audio":
        heard = [source.key for source in (inputs.sound, inputs.first, *inputs.references) if source]
        return made | voice.wishes(made["prompt"], parameters, made["parameters"], heard)
    shaped = parameters if inputs.first is None else _without_default_shape(parameters, body)
    if entry.media_type == "video":
        return made | _film(shaped, cuts, inputs)
    return made | _picture(shaped, inputs)


def _without_default_shape(parameters: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """A schema's default shape is meant for words; a picture keeps its own unless the request asks for another."""
    return {name: value for name, value in parameters.items() if name not in _SHAPES or body.get(name) is not None}


def _picture(parameters: Mapping[str, Any], inputs: Inputs) -> dict[str, Any]:
    width, height = sizes.picture_size(parameters, inputs.first.size if inputs.first else None)
    quality = parameters.get("output_quality")
    usable = isinstance(quality, int) and not isinstance(quality, bool) and 1 <= quality <= 100
    return {
        "width": width,
        "height": height,
        "format": _EXTENSIONS.get(str(parameters.get("output_format", "png")), "png"),
        "quality": quality if usable else None,
        "source": _key(inputs.first),
        "mask": _key(inputs.mask),
        "references": [source.key for source in inputs.references],
    }


def _film(parameters: Mapping[str, Any], cuts: tuple[tuple[float, str], ...], inputs: Inputs) -> dict[str, Any]:
    shape = inputs.first or inputs.film or inputs.last
    seconds = lengths.film_seconds(parameters, inputs.film.duration if inputs.film else None)
    rate = lengths.frame_rate(parameters)
    width, height = sizes.film_size(parameters, shape.size if shape else None, seconds * rate)
    return {
        "width": width,
        "height": height,
        "format": "mp4",
        "duration": seconds,
        "fps": rate,
        "shots": [list(shot) for shot in cuts],
        "audio": has_sound(parameters, inputs),
        "source": _key(inputs.first),
        "last": _key(inputs.last),
        "film": _key(inputs.film),
    }


def _key(source: Source | None) -> str | None:
    return source.key if source else None


def digest_of(made: Mapping[str, Any]) -> str:
    """The name of a recipe: 32 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:32]
