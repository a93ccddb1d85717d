"""What a file is, by its first bytes and never by its name."""

from inference_cli.frozen import dataclass

# ruff: noqa: PLR2004 - the numbers are the formats' own


HEAD = 64
"""How many bytes of a file are enough to know its kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A file format: ``media`` is image, video, audio or document; ``extension`` is the one that files of it get."""

    name: str
    media: str
    extension: str
    mime: str


PNG = Kind("png", "image", "png", "image/png")
JPEG = Kind("jpeg", "image", "jpg", "image/jpeg")
WEBP = Kind("webp", "image", "webp", "image/webp")
GIF = Kind("gif", "image", "gif", "image/gif")
AVIF = Kind("avif", "image", "avif", "image/avif")
HEIC = Kind("heic", "image", "heic", "image/heic")
BMP = Kind("bmp", "image", "bmp", "image/bmp")
TIFF = Kind("tiff", "image", "tiff", "image/tiff")
MP4 = Kind("mp4", "video", "mp4", "video/mp4")
MOV = Kind("mov", "video", "mov", "video/quicktime")
WEBM = Kind("webm", "video", "webm", "video/webm")
MKV = Kind("mkv", "video", "mkv", "video/x-matroska")
M4A = Kind("m4a", "audio", "m4a", "audio/mp4")
WAV = Kind("wav", "audio", "wav", "audio/wav")
MP3 = Kind("mp3", "audio", "mp3", "audio/mpeg")
OGG = Kind("ogg", "audio", "ogg", "audio/ogg")
FLAC = Kind("flac", "audio", "flac", "audio/flac")
AAC = Kind("aac", "audio", "aac", "audio/aac")
PDF = Kind("pdf", "document", "pdf", "application/pdf")
ZIP = Kind("zip", "document", "zip", "application/zip")

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"OggS", OGG),
    (b"fLaC", FLAC),
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"ID3", MP3),
)
_RIFF = {b"WEBP": WEBP, b"WAVE": WAV}
_BRANDS = {
    b"qt  ": MOV,
    b"M4A ": M4A,
    b"M4B ": M4A,
    b"avif": AVIF,
    b"avis": AVIF,
    b"heic": HEIC,
    b"heix": HEIC,
    b"mif1": HEIC,
    b"msf1": HEIC,
}
_OLD_QUICKTIME = frozenset({b"moov", b"mdat", b"wide", b"pnot"})
_ADTS = 0b00  # the layer bits of AAC in its own framing
_LAYER_III = 0b01


def sniff(head: bytes) -> Kind | None:
    """The kind of a file that begins with these bytes.

    Args:
        head: the first ``HEAD`` bytes, or the whole of a shorter file.

    Returns:
        None when it is none of the formats known here, text included.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return MKV if b"matroska" in head else WEBM
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], MP4)
    if head[4:8] in _OLD_QUICKTIME and head[0] == 0:
        return MOV
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return BMP
    return _elementary_sound(head)


def _elementary_sound(head: bytes) -> Kind | None:
    """MP3 and AAC have no header: a frame's own sync word and plausible fields must do."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    layer = head[1] >> 1 & 0b11
    if layer == _ADTS and head[1] & 0xF6 == 0xF0 and head[2] >> 2 & 0xF < 13:
        return AAC
    bitrate, rate, version = head[2] >> 4, head[2] >> 2 & 0b11, head[1] >> 3 & 0b11
    if layer == _LAYER_III and version != 0b01 and bitrate not in {0, 15} and rate != 0b11:
        return MP3
    return None
