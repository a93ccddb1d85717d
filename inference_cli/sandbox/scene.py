"""A scene: layers from far to near, each a colour through a mask, still or in motion."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image, ImageChops

from inference_cli.sandbox import brush
from inference_cli.sandbox.brush import Point, Size
from inference_cli.sandbox.colour import Colour
from inference_cli.sandbox.palette import Palette
from inference_cli.sandbox.wish import Wish

_RESERVE = 0.06  # of the shorter side; nothing that fills the canvas sways or drifts further


@dataclass(frozen=True, slots=True)
class Motion:
    """How a layer moves by itself, in pixels and seconds: along ``speed``, swaying by ``sway`` every ``period``."""

    speed: Point = (0.0, 0.0)
    sway: Point = (0.0, 0.0)
    period: float = 4.0
    phase: float = 0.0

    def offset(self, time: float) -> Point:
        """How far it has gone after ``time`` seconds."""
        wave = math.sin(2 * math.pi * (time / self.period + self.phase))
        return self.speed[0] * time + self.sway[0] * wave, self.speed[1] * time + self.sway[1] * wave


@dataclass(frozen=True, slots=True)
class Layer:
    """Paint (a colour, or a picture as large as the mask) laid through a mask at a corner; ``depth`` 0 far, 1 near."""

    paint: Colour | Image.Image
    mask: Image.Image
    corner: tuple[int, int]
    depth: float
    motion: Motion | None = None

    def onto(self, canvas: Image.Image, shift: Point = (0.0, 0.0)) -> None:
        """Lay it on; what hangs over the edge is cut."""
        left, top = self.corner[0] + round(shift[0]), self.corner[1] + round(shift[1])
        canvas.paste(self.paint, (left, top, left + self.mask.width, top + self.mask.height), self.mask)


class Weather(Protocol):
    """What falls or floats in front of everything."""

    def onto(self, canvas: Image.Image, time: float) -> None:
        """Draw it as it is after ``time`` seconds."""


@dataclass(slots=True)
class Stage:
    """Where a scene is being painted: the canvas, what is wished for, and the layers so far.

    ``size`` is the canvas in pixels, ``unit`` its shorter side: things are sized by it, so that a motif
    is as large in a portrait as in a landscape.
    """

    size: Size
    wish: Wish
    palette: Palette
    rng: random.Random
    backdrop: Image.Image
    layers: list[Layer] = field(default_factory=list)
    weather: list[Weather] = field(default_factory=list)

    @property
    def unit(self) -> float:
        """The shorter side in pixels."""
        return float(min(self.size))

    @property
    def reserve(self) -> int:
        """How many pixels a layer as wide as the canvas reaches beyond each side of it, if it moves by itself."""
        return math.ceil(self.unit * _RESERVE)

    def fill(
        self,
        paint: Colour | tuple[Colour, ...],
        polygons: Sequence[Sequence[Point]],
        depth: float,
        *,
        strength: float = 1.0,
        soft: float = 0.0,
        motion: Motion | None = None,
    ) -> None:
        """Lay a shape on: one colour, or several as a gradient from its top to its bottom.

        Args:
            paint: the colour or colours.
            polygons: in pixels of the canvas.
            depth: 0 far to 1 near.
            strength: how much it covers, 0 to 1.
            soft: how far its edges blur, in pixels.
            motion: when it moves by itself.
        """
        # What moves into the picture has to be there before; where the border cuts a shape, its blur must not begin.
        beyond = max(self.size) if motion else math.ceil(2 * soft) + 1 if soft else 0
        made = brush.shape(polygons, self.size, beyond)
        if made is None:
            return
        mask, corner = made
        if soft:
            mask, corner = brush.softened(mask, corner, soft)
        self.lay(paint, mask, corner, depth, strength=strength, motion=motion)

    def lay(
        self,
        paint: Colour | tuple[Colour, ...],
        mask: Image.Image,
        corner: tuple[int, int],
        depth: float,
        *,
        strength: float = 1.0,
        motion: Motion | None = None,
    ) -> None:
        """Lay a mask on at a corner, in one colour or a gradient from top to bottom."""
        if strength < 1:
            mask = brush.fade(mask, strength)
        colour = paint if _is_colour(paint) else brush.vertical(mask.size, paint)  # type: ignore[arg-type]
        self.layers.append(Layer(colour, mask, corner, depth, motion))  # type: ignore[arg-type]

    def shine(self, centre: Point, diameter: float, colour: Colour, depth: float, strength: float = 1.0) -> None:
        """A soft round light."""
        mask = brush.glow(round(diameter))
        corner = round(centre[0] - diameter / 2), round(centre[1] - diameter / 2)
        self.lay(colour, mask, corner, depth, strength=strength)

    def still(self) -> Image.Image:
        """Everything laid together, RGB."""
        canvas = self.backdrop.copy()
        for layer in self.layers:
            layer.onto(canvas)
        for weather in self.weather:
            weather.onto(canvas, 2.0)
        return canvas


def _is_colour(paint: Colour | tuple[Colour, ...]) -> bool:
    return isinstance(paint[0], int)


@dataclass(frozen=True, slots=True)
class Plate:
    """Neighbouring layers of about one depth laid together, only as large as they are.

    ``light`` is what they give (their colours already weakened by their masks), ``cover`` how much of what is behind
    them they hide.
    """

    light: Image.Image
    cover: Image.Image
    corner: tuple[int, int]
    depth: float

    @classmethod
    def of(cls, layers: Sequence[Layer], size: Size) -> "Plate":
        """Lay them together over nothing; ``size`` is that of the canvas."""
        light, cover = Image.new("RGB", size), Image.new("L", size)
        for layer in layers:
            layer.onto(light)
            corner = (*layer.corner, layer.corner[0] + layer.mask.width, layer.corner[1] + layer.mask.height)
            cover.paste(255, corner, layer.mask)
        box = cover.getbbox() or (0, 0, 1, 1)
        return cls(light.crop(box), cover.crop(box), (box[0], box[1]), layers[-1].depth)

    def onto(self, canvas: Image.Image, left: float) -> Image.Image:
        """The canvas, whose left edge stands at ``left`` of the scene (to a fraction of a pixel), with this over it."""
        whole = math.floor(left)
        x, y = self.corner[0] - whole, self.corner[1]
        light, cover = self._shifted(left - whole)
        part = canvas.crop((x, y, x + light.width, y + light.height))
        part.paste((0, 0, 0), (0, 0, *part.size), cover)
        canvas.paste(ImageChops.add(part, light), (x, y))
        return canvas

    def _shifted(self, fraction: float) -> tuple[Image.Image, Image.Image]:
        width, height = self.light.size
        if width < 3 or fraction < 0.02:
            return self.light, self.cover
        box = (fraction, 0.0, float(width), float(height))
        size = (width - 1, height)
        return self.light.resize(size, Image.Resampling.BILINEAR, box), self.cover.resize(
            size, Image.Resampling.BILINEAR, box
        )
