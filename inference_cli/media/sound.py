"""WAV, MP3, Ogg, FLAC and AAC, walked as far as each format allows; each gives its seconds."""

# ruff: noqa: PLR2004 - the numbers are the formats' own

from inference_cli.media.reader import CutError, Reader

_UNTOLD = 0xFFFFFFFF  # a stream whose writer could not go back
_RATES = {0b11: (44100, 48000, 32000), 0b10: (22050, 24000, 16000), 0b00: (11025, 12000, 8000)}
_BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_LOW_BITRATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def wav(reader: Reader) -> float | None:
    """Walk the RIFF chunks; the announced samples must be there.

    Raises:
        CutError: it is shorter than it says, or has no samples.
    """
    reader.read(4)
    announced = reader.number(4, little=True)
    reader.read(4)
    if announced != _UNTOLD and announced + 8 > reader.size:
        raise CutError("it is shorter than its RIFF size says")
    byte_rate = 0
    while reader.left >= 8:
        name, length = reader.read(4), reader.number(4, little=True)
        if name == b"data":
            if length == _UNTOLD:
                length = reader.left
            if length > reader.left:
                raise CutError("it ends inside its samples")
            return length / byte_rate if byte_rate else None
        if name == b"fmt ":
            data = reader.read(length, "its format")
            byte_rate = int.from_bytes(data[8:12], "little")
            reader.skip(length % 2)
        else:
            reader.skip(length + length % 2, "a chunk")
    raise CutError("it has no samples")


def mp3(reader: Reader) -> float:
    """Walk the frames to the end; a count in the first one must be reached.

    Raises:
        CutError: the last frame is cut, frames are missing, or there are none.
    """
    _skip_id3(reader)
    seconds, frames, announced = 0.0, 0, None
    while reader.left:
        head = reader.read(min(4, reader.left))
        if frames and (head.startswith((b"TAG", b"APE", b"LYR", b"ID3", b"3DI")) or not any(head)):
            break
        length, samples, rate = _frame(head)
        rest = reader.read(length - 4, "a frame")
        if not frames:
            announced = _announced(rest)
        seconds += samples / rate
        frames += 1
    if not frames:
        raise CutError("it has no sound")
    if announced is not None and frames < announced:
        raise CutError("it has fewer frames than it says")
    return seconds


def _skip_id3(reader: Reader) -> None:
    if reader.read(3) != b"ID3":
        reader.go(0)
        return
    reader.read(3)
    size = 0
    for byte in reader.read(4):
        size = size << 7 | byte & 0x7F
    reader.skip(size, "its tags")


def _frame(head: bytes) -> tuple[int, int, int]:
    """Bytes, samples and samples a second of a Layer III frame."""
    if len(head) < 4:
        raise CutError("it ends inside a frame")
    version, layer = head[1] >> 3 & 0b11, head[1] >> 1 & 0b11
    bitrate, rate, padding = head[2] >> 4, head[2] >> 2 & 0b11, head[2] >> 1 & 1
    if head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or version not in _RATES or layer != 0b01:
        raise CutError("a frame does not begin where the one before it ends")
    if bitrate in {0, 15} or rate == 0b11:
        raise CutError("a frame has a rate that no MP3 has")
    full = version == 0b11
    thousands = (_BITRATES if full else _LOW_BITRATES)[bitrate]
    hertz = _RATES[version][rate]
    return (144 if full else 72) * thousands * 1000 // hertz + padding, 1152 if full else 576, hertz


def _announced(frame: bytes) -> int | None:
    """The number of frames that an encoder's first frame tells, itself included; None where it tells none."""
    for name in (b"Xing", b"Info"):
        at = frame.find(name, 0, 64)
        if at != -1 and len(frame) >= at + 12 and frame[at + 7] & 1:
            return 1 + int.from_bytes(frame[at + 8 : at + 12], "big")
    return None


def ogg(reader: Reader) -> float | None:
    """Walk the pages to the one that says that it is the last.

    Raises:
        CutError: a page is cut or the last one is missing.
    """
    rate, granule, last = 0, 0, False
    while reader.left:
        if reader.read(4, "a page") != b"OggS":
            raise CutError("a page does not begin where the one before it ends")
        reader.skip(1)
        flags, granule_here = reader.number(1), reader.number(8, little=True)
        reader.skip(12)
        length = sum(reader.read(reader.number(1), "a page"))
        data = reader.read(length, "a page")
        rate = rate or _ogg_rate(data)
        granule = granule if granule_here == (1 << 64) - 1 else granule_here
        last = last or bool(flags & 4)
    if not last:
        raise CutError("its last page is missing")
    return granule / rate if rate else None


def _ogg_rate(page: bytes) -> int:
    if page.startswith(b"OpusHead"):
        return 48000
    return int.from_bytes(page[12:16], "little") if page.startswith(b"\x01vorbis") else 0


def flac(reader: Reader) -> float | None:
    """Walk the metadata; the frames after it have no end mark that could be missed.

    Raises:
        CutError: the metadata are cut, or nothing follows them.
    """
    reader.read(4)
    seconds = None
    last = 0
    while not last:
        kind = reader.number(1, "its metadata")
        last = kind & 0x80
        data = reader.read(reader.number(3, "its metadata"), "its metadata")
        if kind & 0x7F == 0 and len(data) >= 18:
            rate = int.from_bytes(data[10:13], "big") >> 4
            samples = int.from_bytes(data[13:18], "big") & 0xFFFFFFFFF
            seconds = samples / rate if rate and samples else None
    if not reader.left:
        raise CutError("it has no sound")
    return seconds


def aac(reader: Reader) -> None:
    """Walk the frames to the end.

    Raises:
        CutError: the last frame is cut.
    """
    while reader.left:
        head = reader.read(7, "a frame")
        length = int.from_bytes(head[3:6], "big") >> 5 & 0x1FFF
        if head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or length < 7:
            raise CutError("a frame does not begin where the one before it ends")
        reader.skip(length - 7, "a frame")
