"""What a shot shows, frame by frame: a painted scene, a picture that the camera moves over, or another film."""

import io
import random
from collections.abc import Iterator
from typing import Protocol

import av
from av.video.frame import VideoFrame
from PIL import Image

from inference_cli.sandbox import brush, drawing, palette, peeling, pictures, retouch, wish
from inference_cli.sandbox.brush import Size
from inference_cli.sandbox.scene import Layer, Plate, Stage, Weather

_MARGIN = 0.06  # of the shorter side: how far the camera travels each way


class Footage(Protocol):
    """One shot."""

    def frame(self, time: float, share: float) -> Image.Image:
        """The picture after ``time`` seconds of the film, at ``share`` (0 to 1) of the shot; RGB, the caller's own."""


class Painted:
    """A scene painted from a prompt, its layers moving against each other as the camera travels past."""

    def __init__(self, prompt: str, rng: random.Random, size: Size) -> None:
        self._size = size
        self._margin = max(2, round(min(size) * _MARGIN))
        canvas = size[0] + 2 * self._margin, size[1]
        stage = drawing.compose(prompt, rng, canvas)
        self._backdrop = brush.grain(stage.backdrop, rng, 3)
        self._parts = _plates(stage)
        self._weather: list[Weather] = stage.weather
        self._way = rng.choice((-1, 1))

    def frame(self, time: float, share: float) -> Image.Image:
        """The scene from where the camera is by then."""
        travel = self._way * (2 * _eased(share) - 1) * self._margin
        picture = self._backdrop.crop((self._margin, 0, self._margin + self._size[0], self._size[1]))
        for part in self._parts:
            left = self._margin + travel * (0.12 + 0.88 * part.depth)
            if isinstance(part, Plate):
                picture = part.onto(picture, left)
            else:
                right, down = part.motion.offset(time) if part.motion else (0.0, 0.0)
                part.onto(picture, (right - left, down))
        for weather in self._weather:
            weather.onto(picture, time)
        return picture


class Moved:
    """A picture that the camera moves over, in the prompt's weather; shots after the first see it closer, regraded."""

    def __init__(self, source: Image.Image, prompt: str, rng: random.Random, size: Size, number: int) -> None:
        self._size = size
        large = round(size[0] * 1.25), round(size[1] * 1.25)
        share = source.width / source.height / (size[0] / size[1])
        # A portrait in a wide film would lose its head: it is shown whole, its surroundings blurred.
        fit = pictures.cover if 0.6 < share < 1.6 else pictures.contain
        self._picture = fit(source, large)
        if number:
            self._picture = retouch.graded(self._picture, prompt, rng)
        self._near = 1.0 if number == 0 else rng.uniform(0.62, 0.74)
        self._far = self._near * 0.86
        self._towards = rng.uniform(0.25, 0.75), rng.uniform(0.3, 0.7)
        self._weather = _weather(prompt, rng, size)

    def frame(self, time: float, share: float) -> Image.Image:
        """The picture, from the whole of it slowly closer."""
        zoom = self._near + (self._far - self._near) * _eased(share)
        wide, tall = self._picture.width * zoom, self._picture.height * zoom
        left = (self._picture.width - wide) * self._towards[0]
        top = (self._picture.height - tall) * self._towards[1]
        picture = self._picture.resize(self._size, Image.Resampling.BILINEAR, box=(left, top, left + wide, top + tall))
        for weather in self._weather:
            weather.onto(picture, time)
        return picture


class Restyled:
    """Another film, its frames regraded, in the weather of the prompt; it starts over when it is too short."""

    def __init__(self, film: bytes, prompt: str, rng: random.Random, size: Size) -> None:
        self._size = size
        self._prompt = prompt
        self._look = rng.getrandbits(64)
        self._weather = _weather(prompt, rng, size)
        self._frames = _decoded(film, size)
        self._now, self._next = next(self._frames), next(self._frames, None)

    def frame(self, time: float, share: float) -> Image.Image:
        """The frame of the source at ``time``."""
        del share
        while self._next is not None and self._next[0] <= time:
            self._now, self._next = self._next, next(self._frames, None)
        picture = retouch.graded(self._now[1], self._prompt, random.Random(self._look))
        for weather in self._weather:
            weather.onto(picture, time)
        return picture


def _decoded(film: bytes, size: Size) -> Iterator[tuple[float, Image.Image]]:
    # Time, in seconds, runs on when the film starts over.
    past = 0.0
    while True:
        last = -1.0
        try:
            with av.open(io.BytesIO(film), "r") as container:
                for frame in container.decode(video=0):
                    last = max(last, float(frame.time or 0.0))
                    yield past + last, _fitted(frame, size)
        except (av.error.FFmpegError, IndexError) as error:
            if last < 0:
                raise ValueError("the input video can't be decoded") from error
        if last < 0:
            raise ValueError("the input video has no frames")
        past += last + 1 / 24


def _fitted(frame: VideoFrame, size: Size) -> Image.Image:
    labelled: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    plain = peeling.peeled(labelled)
    if plain is not labelled:
        return pictures.cover(plain, size)
    # The scaler of the codec is many times faster than Pillow; both cover the frame and cut what hangs over.
    share = max(size[0] / frame.width, size[1] / frame.height)
    width, height = max(size[0], round(frame.width * share)), max(size[1], round(frame.height * share))
    picture: Image.Image = frame.reformat(width, height, "rgb24").to_image()  # type: ignore[no-untyped-call]
    return pictures.cover(picture, size)


def _weather(prompt: str, rng: random.Random, size: Size) -> list[Weather]:
    wanted = wish.read(prompt)
    stage = Stage(size, wanted, palette.choose(wanted, rng), rng, Image.new("RGB", (1, 1)))
    drawing.precipitate(stage)
    return stage.weather


def _plates(stage: Stage) -> list[Layer | Plate]:
    parts: list[Layer | Plate] = []
    group: list[Layer] = []
    for layer in [*stage.layers, None]:
        if group and (layer is None or layer.motion is not None or abs(layer.depth - group[0].depth) > 0.2):
            parts.append(Plate.of(group, stage.size))
            group = []
        if layer is not None and layer.motion is not None:
            parts.append(layer)
        elif layer is not None:
            group.append(layer)
    return parts


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share) * 0.5 + share * 0.5
