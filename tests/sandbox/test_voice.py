import io
import itertools
import random
from array import array
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import av
import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.sandbox import voice
from inference_cli.sandbox.voice import Note, VoiceSpec

TEXT = "Good morning, everybody. How are you?"
SPEC = VoiceSpec("m", TEXT, 7, "wav", 8000)


def heard(content: bytes, form: str, rate: int) -> tuple[int, int, list[float]]:
    """The rate, the number of samples and the samples themselves, -1 to 1, as a decoder gives them."""
    raw = {"format": "s16le", "options": {"sample_rate": str(rate)}} if form == "pcm" else {}
    flat = av.AudioResampler(format="flt", layout="mono")
    found, seen = array("f"), 0
    with av.open(io.BytesIO(content), mode="r", **raw) as container:  # type: ignore[call-overload]
        for frame in container.decode(audio=0):
            seen = frame.sample_rate
            for piece in flat.resample(frame):
                found.frombytes(bytes(piece.planes[0])[: 4 * piece.samples])
    return seen, len(found), list(found)


def loudest(spec: VoiceSpec) -> float:
    """The highest sample of a WAV."""
    return max(heard(voice.render(spec), "wav", spec.rate)[2])


def crossings(spec: VoiceSpec) -> int:
    """How often the first syllable passes zero upwards, which tells how high it is."""
    note = voice.melody(spec.prompt, spec.speed, random.Random(0))[0]
    samples = heard(voice.render(spec), "wav", spec.rate)[2][: int(note.end * spec.rate)]
    return sum(before < 0 <= after for before, after in itertools.pairwise(samples))


@pytest.mark.parametrize(
    ("form", "asked", "rate"),
    [
        ("wav", 8000, 8000),
        ("wav", 44100, 44100),
        ("pcm", 16000, 16000),
        ("pcm", 48000, 48000),
        ("mp3", 24000, 24000),
        ("mp3", 31000, 32000),
        ("ogg", 16000, 48000),
        ("ogg", 44100, 48000),
    ],
)
def test_each_format_decodes_to_the_asked_rate_and_the_length_of_the_text(form: str, asked: int, rate: int) -> None:
    """To the sample, or to a frame where there is padding; Opus is always decoded at 48 kHz. It is not silent."""
    seen, count, samples = heard(voice.render(replace(SPEC, format=form, rate=asked)), form, rate)
    assert seen == rate
    assert count / rate == pytest.approx(voice.seconds(TEXT), abs=0.03)
    assert 0.15 < max(samples) < 0.9


def test_raw_samples_have_no_header() -> None:
    """Two bytes for each sample, and nothing else."""
    assert len(voice.render(replace(SPEC, format="pcm"))) == 2 * round(voice.seconds(TEXT) * 8000)


@pytest.mark.parametrize("form", ["wav", "mp3", "pcm", "ogg"])
def test_the_same_request_sounds_the_same(form: str) -> None:
    """Byte for byte; another seed does not."""
    spec = replace(SPEC, format=form)
    assert voice.render(spec) == voice.render(spec) != voice.render(replace(spec, seed=8))


@pytest.mark.parametrize(
    "change",
    [
        {"model": "n"},
        {"prompt": "Bad morning, everybody. How are you?"},
        {"heard": ["x"]},
        {"parameters": {"voice": "b"}},
    ],
)
def test_what_decides_the_melody(change: Mapping[str, Any]) -> None:
    """Model, text, voices to follow, and other parameters."""
    assert voice.render(SPEC) != voice.render(replace(SPEC, **change))


