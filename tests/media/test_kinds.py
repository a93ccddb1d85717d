"""Files are recognised by their content."""

import pytest

from inference_cli.media import kinds
from inference_cli.media.kinds import Kind, sniff
from tests.support import samples

SAMPLES: list[tuple[bytes, Kind]] = [
    (samples.png(), kinds.PNG),
    (samples.jpeg(), kinds.JPEG),
    (samples.webp(), kinds.WEBP),
    (samples.gif(), kinds.GIF),
    (b"GIF87a", kinds.GIF),
    (samples.mp4(), kinds.MP4),
    (samples.mp4(brand=b"qt  "), kinds.MOV),
    (samples.box(b"wide"), kinds.MOV),
    (samples.avif(), kinds.AVIF),
    (samples.box(b"ftyp", b"heic"), kinds.HEIC),
    (samples.box(b"ftyp", b"M4A "), kinds.M4A),
    (samples.webm(), kinds.WEBM),
    (samples.webm(doctype=b"matroska"), kinds.MKV),
    (samples.wav(), kinds.WAV),
    (samples.mp3(), kinds.MP3),
    (samples.mp3(tag=False), kinds.MP3),
    (samples.ogg(), kinds.OGG),
    (samples.flac(), kinds.FLAC),
    (samples.aac(), kinds.AAC),
    (samples.pdf(), kinds.PDF),
    (b"PK\x03\x04rest", kinds.ZIP),
    (b"BM\x40\x00\x00\x00\x00\x00\x00\x00\x36", kinds.BMP),
    (b"II*\x00", kinds.TIFF),
    (b"MM\x00*", kinds.TIFF),
]


@pytest.mark.parametrize(("data", "kind"), SAMPLES, ids=[f"{n} {kind.name}" for n, (_, kind) in enumerate(SAMPLES)])
def test_a_file_is_known_by_its_first_bytes(data: bytes, kind: Kind) -> None:
    """The first 64 bytes are enough for every format."""
    assert sniff(data[: kinds.HEAD]) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a",
        b"plain text, long enough to be anything",
        b"<html><body>502 Bad Gateway</body></html>",
        b'{"error": {"message": "no"}}',
        b"BMW is not a bitmap",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"\xff\xfe\x00\x00UTF-16",
        b"\xff\xfb\xf0\x00",
        b"\xff\xfb\x9c\x00",
        bytes(64),
    ],
)
def test_anything_else_is_not_media(data: bytes) -> None:
    """Text, error pages and look-alikes have no kind."""
    assert sniff(data) is None
