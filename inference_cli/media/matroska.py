"""WebM and Matroska: EBML elements, walked to the end of the segment."""

# ruff: noqa: PLR2004 - the numbers are the formats' own

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from inference_cli.media.reader import CutError, Reader

_EBML, _SEGMENT, _INFO, _TRACKS, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
_TOP = frozenset({_INFO, _TRACKS, _CLUSTER, 0x114D9B74, 0x1C53BB6B, 0x1941A469, 0x1043A770, 0x1254C367})
_SCALE, _DURATION, _ENTRY, _VIDEO, _WIDTH, _HEIGHT = 0x2AD7B1, 0x4489, 0xAE, 0xE0, 0xB0, 0xBA
_FILLERS = frozenset({0xEC, 0xBF})
_LARGEST = 1 << 20  # of a header that is read into memory


@dataclass(slots=True)
class Segment:
    """What a film's header says: pixels and seconds; ``media`` counts the blocks of data."""

    width: int | None = None
    height: int | None = None
    duration: float | None = None
    clusters: int = 0
    tracks: int = 0
    _scale: int = field(default=1_000_000, repr=False)  # nanoseconds a tick


def segment(reader: Reader) -> Segment:
    """Walk the elements: header, segment, tracks and at least one cluster must be whole.

    Raises:
        CutError: an element goes beyond the file, or one that must be there is missing.
    """
    identity, length = _identity(reader), _length(reader)
    if identity != _EBML or length is None:
        raise CutError("it has no EBML header")
    reader.skip(length, "its EBML header")
    found = Segment()
    identity, length = _identity(reader), _length(reader)
    if identity != _SEGMENT:
        raise CutError("it has no segment")
    if length is not None and length > reader.left:
        raise CutError("it ends inside its segment")
    end = reader.size if length is None else reader.position + length
    _walk(reader, end, found)
    if not found.tracks:
        raise CutError("it has no tracks")
    if not found.clusters:
        raise CutError("it has no media")
    return found


def _walk(reader: Reader, end: int, found: Segment) -> None:
    """Go over what a segment holds; a cluster of unknown size ends where the next top element begins."""
    inside_cluster = False
    while reader.position < end:
        identity, length = _identity(reader), _length(reader)
        if identity in _TOP:
            inside_cluster = False
        if length is None:
            if identity != _CLUSTER:
                raise CutError("it has an element without a size")
            inside_cluster = True
            found.clusters += 1
            continue
        if length > end - reader.position:
            raise CutError("it ends inside an element")
        after = reader.position + length
        if identity in {_INFO, _TRACKS} and length <= _LARGEST:
            _read_header(identity, reader.read(length), found)
        found.clusters += identity == _CLUSTER
        if identity not in _TOP and identity not in _FILLERS and not inside_cluster:
            raise CutError("it has an element that no WebM has")
        reader.go(after)


def _identity(reader: Reader) -> int:
    first = reader.number(1, "an element")
    width = 9 - first.bit_length()
    if width > 4:
        raise CutError("it has an element that no WebM has")
    return int.from_bytes(bytes([first]) + reader.read(width - 1, "an element"), "big")


def _length(reader: Reader) -> int | None:
    """The size of an element; None where all bits are set, which means that it is not known."""
    first = reader.number(1, "an element")
    width = 9 - first.bit_length()
    if width > 8:
        raise CutError("it has an element that no WebM has")
    value = int.from_bytes(bytes([first]) + reader.read(width - 1, "an element"), "big")
    value &= (1 << 7 * width) - 1
    return None if value == (1 << 7 * width) - 1 else value


def _read_header(identity: int, data: bytes, found: Segment) -> None:
    if identity == _TRACKS:
        _read_tracks(data, found)
        return
    ticks = None
    for name, value in _elements(data):
        if name == _SCALE:
            found._scale = int.from_bytes(value, "big")  # noqa: SLF001 - the record of this module
        elif name == _DURATION and len(value) in {4, 8}:
            ticks = struct.unpack(">f" if len(value) == 4 else ">d", value)[0]
    if ticks is not None:
        found.duration = ticks * found._scale / 1e9  # noqa: SLF001 - the record of this module


def _read_tracks(data: bytes, found: Segment) -> None:
    for name, entry in _elements(data):
        if name != _ENTRY:
            continue
        found.tracks += 1
        for part, video in _elements(entry):
            if part == _VIDEO and found.width is None:
                sizes = {key: int.from_bytes(value, "big") for key, value in _elements(video)}
                found.width, found.height = sizes.get(_WIDTH), sizes.get(_HEIGHT)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The children of a header element that is in memory."""
    import io

    reader = Reader(io.BytesIO(data), len(data))
    while reader.left:
        identity, length = _identity(reader), _length(reader)
        yield identity, reader.read(reader.left if length is None else length, "a header")