def test_volume_speed_and_pitch_change_how_one_melody_sounds() -> None:
    """Twice the volume is twice as loud, twice the speed half as long, and 12 semitones are an octave."""
    assert loudest(replace(SPEC, volume=2.0)) == pytest.approx(2 * loudest(SPEC), rel=0.01)
    assert voice.seconds(TEXT, 2.0) == pytest.approx(voice.seconds(TEXT) / 2, abs=1e-5)
    assert crossings(replace(SPEC, pitch=12)) == pytest.approx(2 * crossings(SPEC), abs=2)


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("the", 1), ("melody", 3), ("make", 1), ("table", 2), ("hmm", 1), ("7", 1), ("音楽", 2), ("молоко", 3)],
)
def test_syllables(word: str, count: int) -> None:
    """A group of vowels each, a sign each where a script writes syllables."""
    assert voice.syllables(word) == count


@pytest.mark.parametrize(("prompt", "length"), [("", 1.0), ("...", 1.0), ("hi", 1.0), ("word " * 400, 20.0)])
def test_the_shortest_and_the_longest(prompt: str, length: float) -> None:
    """1 to 20 seconds, also of nothing and of a book."""
    assert voice.seconds(prompt) == length
    assert heard(voice.render(replace(SPEC, prompt=prompt)), "wav", 8000)[1] == length * 8000


def test_a_sentence_ends_low_and_a_question_high() -> None:
    """A note for each syllable; one word follows another at once, a comma makes a pause."""
    notes = voice.melody("No, no. No?", 1.0, random.Random(1))
    assert [(round(note.start, 2), round(note.end, 2)) for note in notes] == [
        (0.0, 0.25),
        (0.41, 0.66),
        (1.0, 1.25),
    ]
    assert notes[1].step in {0, 1}
    assert notes[2] == Note(notes[2].start, notes[2].end, 6)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.floats(0.5, 2.0))
def test_notes_follow_one_another_within_the_length(prompt: str, speed: float) -> None:
    """Whatever the text is."""
    notes = voice.melody(prompt, speed, random.Random(0))
    bounds = [bound for note in notes for bound in (note.start, note.end)]
    assert bounds == sorted(bounds)
    assert 1.0 <= voice.seconds(prompt, speed) <= 20.0
    assert not bounds or bounds[-1] <= voice.seconds(prompt, speed) + 1e-6


def test_a_voice_too_high_for_the_rate_is_silent_not_wrong() -> None:
    """Partials above half the rate are left out."""
    assert max(heard(voice.render(replace(SPEC, pitch=60)), "wav", 8000)[2]) == 0


@pytest.mark.parametrize("change", [{"format": "flac"}, {"speed": 0.0}, {"volume": -1.0}, {"rate": 0}])
def test_what_can_not_be_spoken(change: Mapping[str, Any]) -> None:
    """Refused before anything is rendered."""
    with pytest.raises(ValueError, match="must be"):
        voice.render(replace(SPEC, **change))


@pytest.mark.parametrize(
    ("form", "rate", "nearest"),
    [("mp3", 23000, 22050), ("ogg", 32000, 24000), ("wav", 1, 8000), ("pcm", 10**9, 192_000)],
)
def test_the_nearest_rate(form: str, rate: int, nearest: int) -> None:
    """Of those that the format has."""
    assert voice.nearest_rate(form, rate) == nearest


def test_what_a_recipe_holds() -> None:
    """The schema's defaults or what was asked; what only changes the sound does not join the seed."""
    asked = {"output_format": "ogg_opus", "sample_rate": 44100, "speed": 2, "volume": 0.5, "pitch": -3}
    assert voice.wishes("hi", asked, {"speed": 2, "voice": "b"}, ["blob:x"]) == {
        "format": "ogg",
        "rate": 48000,
        "duration": 1.0,
        "speed": 2.0,
        "volume": 0.5,
        "pitch": -3,
        "heard": ["blob:x"],
        "parameters": {"voice": "b"},
    }


def test_a_note_after_the_end_is_not_heard() -> None:
    """What begins within half a sample of the end has no sample left."""
    samples = bytearray(400)
    voice._sing(samples, Note(1.0, 1.1, 0), 200.0, 0.4, 8000)
    assert samples == bytes(400)
