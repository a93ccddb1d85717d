"""The sound of a film: a slow chord with plucked notes over wind or surf, synthesised by libavfilter."""

import random
from collections.abc import Iterator

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

from inference_cli.sandbox import wish

RATE = 48000  # samples a second, stereo

_CHORDS = ((1, 1.25, 1.5, 2.25), (1, 1.2, 1.5, 1.8), (1, 1.333, 1.5, 2), (1, 1.5, 1.875, 2.25))
_BEDS = {
    "sea": ("brown", 900, 0.16),
    "beach": ("brown", 1100, 0.16),
    "deep": ("brown", 300, 0.1),
    "city": ("brown", 500, 0.3),
    "space": ("brown", 200, 0.12),
}


def score(prompt: str, duration: float, rng: random.Random) -> Iterator[AudioFrame]:
    """The frames of the whole track, planar floats, as many samples as ``duration`` seconds hold.

    Args:
        prompt: decides the bed of noise: surf for the sea, rain, wind elsewhere.
        duration: seconds, more than 0.
        rng: key, chord and rhythm.
    """
    graph = Graph()
    tones = graph.add("aevalsrc", _arguments(exprs=_tones(rng), s=str(RATE), d=f"{duration:.6f}"))
    colour, cut, pace = _bed(prompt)
    noise = graph.add(
        "anoisesrc",
        _arguments(c=colour, r=str(RATE), a="0.12", d=f"{duration:.6f}", seed=str(rng.randrange(2**31))),
    )
    low = graph.add("lowpass", f"f={cut}")
    swell = graph.add("tremolo", f"f={max(0.1, pace)}:d=0.7")
    stereo = graph.add("aformat", f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts=stereo")
    blend = graph.add("amix", "inputs=2:normalize=0")
    ends = min(0.6, duration / 4)
    fade_in = graph.add("afade", f"t=in:d={ends:.3f}")
    fade_out = graph.add("afade", f"t=out:st={duration - ends:.3f}:d={ends:.3f}")
    shape = graph.add("aformat", f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts=stereo")
    sink = graph.add("abuffersink")
    graph.link_nodes(noise, low, swell, stereo)
    tones.link_to(blend, 0, 0)
    stereo.link_to(blend, 0, 1)
    graph.link_nodes(blend, fade_in, fade_out, shape, sink)
    graph.configure()
    while True:
        try:
            frame = graph.pull()
        except av.error.EOFError:
            return
        assert isinstance(frame, AudioFrame)
        yield frame


def _arguments(**values: str) -> str:
    return ":".join(f"{key}='{value}'" for key, value in values.items())


def _bed(prompt: str) -> tuple[str, int, float]:
    wanted = wish.read(prompt)
    if "rain" in wanted.weather:
        return "white", 5200, 0.1
    return _BEDS.get(wanted.place or "", ("pink", 620, 0.14))


def _tones(rng: random.Random) -> str:
    root = rng.choice((130.81, 146.83, 164.81, 174.61, 196.0))
    chord = rng.choice(_CHORDS)
    pad = "+".join(
        f"0.045*sin({6.2832 * root * ratio:.4f}*t)*(0.7+0.3*sin({rng.uniform(0.5, 1.3):.3f}*t+{number}))"
        for number, ratio in enumerate(chord)
    )
    beat = rng.choice((0.75, 1.0, 1.2))
    sides = []
    for side in range(2):
        plucks = "+".join(
            f"0.08*sin({6.2832 * root * ratio * 2:.4f}*t)"
            f"*exp(-5*mod(t+{beat * (number + side * 0.5):.3f},{beat * 4:.3f}))"
            for number, ratio in enumerate(chord)
        )
        sides.append(f"{pad}+{plucks}")
    return "|".join(sides)
