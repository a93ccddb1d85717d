"""Films: shots in a row, encoded as MP4 by libx264 on one thread, so that the bytes are the same every time."""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from inference_cli.sandbox import lettering, peeling, pictures, sound
from inference_cli.sandbox.brush import Size
from inference_cli.sandbox.footage import Footage, Moved, Painted, Restyled

if TYPE_CHECKING:
    from inference_cli.sandbox.media import FilmSpec

# Pixels of a frame; larger films are drawn at this and enlarged by the encoder's scaler. Restyling costs several times
# as much a frame as moving layers does; drawing at 720p four times as much as everything else together.
_MOST_DRAWN, _MOST_RESTYLED, _MOST_SKETCHED = 1280 * 720, 854 * 480, 320 * 180
_BT709 = 1  # primaries, transfer and matrix of HD, as H.264 numbers them


@dataclass(frozen=True, slots=True)
class Shot:
    """One shot: its prompt, and its first and last frame (exclusive)."""

    prompt: str
    start: int
    end: int


def shots(spec: "FilmSpec") -> tuple[Shot, ...]:
    """The shots in frames; they fill the duration exactly, each at least a frame long."""
    count = max(1, round(spec.duration * spec.fps))
    wanted = [(max(0.0, seconds), prompt) for seconds, prompt in spec.shots][:count] or [(1.0, spec.prompt)]
    total = sum(seconds for seconds, _ in wanted) or 1.0
    result: list[Shot] = []
    past = 0.0
    for number, (seconds, prompt) in enumerate(wanted):
        past += seconds
        start = result[-1].end if result else 0
        left = len(wanted) - number - 1
        end = count if not left else min(max(round(count * past / total), start + 1), count - left)
        result.append(Shot(prompt, start, end))
    return tuple(result)


def shoot(spec: "FilmSpec", rng: random.Random) -> bytes:
    """Render and encode a film.

    Raises:
        ValueError: an input can't be decoded.
    """
    frames = _frames(spec, rng)
    first = next(frames)  # an input that can't be decoded fails here, before a file is opened
    with tempfile.TemporaryDirectory(prefix="inference-film-") as folder:
        # Moving the index to the front reads the file again: it has to be a real one.
        path = Path(folder, "film.mp4")
        _encode(path, spec, first, frames, random.Random(rng.getrandbits(64)))
        return path.read_bytes()


def _drawn(size: Size, most: int) -> Size:
    share = min(1.0, (most / (size[0] * size[1])) ** 0.5)
    return max(8, round(size[0] * share / 2) * 2), max(8, round(size[1] * share / 2) * 2)


def _frames(spec: "FilmSpec", rng: random.Random) -> Iterator[tuple[Image.Image, bool]]:
    # Each frame, and whether a shot begins with it.
    most = _MOST_DRAWN if spec.source_film is None else _MOST_RESTYLED
    size = _drawn((spec.width, spec.height), _MOST_SKETCHED if spec.sketched else most)
    plan = shots(spec)
    source = None if spec.source is None else peeling.peeled(pictures.read(spec.source))
    last = None if spec.last is None else pictures.cover(peeling.peeled(pictures.read(spec.last)), size)
    restyled = None if spec.source_film is None else Restyled(spec.source_film, spec.prompt, rng, size)
    for number, shot in enumerate(plan):
        footage: Footage
        if restyled is not None:
            footage = restyled
        elif source is not None:
            footage = Moved(source, shot.prompt, rng, size, number)
        else:
            footage = Painted(shot.prompt, rng, size)
        plate = lettering.Plate(size, shot.prompt)
        for index in range(shot.start, shot.end):
            share = (index - shot.start) / max(1, shot.end - shot.start - 1)
            picture = footage.frame(index / spec.fps, share)
            if last is not None and shot is plan[-1]:
                picture = Image.blend(picture, last, min(1.0, max(0.0, (share - 0.5) / 0.45)))
            plate.onto(picture)
            yield picture, index == shot.start


def _encode(
    path: Path,
    spec: "FilmSpec",
    first: tuple[Image.Image, bool],
    frames: Iterator[tuple[Image.Image, bool]],
    rng: random.Random,
) -> None:
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}) as container:
        video = container.add_stream(
            "libx264", rate=Fraction(spec.fps), options={"preset": "veryfast", "crf": "20", "threads": "1"}
        )
        video.width, video.height, video.pix_fmt = spec.width // 2 * 2, spec.height // 2 * 2, "yuv420p"
        video.time_base = Fraction(1, spec.fps)
        video.codec_context.thread_count = 1
        video.codec_context.gop_size = spec.fps * 2
        _tag(video.codec_context)
        count = max(1, round(spec.duration * spec.fps))
        length = count / spec.fps
        track = container.add_stream("aac", rate=sound.RATE, layout="stereo") if spec.audio else None
        score = (
            sound.score(spec.prompt or " ".join(prompt for _, prompt in spec.shots), length, rng)
            if spec.audio
            else iter(())
        )
        heard = 0.0
        for index, (picture, cut) in enumerate(_chained(first, frames)):
            container.mux(video.encode(_frame(picture, video.width, video.height, index, cut=cut)))
            while track is not None and heard <= index / spec.fps:
                piece = next(score, None)
                if piece is None:
                    break
                heard += piece.samples / sound.RATE
                container.mux(track.encode(piece))
        container.mux(video.encode(None))
        if track is not None:
            for piece in score:
                container.mux(track.encode(piece))
            container.mux(track.encode(None))


def _chained(
    first: tuple[Image.Image, bool], rest: Iterator[tuple[Image.Image, bool]]
) -> Iterator[tuple[Image.Image, bool]]:
    yield first
    yield from rest


def _tag(context: "av.VideoCodecContext") -> None:
    context.color_range = ColorRange.MPEG
    context.colorspace = _BT709
    context.color_primaries = _BT709
    context.color_trc = _BT709


def _frame(picture: Image.Image, width: int, height: int, index: int, *, cut: bool) -> VideoFrame:
    drawn: VideoFrame = VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
    frame = drawn.reformat(width, height, "yuv420p", dst_colorspace=Colorspace.ITU709)
    frame.pts = index
    frame.pict_type = PictureType.I if cut else PictureType.NONE
    return frame
