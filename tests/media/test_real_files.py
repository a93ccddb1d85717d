"""Files that real encoders wrote: whole ones pass with their facts, cut ones do not."""

import io
from collections.abc import Callable

import av
import pytest
from PIL import Image

from inference_cli.media import kinds
from inference_cli.media.kinds import Kind
from inference_cli.media.reader import CutError
from inference_cli.media.verify import Facts, examine

WIDTH, HEIGHT = 64, 48


def look(data: bytes) -> Facts:
    """The facts of some bytes."""
    return examine(io.BytesIO(data), len(data))


def survivors(data: bytes) -> list[int]:
    """The lengths, out of some 150 all over the file and all near its end, at which a cut goes unnoticed."""
    lengths = {*range(0, len(data), max(1, len(data) // 100)), *range(max(0, len(data) - 50), len(data))}
    found = []
    for length in sorted(lengths):
        try:
            look(data[:length])
        except CutError:
            continue
        found.append(length)
    return found


def picture(name: str, **how: object) -> bytes:
    """A picture of a gradient."""
    image = Image.linear_gradient("L").resize((WIDTH, HEIGHT)).convert("RGB")
    stream = io.BytesIO()
    image.save(stream, name, **how)
    return stream.getvalue()


def film(container: str, codec: str, sound: str | None = None, **how: str) -> bytes:
    """One second of film, with silence where ``sound`` names a codec."""
    stream = io.BytesIO()
    with av.open(stream, "w", format=container, options=how) as output:
        track = output.add_stream(codec, rate=24)
        assert isinstance(track, av.VideoStream)
        track.width, track.height, track.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        silence = output.add_stream(sound, rate=48000) if sound else None
        for number in range(24):
            frame = av.VideoFrame.from_image(  # type: ignore[no-untyped-call] # published without types
                Image.new("RGB", (WIDTH, HEIGHT), (number * 10, 0, 0))
            )
            output.mux(track.encode(frame))
        output.mux(track.encode(None))
        if isinstance(silence, av.AudioStream):
            _be_silent(output, silence)
    return stream.getvalue()


def noise(container: str, codec: str) -> bytes:
    """One second of silence, as sound alone."""
    stream = io.BytesIO()
    with av.open(stream, "w", format=container) as output:
        track = output.add_stream(codec, rate=48000)
        assert isinstance(track, av.AudioStream)
        _be_silent(output, track)
    return stream.getvalue()


def _be_silent(output: av.container.OutputContainer, track: av.AudioStream) -> None:
    frame = av.AudioFrame(format=track.codec_context.format.name, layout="stereo", samples=960)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate = 48000
    for number in range(50):
        frame.pts = number * 960
        output.mux(track.encode(frame))
    output.mux(track.encode(None))


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: picture("PNG"), kinds.PNG),
        (lambda: picture("JPEG"), kinds.JPEG),
        (lambda: picture("JPEG", progressive=True, quality=95), kinds.JPEG),
        (lambda: picture("WEBP"), kinds.WEBP),
        (lambda: picture("WEBP", lossless=True), kinds.WEBP),
        (lambda: picture("GIF"), kinds.GIF),
        (lambda: picture("AVIF"), kinds.AVIF),
    ],
)
def test_pictures(make: Callable[[], bytes], kind: Kind) -> None:
    """As Pillow writes them."""
    data = make()
    assert look(data) == Facts(kind, len(data), WIDTH, HEIGHT)
    assert survivors(data) == []


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: film("mp4", "libx264", "aac"), kinds.MP4),
        (lambda: film("mov", "libx264"), kinds.MOV),
        (lambda: film("webm", "libvpx-vp9", "libopus"), kinds.WEBM),
        (lambda: film("matroska", "libx264"), kinds.MKV),
    ],
)
def test_films(make: Callable[[], bytes], kind: Kind) -> None:
    """As FFmpeg writes them."""
    data = make()
    facts = look(data)
    assert (facts.kind, facts.width, facts.height) == (kind, WIDTH, HEIGHT)
    assert facts.duration == pytest.approx(1, abs=0.05)
    assert survivors(data) == []


def test_a_film_in_fragments() -> None:
    """Its header tells no length."""
    data = film("mp4", "libx264", movflags="frag_keyframe+empty_moov")
    assert look(data) == Facts(kinds.MP4, len(data), WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: noise("wav", "pcm_s16le"), kinds.WAV),
        (lambda: noise("mp3", "libmp3lame"), kinds.MP3),
        (lambda: noise("ogg", "libopus"), kinds.OGG),
        (lambda: noise("ipod", "aac"), kinds.M4A),
    ],
)
def test_sounds(make: Callable[[], bytes], kind: Kind) -> None:
    """As FFmpeg writes them."""
    data = make()
    assert look(data).kind == kind
    assert look(data).duration == pytest.approx(1, abs=0.1)
    assert survivors(data) == []


def test_a_flac_tells_its_length() -> None:
    """Where it is cut among its frames it cannot be told."""
    data = noise("flac", "flac")
    assert look(data) == Facts(kinds.FLAC, len(data), duration=1.0)
