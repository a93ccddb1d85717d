"""Speech, offline: a melody with one note for each syllable of a text, as WAV, MP3, raw PCM or Ogg Opus."""

import functools
import io
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inference_cli.sandbox.media import seeded

SHORTEST, LONGEST = 1.0, 20.0  # seconds
_SYLLABLE, _LAST, _SENTENCE = 0.19, 0.06, 0.34  # seconds; a word's last one is longer by _LAST
_PAUSES = {",": 0.16, ";": 0.2, ":": 0.2, "-": 0.1, ".": _SENTENCE, "!": _SENTENCE, "?": _SENTENCE}
_PAUSES |= {"、": 0.16, "。": _SENTENCE, "…": 0.4, "\n": 0.4, "\uff01": _SENTENCE, "\uff1f": _SENTENCE}
_TAIL = 0.15
_SCALE = (0, 2, 4, 7, 9, 12, 14)  # semitones above the root: a scale in which no two notes quarrel
_PARTIALS = ((1, 0.5), (2, 0.24), (3, 0.12), (4, 0.07), (5, 0.03))
_PIECE = 1024  # samples of a frame

_TOKENS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d|[^\w ]")
_DENSE = re.compile(r"[぀-ヿ㐀-鿿가-힯]")  # scripts with a syllable in each sign
_VOWELS = re.compile(r"[aeiouyà-æè-ïò-öù-ýÿœаеёиоуыэюяєіїαεηιουωάέήίόύώ]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$")

_CONTAINERS = {
    "wav": ("wav", "pcm_s16le"),
    "mp3": ("mp3", "libmp3lame"),
    "pcm": ("s16le", "pcm_s16le"),
    "ogg": ("ogg", "libopus"),
}
_RATES = {
    "mp3": (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000),
    "ogg": (8000, 12000, 16000, 24000, 48000),
}
_EXTENSIONS = {"wav": "wav", "mp3": "mp3", "pcm": "pcm", "ogg_opus": "ogg"}
_ONLY_HERE = frozenset({"sample_rate", "speed", "volume", "pitch", "save_to_workbench"})
"""Parameters that change how a melody sounds, or nothing, but not which one it is."""


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """One text to speak.

    ``format`` is ``wav``, ``mp3``, ``pcm`` (16 bits, little-endian, mono, no header) or ``ogg`` (Opus); ``rate`` is
    samples a second, which MP3 and Opus take to the nearest that they have. ``speed`` and ``volume`` are factors above
    0, ``pitch`` is semitones up. ``heard`` names voices and pictures to follow; they and ``parameters`` join the seed.
    """

    model: str
    prompt: str
    seed: int
    format: str = "mp3"
    rate: int = 24000
    speed: float = 1.0
    volume: float = 1.0
    pitch: int = 0
    heard: Sequence[str] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """What is heard from ``start`` to ``end`` (seconds), ``step`` places up the scale."""

    start: float
    end: float
    step: int


def wishes(
    prompt: str, parameters: Mapping[str, Any], others: Mapping[str, Any], heard: Sequence[str]
) -> dict[str, Any]:
    """What a recipe holds about a sound.

    Args:
        prompt: the text.
        parameters: the request's own over the schema's defaults.
        others: those of them that join the seed of any result.
        heard: the keys of the inputs.
    """
    form = _EXTENSIONS.get(str(parameters.get("output_format")), "mp3")
    speed = float(parameters.get("speed", 1.0))
    return {
        "format": form,
        "rate": nearest_rate(form, int(parameters.get("sample_rate", 24000))),
        "duration": seconds(prompt, speed),
        "speed": speed,
        "volume": float(parameters.get("volume", 1.0)),
        "pitch": int(parameters.get("pitch", 0)),
        "heard": list(heard),
        "parameters": {name: value for name, value in others.items() if name not in _ONLY_HERE},
    }


def nearest_rate(form: str, rate: int) -> int:
    """The nearest number of samples a second that a format has; WAV and PCM have any from 8000 to 192000."""
    choices = _RATES.get(form)
    return min(choices, key=lambda choice: abs(choice - rate)) if choices else min(192_000, max(8000, rate))


def seconds(prompt: str, speed: float = 1.0) -> float:
    """How long a text takes: 1 to 20 seconds, whatever the speed."""
    timing = _timing(prompt, speed)
    return round(max(SHORTEST, min(LONGEST, timing[-1][1] + _TAIL / speed)), 6) if timing else SHORTEST


def syllables(word: str) -> int:
    """How many syllables a word has, at least 1; near enough for a tune."""
    dense = len(_DENSE.findall(word))
    return dense or max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))


