"""What the offline models deliver: pictures and films as bytes, seeded, the same every time on one version."""

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SMALLEST, LARGEST = 16, 8192


@dataclass(frozen=True, slots=True)
class ImageSpec:
    """One picture to make.

    Sizes are pixels (16 to 8192 a side). ``format`` is ``png``, ``jpeg`` (or ``jpg``), ``webp`` or ``gif``; ``quality``
    (1 to 100) concerns JPEG and WebP. With ``source``, the bytes of a picture, it is an edit of that picture: where
    ``mask`` (a picture too) is light or transparent it changes, elsewhere the source stays. ``references`` are further
    input pictures. ``parameters`` are whatever else was asked; they join the seed.
    """

    model: str
    prompt: str
    seed: int
    width: int
    height: int
    format: str = "png"
    quality: int | None = None
    source: bytes | None = None
    mask: bytes | None = None
    references: tuple[bytes, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilmSpec:
    """One film to make: MP4, H.264 in yuv420p, with an AAC track when ``audio`` is set.

    Sizes are pixels (16 to 8192 a side), rounded down to even numbers as the codec needs them; ``duration`` is seconds,
    kept exact to a frame of ``fps``. ``shots`` are (seconds, prompt), each a scene of its own after a hard cut; where
    their sum is not the duration they are stretched to it. ``source`` is the first picture (the film moves over it),
    ``last`` the picture it ends in, ``source_film`` a film whose frames are restyled. Where it is ``sketched``, a large
    one is as large, but drawn small and enlarged, in a quarter of the time.
    """

    model: str
    prompt: str
    seed: int
    width: int
    height: int
    duration: float
    fps: int = 24
    shots: tuple[tuple[float, str], ...] = ()
    audio: bool = False
    source: bytes | None = None
    last: bytes | None = None
    source_film: bytes | None = None
    sketched: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)


def render_image(spec: ImageSpec) -> bytes:
    """Draw a picture, or edit the one that was given.

    Returns:
        The encoded file, exactly as large as asked.

    Raises:
        ValueError: an input is no picture that can be decoded, or size or format are out of range.
    """
    from inference_cli.sandbox import encoding, lettering, painting

    _check_size(spec.width, spec.height)
    rng = seeded(spec.model, spec.prompt, spec.seed, spec.parameters)
    size = (spec.width, spec.height)
    if spec.source is None:
        picture = painting.paint(spec.prompt, rng, size, spec.references)
    else:
        picture = painting.edit(spec.prompt, rng, size, spec.source, spec.mask, spec.references)
    lettering.label(picture, spec.prompt)
    return encoding.encode(picture, spec.format, spec.quality)


def render_film(spec: FilmSpec) -> bytes:
    """Shoot a film.

    Returns:
        The MP4 file, its index in front (faststart).

    Raises:
        ValueError: an input can't be decoded, or size, duration or frame rate are out of range.
    """
    from inference_cli.sandbox import film

    _check_size(spec.width, spec.height)
    if not 0 < spec.duration <= 600:
        raise ValueError("the duration must be more than 0 and at most 600 seconds")
    if not 1 <= spec.fps <= 60:
        raise ValueError("the frame rate must be 1 to 60")
    return film.shoot(spec, seeded(spec.model, spec.prompt, spec.seed, spec.parameters))


def seeded(model: str, prompt: str, seed: int, parameters: Mapping[str, Any]) -> random.Random:
    """The numbers that everything in one output is drawn from; the same wherever and whenever they are asked for."""
    text = json.dumps([model, prompt, seed, dict(parameters)], sort_keys=True, default=str)
    return random.Random(int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big"))


def _check_size(width: int, height: int) -> None:
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise ValueError(f"the size must be {SMALLEST} to {LARGEST} pixels a side")
