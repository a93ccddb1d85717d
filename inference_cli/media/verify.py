"""Whether a file is whole: its container walked to the end, and what that tells about it."""

import os
from pathlib import Path
from typing import BinaryIO

from inference_cli.errors import DamagedError
from inference_cli.frozen import dataclass, replace
from inference_cli.media import boxes, kinds, matroska, pictures, sound
from inference_cli.media.kinds import Kind, sniff
from inference_cli.media.reader import CutError, Reader


@dataclass(frozen=True, slots=True)
class Facts:
    """A whole file: bytes, pixels and seconds, None where its format tells none."""

    kind: Kind
    size: int
    width: int | None = None
    height: int | None = None
    duration: float | None = None


def verify(path: Path) -> Facts:
    """Check that a downloaded file is media, and complete (faults A16, D10).

    Raises:
        DamagedError: it is empty, cut, or none of the formats known here.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        try:
            return examine(stream, size)
        except CutError as cut:
            raise DamagedError(f"{path.name} is damaged: {cut}") from None


def examine(stream: BinaryIO, size: int) -> Facts:
    """The facts of an open file of that many bytes.

    Raises:
        CutError: as ``verify``.
    """
    head = stream.read(kinds.HEAD)
    stream.seek(0)
    kind = sniff(head)
    if kind is None:
        raise CutError("it is empty" if not size else _described(head))
    return _walk(Facts(kind, size), Reader(stream, size))


def _described(head: bytes) -> str:
    """What stands in place of media: often an error page under a media name."""
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "it is an HTML page"
    if start.startswith(b"<"):
        return "it is an XML text"
    if start.startswith((b"{", b"[")):
        return "it is a JSON text"
    return "it is no picture, film or sound that is known here"


def _walk(facts: Facts, reader: Reader) -> Facts:
    kind = facts.kind
    if kind in _PICTURES:
        width, height = _PICTURES[kind](reader)
        return replace(facts, width=width, height=height)
    if kind in _SOUNDS:
        return replace(facts, duration=_SOUNDS[kind](reader))
    if kind == kinds.GIF:
        (width, height), duration = pictures.gif(reader)
        return replace(facts, width=width, height=height, duration=duration)
    if kind in {kinds.MP4, kinds.MOV, kinds.M4A}:
        film = boxes.film(reader)
        kind = kinds.M4A if kind == kinds.MP4 and not film.pictures else kind
        return replace(facts, kind=kind, width=film.width, height=film.height, duration=film.duration)
    if kind in {kinds.WEBM, kinds.MKV}:
        found = matroska.segment(reader)
        return replace(facts, width=found.width, height=found.height, duration=found.duration)
    if kind in {kinds.AVIF, kinds.HEIC}:
        size = boxes.still(reader)
        return replace(facts, width=size[0], height=size[1]) if size else facts
    _check_end(kind, reader)
    return facts


_PICTURES = {kinds.PNG: pictures.png, kinds.JPEG: pictures.jpeg, kinds.WEBP: pictures.webp}
_SOUNDS = {
    kinds.WAV: sound.wav,
    kinds.MP3: sound.mp3,
    kinds.OGG: sound.ogg,
    kinds.FLAC: sound.flac,
    kinds.AAC: sound.aac,
}


def _check_end(kind: Kind, reader: Reader) -> None:
    """The formats that are only known by how they end."""
    ends = {kinds.PDF: b"%%EOF", kinds.ZIP: b"PK\x05\x06"}
    if kind in ends and ends[kind] not in reader.tail(1 << 16):
        raise CutError("its end is missing")
    if kind == kinds.BMP:
        reader.go(2)
        if reader.number(4, little=True) > reader.size:
            raise CutError("it is shorter than it says")
