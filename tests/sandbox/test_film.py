"""Films, decoded again."""

import io
import itertools
from dataclasses import replace
from fractions import Fraction

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from inference_cli.sandbox import encoding, film, lettering
from inference_cli.sandbox.media import FilmSpec, render_film

SHORT = FilmSpec(model="m", prompt="a red fox in the snow", seed=3, width=64, height=48, duration=0.5)


def frames(data: bytes) -> list[Image.Image]:
    """Every frame."""
    with av.open(io.BytesIO(data), "r") as container:
        return [frame.to_image() for frame in container.decode(video=0)]  # type: ignore[no-untyped-call]


def distance(one: Image.Image, two: Image.Image) -> float:
    """The mean difference, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, two)).mean) / 3


def still(colour: tuple[int, int, int], size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture of one colour as a file."""
    sink = io.BytesIO()
    Image.new("RGB", size, colour).save(sink, "PNG")
    return sink.getvalue()


def test_the_file_is_what_was_asked_for() -> None:
    """H.264 in yuv420p, of the asked size (even), rate and duration, with AAC when asked, the index in front."""
    data = render_film(replace(SHORT, width=65, height=49, audio=True, duration=1.5))
    with av.open(io.BytesIO(data), "r") as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert video.duration is not None
        assert video.time_base is not None
        assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (video.width, video.height, video.average_rate, video.frames) == (64, 48, Fraction(24), 36)
        assert video.duration * video.time_base == Fraction(3, 2)
        sound = audio.codec_context
        assert (sound.name, sound.sample_rate, sound.layout.name) == ("aac", 48000, "stereo")
    assert data.index(b"moov") < data.index(b"mdat")


def test_without_audio_there_is_no_track() -> None:
    """Silent films are silent."""
    with av.open(io.BytesIO(render_film(SHORT)), "r") as container:
        assert len(container.streams.audio) == 0


def test_the_same_film_twice_is_the_same_bytes() -> None:
    """Pictures and sound; another seed is another film."""
    spec = replace(SHORT, audio=True)
    assert render_film(spec) == render_film(spec) != render_film(replace(spec, seed=4))


def test_cuts_are_at_the_shots() -> None:
    """The difference between neighbouring frames jumps exactly where a shot begins."""
    made = frames(render_film(replace(SHORT, duration=1, shots=((0.25, "waves at noon"), (0.75, "city at night")))))
    jumps = [distance(one, two) for one, two in itertools.pairwise(made)]
    assert len(made) == 24
    assert jumps.index(max(jumps)) == 5
    assert max(jumps) > 4 * max(jumps[:5] + jumps[6:])


def test_the_scene_moves() -> None:
    """The last frame is not the first."""
    made = frames(render_film(replace(SHORT, duration=1)))
    assert distance(made[0], made[-1]) > 1


@pytest.mark.parametrize(
    ("duration", "wanted", "expected"),
    [
        (2.0, (), [("p", 0, 48)]),
        (2.0, ((1, "a"), (1, "b")), [("a", 0, 24), ("b", 24, 48)]),
        (2.0, ((1, "a"), (3, "b")), [("a", 0, 12), ("b", 12, 48)]),
        (0.125, ((0, "a"), (5, "b"), (0, "c"), (1, "d")), [("a", 0, 1), ("b", 1, 2), ("c", 2, 3)]),
        (0.01, (), [("p", 0, 1)]),
    ],
)
def test_shots_fill_the_duration(
    duration: float, wanted: tuple[tuple[float, str], ...], expected: list[tuple[str, int, int]]
) -> None:
    """They are stretched to it, each at least a frame long; more shots than frames are dropped."""
    made = film.shots(replace(SHORT, prompt="p", duration=duration, shots=wanted))
    assert [(shot.prompt, shot.start, shot.end) for shot in made] == expected


def test_a_film_begins_with_its_source_and_ends_in_its_last_picture() -> None:
    """Red first, blue at the end."""
    spec = replace(SHORT, prompt="anything", duration=1, source=still((200, 30, 30)), last=still((30, 30, 200)))
    made = frames(render_film(spec))
    first, last = made[0].getpixel((50, 10)), made[-1].getpixel((50, 10))
    assert isinstance(first, tuple)
    assert isinstance(last, tuple)
    assert first[0] - first[2] > 60
    assert last[2] - last[0] > 60


def test_a_sketch_is_the_same_film_drawn_small() -> None:
    """As large as it was asked for, and alike; a small film is drawn as it is."""
    large = replace(SHORT, width=640, height=360, duration=0.1)
    fine, sketch = frames(render_film(large)), frames(render_film(replace(large, sketched=True)))
    assert [one.size for one in sketch] == [one.size for one in fine] == [(640, 360)] * 2
    assert 0 < distance(fine[0], sketch[0]) < 12
    assert render_film(replace(SHORT, sketched=True)) == render_film(SHORT)


def test_later_shots_see_the_source_closer() -> None:
    """Each shot shows the source in another way; a portrait keeps its head in a wide film."""
    spec = replace(SHORT, duration=0.5, source=still((200, 30, 30), (20, 90)), shots=((1, "rain"), (1, "night")))
    made = frames(render_film(spec))
    assert distance(made[5], made[6]) > 30


def test_a_source_film_is_restyled_and_starts_over_when_it_is_short() -> None:
    """The result has its own duration and resembles the source."""
    source = render_film(replace(SHORT, duration=0.25, prompt="desert at noon"))
    made = frames(render_film(replace(SHORT, prompt="sepia", duration=0.75, source_film=source)))
    assert len(made) == 18
    assert 3 < distance(made[0], frames(source)[0]) < 80


def test_the_plate_of_an_input_does_not_shine_through() -> None:
    """A picture or a film of the sandbox comes without the plate that it had there, scaled or not."""
    text = "a long description that takes the whole of two lines and more than that, so that it is cut at the end"
    plain = Image.new("RGB", (960, 540), (150, 160, 190))
    labelled = plain.copy()
    lettering.label(labelled, text)
    spec = replace(SHORT, prompt="fog", width=480, height=270, duration=0.1)

    def first(**inputs: bytes | None) -> Image.Image:
        return frames(render_film(replace(spec, **inputs)))[0]  # type: ignore[arg-type]

    def film_of(picture: Image.Image) -> bytes:
        sink = io.BytesIO()
        with av.open(sink, "w", format="mp4") as container:
            track = container.add_stream("libx264", rate=24, options={"crf": "20"})
            track.width, track.height, track.pix_fmt = *picture.size, "yuv420p"
            container.mux(track.encode(av.VideoFrame.from_image(picture)))  # type: ignore[no-untyped-call]
            container.mux(track.encode(None))
        return sink.getvalue()

    one, two = (first(source=encoding.encode(picture, "png", None)) for picture in (plain, labelled))
    assert distance(one, two) < 2
    one, two = (first(source_film=film_of(picture)) for picture in (plain, labelled))
    assert distance(one, two) < 2


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (replace(SHORT, source=b"no"), "the input image can't be decoded"),
        (replace(SHORT, last=b"no"), "the input image can't be decoded"),
        (replace(SHORT, source_film=b"no"), "the input video can't be decoded"),
        (replace(SHORT, source_film=still((1, 2, 3))), None),
    ],
)
def test_inputs_that_cant_be_decoded_are_refused(spec: FilmSpec, sentence: str | None) -> None:
    """In a sentence; a picture given as a film is a film of one frame."""
    if sentence is None:
        assert len(frames(render_film(spec))) == 12
    else:
        with pytest.raises(ValueError, match=f"^{sentence}$"):
            render_film(spec)