def render(spec: VoiceSpec) -> bytes:
    """Speak a text.

    Returns:
        The encoded file, ``seconds(prompt, speed)`` long.

    Raises:
        ValueError: the format is not known, or speed, volume or rate are not above 0.
    """
    if spec.format not in _CONTAINERS:
        raise ValueError(f"the format must be one of {', '.join(_CONTAINERS)}")
    if not (spec.speed > 0 and spec.volume > 0 and spec.rate > 0):
        raise ValueError("speed, volume and rate must be above 0")
    rate = nearest_rate(spec.format, spec.rate)
    rng = seeded(spec.model, spec.prompt, spec.seed, {**spec.parameters, "heard": list(spec.heard)})
    root = rng.choice((146.83, 164.81, 174.61, 196.0, 220.0)) * 2 ** (spec.pitch / 12)
    samples = bytearray(4 * round(seconds(spec.prompt, spec.speed) * rate))
    for note in melody(spec.prompt, spec.speed, rng):
        _sing(samples, note, root * 2 ** (_SCALE[note.step] / 12), 0.4 * spec.volume, rate)
    return _encode(bytes(samples), spec.format, rate)


def melody(prompt: str, speed: float, rng: random.Random) -> list[Note]:
    """The notes of a text: neighbours on the scale, low before a full stop and high before a question mark."""
    notes = []
    step = rng.randrange(2, 5)
    for start, end, mark in _timing(prompt, speed):
        if mark in {"?", "\uff1f"}:
            step = len(_SCALE) - 1
        elif mark:
            step = rng.randrange(2)
        notes.append(Note(start, end, step))
        moved = step + rng.choice((-2, -1, -1, 1, 1, 2))
        step = rng.randrange(2, 5) if mark else min(len(_SCALE) - 1, max(0, moved))
    return notes


@functools.lru_cache(maxsize=8)
def _timing(prompt: str, speed: float) -> tuple[tuple[float, float, str], ...]:
    # Start and end of each syllable in seconds, and the mark that ends a sentence after it.
    return tuple(
        (start / speed, min(end / speed, LONGEST), mark)
        for start, end, mark in _unhurried(prompt, LONGEST * speed)
        if start / speed < LONGEST
    )


def _unhurried(prompt: str, most: float) -> Iterator[tuple[float, float, str]]:
    now = 0.0
    tokens = _TOKENS.findall(prompt)
    for token, following in zip(tokens, [*tokens[1:], ""], strict=False):
        if now >= most:
            return
        if not token[0].isalnum():
            now += _PAUSES.get(token, 0.0) if now else 0.0
            continue
        count = syllables(token)
        for number in range(count):
            last = number == count - 1
            length = _SYLLABLE + (_LAST if last else 0.0)
            yield now, now + length, following if last and _PAUSES.get(following, 0.0) >= _SENTENCE else ""
            now += length


def _sing(samples: bytearray, note: Note, hertz: float, loudness: float, rate: int) -> None:
    """Put a note where it belongs; partials above half the rate would come back as others, so they are left out."""
    first, last = round(note.start * rate), min(round(note.end * rate), len(samples) // 4)
    length = (last - first) / rate
    if length <= 0:
        return
    phase = f"6.2831853*{hertz:.4f}*(t+0.0006*sin(34*t))"  # a slight vibrato
    wave = "+".join(f"{share}*sin({number}*({phase}))" for number, share in _PARTIALS if number * hertz < rate / 2.2)
    shape = f"{loudness:.5f}*(1-exp(-70*t))*exp({-1.6 / length:.5f}*t)*clip(({length:.6f}-t)/0.04,0,1)"
    sound = _heard(f"{shape}*({wave or '0'})", rate, last - first)
    samples[4 * first : 4 * last] = sound


def _heard(expression: str, rate: int, count: int) -> bytes:
    # Exactly ``count`` samples of an expression in t, as 32-bit floats; the source has one more than is taken.
    import av
    from av.filter import Graph

    graph = Graph()
    source = graph.add("aevalsrc", f"exprs='{expression}':s={rate}:n={_PIECE}:d={(count + 1) / rate:.7f}")
    shape = graph.add("aformat", f"sample_fmts=flt:sample_rates={rate}:channel_layouts=mono")
    graph.link_nodes(source, shape, graph.add("abuffersink"))
    graph.configure()
    found = bytearray()
    while len(found) < 4 * count:
        frame = graph.pull()
        assert isinstance(frame, av.AudioFrame)
        found += bytes(frame.planes[0])[: 4 * frame.samples]
    return bytes(found[: 4 * count])


def _encode(samples: bytes, form: str, rate: int) -> bytes:
    import av

    container_name, codec = _CONTAINERS[form]
    stream = io.BytesIO()
    # bitexact: an Ogg stream's serial number and a file's date would otherwise differ each time.
    with av.open(stream, mode="w", format=container_name, options={"fflags": "+bitexact"}) as container:
        track = container.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(track, av.AudioStream)
        for start in range(0, len(samples) // 4, _PIECE):
            piece = samples[4 * start : 4 * (start + _PIECE)]
            frame = av.AudioFrame(format="flt", layout="mono", samples=len(piece) // 4)
            frame.sample_rate, frame.pts = rate, start
            frame.planes[0].update(piece)
            container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return stream.getvalue()
