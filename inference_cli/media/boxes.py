"""MP4, MOV, M4A, AVIF and HEIC: boxes inside boxes, walked to the end of the file."""

# ruff: noqa: PLR2004 - the numbers are the formats' own

from collections.abc import Iterator

from inference_cli.frozen import dataclass
from inference_cli.media.reader import CutError, Reader


@dataclass(frozen=True, slots=True)
class Film:
    """What a movie's header says: pixels as shown, seconds, and whether there is a picture track."""

    width: int | None
    height: int | None
    duration: float | None
    pictures: bool


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    start: int  # of what is inside
    end: int


def film(reader: Reader) -> Film:
    """Walk the boxes: ``moov`` and the data must both be there and whole.

    Raises:
        CutError: a box goes beyond the file or its parent, or one that must be there is missing.
    """
    top = {box.name: box for box in _boxes(reader, 0, reader.size)}
    if b"moov" not in top:
        raise CutError("it has no movie header")
    if b"mdat" not in top:
        raise CutError("it has no movie data")
    moov = list(_boxes(reader, top[b"moov"].start, top[b"moov"].end))
    duration = next((_duration(reader, box) for box in moov if box.name == b"mvhd"), None)
    fragments = next((box for box in moov if box.name == b"mvex"), None)
    if not duration and fragments:
        duration = _fragmented(reader, moov, fragments)
    shown = [_track(reader, box) for box in moov if box.name == b"trak"]
    pictures = [size for size in shown if size is not None]
    width, height = pictures[0] if pictures else (None, None)
    return Film(width, height, duration, bool(pictures))


def still(reader: Reader) -> tuple[int, int] | None:
    """Walk the boxes of an AVIF or HEIC picture.

    Returns:
        Width and height of its largest image, None where no property says so.

    Raises:
        CutError: a box goes beyond the file, or the description or the data are missing.
    """
    top = {box.name: box for box in _boxes(reader, 0, reader.size)}
    if b"meta" not in top or not top.keys() & {b"mdat", b"idat"}:
        raise CutError("it has no picture")
    meta = top[b"meta"]
    inside = _find(reader, meta.start + 4, meta.end, (b"iprp", b"ipco"))
    if inside is None:
        return None
    sizes = []
    for box in _boxes(reader, inside.start, inside.end):
        if box.name == b"ispe":
            reader.go(box.start + 4)
            sizes.append((reader.number(4), reader.number(4)))
    return max(sizes, default=None)


def _boxes(reader: Reader, start: int, end: int) -> Iterator[_Box]:
    while start < end:
        if end - start < 8:
            if end == reader.size:
                raise CutError("it ends inside a box")
            return  # QuickTime may close a list with four zero bytes
        reader.go(start)
        length, name, head = reader.number(4), reader.read(4), 8
        if length == 1:
            length, head = reader.number(8, "a box"), 16
        elif length == 0:
            length = end - start
        if length < head:
            raise CutError("a box is smaller than its own header")
        if start + length > end:
            raise CutError(f"it ends inside the box {name.decode('latin-1')!r}")
        yield _Box(name, start + head, start + length)
        start += length


def _find(reader: Reader, start: int, end: int, path: tuple[bytes, ...]) -> _Box | None:
    for box in _boxes(reader, start, end):
        if box.name == path[0]:
            return box if len(path) == 1 else _find(reader, box.start, box.end, path[1:])
    return None


def _timed(reader: Reader, box: _Box) -> tuple[int, int]:
    """Ticks a second and ticks of an ``mvhd`` or ``mdhd`` box."""
    reader.go(box.start)
    version = reader.number(4) >> 24
    reader.skip(16 if version else 8)
    return reader.number(4), reader.number(8 if version else 4)


def _duration(reader: Reader, box: _Box) -> float | None:
    scale, ticks = _timed(reader, box)
    unknown = ticks in {0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
    return None if unknown or not scale else ticks / scale


def _fragmented(reader: Reader, moov: list[_Box], extends: _Box) -> float | None:
    """Seconds of a fragmented film, where its header says so."""
    told = _find(reader, extends.start, extends.end, (b"mehd",))
    scale = next((_timed(reader, box)[0] for box in moov if box.name == b"mvhd"), 0)
    if told is None or not scale:
        return None
    reader.go(told.start)
    version = reader.number(4) >> 24
    return reader.number(8 if version else 4) / scale


def _track(reader: Reader, track: _Box) -> tuple[int, int] | None:
    """Width and height as shown of a picture track; None for sound and the rest."""
    handler = _find(reader, track.start, track.end, (b"mdia", b"hdlr"))
    header = _find(reader, track.start, track.end, (b"tkhd",))
    if handler is None or header is None:
        return None
    reader.go(handler.start + 8)
    if reader.read(4) != b"vide":
        return None
    reader.go(header.end - 44)
    matrix = reader.read(36)
    width, height = reader.number(4) >> 16, reader.number(4) >> 16
    turned = matrix[:4] == bytes(4) and matrix[4:8] != bytes(4)  # a quarter turn has nothing on the diagonal
    return (height, width) if turned else (width, height)
