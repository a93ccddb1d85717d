"""Small media files, valid to the last byte, built from their formats' own rules."""

import struct
import zlib


def png(width: int = 3, height: int = 2) -> bytes:
    """A black PNG of true colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes((1 + 3 * width) * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 16, height: int = 8) -> bytes:
    """A grey baseline JPEG in one scan, with an escaped FF and a restart marker in it, and a thumbnail's end before it."""
    segments = [
        (0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        (0xE1, b"Exif\x00\x00\xff\xd8\xff\xd9"),
        (0xDB, bytes([0]) + bytes([16] * 64)),
        (0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)),
        (0xC4, bytes([0x00, 1, *([0] * 15), 0])),
        (0xC4, bytes([0x10, 1, *([0] * 15), 0])),
        (0xDA, bytes([1, 1, 0, 0, 63, 0])),
    ]
    parts = b"".join(bytes([0xFF, code]) + struct.pack(">H", len(data) + 2) + data for code, data in segments)
    return b"\xff\xd8" + parts + b"\x3f\xff\x00\x12\xff\xd0\x34" + b"\xff\xff\xd9"


def webp(width: int = 4, height: int = 3) -> bytes:
    """A lossless WebP, as far as its headers go."""
    bits = (width - 1) | (height - 1) << 14
    data = b"\x2f" + struct.pack("<I", bits) + b"\x00\x07"
    return _riff(b"WEBP", [(b"VP8L", data)])


def webp_lossy(width: int = 4, height: int = 3) -> bytes:
    """A lossy WebP on a canvas of its own."""
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    data = b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height) + b"\x00" * 5
    return _riff(b"WEBP", [(b"VP8X", canvas), (b"VP8 ", data)])


def _riff(form: bytes, chunks: list[tuple[bytes, bytes]]) -> bytes:
    body = form + b"".join(name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif(width: int = 2, height: int = 2, frames: int = 1) -> bytes:
    """A GIF of black frames, 0.5 seconds each."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    comment = b"\x21\xfe\x03hi!\x00"
    control = b"\x21\xf9\x04\x00" + struct.pack("<H", 50) + b"\x00\x00"
    picture = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x84\x51\x00"
    return head + comment + (control + picture) * frames + b"\x3b"


def box(name: bytes, *parts: bytes) -> bytes:
    """A box of MP4: its size, its name, and what is in it."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def track(handler: bytes, width: int = 0, height: int = 0, *, turned: bool = False) -> bytes:
    """A ``trak`` box: ``vide`` or ``soun``."""
    one = 0x10000
    matrix = (
        (0, one, 0, -one & 0xFFFFFFFF, 0, 0, 0, 0, 0x40000000) if turned else (one, 0, 0, 0, one, 0, 0, 0, 0x40000000)
    )
    header = struct.pack(">I20x8x8x9I2I", 7, *matrix, width << 16, height << 16)
    return box(b"trak", box(b"tkhd", header), box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))))


def movie_header(seconds: float) -> bytes:
    """An ``mvhd`` box, a thousand ticks a second."""
    return box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, int(seconds * 1000)), bytes(80))


def mp4(width: int = 64, height: int = 48, seconds: float = 2.5, *, brand: bytes = b"isom") -> bytes:
    """A film with its header before the data, as faststart leaves it."""
    moov = box(b"moov", movie_header(seconds), track(b"soun"), track(b"vide", width, height))
    return box(b"ftyp", brand, bytes(4), brand) + moov + box(b"mdat", b"\x00\x01\x02\x03" * 8)


def m4a(seconds: float = 2.5) -> bytes:
    """A sound in an MP4 box, its header last."""
    return (
        box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", bytes(9)) + box(b"moov", movie_header(seconds), track(b"soun"))
    )


def avif(width: int = 5, height: int = 4) -> bytes:
    """An AVIF picture, as far as its boxes go."""
    extent = box(b"ispe", bytes(4), struct.pack(">II", width, height))
    meta = box(b"meta", bytes(4), box(b"iprp", box(b"ipco", extent)))
    return box(b"ftyp", b"avif", bytes(4)) + meta + box(b"mdat", bytes(12))


def element(identity: int, data: bytes, *, known: bool = True) -> bytes:
    """An EBML element; ``known=False`` leaves its size open, as live streams do."""
    name = identity.to_bytes((identity.bit_length() + 7) // 8, "big")
    size = (0x01 << 56 | len(data)) if known else 0x01FFFFFFFFFFFFFF
    return name + size.to_bytes(8, "big") + data


def webm(
    width: int = 64, height: int = 48, seconds: float = 2.5, *, known: bool = True, doctype: bytes = b"webm"
) -> bytes:
    """A film of two clusters."""
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40") + element(0x4489, struct.pack(">d", seconds * 1000)))
    picture = element(0xE0, element(0xB0, bytes([width])) + element(0xBA, bytes([height])))
    tracks = element(0x1654AE6B, element(0xAE, element(0x83, b"\x02")) + element(0xAE, picture))
    cluster = element(0x1F43B675, element(0xE7, b"\x00") + element(0xA3, b"\x81\x00\x00\x80data"), known=known)
    head = element(0x1A45DFA3, element(0x4282, doctype))
    return head + element(0x18538067, element(0xEC, bytes(3)) + info + tracks + cluster * 2, known=known)


def wav(seconds: float = 0.5, rate: int = 8000) -> bytes:
    """A silent WAV of 16 bits."""
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    return _riff(b"WAVE", [(b"fmt ", form), (b"LIST", b"odd"), (b"data", bytes(int(seconds * rate) * 2))])


def mp3(frames: int = 3, *, tag: bool = True, counted: bool = False) -> bytes:
    """A silent MP3 of 128 kbit/s at 44.1 kHz; ``counted`` puts the encoder's own count into a frame before."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    count = b"\xff\xfb\x90\x00" + bytes(32) + b"Xing" + struct.pack(">II", 1, frames) + bytes(413 - 44)
    head = b"ID3\x04\x00\x00\x00\x00\x00\x05hello" if tag else b""
    return head + (count if counted else b"") + frame * frames


def ogg(seconds: float = 1.5) -> bytes:
    """An Opus stream of two pages."""

    def page(flags: int, granule: int, data: bytes) -> bytes:
        return b"OggS\x00" + struct.pack("<BQIII", flags, granule, 1, 0, 0) + bytes([1, len(data)]) + data

    return page(2, 0, b"OpusHead" + bytes(11)) + page(4, int(seconds * 48000), bytes(20))


def flac(seconds: float = 1.5, rate: int = 8000) -> bytes:
    """A FLAC stream, as far as its metadata go."""
    info = bytes(10) + (rate << 44 | 15 << 36 | int(seconds * rate)).to_bytes(8, "big") + bytes(16)
    return b"fLaC" + b"\x80" + len(info).to_bytes(3, "big") + info + b"\xff\xf8frames"


def aac(frames: int = 2) -> bytes:
    """Frames of AAC in their own framing."""
    length = 20
    return (
        b"\xff\xf1\x50" + (length << 5 | 0x80 << 16 & 0xFFFFFF).to_bytes(3, "big")[-3:] + b"\xfc" + bytes(13)
    ) * frames


def pdf() -> bytes:
    """As much of a PDF as a look at both ends shows."""
    return b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
