"""PNG, JPEG, WebP and GIF, walked to their ends."""

# ruff: noqa: PLR2004 - the numbers are the formats' own

import zlib

from inference_cli.late import pattern
from inference_cli.media.reader import CutError, Reader

Size = tuple[int, int]

_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_END_OF_SCAN = pattern(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
_BLOCK = 1 << 20


def png(reader: Reader) -> Size:
    """Walk the chunks, their checksums included, to IEND.

    Returns:
        Width and height in pixels.

    Raises:
        CutError: a chunk is cut or damaged, or one that must be there is missing.
    """
    reader.read(8)
    size, pixels = None, False
    while True:
        length, name = reader.number(4, "a PNG chunk"), reader.read(4, "a PNG chunk")
        if size is None and name != b"IHDR":
            raise CutError("its first PNG chunk is not the header")
        first = _chunk(reader, name, length)
        if name == b"IHDR":
            size = int.from_bytes(first[:4], "big"), int.from_bytes(first[4:8], "big")
        pixels = pixels or name == b"IDAT"
        if name == b"IEND":
            break
    if not pixels or size is None or not all(size):
        raise CutError("it has no pixels")
    return size


def _chunk(reader: Reader, name: bytes, length: int) -> bytes:
    """Check one chunk against its CRC; its first bytes come back."""
    if length > reader.left:
        raise CutError(f"it ends inside the PNG chunk {name.decode('latin-1')}")
    checksum, first, left = zlib.crc32(name), b"", length
    while left:
        block = reader.read(min(left, _BLOCK))
        checksum, first, left = zlib.crc32(block, checksum), first or block[:16], left - len(block)
    if reader.number(4, "a PNG chunk") != checksum:
        raise CutError("a PNG chunk does not match its checksum")
    return first


def jpeg(reader: Reader) -> Size:
    """Walk the segments and scans to the end-of-image marker.

    Returns:
        Width and height in pixels.

    Raises:
        CutError: there is no end, or no picture before it.
    """
    reader.read(2)
    size, scans = None, 0
    marker = _marker(reader)
    while marker != 0xD9:
        if marker in _STANDALONE:
            marker = _marker(reader)
            continue
        length = reader.number(2, "a JPEG segment") - 2
        if marker in _FRAME_HEADERS:
            frame = reader.read(length, "the JPEG header")
            size = int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")
        else:
            reader.skip(length, "a JPEG segment")
        scans += marker == 0xDA
        marker = _after_scan(reader) if marker == 0xDA else _marker(reader)
    if size is None or not scans or not size[0]:
        raise CutError("it has no picture")
    return size


def _marker(reader: Reader) -> int:
    if reader.number(1, "its JPEG segments") != 0xFF:
        raise CutError("a JPEG segment does not end where it says")
    code = 0xFF
    while code == 0xFF:
        code = reader.number(1, "its JPEG segments")
    return code


def _after_scan(reader: Reader) -> int:
    """The marker that ends a scan: in a scan, FF is followed by 00 or by a restart marker only."""
    last = b""
    while block := reader.some():
        start = reader.position - len(block) - len(last)
        window = last + block
        if found := _END_OF_SCAN.search(window):
            reader.go(start + found.end())
            return window[found.end() - 1]
        last = window[-1:]
    raise CutError("it ends before the JPEG end marker")


def webp(reader: Reader) -> Size:
    """Walk the RIFF chunks; the announced size must be there.

    Returns:
        Width and height in pixels.

    Raises:
        CutError: it is shorter than it says, or has no picture.
    """
    reader.read(4)
    end = 8 + reader.number(4, little=True)
    reader.read(4)
    if end > reader.size:
        raise CutError("it is shorter than its RIFF size says")
    canvas: Size | None = None
    picture: Size | None = None
    while reader.position + 8 <= end:
        name, length = reader.read(4), reader.number(4, little=True)
        start = reader.position
        if start + length > end:
            raise CutError("a WebP chunk goes beyond its RIFF size")
        head = reader.read(min(length, 10))
        if name == b"VP8X" and len(head) == 10:
            canvas = 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
        elif name in {b"VP8 ", b"VP8L", b"ANMF"}:
            picture = picture or _webp_picture(name, head)
        reader.go(min(start + length + length % 2, reader.size))
    if picture is None:
        raise CutError("it has no picture")
    return canvas or picture


def _webp_picture(name: bytes, head: bytes) -> Size:
    if name == b"VP8 " and head[3:6] == b"\x9d\x01\x2a" and len(head) == 10:
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    if name == b"VP8L" and head[:1] == b"\x2f" and len(head) >= 5:
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if name == b"ANMF":
        return 0, 0  # an animation's size is that of its canvas
    raise CutError("its WebP picture has no header")


def gif(reader: Reader) -> tuple[Size, float | None]:
    """Walk the blocks to the trailer.

    Returns:
        Width and height in pixels, and seconds of an animation (None for a still picture).

    Raises:
        CutError: there is no trailer, or no picture before it.
    """
    reader.read(6)
    size = reader.number(2, little=True), reader.number(2, little=True)
    _palette(reader, reader.number(1))
    reader.skip(2)
    pictures, hundredths = 0, 0
    while (block := reader.number(1, "its GIF blocks")) != 0x3B:
        if block == 0x21:
            hundredths += _gif_extension(reader)
        elif block == 0x2C:
            pictures += 1
            reader.skip(8)
            _palette(reader, reader.number(1))
            reader.skip(1)
            _sub_blocks(reader)
        else:
            raise CutError("it has a block that no GIF has")
    if not pictures:
        raise CutError("it has no picture")
    return size, hundredths / 100 if pictures > 1 else None


def _palette(reader: Reader, flags: int) -> None:
    if flags & 0x80:
        here = reader.position
        entries = 3 << ((flags & 7) + 1)
        if here + entries > reader.size:
            raise CutError("it ends inside its palette")
        reader.skip(entries)


def _gif_extension(reader: Reader) -> int:
    """Skip an extension; hundredths of a second where it is the control block of a picture."""
    label = reader.number(1)
    if label != 0xF9:
        _sub_blocks(reader)
        return 0
    data = reader.read(reader.number(1))
    _sub_blocks(reader)
    return int.from_bytes(data[1:3], "little")


def _sub_blocks(reader: Reader) -> None:
    while length := reader.number(1, "its GIF blocks"):
        reader.skip(length, "its GIF blocks")
