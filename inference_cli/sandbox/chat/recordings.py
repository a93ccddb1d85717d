"""What a sound or a film is: kind, length, size; all of it is decoded."""

import io
from typing import Any

from inference_cli.sandbox.chat import tokens
from inference_cli.sandbox.chat.seen import Seen

_KINDS = {"mov": "MP4", "matroska": "Matroska", "ogg": "Ogg", "wav": "WAV"}


def look_at_sound(content: bytes) -> Seen:
    """Decode a sound to its end.

    Raises:
        Exception: it can't be decoded; PyAV has some twenty kinds for it.
    """
    import av

    with av.open(io.BytesIO(content), mode="r") as container:
        track = container.streams.audio[0]
        seconds = sum(frame.samples / frame.sample_rate for frame in container.decode(track))
        facts = f"{_kind(container)}, {seconds:.1f} seconds, {track.rate} Hz, {_channels(track.channels)}"
        return Seen("audio", facts, tokens.of_sound(seconds))


def look_at_film(content: bytes) -> Seen:
    """Decode a film to its end.

    Raises:
        Exception: it can't be decoded.
    """
    import av

    with av.open(io.BytesIO(content), mode="r") as container:
        track = container.streams.video[0]
        width, height, sound = track.width, track.height, bool(container.streams.audio)
        rate = float(track.average_rate or 0)
        frames = sum(1 for _ in container.decode(track))
        if not frames:
            raise ValueError("a film without a picture")
        seconds = frames / rate if rate else float(container.duration or 0) / av.time_base
        size = f"{width} x {height} pixels"
        heard = "with sound" if sound else "without sound"
        facts = f"{_kind(container)}, {seconds:.1f} seconds, {size}, {frames} frames, {heard}"
        return Seen("video", facts, tokens.of_film(seconds))


def _kind(container: Any) -> str:
    first = str(container.format.name).partition(",")[0]
    return _KINDS.get(first, first.upper())


def _channels(count: int) -> str:
    return {1: "mono", 2: "stereo"}.get(count, f"{count} channels")
